"""Another zone on the studio's wall: what moves, by how much, and what no longer fits."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot, is_skipped, to_instant
from studio_app.kit.ids import LessonId
from studio_app.kit.words import Labelled

DAY = 24 * 60
MINUTE = 60


class Keep(Labelled):
    """What stays when the zone changes: the time on the clock, or the moment."""

    LOCAL_TIME = "local_time"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Standing:
    """A lesson, with the ids of the teacher, the room and the students it takes."""

    lesson_id: LessonId
    slot: Slot
    takes: frozenset[UUID]
    """Empty where it takes nobody's time, as when it is cancelled"""
    is_bound: bool
    """It has begun, or follows a wall of its own: it stays at its moment"""


@dataclass(frozen=True, slots=True)
class Moved:
    lesson_id: LessonId
    was: Slot
    slot: Slot
    skipped: bool
    """Its time does not exist on that day in the new zone, so it begins later"""


@dataclass(frozen=True, slots=True)
class Shift:
    """What keeping the local time does to the lessons to come."""

    moved: tuple[Moved, ...]
    """In an order in which none has to pass another"""
    passed: int
    """Lessons of today whose time in the new zone is over: they stay at their moment"""
    clashing: frozenset[LessonId]

    @property
    def skipped(self) -> int:
        return sum(1 for one in self.moved if one.skipped)


def in_zone(slot: Slot, was: ZoneInfo, zone: ZoneInfo) -> Slot:
    """The same time on the clock, as long; a time that is left out moves forward (RFC 5545)."""
    start = moved_to(slot.starts_at, was, zone)
    return Slot(start, start + slot.lasting)


def moved_to(at: datetime, was: ZoneInfo, zone: ZoneInfo) -> datetime:
    """The moment at which the new clock says what the old one says now."""
    wall = at.astimezone(was)
    return to_instant(wall.date(), wall.time(), zone)


def shift(standing: Collection[Standing], was: ZoneInfo, zone: ZoneInfo, now: datetime) -> Shift:
    """Where each lesson to come goes, and which of them then meet."""
    moved: list[Moved] = []
    passed = 0
    for one in standing:
        there = in_zone(one.slot, was, zone)
        if one.is_bound or there == one.slot:
            continue
        if there.starts_at <= now:
            passed += 1
            continue
        wall = one.slot.starts_at.astimezone(was).replace(tzinfo=None)
        moved.append(Moved(one.lesson_id, one.slot, there, is_skipped(wall, zone)))
    return Shift(tuple(_one_after_another(moved)), passed, frozenset(_meeting(standing, moved)))


def shifted_hours(from_minute: int, until_minute: int, by: int) -> list[tuple[int, int, int]]:
    """Hours of a day `by` minutes later: one piece, or two where midnight cuts them.

    Each (days from that day, from minute, until minute).
    """
    begin, end = from_minute + by, until_minute + by
    pieces: list[tuple[int, int, int]] = []
    for day in range(begin // DAY, (end - 1) // DAY + 1):
        first, last = max(begin, day * DAY), min(end, (day + 1) * DAY)
        pieces.append((day, first - day * DAY, last - day * DAY))
    return pieces


def later_by(was: ZoneInfo, zone: ZoneInfo, now: datetime) -> int:
    """How many minutes the new clock is ahead of the old one, now."""
    ahead = now.astimezone(zone).utcoffset() or timedelta()
    behind = now.astimezone(was).utcoffset() or timedelta()
    return int((ahead - behind).total_seconds()) // MINUTE


def _one_after_another(moved: Iterable[Moved]) -> list[Moved]:
    """Those that go later from the last on, those that go earlier from the first on."""
    later = [one for one in moved if one.slot.starts_at > one.was.starts_at]
    earlier = [one for one in moved if one.slot.starts_at < one.was.starts_at]
    later.sort(key=lambda one: one.was, reverse=True)
    return [*later, *sorted(earlier, key=lambda one: one.was)]


def _meeting(standing: Collection[Standing], moved: Collection[Moved]) -> set[LessonId]:
    """Moved lessons that then overlap another for a teacher, a room or a student."""
    goes = {one.lesson_id: one.slot for one in moved}
    taken: dict[UUID, list[tuple[Slot, LessonId]]] = defaultdict(list)
    for one in standing:
        for who in one.takes:
            taken[who].append((goes.get(one.lesson_id, one.slot), one.lesson_id))
    found: set[LessonId] = set()
    for spans in taken.values():
        spans.sort()
        busy, holder = spans[0]
        for slot, lesson_id in spans[1:]:
            if slot.starts_at < busy.ends_at:
                found |= {holder, lesson_id}
            if slot.ends_at > busy.ends_at:
                busy, holder = slot, lesson_id
    return found & set(goes)
