"""Changing a series from one lesson on."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.scheduling.access.lessons import NotInSeries
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.commands.series import extend_series
from studio_app.scheduling.commands.year import close_studio_on
from studio_app.scheduling.diary import Full, SlotTaken
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.changes import LeavesItsWeek, SameWeekday
from studio_app.scheduling.rules.states import LessonStatus
from studio_app.scheduling.wishes import Scope, SeriesChange
from tests.attendance.lessons import Lessons
from tests.scheduling.conftest import TUESDAY, Desk, wall

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def starts(desk: Desk, series_id: object) -> list[datetime]:
    return [row.starts_at for row in desk.lessons(series_id)]  # type: ignore[arg-type]


def enrolments(desk: Desk, series_id: object) -> list[Enrolment]:
    query = select(Enrolment).where(Enrolment.series_id == series_id)
    return list(desk.world.as_(desk.world.olivia).session.exec(query))


def test_this_and_following_splits_the_series(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=6)
    before = desk.lessons(series_id)
    change = SeriesChange(to=at(TUESDAY + 2 * WEEK, 17, 30), minutes=45)
    after_id = world.run(world.olivia, change_series, before[2].id, change)

    assert starts(desk, series_id) == [wall(TUESDAY + n * WEEK, 16) for n in range(2)]
    later = desk.lessons(after_id)
    assert [row.starts_at for row in later] == [
        wall(TUESDAY + n * WEEK, 17, 30) for n in range(2, 6)
    ]
    assert [row.id for row in later] == [row.id for row in before[2:]]  # the same lessons
    assert {row.lasting for row in later} == {timedelta(minutes=45)}
    old, new = enrolments(desk, series_id), enrolments(desk, after_id)
    assert old[0].ends_on == TUESDAY + 2 * WEEK - DAY
    assert (new[0].starts_on, new[0].follows_id) == (TUESDAY + 2 * WEEK, old[0].id)
    assert desk.seats(later[0].id)[0].enrolment_id == new[0].id
    assert desk.broken() == []


def test_another_weekday_shifts_every_lesson_that_follows(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series()
    third = desk.lessons(series_id)[2]
    change = SeriesChange(to=at(TUESDAY + 2 * WEEK - DAY, 9))
    after_id = world.run(world.olivia, change_series, third.id, change)
    monday = TUESDAY + 2 * WEEK - DAY
    later = {row.occurs_on: row.status for row in desk.lessons(after_id)}
    assert list(later) == [monday + n * WEEK for n in range(14)]
    assert later[date(2026, 12, 21)] == LessonStatus.SCHEDULED
    assert desk.broken() == []

    world.at(world.now + 3 * WEEK).run(world.olivia, extend_series, after_id)
    assert desk.broken() == []


def test_all_changes_in_place_where_nothing_was_taught(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=3)
    last = desk.lessons(series_id)[-1]
    change = SeriesChange(to=at(TUESDAY + 2 * WEEK + DAY, 10), teacher_id=desk.ruth, no_room=True)
    same = world.run(world.olivia, change_series, last.id, change, scope=Scope.ALL)
    assert same == series_id
    lessons = desk.lessons(series_id)
    assert [row.starts_at for row in lessons] == [
        wall(TUESDAY + DAY + n * WEEK, 10) for n in range(3)
    ]
    assert {(row.teacher_id, row.room_id) for row in lessons} == {(desk.ruth, None)}
    assert desk.broken() == []


def test_only_this_lesson_is_a_move(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=3)
    first = desk.lessons(series_id)[0]
    change = SeriesChange(to=at(TUESDAY, 18))
    world.run(world.olivia, change_series, first.id, change, scope=Scope.THIS)
    assert starts(desk, series_id)[0] == wall(TUESDAY, 18)
    assert starts(desk, series_id)[1] == wall(TUESDAY + WEEK, 16)


def test_lessons_moved_or_cancelled_by_themselves_stay_as_they_are(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=5)
    _first, second, third, *_rest = desk.lessons(series_id)
    moved_to = wall(TUESDAY + WEEK + 2 * DAY, 11)
    world.run(world.olivia, move_lesson, second.id, to=moved_to)
    world.run(world.olivia, cancel_lesson, third.id)
    first = desk.lessons(series_id)[0]
    change = SeriesChange(to=at(TUESDAY, 15))
    world.run(world.olivia, change_series, first.id, change)

    assert desk.row(second.id).starts_at == moved_to
    assert desk.row(third.id).status == LessonStatus.CANCELLED
    assert starts(desk, series_id)[-1] == wall(TUESDAY + 4 * WEEK, 15)
    assert desk.broken() == []


def test_a_change_that_meets_another_lesson_changes_nothing(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=4)
    desk.lesson(wall(TUESDAY + 2 * WEEK, 17))
    first = desk.lessons(series_id)[0]
    with pytest.raises(SlotTaken, match="22 Sept, 17:00"):
        world.run(world.olivia, change_series, first.id, SeriesChange(to=at(TUESDAY, 17)))
    assert starts(desk, series_id)[0] == wall(TUESDAY, 16)


def test_a_new_weekday_meets_other_closures(desk: Desk) -> None:
    world = desk.world
    tuesday, wednesday = TUESDAY + WEEK, TUESDAY + 2 * WEEK + DAY
    world.run(world.olivia, close_studio_on, name="Polls", first_on=tuesday, last_on=tuesday)
    world.run(world.olivia, close_studio_on, name="Trip", first_on=wednesday, last_on=wednesday)
    series_id = desk.series(count=4)
    first = desk.lessons(series_id)[0]
    world.run(world.olivia, change_series, first.id, SeriesChange(to=at(TUESDAY + DAY, 16)))

    states = {row.occurs_on: row.status for row in desk.lessons(series_id)}
    assert states == {
        TUESDAY + DAY: "scheduled",
        TUESDAY + WEEK + DAY: "scheduled",  # was closed on Tuesday
        wednesday: "cancelled",
        TUESDAY + 3 * WEEK + DAY: "scheduled",
    }
    assert desk.broken() == []


def test_a_series_on_several_weekdays_shifts_one_of_them_within_its_week(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(weekdays=frozenset({2, 4}), count=6)
    second = desk.lessons(series_id)[1]
    thursday = TUESDAY + 2 * DAY
    to_monday = SeriesChange(to=at(thursday + 4 * DAY, 16))
    with pytest.raises(LeavesItsWeek):
        world.run(world.olivia, change_series, second.id, to_monday)
    with pytest.raises(SameWeekday):
        world.run(world.olivia, change_series, second.id, SeriesChange(to=at(TUESDAY, 16)))
    friday = SeriesChange(to=at(thursday + DAY, 16))
    after_id = world.run(world.olivia, change_series, second.id, friday)
    days = [row.occurs_on for row in desk.lessons(after_id)]
    expected = [thursday + DAY, TUESDAY + WEEK, thursday + WEEK + DAY]
    assert days == [*expected, TUESDAY + 2 * WEEK, thursday + 2 * WEEK + DAY]
    assert desk.broken() == []


def test_a_series_that_ends_within_a_week_keeps_its_number_of_lessons(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(weekdays=frozenset({2, 3, 6}), count=5)  # the last is a Wednesday
    first = desk.lessons(series_id)[0]

    world.run(world.olivia, change_series, first.id, SeriesChange(to=at(TUESDAY + 5 * DAY, 16)))

    days = [row.occurs_on for row in desk.lessons(series_id)]
    sunday = TUESDAY + 5 * DAY
    assert days == [TUESDAY + DAY, sunday - DAY, sunday, TUESDAY + 8 * DAY, sunday + WEEK]
    assert desk.broken() == []
    world.at(wall(TUESDAY, 9) + 30 * WEEK).run(world.olivia, extend_series, series_id)
    assert len(desk.lessons(series_id)) == 5


@pytest.mark.parametrize("weeks", [0, 1])
@pytest.mark.parametrize("count", [None, 6])
def test_a_day_jumps_over_one_of_its_week_that_stays(
    desk: Desk, weeks: int, count: int | None
) -> None:
    world = desk.world
    series_id = desk.series(weekdays=frozenset({2, 4}), count=count)
    thursday = TUESDAY + 2 * DAY + weeks * WEEK
    before = desk.lessons(series_id)
    lesson = next(row for row in before if row.occurs_on == thursday)
    monday = thursday - 3 * DAY

    after_id = world.run(world.olivia, change_series, lesson.id, SeriesChange(to=at(monday, 16)))

    days = [row.occurs_on for row in desk.lessons(after_id)]
    assert days[:3] == [monday, monday + WEEK, monday + WEEK + DAY]  # its Tuesday was before it
    assert len({*days, *(row.occurs_on for row in desk.lessons(series_id))}) == len(before)
    assert desk.broken() == []


def test_a_day_that_is_over_does_not_come_again_later_in_its_week(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(weekdays=frozenset({2, 4}))
    tuesday = desk.lessons(series_id)[0]
    on_wednesday = world.at(wall(TUESDAY + DAY, 12))
    to_friday = SeriesChange(to=at(TUESDAY + 3 * DAY, 16))

    after_id = on_wednesday.run(world.olivia, change_series, tuesday.id, to_friday, scope=Scope.ALL)

    thursday = TUESDAY + 2 * DAY
    days = [row.occurs_on for row in desk.lessons(after_id)]
    assert days[:3] == [thursday, thursday + WEEK, thursday + WEEK + DAY]
    assert desk.broken() == []


def test_the_kind_of_lesson_and_the_room_may_change_too(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=2)
    first = desk.lessons(series_id)[0]
    world.run(
        world.olivia,
        change_series,
        first.id,
        SeriesChange(lesson_type_id=desk.band, no_room=True),
    )
    assert {(r.lesson_type_id, r.room_id) for r in desk.lessons(series_id)} == {(desk.band, None)}


def test_a_group_does_not_become_a_kind_of_lesson_too_small_for_it(desk: Desk) -> None:
    world = desk.world
    both = (world.student_id, Lessons(world).student("Eve").id)
    series_id = desk.series(count=2, lesson_type_id=desk.band, student_ids=both)
    first = desk.lessons(series_id)[0]
    with pytest.raises(Full, match="for 1 at most"):
        world.run(world.olivia, change_series, first.id, SeriesChange(lesson_type_id=desk.piano))
    assert {row.lesson_type_id for row in desk.lessons(series_id)} == {desk.band}
    assert desk.broken() == []


def test_teachers_and_strangers_do_not_change_series(desk: Desk) -> None:
    world = desk.world
    lesson = desk.lessons(desk.series(count=2))[0]
    with pytest.raises(Forbidden):
        world.run(world.tom, change_series, lesson.id, SeriesChange(minutes=60))
    with pytest.raises(NotFound):
        world.run(world.rita, change_series, lesson.id, SeriesChange(minutes=60))


def test_a_single_lesson_has_no_following_ones(desk: Desk) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    with pytest.raises(NotInSeries):
        desk.world.run(desk.world.olivia, change_series, lesson_id, SeriesChange(minutes=60))


def test_the_follower_knows_what_it_follows(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=3)
    second = desk.lessons(series_id)[1]
    change = SeriesChange(to=at(TUESDAY + WEEK, 12))
    after_id = world.run(world.olivia, change_series, second.id, change)
    follower = world.as_(world.olivia).session.get_one(Series, after_id)
    assert (follower.follows_id, follower.count) == (series_id, 2)
