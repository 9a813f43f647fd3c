"""A student does not come this once, as the family says; and comes after all. Whose student it
is and what it costs is for the caller to know."""

from sqlmodel import select

from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.ids import SeatId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access.lessons import students_in
from studio_app.scheduling.access.setup import one, row
from studio_app.scheduling.commands.enrolments import sit, stand_up
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.events import LessonRestored, SeatsChanged
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus


class IsOff(Conflict):
    message = _("This lesson has been cancelled already.")


class HasBegun(Conflict):
    message = _("This lesson has begun. Please talk to the studio.")


class StillOn(Conflict):
    message = _("This lesson is not cancelled.")


def hold_seat_of(work: Work, seat_id: SeatId) -> tuple[Lesson, Seat]:
    """The seat and its lesson, locked until the end."""
    seen = work.session.get(Seat, seat_id)
    if seen is None:
        raise NotFound
    lesson = one(work, select(Lesson).where(Lesson.id == seen.lesson_id), lock=True)
    return lesson, one(work, select(Seat).where(Seat.id == seat_id), lock=True)


@requires(Permission.LESSON_BOOK)
def give_up_seat(work: Work, seat_id: SeatId, *, reason: str) -> None:
    """The lesson is off where it is nobody else's; of a class only this place is free."""
    lesson, seat = hold_seat_of(work, seat_id)
    if not lesson.takes_time or seat.left_at is not None:
        raise IsOff
    if lesson.starts_at <= work.now:
        raise HasBegun
    alone = row(work, LessonType, lesson.lesson_type_id).capacity in {None, 1}
    if alone and students_in(work, lesson.id) == [seat.student_id]:
        work.emit(diary.call_off(work, lesson, by=CancelledBy.FAMILY, reason=reason))
        return
    stand_up(work, [lesson.id], seat.student_id, excused=seat.enrolment_id is not None)
    work.emit(SeatsChanged(lesson.id))


@requires(Permission.LESSON_BOOK)
def take_seat_again(work: Work, seat_id: SeatId) -> None:
    """They come after all: SlotTaken or Full where that is not possible any more."""
    lesson, seat = hold_seat_of(work, seat_id)
    if lesson.starts_at <= work.now:
        raise HasBegun
    if lesson.status == LessonStatus.CANCELLED and lesson.cancelled_by == CancelledBy.FAMILY:
        try:
            diary.put_back(work, [lesson])
        except SlotTaken:
            raise SlotTaken from None  # its sentence names other students
        work.emit(LessonRestored(lesson.id))
        return
    if not lesson.takes_time or seat.left_at is None:
        raise StillOn
    diary.lock_ids(work, [lesson.teacher_id, lesson.room_id, seat.student_id])
    sit(work, [lesson], seat.student_id, seat.enrolment_id)
    work.emit(SeatsChanged(lesson.id))
