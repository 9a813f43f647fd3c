"""What makes a time free, and what takes it away again."""

from collections.abc import Iterable

from sqlmodel import col, select

from studio_app.bookings.commands.offers import Vacancy, ask_next, free, withdraw
from studio_app.bookings.events import (
    BookingDeclined,
    BookingExpired,
    BookingMade,
    BookingWithdrawn,
    OfferEnded,
    WaitingEnded,
)
from studio_app.bookings.fitting import fitting, open_to
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.models.waiting import Freed, Offer, Waiting
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.rules.waiting import FreedState
from studio_app.kit.clock import Slot
from studio_app.kit.ids import BookingId, LessonId, TeacherId
from studio_app.kit.work import Work
from studio_app.scheduling.events import (
    EnrolmentEnded,
    LessonCancelled,
    LessonMoved,
    LessonRestored,
    LessonScheduled,
    PlaceReleased,
    SeatsChanged,
    SeriesEnded,
)
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus


def free_what_was_cancelled(work: Work, event: LessonCancelled) -> None:
    """Not when the teacher cannot come, nor when the studio is closed then."""
    lesson = work.session.get(Lesson, event.lesson_id)
    if lesson is None or lesson.status != LessonStatus.CANCELLED or lesson.closure_id:
        return
    if lesson.cancelled_by != CancelledBy.TEACHER and not _ended_with_its_series(work, lesson):
        free(work, Vacancy(lesson.id, lesson.teacher_id, lesson.slot))


def free_where_it_was(work: Work, event: LessonMoved) -> None:
    lesson = work.session.get(Lesson, event.lesson_id)
    if lesson is None:
        return
    if event.was_at != event.now_at:
        slot = Slot(event.was_at, event.was_at + lesson.lasting)
        free(work, Vacancy(lesson.id, lesson.teacher_id, slot))
    if lesson.takes_time:
        _withdraw_what_is_gone(work, lesson.teacher_id, lesson.slot)


def free_what_was_declined(work: Work, event: BookingDeclined) -> None:
    _free_booked(work, event.booking_id)


def free_what_expired(work: Work, event: BookingExpired) -> None:
    _free_booked(work, event.booking_id)


def free_what_was_taken_back(work: Work, event: BookingWithdrawn) -> None:
    _free_booked(work, event.booking_id)


def free_place(work: Work, event: SeatsChanged) -> None:
    _free_place(work, event.lesson_id)


def free_places_of(work: Work, event: EnrolmentEnded) -> None:
    """Of a group that goes on the next lesson: who waits is asked about one at a time."""
    query = (
        select(Lesson.id)
        .join(Seat, col(Seat.lesson_id) == col(Lesson.id))
        .where(
            Seat.enrolment_id == event.enrolment_id,
            col(Seat.left_at).is_not(None),
            col(Lesson.blocking),
            Lesson.starts_at > work.now,
        )
        .order_by(col(Lesson.starts_at))
        .limit(1)
    )
    for lesson_id in work.session.exec(query):
        _free_place(work, LessonId(lesson_id))


def free_every_week(work: Work, event: SeriesEnded) -> None:
    """The first lesson that does not take place any more stands for all of them."""
    query = (
        select(Lesson)
        .where(
            Lesson.series_id == event.series_id,
            Lesson.status == LessonStatus.CANCELLED,
            Lesson.starts_at > work.now,
            col(Lesson.occurs_on) >= event.from_on,
        )
        .order_by(col(Lesson.starts_at))
        .limit(1)
    )
    for lesson in work.session.exec(query):
        if lesson.cancelled_by != CancelledBy.TEACHER:
            free(work, Vacancy(lesson.id, lesson.teacher_id, lesson.slot, weekly=True))


def free_what_was_released(work: Work, event: PlaceReleased) -> None:
    """A place held for the next term that its student does not want."""
    if not event.weekly:
        _free_place(work, event.lesson_id)
        return
    lesson = work.session.get(Lesson, event.lesson_id)
    if lesson is not None and not lesson.takes_time:
        free(work, Vacancy(lesson.id, lesson.teacher_id, lesson.slot, weekly=True))


