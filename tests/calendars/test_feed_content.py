"""What a feed says, read back by other people's libraries: exactly the lessons, at their times."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.calendars.commands.feeds import FeedAbout
from studio_app.calendars.links import Link
from studio_app.kit.ids import LessonId, SeriesId
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.commands.series import end_series
from studio_app.scheduling.rules.states import LessonStatus
from studio_app.scheduling.wishes import Scope, SeriesChange
from tests.calendars.conftest import Seen, Wall
from tests.scheduling.conftest import TUESDAY

WEEK = timedelta(weeks=1)
YEAR = date(2027, 8, 31)


def told(wall: Wall, link: Link) -> None:
    """The feed shows every lesson of Tom's at its time, and no other."""
    lessons = [
        Seen(
            f"{one.starts_at.astimezone(UTC):%Y-%m-%d %H:%M}",
            int(one.lasting.total_seconds()) // 60,
            "Piano, Sam Gray",
            "CANCELLED" if one.status == LessonStatus.CANCELLED else "CONFIRMED",
        )
        for one in wall.desk.lessons()
    ]
    assert lessons
    assert wall.seen(link) == lessons


def lesson_on(wall: Wall, series_id: SeriesId, day: date) -> LessonId:
    return next(one.id for one in wall.desk.lessons(series_id) if one.occurs_on == day)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
def test_a_year_of_lessons_reads_back_as_it_is(wall: Wall, zone: str) -> None:
    """Moved, cancelled, both, split, and ended, over both clock changes."""
    world, desk = wall.world, wall.desk
    world.as_(world.olivia)
    world.connection.execute(text("update studio set timezone = :zone"), {"zone": zone})
    first = desk.series(until_on=YEAR, at=time(16))
    desk.series(until_on=YEAR, at=time(18, 30), weekdays=frozenset({1, 4}), every_weeks=2)
    link = wall.link(world.tom, FeedAbout.TEACHER, world.teacher_id)
    told(wall, link)
    moved, off = lesson_on(wall, first, TUESDAY + WEEK), lesson_on(wall, first, TUESDAY + 2 * WEEK)
    both = lesson_on(wall, first, TUESDAY + 30 * WEEK)
    to = datetime.combine(TUESDAY + WEEK + timedelta(days=1), time(11, 15))
    world.run(world.olivia, move_lesson, moved, to=to, minutes=45)
    world.run(world.olivia, cancel_lesson, off)
    to = datetime.combine(TUESDAY + 30 * WEEK + timedelta(days=2), time(9))
    world.run(world.olivia, move_lesson, both, to=to)
    world.run(world.olivia, cancel_lesson, both)
    told(wall, link)
    from_on = lesson_on(wall, first, TUESDAY + 5 * WEEK)
    change = SeriesChange(to=datetime.combine(TUESDAY + 5 * WEEK + timedelta(days=1), time(17)))
    world.run(world.olivia, change_series, from_on, change, scope=Scope.FOLLOWING)
    told(wall, link)
    last = desk.lessons()[-20]
    world.run(world.olivia, end_series, last.id)
    told(wall, link)


def test_a_series_is_one_entry_and_what_differs(wall: Wall) -> None:
    world, desk = wall.world, wall.desk
    series = desk.series(until_on=TUESDAY + 9 * WEEK)
    moved, off = (
        lesson_on(wall, series, TUESDAY + WEEK),
        lesson_on(wall, series, TUESDAY + 2 * WEEK),
    )
    to = datetime.combine(TUESDAY + WEEK, time(11))
    world.run(world.olivia, move_lesson, moved, to=to)
    world.run(world.olivia, cancel_lesson, off)
    calendar = wall.calendar(wall.link(world.grace, FeedAbout.OWN))
    whole, second, third = sorted(calendar.events, key=lambda each: "RECURRENCE-ID" in each)
    assert whole["rrule"]["until"] == [datetime(2026, 11, 10, 16, tzinfo=UTC)]
    assert {str(each["uid"]).partition("@")[0] for each in calendar.events} == {str(series)}
    replaced = {
        each["recurrence-id"].dt.replace(tzinfo=None): str(each["status"])
        for each in (second, third)
    }
    four = time(16)
    assert replaced == {
        datetime.combine(TUESDAY + WEEK, four): "CONFIRMED",
        datetime.combine(TUESDAY + 2 * WEEK, four): "CANCELLED",
    }
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/London"]


