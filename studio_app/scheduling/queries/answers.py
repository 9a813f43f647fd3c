"""What a lesson would meet somewhere, before it is put there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, LessonTypeId, RoomId, TeacherId
from studio_app.kit.words import Text
from studio_app.kit.work import Work, requires
from studio_app.scheduling import cautions, diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.needs import needed
from studio_app.scheduling.access.setup import room_if_any
from studio_app.scheduling.cautions import wall_of
from studio_app.scheduling.commands.lessons import NewLesson
from studio_app.scheduling.phrases import clash_text, names_in
from studio_app.scheduling.rules.clashes import Wanted


@dataclass(frozen=True, slots=True)
class MoveAnswer:
    """What stands in the way (refused), what speaks against it (allowed with a reason), and
    what to know about the time."""

    conflicts: tuple[str, ...]
    warnings: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@requires(Permission.LESSON_MOVE)
def conflicts_for_move(
    work: Work,
    lesson_id: LessonId,
    *,
    to: datetime,
    teacher_id: TeacherId | None = None,
    room_id: RoomId | None = None,
    minutes: int | None = None,
) -> MoveAnswer:
    """What moving a lesson there would meet; `to` as in `move_lesson`."""
    lesson = access.lesson_to_change(work, lesson_id)
    room = room_if_any(work, room_id or lesson.room_id)
    start = diary.instant_of(work, to)
    lasting = lesson.lasting if minutes is None else diary.lasting(minutes)
    slot = Slot(start, start + lasting)
    students = access.students_in(work, lesson_id)
    wants = diary.wanted(slot, teacher_id or lesson.teacher_id, room, students)
    return _answer(work, wants, lesson.lesson_type_id, wall_of(to), without=lesson_id)


@requires(Permission.CALENDAR_MANAGE)
def conflicts_for_lesson(work: Work, wish: NewLesson) -> MoveAnswer:
    """What a single lesson would meet there, before it is saved."""
    kind, room = needed(work, wish.lesson_type_id, wish.teacher_id, wish.student_ids, wish.room_id)
    start = diary.instant_of(work, wish.starts_at)
    slot = Slot(start, start + diary.lasting(wish.minutes or kind.minutes))
    wants = diary.wanted(slot, wish.teacher_id, room, wish.student_ids)
    return _answer(work, wants, wish.lesson_type_id, wall_of(wish.starts_at))


def _answer(
    work: Work,
    wants: Wanted,
    kind: LessonTypeId,
    wall: datetime | None,
    *,
    without: LessonId | None = None,
) -> MoveAnswer:
    found = clashes_for(work, [wants], without={without} if without else ())[0]
    known = names_in(work, found)
    texts = [str(clash_text(clash, known, known.zone, work.actor.locale)) for clash in found]
    against = cautions.against(work, [wants], kind, without=without)[0]
    against += cautions.doubts(work, wall, wants.slot.starts_at)
    remarks = cautions.remarks(work, wall)
    return MoveAnswer(tuple(dict.fromkeys(texts)), _strings(against), _strings(remarks))


def _strings(texts: Sequence[Text]) -> tuple[str, ...]:
    return tuple(str(one) for one in texts)
