"""Open times: what is left of somebody's hours when all that stands in the way is taken out.

Everything is done on whole seconds since 1970 and sorted spans; only what comes out is made into
instants. So four weeks cost as much as the lessons in them, and no more.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LocationId, RoomId, StudentId, TeacherId
from studio_app.scheduling.rules.hours import (
    DAY,
    Away,
    Hours,
    Span,
    away_span,
    days_of_block,
    merged,
    seconds,
    wall_second,
)


class Busy(NamedTuple):
    """A lesson that blocks its time, and where it is."""

    slot: Slot
    teacher_id: TeacherId
    room_id: RoomId | None
    location_id: LocationId | None
    student_ids: frozenset[StudentId] = frozenset()

    @property
    def span(self) -> Span:
        return seconds(self.slot.starts_at), seconds(self.slot.ends_at)


@dataclass(frozen=True, slots=True)
class Hall:
    """A room lessons may be put into."""

    id: RoomId
    location_id: LocationId
    single_use: bool = True


@dataclass(frozen=True, slots=True)
class Sought:
    """What an open time has to fit. `within` bounds where it may begin."""

    within: Slot
    minutes: int
    step_minutes: int
    needs_room: bool
    student_ids: frozenset[StudentId] = frozenset()
    buffer: timedelta = timedelta(0)
    travel: timedelta = timedelta(0)
    """Between two locations; at least the buffer"""


class Opening(NamedTuple):
    """A time that could be booked as it stands."""

    starts_at: datetime
    ends_at: datetime
    teacher_id: TeacherId
    location_id: LocationId | None
    room_id: RoomId | None


@dataclass(frozen=True, slots=True)
class Diary:
    """What the open times are found in. `closed` says on which days a place has no lessons."""

    zone: ZoneInfo
    hours: Sequence[Hours]
    away: Sequence[Away] = ()
    busy: Sequence[Busy] = ()
    halls: Sequence[Hall] = ()
    closed: Mapping[LocationId | None, Collection[date]] = field(
        default_factory=dict[LocationId | None, Collection[date]]
    )


def openings(diary: Diary, sought: Sought) -> list[Opening]:
    """Every time that can be booked, the earliest first; of equal times one for each teacher."""
    first = sought.within.starts_at.astimezone(diary.zone).date()
    last = sought.within.ends_at.astimezone(diary.zone).date()
    busy = [(one, *one.span) for one in diary.busy]
    halls, lasting = halls_at(diary, sought, busy), sought.minutes * 60
    of_teacher = by_teacher(busy)
    of_students = [one for one in busy if not one[0].student_ids.isdisjoint(sought.student_ids)]
    found: list[tuple[int, TeacherId, LocationId | None, RoomId | None]] = []
    seen: dict[TeacherId, set[int]] = defaultdict(set)
    for (teacher_id, location_id), blocks in _at_each_place(diary.hours).items():
        free = halls[location_id] if sought.needs_room and location_id else _NOWHERE
        theirs = of_teacher.get(teacher_id, ())
        others = [one for one in of_students if one[0].teacher_id != teacher_id]
        taken = taken_spans(diary, sought, theirs, others, teacher_id, location_id)
        known = seen[teacher_id]
        for start in _starts(diary, sought, blocks, taken, first, last):
            if start in known:
                continue
            for room_id in rooms_in(free, start, start + lasting):
                found.append((start, teacher_id, location_id, room_id))
                known.add(start)
                break
    return _told(sorted(found), lasting)


def _told(
    found: Iterable[tuple[int, TeacherId, LocationId | None, RoomId | None]], lasting: int
) -> list[Opening]:
    at, long = datetime.fromtimestamp, timedelta(seconds=lasting)
    return [
        Opening(start := at(second, UTC), start + long, teacher_id, location_id, room_id)
        for second, teacher_id, location_id, room_id in found
    ]


def _at_each_place(
    hours: Iterable[Hours],
) -> dict[tuple[TeacherId, LocationId | None], list[Hours]]:
    places: dict[tuple[TeacherId, LocationId | None], list[Hours]] = defaultdict(list)
    for block in hours:
        places[block.teacher_id, block.location_id].append(block)
    return places


Timed = Sequence[tuple[Busy, int, int]]
"""Lessons with their seconds, which are worked out once."""


def by_teacher(busy: Timed) -> Mapping[TeacherId, Timed]:
    found: dict[TeacherId, list[tuple[Busy, int, int]]] = defaultdict(list)
    for one in busy:
        found[one[0].teacher_id].append(one)
    return found


def taken_spans(
    diary: Diary,
    sought: Sought,
    theirs: Timed,
    others: Timed,
    teacher_id: TeacherId,
    location_id: LocationId | None,
) -> list[Span]:
    """When this teacher cannot be at this place with these students, and the way there and back."""
    buffer, travel = int(sought.buffer.total_seconds()), int(sought.travel.total_seconds())
    spans: list[Span] = []
    for pad, lessons in ((buffer, theirs), (0, others)):
        for one, start, end in lessons:
            there = one.location_id
            way = travel if there and location_id and there != location_id else pad
            spans.append((start - way, end + way))
    spans += [away_span(one, diary.zone) for one in diary.away if one.teacher_id == teacher_id]
    days = diary.closed.get(location_id, ())
    spans += [(wall_second(d, 0, diary.zone), wall_second(d, DAY, diary.zone)) for d in days]
    return merged(spans)


def _starts(
    diary: Diary,
    sought: Sought,
    blocks: Sequence[Hours],
    taken: Sequence[Span],
    first: date,
    last: date,
) -> Iterator[int]:
    """When a lesson could begin in these hours, around what is taken."""
    earliest, latest = seconds(sought.within.starts_at), seconds(sought.within.ends_at)
    lasting = sought.minutes * 60
    for block in blocks:
        if block.slot_minutes and sought.minutes > block.slot_minutes:
            continue
        step = (block.slot_minutes or sought.step_minutes) * 60
        for day in days_of_block(block, first, last):
            opens = wall_second(day, block.from_minute, diary.zone)
            closes = wall_second(day, block.until_minute, diary.zone)
            for start, end in _gaps(taken, max(opens, earliest), min(closes, latest + lasting)):
                skipped = -((opens - start) // step)
                yield from range(opens + skipped * step, end - lasting + 1, step)


def _gaps(taken: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """What is free between two moments; `taken` is in order and apart."""
    at = max(0, bisect_right(taken, (start, start)) - 1)
    for begins, ends in taken[at:]:
        if begins >= end:
            break
        if begins > start:
            yield start, begins
        start = max(start, ends)
    if start < end:
        yield start, end


FreeRooms = Sequence[tuple[RoomId | None, Sequence[Span]]]
_NOWHERE: FreeRooms = ((None, ()),)


def halls_at(diary: Diary, sought: Sought, busy: Timed) -> Mapping[LocationId, FreeRooms]:
    """Each location's rooms with the times at which they are taken."""
    taken: dict[RoomId, list[Span]] = defaultdict(list)
    for one, start, end in busy:
        if one.room_id is not None:
            taken[one.room_id].append((start, end))
    at: dict[LocationId, list[tuple[RoomId | None, Sequence[Span]]]] = defaultdict(list)
    for hall in diary.halls if sought.needs_room else ():
        at[hall.location_id].append((hall.id, merged(taken[hall.id]) if hall.single_use else ()))
    return at


def rooms_in(free: FreeRooms, start: int, end: int) -> Iterator[RoomId | None]:
    """The rooms in which nothing is then."""
    for room_id, taken in free:
        if is_free(taken, start, end):
            yield room_id


def is_free(taken: Sequence[Span], start: int, end: int) -> bool:
    """Whether nothing of what is taken, in order and apart, lies between two moments."""
    after = bisect_left(taken, (end, end))
    return after == 0 or taken[after - 1][1] <= start
