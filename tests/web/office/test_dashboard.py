"""The office's first page."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from studio_app.web.office.dashboard import page as page_module
from studio_app.web.office.dashboard import states
from studio_app.web.office.dashboard.day import on_axis
from studio_app.web.office.dashboard.states import DayState, FiguresState, NeedsState
from tests.scheduling.conftest import Desk, desk, wall
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


async def test_the_figures_count_people_and_money(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.olivia).open(FiguresState)

    await state.load()

    assert (state.figures.active, state.figures.outstanding) == ("1", "£0.00")
    assert (state.figures.month, state.figures.earned) == ("September 2026", "£0.00")
    assert [bar["name"] for bar in state.bars] == ["Apr", "May", "Jun", "Jul", "Aug", "Sept"]


async def test_today_shows_a_lane_for_each_teacher_who_is_in(desk: Desk, visit: Visit) -> None:
    today = desk.world.now.date()
    desk.lesson(wall(today, 12))
    desk.lesson(wall(today, 14, 30), teacher_id=desk.ruth)
    state = visit(desk.world.olivia).open(DayState)

    await state.load()

    assert (state.held, len(state.lanes), state.teachers) == (2, 2, "2 teachers are in")
    lefts = {lane.blocks[0].left for lane in state.lanes}
    assert lefts == {"0.00%", "83.33%"}


async def test_a_day_without_lessons_has_no_lanes(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.olivia).open(DayState)
    await state.load()
    assert (state.ready, state.lanes, state.held) == (True, [], 0)


async def test_lessons_nobody_has_marked_need_somebody(
    desk: Desk, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_ago = desk.world.now - timedelta(hours=1)
    desk.lesson(an_hour_ago, student_ids=(desk.world.student_id,))
    monkeypatch.setattr(states, "utc_now", lambda: desk.world.now)
    state: Any = visit(desk.world.olivia).open(NeedsState)

    await state.load()

    assert (state.unmarked.words, state.unmarked.detail) == ("1 lesson is not marked", "Sam Gray")
    assert state.unmarked.href == "/office/calendar?view=day&date=2026-09-01"
    assert state.count == 1
    assert state.overdue.words == ""


async def test_a_family_may_not_see_it(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.grace).open(NeedsState)
    await state.load()
    assert state.trouble != ""
    assert not state.ready


def test_the_last_six_months_cross_the_year() -> None:
    months = states.last_months(date(2027, 2, 14))
    assert (months[0], months[-1]) == (date(2026, 9, 1), date(2027, 2, 1))


def test_a_time_outside_the_hours_is_not_on_the_axis() -> None:
    assert on_axis(datetime(2026, 9, 1, 12), (9, 15)) == "50.00%"  # noqa: DTZ001  the wall's
    assert on_axis(datetime(2026, 9, 1, 8, 59), (9, 15)) == ""  # noqa: DTZ001


def test_the_page_renders() -> None:
    assert "Needs you" in str(page_module.page())
