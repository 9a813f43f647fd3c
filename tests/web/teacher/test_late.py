"""Two taps tell the families that one is late; a message leads to its lesson in the week."""

from datetime import timedelta

import pytest

from studio_app.messaging.models.messages import Message
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.teacher.today_state import TodayState
from studio_app.web.teacher.week_state import MyWeekState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


async def test_two_taps_tell_the_families_of_the_next_lesson(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now + HOUR)
    browser = visit(world.tom)
    today = browser.open(TodayState)
    await today.load()
    await today.say_late(today.current[0].lesson_id, 10)

    assert browser.notice.words == "They know that you are 10 minutes late."
    assert browser.notice.detail == "Told: Grace Gray"
    found = world.as_(world.olivia).session.query(Message).filter_by(kind="running_late").all()
    assert {one.channel for one in found} == {"email", "inbox"}
    assert all(one.urgent and one.facts["late"] == 10 for one in found)


async def test_the_same_again_tells_nobody_twice(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now + HOUR)
    today = visit(world.tom).open(TodayState)
    await today.load()
    for _again in range(2):
        await today.say_late(today.current[0].lesson_id, 10)
    found = world.as_(world.olivia).session.query(Message).filter_by(kind="running_late").all()
    assert len(found) == 2


async def test_a_lesson_that_is_over_and_odd_numbers_are_refused(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    seat_id = lessons.seat(world.now - 2 * HOUR)
    session = world.as_(world.olivia).session
    lesson = session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)
    for minutes in (10, 0, 500):
        browser = visit(world.tom)
        today = browser.open(TodayState)
        await today.say_late(str(lesson.id), minutes)
        assert browser.notice.refused


async def test_a_message_leads_to_the_lesson_in_the_week(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    seat_id = lessons.seat(world.now + timedelta(days=9))
    session = world.as_(world.olivia).session
    lesson = session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)
    on = lesson.starts_at.date()
    week = visit(world.tom).open(MyWeekState, f"/teacher/week?date={on}&lesson={lesson.id}")
    await week.arrive()
    await week.load()
    await week.come()
    assert (week.day, week.opened, week.lesson.id) == (str(on), "lesson", str(lesson.id))


async def test_a_lesson_that_is_not_there_leaves_the_week_standing(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    browser = visit(world.tom)
    week = browser.open(MyWeekState, f"/teacher/week?lesson={world.student_id}")
    await week.load()
    await week.come()
    assert (week.trouble, week.opened, browser.notice.refused) == ("", "", True)
