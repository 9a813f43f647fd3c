"""The sweep finds the same times as looking at every minute by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.kit.clock import Slot, to_instant
from studio_app.kit.ids import LocationId, RoomId, StudentId, TeacherId
from studio_app.scheduling.rules.hours import Away, Hours, merged
from studio_app.scheduling.rules.openings import Busy, Diary, Hall, Opening, Sought, openings

TOM, RUTH = TeacherId(UUID(int=1)), TeacherId(UUID(int=2))
SAM = StudentId(UUID(int=3))
HERE, THERE = LocationId(UUID(int=4)), LocationId(UUID(int=5))
ROOM, HALL = RoomId(UUID(int=6)), RoomId(UUID(int=7))
ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe")]
FIRST = date(2026, 10, 23)  # Europe's clocks go back two days later
LAST = FIRST + timedelta(days=4)


def within(zone: ZoneInfo) -> Slot:
    return Slot(to_instant(FIRST, time(), zone), to_instant(LAST, time(), zone))


minutes = st.integers(0, 95).map(lambda n: n * 15)
places = st.sampled_from([HERE, THERE, None])
teachers = st.sampled_from([TOM, RUTH])


@st.composite
def blocks(draw: st.DrawFn) -> Hours:
    start = draw(minutes)
    end = min(1440, start + 15 * draw(st.integers(1, 40)))
    dated = draw(st.booleans())
    day = FIRST + timedelta(days=draw(st.integers(0, 3)))
    slot = draw(st.sampled_from([None, 30]))
    return Hours(
        draw(teachers),
        draw(places),
        start,
        end,
        weekday=None if dated else day.isoweekday(),
        dated_on=day if dated else None,
        slot_minutes=slot,
        starts_on=draw(st.sampled_from([None, FIRST + timedelta(days=1)])),
        ends_on=draw(st.sampled_from([None, FIRST + timedelta(days=2)])),
    )


@st.composite
def lessons(draw: st.DrawFn) -> Busy:
    start = datetime(2026, 10, 22, 12, tzinfo=UTC) + timedelta(
        minutes=5 * draw(st.integers(0, 12 * 24 * 5))
    )
    slot = Slot(start, start + timedelta(minutes=5 * draw(st.integers(1, 30))))
    room, place = draw(st.sampled_from([(ROOM, HERE), (HALL, THERE), (None, None)]))
    who = frozenset({SAM}) if draw(st.booleans()) else frozenset[StudentId]()
    return Busy(slot, draw(teachers), room, place, who)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    halls = [Hall(ROOM, HERE), Hall(HALL, THERE, single_use=draw(st.booleans()))]
    closed = {place: draw(st.sets(st.just(FIRST))) for place in (HERE, THERE, None)}
    away = [Away(TOM, FIRST, 600, FIRST + timedelta(days=1), 700)] if draw(st.booleans()) else []
    return Diary(
        draw(st.sampled_from(ZONES)),
        draw(st.lists(blocks(), min_size=1, max_size=4)),
        away,
        draw(st.lists(lessons(), max_size=12)),
        halls,
        closed,
    )


@st.composite
def wishes(draw: st.DrawFn) -> Sought:
    buffer = draw(st.sampled_from([0, 10]))
    return Sought(
        within(ZONES[0]),
        draw(st.sampled_from([20, 30, 45])),
        draw(st.sampled_from([15, 30])),
        needs_room=draw(st.booleans()),
        student_ids=frozenset({SAM}),
        buffer=timedelta(minutes=buffer),
        travel=timedelta(minutes=max(buffer, draw(st.sampled_from([0, 30])))),
    )


@given(diaries(), wishes())
def test_it_finds_what_looking_at_each_time_finds(diary: Diary, sought: Sought) -> None:
    sought = replace(sought, within=within(diary.zone))
    found = openings(diary, sought)
    assert {(one.starts_at, one.teacher_id) for one in found} == by_looking(diary, sought)
    assert found == sorted(found, key=lambda one: (one.starts_at, one.teacher_id))
    assert all(one.location_id is None or fits_room(diary, sought, one) for one in found)


def by_looking(diary: Diary, sought: Sought) -> set[tuple[datetime, TeacherId]]:
    """Every start of every block on every day, each asked about everything."""
    found: set[tuple[datetime, TeacherId]] = set()
    for block in diary.hours:
        if block.slot_minutes and sought.minutes > block.slot_minutes:
            continue
        for day in (FIRST + timedelta(days=n) for n in range(5)):
            on = block.weekday in {None, day.isoweekday()} and block.holds_on(day)
            if not on or day in diary.closed[block.location_id]:
                continue
            start, end = (
                moment(day, block.from_minute, diary),
                moment(day, block.until_minute, diary),
            )
            step = timedelta(minutes=block.slot_minutes or sought.step_minutes)
            lasting = timedelta(minutes=sought.minutes)
            while start + lasting <= end:
                if could_be(diary, sought, block, Slot(start, start + lasting)):
                    found.add((start, block.teacher_id))
                start += step
    return found


def moment(day: date, minute: int, diary: Diary) -> datetime:
    days, minute = divmod(minute, 1440)
    return to_instant(day + timedelta(days=days), time(minute // 60, minute % 60), diary.zone)


def could_be(diary: Diary, sought: Sought, block: Hours, slot: Slot) -> bool:
    if not sought.within.starts_at <= slot.starts_at < sought.within.ends_at:
        return False
    for away in diary.away:
        begins = moment(away.first_on, away.from_minute, diary)
        off = Slot(begins, moment(away.last_on, away.until_minute, diary))
        if away.teacher_id == block.teacher_id and off.overlaps(slot):
            return False
    if any(meets(sought, block, busy, slot) for busy in diary.busy):
        return False
    rooms = [hall for hall in diary.halls if hall.location_id == block.location_id]
    free = [hall for hall in rooms if not hall.single_use or is_free(diary, hall.id, slot)]
    return bool(free) or not sought.needs_room or block.location_id is None


def meets(sought: Sought, block: Hours, busy: Busy, slot: Slot) -> bool:
    same_teacher = busy.teacher_id == block.teacher_id
    if not same_teacher and busy.student_ids.isdisjoint(sought.student_ids):
        return False
    elsewhere = None not in {busy.location_id, block.location_id}
    elsewhere = elsewhere and busy.location_id != block.location_id
    pad = sought.travel if elsewhere else sought.buffer if same_teacher else timedelta(0)
    return Slot(busy.slot.starts_at - pad, busy.slot.ends_at + pad).overlaps(slot)


def is_free(diary: Diary, room_id: RoomId, slot: Slot) -> bool:
    return not any(b.room_id == room_id and b.slot.overlaps(slot) for b in diary.busy)


def fits_room(diary: Diary, sought: Sought, one: Opening) -> bool:
    if not sought.needs_room:
        return one.room_id is None
    hall = next(hall for hall in diary.halls if hall.id == one.room_id)
    free = not hall.single_use or is_free(diary, hall.id, Slot(one.starts_at, one.ends_at))
    return hall.location_id == one.location_id and free


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda s: (s[0], sum(s)))))
def test_merged_spans_are_apart_and_the_same_times(spans: list[tuple[int, int]]) -> None:
    found = merged(spans)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    covered = {n for start, end in spans for n in range(start, end)}
    assert covered == {n for start, end in found for n in range(start, end)}


@pytest.mark.parametrize(
    ("ends", "starts", "open_at"), [("09:40", "10:00", False), ("09:30", "10:00", True)]
)
def test_the_way_from_another_location_is_kept_free(ends: str, starts: str, open_at: bool) -> None:
    """A ends 09:40, B would start 10:00 elsewhere, thirty minutes are needed."""
    zone = ZONES[0]
    elsewhere = Busy(Slot(at("09:00", zone), at(ends, zone)), TOM, HALL, THERE, frozenset())
    diary = Diary(
        zone,
        [Hours(TOM, HERE, 600, 660, dated_on=FIRST)],
        busy=[elsewhere],
        halls=[Hall(ROOM, HERE)],
        closed={HERE: ()},
    )
    sought = Sought(within(zone), 30, 30, needs_room=True, travel=timedelta(minutes=30))
    found = {one.starts_at for one in openings(diary, sought)}
    assert (at(starts, zone) in found) is open_at
    assert at("10:30", zone) in found


def test_the_way_is_kept_free_across_midnight_in_both_directions() -> None:
    zone = ZONES[0]
    before = Busy(Slot(at("23:00", zone), at("23:50", zone)), TOM, HALL, THERE)
    hours = [Hours(TOM, HERE, 0, 120, dated_on=FIRST + timedelta(days=1))]
    diary = Diary(zone, hours, busy=[before], halls=[Hall(ROOM, HERE)], closed={HERE: ()})
    sought = Sought(within(zone), 30, 15, needs_room=True, travel=timedelta(minutes=30))
    first = openings(diary, sought)[0]
    assert first.starts_at == at("23:50", zone) + timedelta(minutes=40), "0:30, not 0:00 or 0:15"


def at(wall: str, zone: ZoneInfo) -> datetime:
    return to_instant(FIRST, time.fromisoformat(wall), zone)
