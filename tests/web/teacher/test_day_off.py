"""Cancel day on the phone: a reason, a count, and the way back."""

from datetime import timedelta

import pytest

from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.teacher.day_off import DayOffState
from studio_app.web.teacher.week_state import MyWeekState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
TODAY = "2026-09-01"


async def test_one_reason_cancels_the_day_and_undo_brings_it_back(
    world: World, visit: Visit
) -> None:
    seat = Lessons(world).seat(world.now + HOUR)
    browser = visit(world.tom)
    state = browser.open(DayOffState)

    await state.open("cancel", True)
    await state.call_off(TODAY, "ill")

    assert browser.notice.words == "1 lesson is cancelled."
    assert browser.notice.detail == "1 family hears of it."
    assert browser.notice.undoable
    session = world.as_(world.tom).session
    lesson = session.get_one(Lesson, session.get_one(Seat, seat).lesson_id)
    assert (lesson.status, lesson.cancel_reason) == ("cancelled", "I am ill")

    await state.restore(str(lesson.time_off_id))
    assert browser.notice.words == "1 lesson takes place after all."


async def test_a_reason_of_ones_own_making_is_not_taken(world: World, visit: Visit) -> None:
    browser = visit(world.tom)
    state = browser.open(DayOffState)
    await state.call_off(TODAY, "<b>")
    assert not browser.notice.undoable


async def test_a_day_that_has_passed_has_nothing_left_to_cancel(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(MyWeekState)
    await state.load()
    assert not state.over
    await state.choose_day((world.now.date() - timedelta(days=1)).isoformat(), "")
    assert state.over
