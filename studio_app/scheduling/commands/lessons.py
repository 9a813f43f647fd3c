"""Single lessons: into the diary, elsewhere, off and on again. Staff do this; no policy asks."""

from dataclasses import dataclass
from datetime import datetime

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot
from studio_app.kit.errors import Conflict, Forbidden, Refused
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, LessonTypeId, RoomId, StudentId, TeacherId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.needs import needed
from studio_app.scheduling.access.setup import room_if_any, row
from studio_app.scheduling.cautions import require_reason, wall_of
from studio_app.scheduling.events import (
    FocusWritten,
    LessonMoved,
    LessonRestored,
    LessonScheduled,
)
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import CancelledBy, LessonKind, LessonStatus


class IsCancelled(Refused):
    message = _("This lesson is cancelled. Put it back first.")


class NeverAgreed(Refused):
    message = _("This lesson was asked for and did not come about.")


class NotCancelled(Refused):
    message = _("This lesson is not cancelled.")


class MovedMeanwhile(Conflict):
    message = _("Somebody else moved this lesson meanwhile. Please look again.")


@dataclass(frozen=True, slots=True)
class NewLesson:
    """A single lesson. `starts_at` is an instant, or wall time of the studio if naive. `despite`
    is why it is put there although something speaks against it."""

    teacher_id: TeacherId
    lesson_type_id: LessonTypeId
    starts_at: datetime
    student_ids: tuple[StudentId, ...] = ()
    room_id: RoomId | None = None
    minutes: int | None = None
    kind: LessonKind = LessonKind.REGULAR
    notes: str = ""
    despite: str = ""


@requires(Permission.CALENDAR_MANAGE)
def schedule_lesson(work: Work, wish: NewLesson) -> LessonId:
    """Put a single lesson into the diary; SlotTaken says who and where stands in its way,
    Cautioned what speaks against it where no reason is given."""
    kind, room = needed(work, wish.lesson_type_id, wish.teacher_id, wish.student_ids, wish.room_id)
    diary.require_seats(len(wish.student_ids), kind, room)
    start = diary.instant_of(work, wish.starts_at)
    slot = Slot(start, start + diary.lasting(wish.minutes or kind.minutes))
    wants = diary.wanted(slot, wish.teacher_id, room, wish.student_ids)
    diary.lock(work, wants)
    diary.require_free(work, [wants])
    despite = require_reason(
        work, wants, wish.lesson_type_id, despite=wish.despite, wall=wall_of(wish.starts_at)
    )
    about = diary.About(wish.lesson_type_id, wish.kind, wish.notes, despite)
    lesson_id = diary.write_one(work, wants, about)
    work.emit(LessonScheduled(lesson_id))
    return lesson_id


@requires(Permission.LESSON_MOVE)
def move_lesson(
    work: Work,
    lesson_id: LessonId,
    *,
    to: datetime,
    teacher_id: TeacherId | None = None,
    room_id: RoomId | None = None,
    no_room: bool = False,
    minutes: int | None = None,
    expected: datetime | None = None,
    despite: str = "",
) -> diary.Placement:
    """Move one lesson as staff; answers where it was, which moves it back.

    `to` and `expected` are instants, or wall time of the studio if naive; `expected` is where
    the mover saw it. What is not given stays; `no_room` takes the room away. Where something
    speaks against it, it is Cautioned without a reason.
    """
    seen = access.lesson_to_change(work, lesson_id)
    room = room_if_any(work, None if no_room else room_id or seen.room_id)
    students = access.students_in(work, lesson_id)
    start = diary.instant_of(work, to)
    slot = Slot(start, start + (diary.lasting(minutes) if minutes is not None else seen.lasting))
    wants = diary.wanted(slot, _teacher(work, seen, teacher_id), room, students)
    diary.require_seats(len(students), row(work, LessonType, seen.lesson_type_id), room)
    diary.lock(work, wants, seen.teacher_id, seen.room_id)
    lesson = access.lesson_to_change(work, lesson_id, lock=True)
    _require_as_seen(work, lesson, expected)
    diary.require_free(work, [wants], without={lesson.id})
    lesson.despite = require_reason(
        work, wants, lesson.lesson_type_id, despite=despite, without=lesson.id, wall=wall_of(to)
    )
    was = diary.placement(lesson)
    with diary.keeping_promises():
        diary.place(lesson, wants)
        work.session.flush()
    work.emit(LessonMoved(lesson.id, was_at=was.starts_at, now_at=slot.starts_at))
    return was


@requires(Permission.LESSON_MOVE)
def resize_lesson(work: Work, lesson_id: LessonId, *, minutes: int) -> diary.Placement:
    """Let a lesson end earlier or later; answers how it was."""
    seen = access.lesson_to_change(work, lesson_id)
    return move_lesson(work, lesson_id, to=seen.starts_at, minutes=minutes)


@requires(Permission.LESSON_MOVE)
def note_on_lesson(
    work: Work, lesson_id: LessonId, *, notes: str | None = None, focus: str | None = None
) -> None:
    """`notes` are the staff's own; the family reads `focus`, what to practise. None leaves it."""
    lesson = access.lesson_to_change(work, lesson_id, lock=True)
    lesson.notes = lesson.notes if notes is None else notes.strip()
    before, lesson.focus = lesson.focus, lesson.focus if focus is None else focus.strip()
    if lesson.focus and lesson.focus != before:
        work.emit(FocusWritten(lesson.id))


@requires(Permission.LESSON_MOVE)
def cancel_lesson(
    work: Work,
    lesson_id: LessonId,
    *,
    by: CancelledBy = CancelledBy.SCHOOL,
    reason: str = "",
) -> None:
    """Take one lesson off. It stays in the diary as cancelled; doing it again changes nothing.

    One that was only asked for is declined by it.
    """
    lesson = access.lesson_to_change(work, lesson_id, lock=True)
    if lesson.takes_time:
        work.emit(diary.call_off(work, lesson, by=by, reason=reason))


@requires(Permission.LESSON_MOVE)
def restore_lesson(work: Work, lesson_id: LessonId) -> None:
    """Put a cancelled lesson back where it was, if that is still free."""
    seen = access.lesson_to_change(work, lesson_id)
    if seen.status != LessonStatus.CANCELLED:
        raise NotCancelled
    diary.put_back(work, [seen])
    work.emit(LessonRestored(lesson_id))


def _teacher(work: Work, seen: Lesson, teacher_id: TeacherId | None) -> TeacherId:
    """Who will teach; giving a lesson to somebody else is for who manages the calendar."""
    if teacher_id is None or teacher_id == seen.teacher_id:
        return seen.teacher_id
    if not work.actor.may(Permission.CALENDAR_MANAGE):
        raise Forbidden
    return people.teacher(work, teacher_id).id


def _require_as_seen(work: Work, lesson: Lesson, expected: datetime | None) -> None:
    if lesson.status == LessonStatus.CANCELLED:
        raise IsCancelled
    if not lesson.takes_time:
        raise NeverAgreed
    if expected is None or diary.instant_of(work, expected) == lesson.starts_at:
        return
    when = say_when(lesson.starts_at, studio_zone(work), work.actor.locale)
    raise MovedMeanwhile(_("Somebody else moved this lesson to {when} meanwhile.", when=when))