def withdraw_with_a_lesson(work: Work, event: LessonScheduled) -> None:
    _withdraw_if_taken(work, event.lesson_id)


def withdraw_what_was_put_back(work: Work, event: LessonRestored) -> None:
    _withdraw_if_taken(work, event.lesson_id)


def withdraw_what_was_booked(work: Work, event: BookingMade) -> None:
    booking = work.session.get(Booking, event.booking_id)
    if booking is not None:
        _withdraw_if_taken(work, booking.lesson_id)


def withdraw_what_was_offered(work: Work, event: WaitingEnded) -> None:
    query = select(Offer).where(
        Offer.waiting_id == event.waiting_id, col(Offer.decided_at).is_(None)
    )
    for offer in work.session.exec(query.with_for_update()):
        withdraw(work, offer)


def ask_the_next(work: Work, event: OfferEnded) -> None:
    offer = work.session.get(Offer, event.offer_id)
    if offer is not None:
        ask_next(work, offer.freed_id)


def _ended_with_its_series(work: Work, lesson: Lesson) -> bool:
    """All of its days are free at once: `free_every_week` offers them, not each by itself."""
    series = work.session.get(Series, lesson.series_id) if lesson.series_id else None
    if series is None or series.ended_on is None or lesson.occurs_on is None:
        return False
    return lesson.occurs_on > series.ended_on


def _free_booked(work: Work, booking_id: BookingId) -> None:
    booking = work.session.get(Booking, booking_id)
    lesson = work.session.get(Lesson, booking.lesson_id) if booking else None
    if booking is None or lesson is None:
        return
    if booking.kind == BookingKind.PLACE:
        _free_place(work, lesson.id)
        return
    weekly = booking.kind == BookingKind.WEEKLY
    free(work, Vacancy(lesson.id, booking.teacher_id, lesson.slot, weekly=weekly))


def _free_place(work: Work, lesson_id: LessonId) -> None:
    lesson = work.session.get(Lesson, lesson_id)
    if lesson is None or not lesson.takes_time:
        return
    kind = work.session.get_one(LessonType, lesson.lesson_type_id)
    if kind.capacity != 1:
        free(work, Vacancy(lesson.id, lesson.teacher_id, lesson.slot, is_place=True))


def _withdraw_if_taken(work: Work, lesson_id: LessonId) -> None:
    lesson = work.session.get(Lesson, lesson_id)
    if lesson is not None and lesson.takes_time:
        _withdraw_what_is_gone(work, lesson.teacher_id, lesson.slot)


def _withdraw_what_is_gone(work: Work, teacher_id: TeacherId, slot: Slot) -> None:
    """Offers and choices of this teacher that this lesson stands in the way of now."""
    query = select(Freed).where(
        Freed.teacher_id == teacher_id,
        col(Freed.settled_at).is_(None),
        Freed.starts_at < slot.ends_at,
        Freed.ends_at > slot.starts_at,
    )
    for freed in work.session.exec(query.with_for_update()):
        for offer in _standing(work, freed):
            entry = work.session.get_one(Waiting, offer.waiting_id)
            if open_to(work, freed, entry) is None:
                freed.settle(FreedState.GONE, work.now)
                withdraw(work, offer)
        if freed.settled_at is None and freed.state == FreedState.OPEN:
            _close_if_nobody(work, freed)
    work.session.flush()


def _close_if_nobody(work: Work, freed: Freed) -> None:
    if next(fitting(work, freed), None) is None:
        freed.settle(FreedState.GONE, work.now)


def _standing(work: Work, freed: Freed) -> Iterable[Offer]:
    query = select(Offer).where(Offer.freed_id == freed.id, col(Offer.decided_at).is_(None))
    return work.session.exec(query.with_for_update()).all()
