"""Names of people, and which teacher the actor is."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, CollectionAggregate, Uuid, any_, bindparam, func, union_all
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.identity.models import Studio
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import StudentId, TeacherId
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work
from studio_app.people import access
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import Room


def own_teachers(work: Work) -> SelectOfScalar[TeacherId]:
    """Ids of the teacher rows that are the actor: one, or none."""
    me = work.actor.person_id
    return select(col(Teacher.id)).where(
        col(Teacher.person_id).is_not(None), Teacher.person_id == me
    )


def require_students(work: Work, ids: Collection[StudentId]) -> None:
    """NotFound unless the actor may see each of these students."""
    wanted = set(ids)
    seen = col(Student.id).in_(access.visible_students(work))
    query = select(func.count()).select_from(Student).where(col(Student.id).in_(wanted), seen)
    if wanted and work.session.exec(query).one() != len(wanted):
        raise NotFound


_teacher, _student = table_of(Teacher).c, table_of(Student).c
_room, _studio = table_of(Room).c, table_of(Studio).c


def _among(ids: str) -> CollectionAggregate[Any]:
    return any_(bindparam(ids, type_=ARRAY(Uuid)))


_NAMES = Ready(
    union_all(
        columns(_teacher.id, _teacher.name).where(_teacher.id == _among("teachers")),
        columns(_room.id, _room.name).where(_room.id == _among("rooms")),
        columns(_student.id, func.btrim(_student.first_name + " " + _student.last_name)).where(
            _student.id == _among("students")
        ),
        columns(_studio.id, _studio.timezone).where(_studio.id == bindparam("studio", type_=Uuid)),
    )
)


def names(
    work: Work, teachers: Iterable[UUID], rooms: Iterable[UUID], students: Iterable[UUID]
) -> tuple[dict[UUID, str], ZoneInfo]:
    """What these are called, and the studio's zone: what a sentence about lessons takes."""
    given: dict[str, Any] = {"studio": work.studio_id, "teachers": list(teachers)}
    given |= {"rooms": list(rooms), "students": list(students)}
    found = _NAMES.send(work.session.connection(), given)
    called: dict[UUID, str] = {row[0]: row[1] for row in found}
    return called, ZoneInfo(called.pop(work.studio_id))