def test_a_later_change_has_the_higher_number(wall: Wall) -> None:
    desk = wall.desk
    lesson = desk.lesson(datetime.combine(TUESDAY, time(9)), student_ids=(wall.world.student_id,))
    link = wall.link(wall.world.tom, FeedAbout.TEACHER, wall.world.teacher_id)
    before = wall.calendar(link).events[0]
    later = replace(desk, world=wall.world.at(wall.world.now + timedelta(hours=2)))
    later.world.run(wall.world.olivia, move_lesson, lesson, to=datetime.combine(TUESDAY, time(10)))
    after = wall.calendar(link).events[0]
    assert after["uid"] == before["uid"]
    assert after["sequence"] - before["sequence"] == 7200
    assert after["last-modified"].dt == later.world.now


def test_a_family_reads_of_its_own_child_only(wall: Wall) -> None:
    """In a class with others, and where another child has the lesson the week after."""
    world, desk = wall.world, wall.desk
    other = world.run(
        world.olivia, add_student, StudentDetails("Zephyrine", "Other"), confirmed=True
    ).student_id
    together = (world.student_id, other)
    desk.lesson(datetime.combine(TUESDAY, time(9)), lesson_type_id=desk.band, student_ids=together)
    desk.lesson(datetime.combine(TUESDAY, time(12)), student_ids=(other,))
    for link in (
        wall.link(world.grace, FeedAbout.OWN),
        wall.link(world.grace, FeedAbout.STUDENT, world.student_id),
        wall.link(world.olivia, FeedAbout.FAMILY, world.family_id),
    ):
        assert [one.summary for one in wall.seen(link)] == ["Band, Sam Gray"]
    teaching = wall.link(world.tom, FeedAbout.TEACHER, world.teacher_id)
    assert [one.summary for one in wall.seen(teaching)] == [
        "Band, Sam Gray and Zephyrine Other",
        "Piano, Zephyrine Other",
    ]


def test_a_room_names_who_teaches_and_no_child(wall: Wall) -> None:
    desk, world = wall.desk, wall.world
    desk.series(until_on=TUESDAY + WEEK)
    link = wall.link(world.olivia, FeedAbout.ROOM, desk.room_id)
    calendar = wall.calendar(link)
    assert {one.summary for one in wall.seen(link)} == {"Piano, Tom Teal"}
    assert "Sam" not in calendar.to_ical().decode()
    assert str(calendar["x-wr-calname"]) == "Harmony: Room 1"


def test_it_shows_three_months_back_and_what_is_known_ahead(wall: Wall) -> None:
    desk, world = wall.desk, wall.world
    desk.series()
    link = wall.link(world.grace, FeedAbout.OWN)
    lessons = len(desk.lessons())
    assert len(wall.seen(link)) == lessons
    later = replace(wall, desk=replace(desk, world=world.at(world.now + timedelta(days=90 + 14))))
    assert len(later.seen(link)) == lessons - 1
    assert not replace(
        wall, desk=replace(desk, world=world.at(world.now + timedelta(days=900)))
    ).seen(link)


def test_programs_learn_how_often_to_ask(wall: Wall) -> None:
    calendar: Any = wall.calendar(wall.link(wall.world.grace, FeedAbout.OWN))
    assert calendar["refresh-interval"].dt == timedelta(hours=1)
    assert str(calendar["x-published-ttl"]) == "PT1H"


def test_a_rule_that_begins_in_the_gap_keeps_its_hour(wall: Wall) -> None:
    """28 March 2027, 01:30 is not on London's clocks; a week later it is."""
    sunday = date(2027, 3, 28)
    wall.desk.series(
        first_on=sunday, until_on=sunday + WEEK, at=time(1, 30), weekdays=frozenset({7})
    )
    told(wall, wall.link(wall.world.tom, FeedAbout.TEACHER, wall.world.teacher_id))
