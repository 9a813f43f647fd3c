"""A booking is paid for by credit where there is some, and gives it back with its time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from studio_app.bookings.access import bookings as access
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind
from studio_app.credits.commands.using import release, use_again, use_what_there_is
from studio_app.credits.rules.lots import UNITS, GoodFor, Need
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import Slot, local_date
from studio_app.kit.ids import FamilyId, LessonId, LessonTypeId, StudentId, TeacherId
from studio_app.kit.work import Work


def need_for(
    now: datetime,
    zone: ZoneInfo,
    family_id: FamilyId,
    student_id: StudentId,
    lesson: GoodFor,
) -> Need:
    """One lesson or session, on the day on which it is booked."""
    day = local_date(now, zone)
    return Need(family_id, day, UNITS, student_id=student_id, lesson=lesson)


def lesson_at(
    slot: Slot, zone: ZoneInfo, lesson_type_id: LessonTypeId, teacher_id: TeacherId
) -> GoodFor:
    start = slot.starts_at.astimezone(zone)
    minutes = int(slot.lasting.total_seconds()) // 60
    return GoodFor(lesson_type_id, minutes, teacher_id, start.isoweekday(), start.time())


def pay_by_credit(work: Work, need: Need, lesson_id: LessonId) -> bool:
    """What runs out first pays for the seat from now on; whether there was any."""
    student_id = need.student_id
    seat_id = access.seat_of(work, lesson_id, student_id) if student_id else None
    return bool(seat_id and use_what_there_is(work, need, seat_id, booked=True))


def give_credit_back(work: Work, booking: Booking, *, by_family: bool) -> None:
    """Into the credit it came from."""
    if booking.kind == BookingKind.WEEKLY:
        return
    seat_id = access.seat_of(work, booking.lesson_id, booking.student_id)
    if seat_id is not None:
        today = local_date(work.now, studio_zone(work))
        release(work, seat_id, on=today, by_family=by_family)


def pay_again(work: Work, booking: Booking) -> None:
    """What was decided is taken back, and so is what was given back with it."""
    seat_id = access.seat_of(work, booking.lesson_id, booking.student_id)
    if seat_id is not None and booking.kind != BookingKind.WEEKLY:
        use_again(work, seat_id, on=local_date(work.now, studio_zone(work)))
