"""Teaching hours and absences: what is said of them, and what is refused with which sentence."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.kit.errors import NotFound
from studio_app.scheduling.commands.availability import (
    EndsBeforeItStarts,
    HoursOverlap,
    TimeLeftOut,
    TooFarAway,
    change_hours,
    come_back,
    offer_hours,
    take_time_off,
    withdraw_hours,
)
from studio_app.scheduling.queries.absences import absence_ahead, clocks_on
from studio_app.scheduling.queries.availability import HoursOfTeacher, teaching_hours
from studio_app.scheduling.rules.hours import DAY
from studio_app.scheduling.rules.wall import comes_twice, exists, next_there_is
from studio_app.scheduling.wishes import Absence, TeachingHours
from tests.scheduling.conftest import LONDON, TUESDAY, Desk, wall

AFTERNOON = TeachingHours(15 * 60, 17 * 60, weekday=2)
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
CAIRO = ZoneInfo("Africa/Cairo")


def seen(desk: Desk) -> HoursOfTeacher:
    found = desk.world.run(desk.world.tom, teaching_hours)
    assert found is not None
    return found


def offer(desk: Desk, wish: TeachingHours) -> object:
    return desk.world.run(desk.world.tom, offer_hours, desk.world.teacher_id, wish)


def test_the_week_says_when_and_where_somebody_teaches(desk: Desk) -> None:
    until = date(2026, 12, 18)
    offer(desk, replace(AFTERNOON, location_id=desk.location_id, slot_minutes=30, ends_on=until))
    offer(desk, TeachingHours(20 * 60, DAY, dated_on=TUESDAY))
    shown = seen(desk)
    [block] = shown.week[1].hours
    assert [day.name for day in shown.week[:2]] == ["Monday", "Tuesday"]
    assert (block.span, block.location) == ("15:00–17:00", "High Street")
    assert (block.slots, block.lasting) == ("Slots of 30 minutes", "until 18 Dec 2026")
    assert [(row.day, row.span) for row in shown.dated] == [("Tue 8 Sept", "20:00–00:00")]
    assert shown.week[0].hours == ()


def test_what_is_over_is_not_shown(desk: Desk) -> None:
    yesterday = desk.world.now.date() - timedelta(days=1)
    offer(desk, replace(AFTERNOON, ends_on=yesterday))
    offer(desk, TeachingHours(600, 660, dated_on=yesterday))
    desk.world.run(
        desk.world.tom, take_time_off, desk.world.teacher_id, Absence(yesterday, yesterday)
    )
    shown = seen(desk)
    assert (shown.week[1].hours, shown.dated, shown.away) == ((), (), ())


def test_who_teaches_nothing_has_no_hours(desk: Desk) -> None:
    assert desk.world.run(desk.world.olivia, teaching_hours) is None


def test_teachers_see_their_own_hours_and_the_office_all(desk: Desk) -> None:
    world = desk.world
    assert world.run(world.olivia, teaching_hours, world.teacher_id).teacher == "Tom Teal"
    for stranger, whose in ((world.tom, desk.ruth), (world.rita, world.teacher_id)):
        with pytest.raises(NotFound):
            world.run(stranger, teaching_hours, whose)
        with pytest.raises(NotFound):
            world.run(stranger, absence_ahead, Absence(TUESDAY, TUESDAY), teacher_id=whose)


def test_an_absence_says_how_many_lessons_fall_into_it(desk: Desk) -> None:
    world = desk.world
    desk.series(count=3)
    desk.lesson(wall(TUESDAY, 9))
    cancelled = desk.lesson(wall(TUESDAY, 18), teacher_id=desk.ruth)
    assert cancelled
    week = Absence(TUESDAY, TUESDAY + timedelta(days=7))
    ahead = world.run(world.tom, absence_ahead, week, teacher_id=world.teacher_id)
    assert (ahead.lessons, ahead.clocks) == (3, "")
    morning = Absence(TUESDAY, TUESDAY, 0, 12 * 60, "Dentist")
    world.run(world.tom, take_time_off, world.teacher_id, morning)
    world.run(world.tom, take_time_off, world.teacher_id, replace(week, from_minute=16 * 60))
    rows = [(row.when, row.lessons, row.reason) for row in seen(desk).away]
    assert rows == [
        ("Tue 8 Sept, 00:00–12:00", 1, "Dentist"),
        ("Tue 8 Sept, 16:00 – Tue 15 Sept", 2, ""),
    ]


def test_hours_that_overlap_by_a_minute_are_refused_with_the_others(desk: Desk) -> None:
    offer(desk, AFTERNOON)
    with pytest.raises(HoursOverlap, match="overlap 15:00–17:00 of the same day"):
        offer(desk, TeachingHours(16 * 60 + 59, 18 * 60, weekday=2))
    offer(desk, TeachingHours(17 * 60, 18 * 60, weekday=2))
    assert len(seen(desk).week[1].hours) == 2


def test_a_change_answers_what_was_and_a_refused_one_changes_nothing(desk: Desk) -> None:
    world = desk.world
    block = offer(desk, AFTERNOON)
    offer(desk, TeachingHours(9 * 60, 10 * 60, weekday=2))
    with pytest.raises(HoursOverlap):
        world.run(world.tom, change_hours, block, replace(AFTERNOON, from_minute=9 * 60))
    with pytest.raises(EndsBeforeItStarts):
        world.run(world.tom, change_hours, block, replace(AFTERNOON, until_minute=15 * 60))
    assert [row.span for row in seen(desk).week[1].hours] == ["09:00–10:00", "15:00–17:00"]
    assert world.run(world.tom, change_hours, block, replace(AFTERNOON, weekday=3)) == AFTERNOON
    assert world.run(world.tom, withdraw_hours, block) == replace(AFTERNOON, weekday=3)


def test_a_time_that_the_clocks_leave_out_is_refused_with_the_next(desk: Desk) -> None:
    world = desk.world
    left_out = "On Sun 28 Mar the clocks go forward and 01:30 is left out. .*: 02:00"
    with pytest.raises(TimeLeftOut, match=left_out):
        offer(desk, TeachingHours(90, 180, dated_on=SPRING))
    with pytest.raises(TimeLeftOut, match=left_out):
        world.run(
            world.tom, take_time_off, world.teacher_id, Absence(SPRING, SPRING, from_minute=90)
        )
    assert "left out" in world.run(world.tom, clocks_on, SPRING, 90, 180)
    assert seen(desk).dated == ()
    assert world.run(world.tom, take_time_off, world.teacher_id, Absence(SPRING, SPRING))


def test_a_time_that_comes_twice_is_labelled(desk: Desk) -> None:
    offer(desk, TeachingHours(90, 180, dated_on=AUTUMN))
    [row] = seen(desk).dated
    assert row.twice == "01:30 comes twice that day, when the clocks go back: the first one."
    assert desk.world.run(desk.world.tom, clocks_on, AUTUMN, 90, 180) == row.twice
    absence = Absence(AUTUMN, AUTUMN, from_minute=90)
    ahead = desk.world.run(desk.world.tom, absence_ahead, absence, teacher_id=desk.world.teacher_id)
    assert ahead.clocks == row.twice


@pytest.mark.parametrize("day", [date(1987, 1, 5), date.min, date.max])
def test_a_day_far_away_is_refused(desk: Desk, day: date) -> None:
    world = desk.world
    with pytest.raises(TooFarAway):
        offer(desk, TeachingHours(600, 660, dated_on=day))
    with pytest.raises(TooFarAway):
        world.run(world.tom, take_time_off, world.teacher_id, Absence(day, day))
    assert world.run(world.tom, clocks_on, day, 0, DAY) == ""
    ahead = world.run(world.tom, absence_ahead, Absence(day, day), teacher_id=world.teacher_id)
    assert ahead.lessons == 0


def test_an_absence_taken_back_is_gone(desk: Desk) -> None:
    world = desk.world
    off = world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    assert world.run(world.tom, come_back, off) == Absence(TUESDAY, TUESDAY)
    assert seen(desk).away == ()


def test_half_an_hour_is_left_out_and_repeated_on_lord_howe() -> None:
    forward, back = date(2026, 10, 4), date(2026, 4, 5)
    assert [m for m in range(DAY + 1) if not exists(forward, m, LORD_HOWE)] == list(range(120, 150))
    assert [m for m in range(DAY + 1) if comes_twice(back, m, LORD_HOWE)] == list(range(90, 120))
    assert next_there_is(forward, 125, LORD_HOWE) == 150


def test_a_day_begins_even_where_midnight_is_left_out() -> None:
    day = date(2026, 4, 24)
    assert exists(day, 0, CAIRO)
    assert not exists(day, 1, CAIRO)
    assert next_there_is(day, 1, CAIRO) == 60


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, DAY))
def test_no_minute_is_both_left_out_and_twice(day: date, minute: int) -> None:
    assert exists(day, next_there_is(day, minute, LONDON), LONDON)
    assert exists(day, minute, LONDON) or not comes_twice(day, minute, LONDON)
