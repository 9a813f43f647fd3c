"""What can be taught: how long, for how many, in which colour."""

from dataclasses import asdict, dataclass, replace

from sqlmodel import col, func, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import LessonTypeId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.dependants import dependants, require_none
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.commands.places import required
from studio_app.scheduling.diary import lasting
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType

COLOURS = 8


class TypeForNobody(Refused):
    message = _("A lesson is for at least one student. Leave it empty for no limit.")


@dataclass(frozen=True, slots=True)
class LessonTypeDetails:
    """`capacity` 1: individual, empty: not limited. Without a colour the next is taken."""

    name: str
    minutes: int
    capacity: int | None = 1
    colour: int | None = None
    is_online: bool = False


@requires(Permission.SCHEDULE_CONFIGURE)
def add_lesson_type(work: Work, details: LessonTypeDetails) -> LessonTypeId:
    so_far = work.session.exec(select(func.count()).select_from(LessonType)).one()
    clean = _clean(details, colour=so_far % COLOURS + 1)
    kind = LessonType(**asdict(clean), created_at=work.now)
    work.session.add(kind)
    work.session.flush()
    return kind.id


@requires(Permission.SCHEDULE_CONFIGURE)
def change_lesson_type(
    work: Work, lesson_type_id: LessonTypeId, details: LessonTypeDetails
) -> None:
    """For lessons to be: those in the diary keep their length and their students."""
    kind = row(work, LessonType, lesson_type_id, lock=True)
    kind.sqlmodel_update(asdict(_clean(details, colour=kind.colour)))


@requires(Permission.SCHEDULE_CONFIGURE)
def archive_lesson_type(work: Work, lesson_type_id: LessonTypeId) -> None:
    kind = row(work, LessonType, lesson_type_id, lock=True)
    found = dependants(
        work,
        col(Lesson.lesson_type_id) == lesson_type_id,
        col(Series.lesson_type_id) == lesson_type_id,
    )
    require_none(found, kind.name)
    kind.archived_at = kind.archived_at or work.now


@requires(Permission.SCHEDULE_CONFIGURE)
def restore_lesson_type(work: Work, lesson_type_id: LessonTypeId) -> None:
    row(work, LessonType, lesson_type_id, lock=True).archived_at = None


def _clean(details: LessonTypeDetails, *, colour: int) -> LessonTypeDetails:
    lasting(details.minutes)
    if details.capacity is not None and details.capacity < 1:
        raise TypeForNobody
    chosen = details.colour if details.colour in range(1, COLOURS + 1) else colour
    return replace(details, name=required(details.name), colour=chosen)
