"""When teachers teach and when they are away. Teachers say it of themselves."""

from datetime import date
from typing import Any

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import AvailabilityId, TeacherId, TimeOffId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import availability as access
from studio_app.scheduling.access.setup import EndsBeforeItStarts, row
from studio_app.scheduling.models.availability import Availability, TimeOff
from studio_app.scheduling.models.setup import Location
from studio_app.scheduling.phrases import hours_text, left_out_text
from studio_app.scheduling.rules.hours import DAY, near, never_both
from studio_app.scheduling.rules.wall import exists
from studio_app.scheduling.wishes import Absence, TeachingHours

SHORTEST_SLOT = 5


class NotADay(Refused):
    message = _("Please choose a weekday or a date.")


class HoursOverlap(Refused):
    message = _("These hours overlap others of the same day. Change those instead.")


class TimeLeftOut(Refused):
    message = _("The clocks change on that day, and that time is left out.")


class SlotTooLong(Refused):
    message = _("A slot lasts at least five minutes, and no longer than the hours it is in.")


class TooFarAway(Refused):
    message = _("Please choose days within three years from today.")


@requires(Permission.HOURS_MANAGE)
def offer_hours(work: Work, teacher_id: TeacherId, wish: TeachingHours) -> AvailabilityId:
    """Teach in these hours from now on; HoursOverlap if the teacher offers some of them."""
    teacher = access.teacher_to_plan(work, teacher_id, lock=True)
    _check(work, wish)
    block = Availability(teacher_id=teacher.id, created_at=work.now, **_columns(wish))
    _require_apart(work, block)
    work.session.add(block)
    work.session.flush()
    return block.id


@requires(Permission.HOURS_MANAGE)
def change_hours(work: Work, block_id: AvailabilityId, wish: TeachingHours) -> TeachingHours:
    """Lessons that are in the diary stay where they are. Answers what they were, for undo."""
    block = access.block(work, block_id)
    _check(work, wish)
    was = _as_wished(block)
    block.sqlmodel_update(_columns(wish))
    _require_apart(work, block)
    return was


@requires(Permission.HOURS_MANAGE)
def withdraw_hours(work: Work, block_id: AvailabilityId) -> TeachingHours:
    """Offer them no longer; answers what they were, for undo."""
    block = access.block(work, block_id)
    was = _as_wished(block)
    work.session.delete(block)
    return was


@requires(Permission.HOURS_MANAGE)
def take_time_off(work: Work, teacher_id: TeacherId, absence: Absence) -> TimeOffId:
    """Nothing can be booked then. Lessons in the diary stay until somebody sees to them."""
    teacher = access.teacher_to_plan(work, teacher_id)
    starts = (absence.first_on, absence.from_minute)
    if (absence.last_on, absence.until_minute) <= starts or not _within_days(absence):
        raise EndsBeforeItStarts
    _require_near(work, absence.first_on, absence.last_on)
    _require_on_the_clock(
        work, (absence.first_on, absence.from_minute), (absence.last_on, absence.until_minute)
    )
    off = TimeOff(
        teacher_id=teacher.id,
        first_on=absence.first_on,
        from_minute=absence.from_minute,
        last_on=absence.last_on,
        until_minute=absence.until_minute,
        reason=absence.reason.strip(),
        created_at=work.now,
    )
    work.session.add(off)
    work.session.flush()
    return off.id


@requires(Permission.HOURS_MANAGE)
def come_back(work: Work, time_off_id: TimeOffId) -> Absence:
    """Take a time off back; answers what it was, for undo. Lessons that were called off for it
    stay cancelled; see `restore_day`."""
    off = access.time_off(work, time_off_id)
    access.forget_absence(work, off.id)
    was = Absence(off.first_on, off.last_on, off.from_minute, off.until_minute, off.reason)
    work.session.delete(off)
    return was


_FIELDS = tuple(TeachingHours.__dataclass_fields__)


def _as_wished(block: Availability) -> TeachingHours:
    return TeachingHours(**{name: getattr(block, name) for name in _FIELDS})


def _columns(wish: TeachingHours) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in _FIELDS}


def _check(work: Work, wish: TeachingHours) -> None:
    if (wish.weekday is None) == (wish.dated_on is None):
        raise NotADay
    if wish.weekday is not None and not 1 <= wish.weekday <= 7:  # noqa: PLR2004  ISO
        raise NotADay
    if not 0 <= wish.from_minute < wish.until_minute <= DAY:
        raise EndsBeforeItStarts
    if wish.starts_on and wish.ends_on and wish.ends_on < wish.starts_on:
        raise EndsBeforeItStarts
    longest = wish.until_minute - wish.from_minute
    if wish.slot_minutes is not None and not SHORTEST_SLOT <= wish.slot_minutes <= longest:
        raise SlotTooLong
    if wish.dated_on is not None:
        _require_near(work, wish.dated_on)
        from_at, until = (wish.dated_on, wish.from_minute), (wish.dated_on, wish.until_minute)
        _require_on_the_clock(work, from_at, until)
    if wish.location_id is not None:
        row(work, Location, wish.location_id)


def _require_apart(work: Work, block: Availability) -> None:
    others = access.blocks_of(work, block.teacher_id)
    for other in others:
        if other.id != block.id and not never_both(block, other):
            span = hours_text(other.from_minute, other.until_minute, work.actor.locale)
            raise HoursOverlap(
                _("These hours overlap {span} of the same day. Change those instead.", span=span)
            )


def _require_near(work: Work, *days: date) -> None:
    if not near(work.now.date(), *days):
        raise TooFarAway


def _require_on_the_clock(work: Work, *moments: tuple[date, int]) -> None:
    """Refuse a beginning or an end that the studio's clocks do not show on that day."""
    zone = studio_zone(work)
    for day, minute in moments:
        if not exists(day, minute, zone):
            raise TimeLeftOut(left_out_text(day, minute, zone, work.actor.locale))


def _within_days(absence: Absence) -> bool:
    return 0 <= absence.from_minute < DAY and 0 < absence.until_minute <= DAY
