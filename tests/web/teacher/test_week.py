"""A teacher's week on a phone."""

from datetime import timedelta

import pytest

from studio_app.web.teacher import week as page_module
from studio_app.web.teacher.week import MyWeekState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


async def test_the_strip_says_on_which_days_there_are_lessons(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now + HOUR)
    lessons.seat(world.now + 2 * DAY)
    lessons.seat(world.now + 3 * DAY, teacher_id=lessons.teacher("Ruth"))
    state = visit(world.tom).open(MyWeekState)

    await state.load()

    assert state.chosen == "2026-09-01"
    assert [day["bold"] for day in state.days] == ["31", "1", "2", "3", "4", "5", "6"]
    assert [day["label"] for day in state.days] == ["–", "•", "–", "•", "–", "–", "–"]
    assert state.days[1]["aria"] == "Tuesday 1 September, 1 lesson"
    assert [line.name for line in state.lessons] == ["Sam Gray"]


async def test_another_day_and_another_week_can_be_chosen(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now + 9 * DAY)
    state = visit(world.tom).open(MyWeekState)
    await state.load()

    await state.week_after()
    assert (state.chosen, state.lessons) == ("2026-09-08", [])
    await state.choose_day("2026-09-10", "")
    assert [line.starts for line in state.lessons] == ["10:00"]

    await state.this_week()
    assert state.chosen == "2026-09-01"
    await state.week_before()
    assert state.chosen == "2026-08-25"


async def test_strangers_see_no_lessons(world: World, lessons: Lessons, visit: Visit) -> None:
    lessons.seat(world.now + HOUR)
    state = visit(world.rita).open(MyWeekState)

    await state.load()

    assert state.lessons == []


async def test_a_family_has_no_teaching_week(world: World, lessons: Lessons, visit: Visit) -> None:
    lessons.seat(world.now + HOUR)
    state = visit(world.grace).open(MyWeekState)

    await state.load()

    assert state.lessons == []
    assert state.trouble != ""


async def test_a_day_that_is_none_is_not_found(world: World, visit: Visit) -> None:
    browser = visit(world.tom)
    state = browser.open(MyWeekState)

    await state.choose_day("yesterday", "")

    assert browser.notice.refused


def test_the_page_renders() -> None:
    assert "This week" in str(page_module.page())
