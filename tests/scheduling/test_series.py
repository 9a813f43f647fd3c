"""Series: what gets into the diary, what stays out and why, and that it stays so."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from studio_app.kit.access import Actor
from studio_app.kit.errors import Forbidden, NotFound, Refused
from studio_app.scheduling.access.wishes import EndsTwice, NoLessonAtAll, NoWeekday
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson, restore_lesson
from studio_app.scheduling.commands.series import (
    NothingToCome,
    end_series,
    extend_every_series,
    extend_series,
    resume_series,
)
from studio_app.scheduling.commands.year import (
    add_term,
    close_studio_on,
    ignore_holiday,
    reopen_studio,
)
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.rules.states import LessonStatus
from studio_app.scheduling.wishes import Choice, Decision, Scope, SeriesChange
from tests.scheduling.conftest import LONDON, TUESDAY, Desk, wall

WEEK = timedelta(weeks=1)


def days(desk: Desk, series_id: object) -> list[date]:
    return [row.occurs_on for row in desk.lessons(series_id) if row.occurs_on]  # type: ignore[arg-type]


def test_it_fills_the_diary_as_far_as_the_series_goes(desk: Desk) -> None:
    series_id = desk.series(count=12)
    lessons = desk.lessons(series_id)
    assert [row.occurs_on for row in lessons] == [TUESDAY + n * WEEK for n in range(12)]
    assert {row.starts_at.astimezone(LONDON).time() for row in lessons} == {time(16)}
    assert [row.starts_at.hour for row in lessons][6:8] == [15, 16]  # the clocks change
    assert all(desk.seats(row.id)[0].student_id == desk.world.student_id for row in lessons)


def test_a_series_without_end_is_kept_some_weeks_ahead(desk: Desk) -> None:
    series_id = desk.series()
    assert days(desk, series_id)[-1] == TUESDAY + 15 * WEEK
    system = Actor.system(desk.world.harmony)
    assert desk.world.run(system, extend_every_series).startswith("0 lessons")

    later = desk.world.at(desk.world.now + 5 * WEEK)
    assert later.run(system, extend_every_series) == "4 lessons in 1 series, 0 clashes"
    assert later.run(system, extend_every_series).startswith("0 lessons")
    assert later.run(later.olivia, extend_series, series_id) == 0
    assert days(desk, series_id)[-1] == TUESDAY + 19 * WEEK


def test_several_weekdays_every_other_week(desk: Desk) -> None:
    series_id = desk.series(weekdays=frozenset({1, 3}), every_weeks=2, count=4)
    first = date(2026, 9, 9)  # the Wednesday after; its Monday is past
    monday = date(2026, 9, 21)
    assert days(desk, series_id) == [first, monday, date(2026, 9, 23), date(2026, 10, 5)]


def test_closures_and_bank_holidays_are_left_out_with_the_reason(desk: Desk) -> None:
    world = desk.world
    half_term: Any = {"first_on": date(2026, 10, 26), "last_on": date(2026, 10, 30)}
    world.run(world.olivia, close_studio_on, name="Half-term", **half_term)
    world.run(world.olivia, ignore_holiday, "Christmas Day")
    series_id = desk.series(weekdays=frozenset({5}), until_on=date(2027, 4, 2))

    assert desk.exceptions(series_id) == {
        date(2026, 10, 30): "closure",
        date(2027, 1, 1): "holiday",
        date(2027, 3, 26): "holiday",
    }
    assert date(2026, 12, 25) in days(desk, series_id)


def test_a_closure_of_one_location_leaves_the_others_alone(desk: Desk) -> None:
    world = desk.world
    there: Any = {"first_on": TUESDAY, "last_on": TUESDAY, "location_id": desk.location_id}
    world.run(world.olivia, close_studio_on, name="Paint", **there)
    assert TUESDAY not in days(desk, desk.series(count=2))
    online = desk.series(count=2, teacher_id=desk.ruth, room_id=None, student_ids=())
    assert TUESDAY in days(desk, online)


def test_term_time_only_waits_for_the_next_term(desk: Desk) -> None:
    world = desk.world
    autumn = {"starts_on": date(2026, 9, 7), "ends_on": date(2026, 10, 23)}
    world.run(world.olivia, add_term, name="Autumn", **autumn)
    series_id = desk.series(term_time_only=True)
    assert days(desk, series_id)[-1] == date(2026, 10, 20)

    later = {"starts_on": date(2026, 11, 9), "ends_on": date(2026, 12, 18)}
    world.run(world.olivia, add_term, name="Before Christmas", **later)
    world.run(world.olivia, extend_series, series_id)
    assert days(desk, series_id)[7] == date(2026, 11, 10)
    assert desk.exceptions(series_id)[date(2026, 10, 27)] == "not_term_time"


def test_a_series_may_end_with_its_term(desk: Desk) -> None:
    dates = {"starts_on": date(2026, 9, 7), "ends_on": date(2026, 10, 20)}
    term_id = desk.world.run(desk.world.olivia, add_term, name="Autumn", **dates)
    assert days(desk, desk.series(term_id=term_id))[-1] == date(2026, 10, 20)


def test_the_owner_decides_about_each_day(desk: Desk) -> None:
    world = desk.world
    closed: Any = {"first_on": TUESDAY, "last_on": TUESDAY + 2 * WEEK}
    world.run(world.olivia, close_studio_on, name="Works", **closed)
    decisions = {
        TUESDAY: Decision(Choice.KEEP),
        TUESDAY + WEEK: Decision(Choice.MOVE, datetime(2026, 9, 17, 17, 0)),  # noqa: DTZ001
        TUESDAY + 3 * WEEK: Decision(Choice.SKIP),
    }
    series_id = desk.series(count=5, decisions=decisions)

    lessons = {row.occurs_on: row.starts_at for row in desk.lessons(series_id)}
    assert lessons == {
        TUESDAY: wall(TUESDAY, 16),
        TUESDAY + WEEK: wall(date(2026, 9, 17), 17),
        TUESDAY + 4 * WEEK: wall(TUESDAY + 4 * WEEK, 16),
    }
    assert desk.exceptions(series_id) == {
        TUESDAY + 2 * WEEK: "closure",
        TUESDAY + 3 * WEEK: "skipped",
    }


def test_a_day_that_is_taken_must_be_decided(desk: Desk) -> None:
    desk.lesson(wall(TUESDAY + WEEK, 15, 45))
    with pytest.raises(SlotTaken, match="Tom Teal has another lesson then"):
        desk.series(count=3)
    assert desk.lessons()[1:] == []
    series_id = desk.series(count=3, decisions={TUESDAY + WEEK: Decision(Choice.SKIP)})
    assert days(desk, series_id) == [TUESDAY, TUESDAY + 2 * WEEK]


def test_extending_leaves_a_taken_day_to_be_looked_at(desk: Desk) -> None:
    series_id = desk.series()
    taken = TUESDAY + 17 * WEEK
    desk.lesson(wall(taken, 16))
    later = desk.world.at(desk.world.now + 5 * WEEK)
    result = later.run(Actor.system(later.harmony), extend_every_series)
    assert result == "3 lessons in 1 series, 1 clashes"
    assert desk.exceptions(series_id)[taken] == "conflict"


def test_nothing_that_was_cancelled_or_moved_comes_back(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=4)
    first, second, *_rest = desk.lessons(series_id)
    world.run(world.olivia, cancel_lesson, first.id)
    world.run(world.olivia, move_lesson, second.id, to=second.starts_at + timedelta(days=1))
    world.run(world.olivia, extend_series, series_id)

    lessons = desk.lessons(series_id)
    assert len(lessons) == 4
    assert desk.row(first.id).status == LessonStatus.CANCELLED
    assert desk.row(second.id).occurs_on == TUESDAY + WEEK


def test_ending_calls_off_what_follows_and_can_be_undone(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series()
    third = desk.lessons(series_id)[2]
    ended = world.run(world.olivia, end_series, third.id, reason="Moves away")
    states = [row.status for row in desk.lessons(series_id)]
    assert states == ["scheduled"] * 2 + ["cancelled"] * 14
    later = world.at(world.now + 20 * WEEK)
    assert later.run(later.olivia, extend_series, series_id) == 0

    world.run(world.olivia, resume_series, series_id, ended.lesson_ids)
    assert {row.status for row in desk.lessons(series_id)} == {"scheduled"}


def test_a_closure_taken_back_while_a_series_was_ended_leaves_no_gap(desk: Desk) -> None:
    world = desk.world
    day = TUESDAY + 3 * WEEK
    shut: Any = {"first_on": day, "last_on": day + 20 * WEEK}
    closure_id = world.run(world.olivia, close_studio_on, name="Works", **shut)
    series_id = desk.series()
    ended = world.run(world.olivia, end_series, desk.lessons(series_id)[1].id)
    world.run(world.olivia, reopen_studio, closure_id)
    world.run(world.olivia, extend_series, series_id)
    world.run(world.olivia, resume_series, series_id, ended.lesson_ids)

    assert days(desk, series_id) == [TUESDAY + n * WEEK for n in range(16)]
    assert desk.broken() == []


def test_a_lesson_put_back_after_the_end_may_take_the_series_along(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series()
    ended = world.run(world.olivia, end_series, desk.lessons(series_id)[1].id)
    back = ended.lesson_ids[2]
    world.run(world.olivia, restore_lesson, back)
    wednesday = datetime(2026, 9, 30, 17, 0)  # noqa: DTZ001
    after = world.run(world.olivia, change_series, back, SeriesChange(to=wednesday))

    assert desk.row(back).starts_at == wall(wednesday.date(), 17)
    assert desk.row(back).series_id == after
    assert desk.broken() == []


def test_all_means_all_that_are_to_come(desk: Desk) -> None:
    series_id = desk.series(count=4)
    later = desk.world.at(desk.world.now + 2 * WEEK)
    last = desk.lessons(series_id)[-1]
    later.run(later.olivia, end_series, last.id, scope=Scope.ALL)
    states = [row.status for row in desk.lessons(series_id)]
    assert states == ["scheduled"] + ["cancelled"] * 3
    with pytest.raises(NothingToCome):
        later.run(later.olivia, end_series, last.id, scope=Scope.ALL)


def test_a_closure_calls_lessons_off_and_reopening_puts_them_back(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=4)
    closed: Any = {"first_on": TUESDAY, "last_on": TUESDAY + WEEK}
    closure_id = world.run(world.olivia, close_studio_on, name="Flood", **closed)
    off = [row.cancel_reason for row in desk.lessons(series_id)]
    assert off == ["Flood", "Flood", "", ""]
    other = desk.series(count=3, at=time(17))

    desk.lesson(wall(TUESDAY, 16), despite="They asked")  # takes the place of the first
    reopened = world.run(world.olivia, reopen_studio, closure_id)
    assert (reopened.restored, reopened.still_off) == (3, 1)
    assert [row.status for row in desk.lessons(series_id)][:2] == ["cancelled", "scheduled"]
    assert desk.exceptions(other) == {}


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"weekdays": frozenset()}, NoWeekday),
        ({"weekdays": frozenset({8})}, NoWeekday),
        ({"every_weeks": 0}, Refused),
        ({"count": 3, "until_on": date(2027, 1, 1)}, EndsTwice),
        ({"until_on": date(2026, 9, 1)}, NoLessonAtAll),
        ({"count": 0}, NoLessonAtAll),
    ],
)
def test_a_series_that_cannot_be_is_refused(
    desk: Desk, wish: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        desk.series(**wish)


def test_teachers_and_families_do_not_plan_series(desk: Desk) -> None:
    series_id = desk.series(count=2)
    lesson_id = desk.lessons(series_id)[0].id
    for actor in (desk.world.tom, desk.world.grace):
        with pytest.raises(Forbidden):
            desk.world.run(actor, end_series, lesson_id)


def test_a_stranger_does_not_find_the_series(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=2)
    lesson_id = desk.lessons(series_id)[0].id
    with pytest.raises(NotFound):
        world.run(world.rita, end_series, lesson_id)
    with pytest.raises(NotFound):
        world.run(world.rita, extend_series, series_id)
    with pytest.raises(NotFound):
        world.run(world.rita, resume_series, series_id, [lesson_id])


def test_wall_time_holds_in_the_utc_rows(desk: Desk) -> None:
    series_id = desk.series(first_on=date(2026, 10, 20), count=2)
    assert [row.starts_at for row in desk.lessons(series_id)] == [
        datetime(2026, 10, 20, 15, tzinfo=UTC),
        datetime(2026, 10, 27, 16, tzinfo=UTC),
    ]
