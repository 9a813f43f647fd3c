"""Which open times can be had every week: the same hour of all the coming weeks is looked at.

Days on which the studio is closed or the teacher away fall away, and are counted; on any other
the hour has to be free, in one room.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LocationId, RoomId, TeacherId
from studio_app.scheduling.rules.drafts import horizon
from studio_app.scheduling.rules.hours import Hours, Span, away_span, seconds
from studio_app.scheduling.rules.openings import (
    Diary,
    FreeRooms,
    Opening,
    Sought,
    by_teacher,
    halls_at,
    is_free,
    rooms_in,
    taken_spans,
)
from studio_app.scheduling.rules.plans import Plan, occurrences

Days = Sequence[tuple[date, Slot]]


@dataclass(frozen=True, slots=True)
class Weekly:
    """A time every week. `of` counts its days as far as they are put into the diary now."""

    room_id: RoomId | None
    of: int
    closed: int = 0
    away: tuple[date, ...] = ()
    """Days on which the teacher is away"""
    until_on: date | None = None
    """The last day of the hours it is published in, if they end"""


def published_in(hours: Collection[Hours], one: Opening, zone: ZoneInfo) -> Hours | None:
    """The hours, published in slots of a fixed length, that have this time every week."""
    wall = one.starts_at.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    return next(
        (
            block
            for block in hours
            if block.slot_minutes is not None
            and block.teacher_id == one.teacher_id
            and block.weekday == wall.isoweekday()
            and block.from_minute <= minute < block.until_minute
            and block.holds_on(wall.date())
        ),
        None,
    )


def coming(one: Opening, block: Hours, zone: ZoneInfo, today: date) -> Days:
    """The days a weekly lesson would have, as far as it would be put into the diary."""
    wall = one.starts_at.astimezone(zone)
    minutes = int((one.ends_at - one.starts_at).total_seconds()) // 60
    weekday = frozenset({wall.isoweekday()})
    at = wall.time().replace(fold=0)
    plan = Plan(wall.date(), at, minutes, zone, weekday, until_on=block.ends_on)
    return occurrences(plan, None, horizon(plan, today))


def every_week(
    diary: Diary, sought: Sought, wanted: Mapping[Opening, tuple[Hours, Days]]
) -> dict[Opening, Weekly]:
    """Those of them that are free whenever the studio is open and the teacher there."""
    busy = [(one, *one.span) for one in diary.busy]
    halls, of_teacher = halls_at(diary, sought, busy), by_teacher(busy)
    of_students = [one for one in busy if not one[0].student_ids.isdisjoint(sought.student_ids)]
    bare = replace(diary, away=(), closed={})
    taken: dict[tuple[TeacherId, LocationId | None], list[Span]] = {}
    found: dict[Opening, Weekly] = {}
    for one, (block, days) in wanted.items():
        who, where = one.teacher_id, one.location_id
        if (who, where) not in taken:
            theirs = of_teacher.get(who, ())
            others = [each for each in of_students if each[0].teacher_id != who]
            taken[who, where] = taken_spans(bare, sought, theirs, others, who, where)
        free = halls[where] if sought.needs_room and where else ((None, ()),)
        weekly = _weekly(diary, one, days, taken[who, where], free)
        if weekly is not None:
            found[one] = replace(weekly, until_on=block.ends_on)
    return found


def _weekly(
    diary: Diary, one: Opening, days: Days, taken: Sequence[Span], free: FreeRooms
) -> Weekly | None:
    closed = diary.closed.get(one.location_id if one.room_id else None, ())
    open_ = [(day, slot) for day, slot in days if day not in closed]
    absent = [
        away_span(each, diary.zone) for each in diary.away if each.teacher_id == one.teacher_id
    ]
    spans = [(day, seconds(slot.starts_at), seconds(slot.ends_at)) for day, slot in open_]
    away = [day for day, start, end in spans if any(a < end and start < b for a, b in absent)]
    there = [(start, end) for day, start, end in spans if day not in away]
    if not there or not all(is_free(taken, *span) for span in there):
        return None
    rooms = [set(rooms_in(free, *span)) for span in there]
    same = set[RoomId | None].intersection(*rooms)
    if not same:
        return None
    room = next(room_id for room_id, _taken in free if room_id in same)
    return Weekly(room, len(days), len(days) - len(open_), tuple(away))
