"""When teachers teach and when they are away. Teachers say it of themselves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import AvailabilityId, LocationId, TeacherId, TimeOffId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import availability as access
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.models.availability import Availability, TimeOff
from studio_app.scheduling.models.setup import Location
from studio_app.scheduling.rules.hours import DAY, never_both

SHORTEST_SLOT = 5
FAR = timedelta(days=365 * 3)


class NotADay(Refused):
    message = _("Please choose a weekday or a date.")


class EndsBeforeItStarts(Refused):
    message = _("It has to end after it starts.")


class HoursOverlap(Refused):
    message = _("These hours overlap others of the same day. Change those instead.")


class SlotTooLong(Refused):
    message = _("A slot lasts at least five minutes, and no longer than the hours it is in.")


class TooFarAway(Refused):
    message = _("Please choose days within the next three years.")


@dataclass(frozen=True, slots=True)
class TeachingHours:
    """Wall time of the studio, in minutes from midnight (1440: the end of the day), on a weekday
    (Monday is 1) or on one date. `slot_minutes` publishes fixed slots of that length."""

    from_minute: int
    until_minute: int
    weekday: int | None = None
    dated_on: date | None = None
    location_id: LocationId | None = None
    slot_minutes: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """From a minute of one day to a minute of another, on the studio's wall."""

    first_on: date
    last_on: date
    from_minute: int = 0
    until_minute: int = DAY
    reason: str = ""


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
def change_hours(work: Work, block_id: AvailabilityId, wish: TeachingHours) -> None:
    """Lessons that are in the diary stay where they are."""
    block = access.block(work, block_id)
    _check(work, wish)
    block.sqlmodel_update(_columns(wish))
    _require_apart(work, block)


@requires(Permission.HOURS_MANAGE)
def withdraw_hours(work: Work, block_id: AvailabilityId) -> TeachingHours:
    """Offer them no longer; answers what they were, for undo."""
    block = access.block(work, block_id)
    was = TeachingHours(**{name: getattr(block, name) for name in _FIELDS})
    work.session.delete(block)
    return was


@requires(Permission.HOURS_MANAGE)
def take_time_off(work: Work, teacher_id: TeacherId, absence: Absence) -> TimeOffId:
    """Nothing can be booked then. Lessons in the diary stay until somebody sees to them."""
    teacher = access.teacher_to_plan(work, teacher_id)
    starts = (absence.first_on, absence.from_minute)
    if (absence.last_on, absence.until_minute) <= starts or not _within_days(absence):
        raise EndsBeforeItStarts
    if absence.last_on > work.now.date() + FAR:
        raise TooFarAway
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
    if wish.location_id is not None:
        row(work, Location, wish.location_id)


def _require_apart(work: Work, block: Availability) -> None:
    others = access.blocks_of(work, block.teacher_id)
    if not all(never_both(block, other) for other in others if other.id != block.id):
        raise HoursOverlap


def _within_days(absence: Absence) -> bool:
    return 0 <= absence.from_minute < DAY and 0 < absence.until_minute <= DAY
