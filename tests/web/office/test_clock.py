"""Changing the studio's timezone on its settings: shown first, done after."""

from datetime import datetime, time

import pytest

from studio_app.identity.access import studio_zone
from studio_app.kit.clock import to_instant
from studio_app.web.office.settings import studio as page_module
from studio_app.web.office.settings.clock import DIALOG, ClockState
from tests.scheduling.conftest import LONDON, TUESDAY, Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio
NEW_YORK = {"zone": "America/New_York"}


async def opened(desk: Desk, visit: Visit) -> ClockState:
    state = visit(desk.world.olivia).open(ClockState)
    await state.open(DIALOG, True)
    return state


def zone(desk: Desk) -> str:
    return studio_zone(desk.world.as_(desk.world.olivia)).key


async def test_it_begins_with_the_clock_there_is(desk: Desk, visit: Visit) -> None:
    state = await opened(desk, visit)
    assert (state.zone, state.keep, state.looked) == ("Europe/London", "local_time", False)


async def test_looking_counts_and_changes_nothing(desk: Desk, visit: Visit) -> None:
    desk.series()
    n = len(desk.lessons())
    state = await opened(desk, visit)
    await state.look(NEW_YORK)
    assert state.says[1] == f"{n} lessons to come move to another moment."
    assert state.says[0] == "The clock shows New York time."
    assert state.says[2] == "The next one stays at Tue 8 Sept, 16:00, New York time."
    assert state.says[3] == "1 weekly lesson and 0 blocks of teaching hours keep their time."
    assert (state.against, zone(desk)) == ("", "Europe/London")
    await state.choose("moment", "")
    assert not state.looked
    await state.look(NEW_YORK)
    assert state.says[1] == f"{n} lessons to come stay at their moment."
    assert state.says[2] == "The next one, Tue 8 Sept, 16:00, will be Tue 8 Sept, 11:00."


async def test_what_was_shown_is_done_once(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(datetime.combine(TUESDAY, time(10)))
    state = await opened(desk, visit)
    await state.look(NEW_YORK)
    await state.change()
    assert zone(desk) == "America/New_York"
    moved = desk.row(lesson_id).starts_at
    assert moved != to_instant(TUESDAY, time(10), LONDON)
    assert state.opened == ""
    await state.change()  # a second tap, under the same key
    assert desk.row(lesson_id).starts_at == moved


async def test_what_would_meet_stands_against_it(desk: Desk, visit: Visit) -> None:
    for at in (time(2, 30), time(3, 30)):
        desk.lesson(datetime.fromisoformat(f"2027-03-14T{at}"))
    state = await opened(desk, visit)
    await state.look(NEW_YORK)
    assert "2 lessons would meet others" in state.against


async def test_a_zone_there_is_none_of_is_refused(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.olivia)
    state = browser.open(ClockState)
    await state.open(DIALOG, True)
    await state.look({"zone": "Europe/Atlantis"})
    assert browser.notice.refused
    assert not state.looked


async def test_a_teacher_does_not_change_it(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.tom)
    state = browser.open(ClockState)
    await state.look(NEW_YORK)
    assert browser.notice.refused
    assert zone(desk) == "Europe/London"


def test_the_page_renders() -> None:
    assert page_module.page().render()
