"""Open times: one search for booking, moving, waitlist and make-ups.

Families get what the rules let them book; staff are not held to notice and horizon.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot, local_date, local_days
from studio_app.kit.errors import Refused
from studio_app.kit.ids import LessonId, LocationId, RoomId, TeacherId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.scheduling.access import openings as access
from studio_app.scheduling.access.openings import Booked, Frame, TeachingHours
from studio_app.scheduling.diary import lasting
from studio_app.scheduling.rules.booking import BookingRules
from studio_app.scheduling.rules.every_week import Weekly
from studio_app.scheduling.rules.openings import Busy, Diary, Opening, Sought, openings
from studio_app.scheduling.wishes import SlotSearch

LONGEST_SEARCH = 190
A_DAY = timedelta(days=1)
WEEKS = timedelta(days=8)
"""A week that a day is in, whichever it is."""


class TooManyDays(Refused):
    message = _("Please look at half a year at most.")


class NoDays(Refused):
    message = _("The last day comes before the first.")


class Place(NamedTuple):
    """A group lesson with places left."""

    lesson_id: LessonId
    starts_at: datetime
    ends_at: datetime
    teacher_id: TeacherId
    location_id: LocationId | None
    room_id: RoomId | None
    places: int | None
    """How many, or None where it is not limited"""


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """`openings` are times for a lesson of one's own, `places` those in a group; `weekly` says
    which openings can be had every week, where that was asked."""

    openings: tuple[Opening, ...]
    places: tuple[Place, ...]
    rules: BookingRules
    zone: ZoneInfo
    weekly: Mapping[Opening, Weekly] = field(default_factory=dict[Opening, Weekly])


@dataclass(frozen=True, slots=True)
class Read:
    """What a search is answered from; `sought` is None where nothing can be open."""

    frame: Frame
    diary: Diary
    sought: Sought | None = None
    booked: Sequence[Booked] = ()


def find(work: Work, search: SlotSearch, *, as_family: bool) -> OpenTimes:
    """What is open in these days, the earliest first, in three statements or four.

    A family is held to what its students do in other studios, to notice, horizon and lessons a
    week; nothing is open to it where the studio does not let families book that kind. Groups
    are joined, so a family that looks for one is shown places, not times.
    """
    return open_in(read_diary(work, search, as_family=as_family), search, as_family=as_family)


def open_in(read: Read, search: SlotSearch, *, as_family: bool) -> OpenTimes:
    """What is open in a diary that has been read."""
    frame, booked = read.frame, read.booked
    if read.sought is None:
        return OpenTimes((), (), frame.rules, frame.zone)
    full = _full_weeks(search, frame, booked) if as_family else frozenset[date]()
    alone = not as_family or frame.capacity == 1
    found = openings(read.diary, read.sought) if alone else []
    return OpenTimes(
        tuple(_outside(full, found, frame.zone)),
        tuple(_places(search, frame, booked, read.sought.within, full)),
        frame.rules,
        frame.zone,
    )


def read_diary(
    work: Work, search: SlotSearch, *, as_family: bool, beyond: timedelta = timedelta(0)
) -> Read:
    """Everything the open times are found in, read in three statements. Closures, days off and
    what students do elsewhere are read so far `beyond` the days that are searched."""
    _check(search)
    last = search.until - timedelta(days=1) + beyond
    frame = access.frame(work, search.lesson_type_id, search.first_on, last)
    within = _within(work, search, frame, as_family=as_family)
    if within is None:
        return Read(frame, Diary(frame.zone, ()))
    hours = access.hours(work, search, last)
    span = _span(within, frame.rules, as_family=as_family)
    booked = _booked(work, search, frame, {one.teacher_id for one in hours.blocks}, span)
    diary = _diary(search, frame, hours, booked)
    if as_family and search.student_ids:
        far = Slot(within.starts_at, within.ends_at + beyond)
        elsewhere = access.elsewhere(work, search.student_ids, far)
        diary = replace(diary, busy=[*diary.busy, *elsewhere])
    return Read(frame, diary, _sought(search, frame, within), booked)


def _check(search: SlotSearch) -> None:
    if search.until <= search.first_on:
        raise NoDays
    if (search.until - search.first_on).days > LONGEST_SEARCH:
        raise TooManyDays
    if search.minutes is not None:
        lasting(search.minutes)


def _within(work: Work, search: SlotSearch, frame: Frame, *, as_family: bool) -> Slot | None:
    """When a lesson may begin, or None where there is no such time."""
    days = local_days(search.first_on, search.until, frame.zone)
    first, last = max(days.starts_at, work.now), days.ends_at
    if as_family:
        if not frame.rules.is_open:
            return None
        first = max(first, frame.rules.earliest(work.now))
        last = min(last, frame.rules.latest(work.now))
    return Slot(first, last) if first < last else None


def _span(within: Slot, rules: BookingRules, *, as_family: bool) -> Slot:
    """Which lessons matter: those on the way there and back, and where only so many are allowed
    in a week all of that week."""
    around = max(A_DAY + rules.travel, WEEKS if as_family and rules.most_a_week else A_DAY)
    return Slot(within.starts_at - around, within.ends_at + around)


def _booked(
    work: Work, search: SlotSearch, frame: Frame, teachers: set[TeacherId], span: Slot
) -> list[Booked]:
    """Lessons of whom and what it is about, but for the one that is looked for anew."""
    found = access.booked(
        work,
        span,
        teachers=teachers,
        rooms=[] if frame.is_online else [hall.id for hall, _holds in frame.rooms],
        students=search.student_ids,
        group=None if frame.capacity == 1 else search.lesson_type_id,
    )
    return [one for one in found if one.lesson_id != search.without]


def _diary(search: SlotSearch, frame: Frame, hours: TeachingHours, booked: list[Booked]) -> Diary:
    last = search.until - timedelta(days=1)
    places = {block.location_id for block in hours.blocks}
    size = max(1, len(search.student_ids))
    return Diary(
        zone=frame.zone,
        hours=hours.blocks,
        away=hours.away,
        busy=[one.busy for one in booked],
        halls=[hall for hall, holds in frame.rooms if holds is None or size <= holds],
        closed={place: frame.closed_at(place, search.first_on, last) for place in places},
    )


def _sought(search: SlotSearch, frame: Frame, within: Slot) -> Sought:
    return Sought(
        within,
        search.minutes or frame.minutes,
        frame.rules.step_minutes,
        needs_room=not frame.is_online,
        student_ids=search.student_ids,
        buffer=frame.rules.buffer,
        travel=frame.rules.travel,
    )


def _full_weeks(search: SlotSearch, frame: Frame, booked: Sequence[Booked]) -> frozenset[date]:
    """Weeks, by their Monday, in which one of the students has as many lessons as allowed."""
    most = frame.rules.most_a_week
    if not most:
        return frozenset()
    had = Counter(
        (student, _week(one.busy.slot.starts_at, frame.zone))
        for one in booked
        for student in one.busy.student_ids & search.student_ids
    )
    return frozenset(week for (_student, week), lessons in had.items() if lessons >= most)


def _outside(full: Collection[date], found: list[Opening], zone: ZoneInfo) -> list[Opening]:
    return [one for one in found if _week(one.starts_at, zone) not in full] if full else found


def _week(instant: datetime, zone: ZoneInfo) -> date:
    day = local_date(instant, zone)
    return day - timedelta(days=day.weekday())


def _places(
    search: SlotSearch,
    frame: Frame,
    booked: Sequence[Booked],
    within: Slot,
    full: frozenset[date],
) -> Iterator[Place]:
    """Groups of this kind that take these students in, and do not meet their other lessons."""
    if frame.capacity == 1:
        return
    size = max(1, len(search.student_ids))
    theirs = [o.busy.slot for o in booked if o.busy.student_ids & search.student_ids]
    for one in sorted(booked, key=lambda each: each.busy.slot):
        slot, there = one.busy.slot, one.busy
        if one.lesson_type_id != search.lesson_type_id:
            continue
        if search.teacher_id not in {None, there.teacher_id}:
            continue
        places = _left(one, frame)
        open_then = within.starts_at <= slot.starts_at < within.ends_at
        enough = places is None or places >= size
        met = any(slot.overlaps(other) for other in theirs)
        if open_then and enough and not met and _week(slot.starts_at, frame.zone) not in full:
            yield Place(one.lesson_id, *_at(there), places)


def _at(busy: Busy) -> tuple[datetime, datetime, TeacherId, LocationId | None, RoomId | None]:
    slot = busy.slot
    return slot.starts_at, slot.ends_at, busy.teacher_id, busy.location_id, busy.room_id


def _left(one: Booked, frame: Frame) -> int | None:
    limits = [limit for limit in (frame.capacity, one.room_holds) if limit is not None]
    return min(limits) - len(one.busy.student_ids) if limits else None
