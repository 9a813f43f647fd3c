"""What speaks against a time without forbidding it: staff may go ahead with a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot, local_date
from studio_app.kit.ids import LocationId, RoomId, StudentId, TeacherId
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.hours import Away, away_span, seconds
from studio_app.scheduling.rules.openings import Busy
from studio_app.scheduling.rules.year import Obstacle, SchoolYear


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody comes from another location, or has to be at one afterwards, with little time."""

    who: TeacherId | StudentId
    there: LocationId
    comes_from: bool
    gap: timedelta
    needed: timedelta


@dataclass(frozen=True, slots=True)
class TimeOff:
    who: TeacherId


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Taken in another studio; which and what is nobody's business here."""

    who: StudentId


Concern = Way | Obstacle | TimeOff | Elsewhere


@dataclass(frozen=True, slots=True)
class Known:
    """What could speak against a lesson. `around` are lessons of the same people."""

    zone: ZoneInfo
    travel: timedelta
    year: SchoolYear
    places: Mapping[RoomId, LocationId]
    around: Sequence[Busy] = ()
    away: Sequence[Away] = ()
    elsewhere: Sequence[tuple[StudentId, Slot]] = ()


def concerns(known: Known, want: Wanted) -> Iterator[Concern]:
    """All that speaks against this lesson: closures first, then whom it is hard for."""
    place = known.places.get(want.room_id) if want.room_id else None
    day = local_date(want.slot.starts_at, known.zone)
    obstacle = known.year.obstacle(day, location_id=place, term_time_only=False)
    if obstacle is not None:
        yield obstacle
    yield from _off(known, want)
    yield from _ways(known, want, place)
    for student, slot in known.elsewhere:
        if student in want.student_ids and slot.overlaps(want.slot):
            yield Elsewhere(student)


def _off(known: Known, want: Wanted) -> Iterator[TimeOff]:
    starts, ends = seconds(want.slot.starts_at), seconds(want.slot.ends_at)
    for away in known.away:
        begins, back = away_span(away, known.zone)
        if away.teacher_id == want.teacher_id and begins < ends and starts < back:
            yield TimeOff(want.teacher_id)
            return


def _ways(known: Known, want: Wanted, place: LocationId | None) -> Iterator[Way]:
    """Both directions, across midnight too; what overlaps is a clash and none of this."""
    for busy in sorted(known.around, key=lambda each: each.slot):
        there = busy.location_id
        if place is None or there is None or there == place:
            continue
        comes_from = busy.slot.ends_at <= want.slot.starts_at
        before, after = (busy.slot, want.slot) if comes_from else (want.slot, busy.slot)
        gap = after.starts_at - before.ends_at
        if timedelta(0) <= gap < known.travel:
            whose: list[TeacherId | StudentId] = sorted(want.student_ids & busy.student_ids)
            if busy.teacher_id == want.teacher_id:
                whose.insert(0, want.teacher_id)
            yield from (Way(who, there, comes_from, gap, known.travel) for who in whose)
