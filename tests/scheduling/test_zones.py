"""Another zone on the studio's wall: the local time stays, or the moment does."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.kit.clock import Slot, to_instant
from studio_app.kit.ids import LessonId, new_id
from studio_app.scheduling.rules.zones import Standing, in_zone, later_by, shift, shifted_hours

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 3, 2, 12, tzinfo=LONDON)
HALF = timedelta(minutes=30)


def at(day: date, clock: time, zone: ZoneInfo = LONDON, minutes: int = 30) -> Slot:
    start = to_instant(day, clock, zone)
    return Slot(start, start + timedelta(minutes=minutes))


def standing(slot: Slot, *who: str, bound: bool = False) -> Standing:
    return Standing(LessonId(new_id()), slot, frozenset(_id(one) for one in who), bound)


_IDS = {name: new_id() for name in ("tom", "tess", "sam")}


def _id(name: str):  # noqa: ANN202
    return _IDS[name]


def test_the_time_on_the_clock_stays_through_weeks_when_only_one_zone_has_changed() -> None:
    for day in (date(2026, 3, 3), date(2026, 3, 17), date(2026, 6, 9), date(2026, 10, 28)):
        moved = in_zone(at(day, time(16)), LONDON, NEW_YORK)
        assert moved.starts_at.astimezone(NEW_YORK).replace(tzinfo=None) == datetime.combine(
            day, time(16)
        )


def test_what_has_begun_and_what_has_its_own_wall_stays() -> None:
    held = standing(at(date(2026, 3, 2), time(11, 45)), "tom", bound=True)
    found = shift([held], LONDON, NEW_YORK, NOW)
    assert (found.moved, found.passed, found.clashing) == ((), 0, frozenset())


def test_a_time_that_is_left_out_is_counted_and_moves_forward() -> None:
    """New York has no 2:30 on 8 March 2026; London has."""
    night = standing(at(date(2026, 3, 8), time(2, 30)), "tom")
    found = shift([night], LONDON, NEW_YORK, NOW)
    assert found.skipped == 1
    assert found.moved[0].slot.starts_at.astimezone(NEW_YORK).time() == time(3, 30)


def test_the_gap_may_put_a_lesson_onto_another() -> None:
    first = standing(at(date(2026, 3, 8), time(2, 30)), "tom")
    second = standing(at(date(2026, 3, 8), time(3, 30)), "tom", "sam")
    elsewhere = standing(at(date(2026, 3, 8), time(3, 30)), "tess")
    found = shift([first, second, elsewhere], LONDON, NEW_YORK, NOW)
    assert found.clashing == {first.lesson_id, second.lesson_id}


def test_a_lesson_may_meet_one_that_stays() -> None:
    bound = standing(at(date(2026, 3, 5), time(21)), "sam", bound=True)
    moves = standing(at(date(2026, 3, 5), time(16)), "sam")
    assert shift([bound, moves], LONDON, NEW_YORK, NOW).clashing == {moves.lesson_id}


def test_todays_lesson_whose_new_time_is_over_stays() -> None:
    tonight = standing(at(date(2026, 3, 2), time(15)), "tom")
    found = shift([tonight], LONDON, TOKYO, NOW)
    assert (found.passed, found.moved) == (1, ())


@given(st.lists(st.integers(0, 48 * 40), min_size=1, max_size=30, unique=True), st.booleans())
def test_the_order_lets_nobody_pass_another(halves: list[int], east: bool) -> None:
    """Moved one after the other, no two of a teacher's lessons ever overlap on the way."""
    zone = TOKYO if east else NEW_YORK
    start = datetime(2026, 5, 4, tzinfo=LONDON)
    known = [
        standing(Slot(start + n * HALF, start + (n + 1) * HALF), "tom") for n in sorted(halves)
    ]
    found = shift(known, LONDON, zone, NOW)
    assert not found.clashing
    places = {one.lesson_id: one.slot for one in known}
    for one in found.moved:
        others = [slot for lesson_id, slot in places.items() if lesson_id != one.lesson_id]
        assert not any(one.slot.overlaps(other) for other in others)
        places[one.lesson_id] = one.slot


@pytest.mark.parametrize(
    ("span", "by", "pieces"),
    [
        ((600, 720), 60, [(0, 660, 780)]),
        ((1380, 1440), 120, [(1, 60, 120)]),
        ((1200, 1440), 120, [(0, 1320, 1440), (1, 0, 120)]),
        ((60, 180), -120, [(-1, 1380, 1440), (0, 0, 60)]),
        ((0, 1440), -300, [(-1, 1140, 1440), (0, 0, 1140)]),
    ],
)
def test_hours_are_cut_at_midnight(
    span: tuple[int, int], by: int, pieces: list[tuple[int, int, int]]
) -> None:
    assert shifted_hours(*span, by) == pieces


def test_how_far_the_clocks_are_apart_now() -> None:
    assert later_by(LONDON, NEW_YORK, NOW) == -300
    assert later_by(LONDON, NEW_YORK, NOW + timedelta(days=8)) == -240  # only there has it changed
