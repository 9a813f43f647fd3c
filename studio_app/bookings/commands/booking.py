"""Book a time: lock who and what it may need, look, then write.

Whoever comes second waits for the lock and is told that the time has just been taken; what is
decided about the booking, and who hears of it, comes after the commit.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert

from studio_app.bookings.access import bookings as access
from studio_app.bookings.access.standing import without_offered
from studio_app.bookings.commands.crediting import lesson_at, need_for, pay_by_credit
from studio_app.bookings.events import BookingMade
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind, BookingState
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_date
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BookingId, EnrolmentId, LessonId, RoomId, SeriesId, new_id
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary, slots, weekly_slots
from studio_app.scheduling.commands import holding
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.rules.booking import BookingRules
from studio_app.scheduling.rules.every_week import Weekly
from studio_app.scheduling.rules.openings import Opening
from studio_app.scheduling.slots import Place
from studio_app.scheduling.wishes import NewSeries, SlotSearch

DAY = timedelta(days=1)


class NotOffered(Conflict):
    message = _("This kind of lesson cannot be booked. Please ask the studio.")


class TooSoon(Conflict):
    message = _("That is too soon to be booked. Please ask the studio.")


class TooFarAhead(Conflict):
    message = _("That is too far ahead to be booked yet.")


class EnoughThatWeek(Conflict):
    message = _("There are as many lessons in that week as the studio allows.")


class HasWeeklyPlace(Conflict):
    message = _("There is a weekly lesson already, and the studio gives one to each student.")


class NotWeekly(Conflict):
    message = _("That time cannot be had every week.")


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps the time of a booking."""

    lesson_id: LessonId
    slot: Slot
    room_id: RoomId | None
    series_id: SeriesId | None = None
    enrolment_id: EnrolmentId | None = None


@requires(Permission.LESSON_BOOK)
def book(work: Work, wish: BookingWish) -> BookingId:
    """Keep this time, if it is still open; the id by which the booking can be asked about.

    SlotTaken says that somebody was faster. Nothing is decided yet: `settling` does that.
    """
    counter = access.counter(work, wish.student_id, wish.location_id)
    start = diary.instant_of(work, wish.starts_at)
    diary.lock_ids(work, [wish.teacher_id, wish.student_id, *counter.rooms])
    found = _look(work, wish, start, local_date(start, counter.zone))
    kept = _keep(work, wish, start, found)
    booking_id = _write(work, wish, kept, found.rules)
    if counter.has_credit and wish.kind is not BookingKind.WEEKLY:
        lesson = lesson_at(kept.slot, counter.zone, wish.lesson_type_id, wish.teacher_id)
        whose = (counter.family_id, wish.student_id)
        pay_by_credit(work, need_for(work.now, counter.zone, *whose, lesson), kept.lesson_id)
    work.emit(BookingMade(booking_id))
    return booking_id


def _look(work: Work, wish: BookingWish, start: datetime, day: date) -> slots.OpenTimes:
    """What is open on that day; refused with the rule that stands in the way, if one does."""
    search = SlotSearch(
        wish.lesson_type_id,
        day,
        day + DAY,
        wish.teacher_id,
        location_id=wish.location_id,
        student_ids=frozenset({wish.student_id}),
    )
    as_family = not access.is_office(work)
    look = weekly_slots.find if wish.kind is BookingKind.WEEKLY else slots.find
    found = look(work, search, as_family=as_family)
    if as_family:
        found = without_offered(work, found, wish.student_id)
    if _at(wish, start, found) is None and as_family:
        _say_which_rule(work, search, wish, start, found.rules)
    return found


def _at(wish: BookingWish, start: datetime, found: slots.OpenTimes) -> Opening | Place | None:
    among = found.places if wish.kind is BookingKind.PLACE else found.openings
    return next((one for one in among if one.starts_at == start), None)


def _say_which_rule(
    work: Work, search: SlotSearch, wish: BookingWish, start: datetime, rules: BookingRules
) -> None:
    """Nothing is open to a family then: if it is by a rule, that is what they hear."""
    if not rules.is_open:
        raise NotOffered
    if start < rules.earliest(work.now):
        raise TooSoon
    if start > rules.latest(work.now):
        raise TooFarAhead
    if rules.most_a_week and _at(wish, start, slots.find(work, search, as_family=False)):
        raise EnoughThatWeek


def _keep(work: Work, wish: BookingWish, start: datetime, found: slots.OpenTimes) -> Kept:
    chosen = _at(wish, start, found)
    if chosen is None:
        raise SlotTaken
    slot = Slot(start, chosen.ends_at)
    if isinstance(chosen, Place):
        holding.hold_seat(work, chosen.lesson_id, wish.student_id)
        return Kept(chosen.lesson_id, slot, chosen.room_id)
    if wish.kind is BookingKind.WEEKLY:
        return _keep_weekly(work, wish, chosen, found)
    who = (wish.student_id, wish.lesson_type_id, wish.teacher_id)
    lesson_id = holding.hold_lesson(work, *who, slot, room_id=chosen.room_id)
    return Kept(lesson_id, slot, chosen.room_id)


def _keep_weekly(work: Work, wish: BookingWish, chosen: Opening, found: slots.OpenTimes) -> Kept:
    day, start = local_date(chosen.starts_at, found.zone), chosen.starts_at
    today = local_date(work.now, found.zone)
    if found.rules.one_active and access.has_weekly_place(work, wish.student_id, today):
        raise HasWeeklyPlace
    weekly = found.weekly.get(chosen)
    if weekly is None:
        if not access.is_office(work):
            raise NotWeekly
        weekly = Weekly(chosen.room_id, of=1)
    series = NewSeries(
        wish.teacher_id,
        wish.lesson_type_id,
        first_on=day,
        at=start.astimezone(found.zone).time(),
        weekdays=frozenset({day.isoweekday()}),
        room_id=weekly.room_id,
        until_on=weekly.until_on,
        minutes=int((chosen.ends_at - start).total_seconds()) // 60,
    )
    held = holding.hold_weekly(work, wish.student_id, series, skipping=weekly.away)
    slot = Slot(start, chosen.ends_at)
    return Kept(held.lesson_id, slot, weekly.room_id, held.series_id, held.enrolment_id)


_BOOKING = Ready(
    insert(table_of(Booking)),
    *("id", "created_at", "kind", "state", "student_id", "lesson_type_id", "teacher_id"),
    *("room_id", "starts_at", "minutes", "lesson_id", "series_id", "enrolment_id"),
    *("asked_by", "asked_at", "words", "expires_at"),
)


def _write(work: Work, wish: BookingWish, kept: Kept, rules: BookingRules) -> BookingId:
    """As a bare statement: this is what many do at once."""
    booking_id = BookingId(new_id())
    row = {
        "id": booking_id,
        "created_at": work.now,
        "kind": wish.kind.value,
        "state": BookingState.REQUESTED.value,
        "student_id": wish.student_id,
        "lesson_type_id": wish.lesson_type_id,
        "teacher_id": wish.teacher_id,
        "room_id": kept.room_id,
        "starts_at": kept.slot.starts_at,
        "minutes": int(kept.slot.lasting.total_seconds()) // 60,
        "lesson_id": kept.lesson_id,
        "series_id": kept.series_id,
        "enrolment_id": kept.enrolment_id,
        "asked_by": work.actor.person_id,
        "asked_at": work.now,
        "words": "",
        "expires_at": work.now + timedelta(days=rules.expire_days),
    }
    _BOOKING.send(work.session.connection(), row)
    return booking_id
