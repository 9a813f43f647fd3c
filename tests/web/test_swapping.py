"""Changing places on the pages: a family asks for a time, the office does it at once."""

import pytest

from studio_app.bookings.commands.swapping import accept_swap
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.office.calendar.swapping import SwappingState
from studio_app.web.portal.home import HomeState
from studio_app.web.portal.schedule import ScheduleState
from studio_app.web.portal.swapping import SwapWithState
from tests.bookings.test_swap_choices import two
from tests.bookings.test_swapping import FIVE, THREE, Two
from tests.scheduling.conftest import TUESDAY
from tests.web.office.conftest import Browser, Visit, visit

__all__ = ["two", "visit"]
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def panel_of(browser: Browser, two: Two) -> SwappingState:
    here = f"/office/calendar?date={TUESDAY}&lesson={two.sams}"
    await browser.open(CalendarState, here).load()
    await browser.open(LessonState, here).come()
    dialog: SwappingState = browser.open(SwappingState)
    await dialog.open("swap", True)
    return dialog


async def test_a_family_asks_from_its_schedule_and_sees_it_at_home(two: Two, visit: Visit) -> None:
    browser = visit(two.world.grace)
    schedule = browser.open(ScheduleState)
    await schedule.load()
    assert [one.swap for one in schedule.lessons] == [f"/portal/lessons/{two.sams}/swap"]

    page = browser.open(SwapWithState, lesson_id=str(two.sams))
    await page.load()
    assert (page.student, page.when) == ("Sam", "Tue 8 Sept, 15:00")
    [day] = page.days
    for _twice in range(2):
        leads = await page.ask(day.times[0].id)
        assert "/portal/swaps/" in str(leads)
    await page.look_again()
    assert page.days == []

    home = browser.open(HomeState)
    await home.load()
    [swap] = home.swaps
    assert (swap.when, swap.is_asked) == ("Tue 8 Sept, 15:00 → Tue 8 Sept, 17:00", False)
    two.office(accept_swap, swap.href.rpartition("/")[2])
    await home.look_again()
    assert home.swaps == []


async def test_nonsense_is_refused(two: Two, visit: Visit) -> None:
    browser = visit(two.world.grace)
    page = browser.open(SwapWithState, lesson_id=str(two.bens))
    await page.load()
    assert (page.ready, page.days) == (False, [])
    await page.ask("soon")
    assert browser.notice.refused


async def test_the_office_sees_both_swaps_and_takes_it_back(two: Two, visit: Visit) -> None:
    browser = visit(two.world.olivia)
    dialog = await panel_of(browser, two)
    assert dialog.on == "2026-09-08"
    assert [one["label"] for one in dialog.options] == ["Choose", "17:00 Ben Blue · Tom Teal"]
    await dialog.choose(str(two.bens))
    assert [(one.was, one.will_be) for one in dialog.sides] == [
        ("Tue 8 Sept, 15:00", "Tue 8 Sept, 17:00"),
        ("Tue 8 Sept, 17:00", "Tue 8 Sept, 15:00"),
    ]
    await dialog.save({"on": dialog.on, "other": str(two.bens)})
    assert two.at() == (FIVE, THREE)
    assert (dialog.opened, browser.notice.undoable) == ("", True)
    assert browser.open(LessonState).lesson.when == "Tue 8 Sept, 17:00–17:30"
    await browser.undo(dialog)
    assert two.at() == (THREE, FIVE)


async def test_nothing_is_swapped_before_another_lesson_is_chosen(two: Two, visit: Visit) -> None:
    browser = visit(two.world.olivia)
    dialog = await panel_of(browser, two)
    await dialog.save({"on": dialog.on, "other": ""})
    assert set(dialog.faults) == {"other"}
    await dialog.look_on("2026-09-09")
    assert [one["label"] for one in dialog.options] == ["Choose"]
    assert two.at() == (THREE, FIVE)
