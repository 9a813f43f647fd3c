"""What a single lesson needs, found in one statement: this is asked for every booking."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, exists, func, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonTypeId, RoomId, StudentId, TeacherId
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.people import require_students
from studio_app.scheduling.access.setup import put_away
from studio_app.scheduling.models.setup import LessonType, Room


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of lesson as it can be booked now."""

    minutes: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A room as it can be booked now."""

    id: RoomId
    single_use: bool
    max_capacity: int | None


_kind, _room = table_of(LessonType).c, table_of(Room).c
_teacher, _student = table_of(Teacher).c, table_of(Student).c
_NEEDS = Ready(
    select(
        _kind.name,
        _kind.minutes,
        _kind.capacity,
        _kind.archived_at,
        _room.id.label("room_id"),
        _room.name.label("room_name"),
        _room.single_use,
        _room.max_capacity,
        _room.archived_at.label("room_archived_at"),
        exists().where(_teacher.id == bindparam("teacher", type_=Uuid)).label("teaches"),
        select(func.count())
        .where(_student.id == any_(bindparam("students", type_=ARRAY(Uuid))))
        .scalar_subquery()
        .label("students"),
    )
    .select_from(table_of(LessonType))
    .join(table_of(Room), _room.id == bindparam("room", type_=Uuid), isouter=True)
    .where(_kind.id == bindparam("kind", type_=Uuid))
)


def needed(
    work: Work,
    lesson_type_id: LessonTypeId,
    teacher_id: TeacherId,
    student_ids: Collection[StudentId],
    room_id: RoomId | None,
) -> tuple[Kind, Place | None]:
    """NotFound unless all of it is there for the actor; PutAway what is no longer offered."""
    given: dict[str, Any] = {"kind": lesson_type_id, "teacher": teacher_id, "room": room_id}
    given["students"] = list[UUID](student_ids)
    found = _NEEDS.send(work.session.connection(), given).one_or_none()
    if found is None:
        raise NotFound
    if found.archived_at is not None:
        raise put_away(found.name)
    if not found.teaches:
        raise NotFound
    _require_students(work, set(student_ids), found.students)
    return Kind(found.minutes, found.capacity), _place(found) if room_id else None


def _require_students(work: Work, ids: Collection[StudentId], known: int) -> None:
    """Who may see people may see all of them; for others each is looked for among theirs."""
    if not work.actor.may(Permission.PEOPLE_VIEW):
        require_students(work, ids)
    elif known != len(ids):
        raise NotFound


def _place(found: Any) -> Place:
    if found.room_id is None:
        raise NotFound
    if found.room_archived_at is not None:
        raise put_away(found.room_name)
    return Place(found.room_id, found.single_use, found.max_capacity)
