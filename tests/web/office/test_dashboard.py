"""The dashboard's sections, each on its own, and the palette that every office page has."""

from datetime import timedelta

import pytest

from studio_app.kit.errors import Refused
from studio_app.web import routes
from studio_app.web.command_palette import PaletteState
from studio_app.web.office import dashboard, dashboard_state
from studio_app.web.office.dashboard_state import (
    FiguresState,
    LanesState,
    MoneyState,
    NeedsState,
)
from tests.conftest import World
from tests.scheduling import conftest
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
desk = conftest.desk
MONDAY = TUESDAY - timedelta(days=8)


async def test_every_need_is_one_tap_from_its_solution(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(MONDAY, 15), student_ids=(desk.world.student_id,))
    state = visit(desk.world.olivia).open(NeedsState)

    await state.load()

    [need] = state.needs
    assert need.words == "1 lesson not marked"
    assert need.href == routes.UNMARKED


async def test_figures_money_and_lanes_load(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(MONDAY + timedelta(days=1), 9))
    browser = visit(desk.world.olivia)
    figures, money, lanes = map(browser.open, (FiguresState, MoneyState, LanesState))

    for state in (figures, money, lanes):
        await state.load()

    assert [one.href for one in figures.figures][2:] == [routes.CALENDAR, routes.STUDENTS]
    assert (len(money.months), money.nothing) == (6, True)
    assert [(one.teacher, len(one.blocks)) for one in lanes.lanes] == [("Tom Teal", 1)]
    assert lanes.now == "20.00%"


async def test_a_section_that_fails_fails_alone(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Refused("The books are closed for a moment.")

    monkeypatch.setattr(dashboard_state, "column_bars", broken)
    browser = visit(world.olivia)
    money, needs = browser.open(MoneyState), browser.open(NeedsState)

    await money.load()
    await needs.load()

    assert money.trouble == "The books are closed for a moment."
    assert (needs.trouble, needs.ready) == ("", True)


async def test_a_teacher_is_refused_in_place(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(FiguresState)

    await state.load()

    assert "permission" in state.trouble


async def test_the_palette_finds_people_and_leads_to_them(world: World, visit: Visit) -> None:
    palette = visit(world.olivia).open(PaletteState)

    await palette.search("gra")

    found = {one["label"]: one["id"] for one in palette.people}
    assert found["Sam Gray"] == routes.filled(routes.STUDENT, student_id=world.student_id)
    event = await palette.pick(found["Grace Gray"])
    assert routes.filled(routes.FAMILY, family_id=world.family_id) in str(event)


async def test_the_palette_of_a_stranger_finds_nobody(world: World, visit: Visit) -> None:
    browser = visit(world.rita)
    palette = browser.open(PaletteState)

    await palette.search("gra")
    await palette.pick(f"guardian {world.guardian_id}")

    assert palette.people == []
    assert browser.notice.refused


async def test_the_palette_leads_nowhere_but_here(world: World, visit: Visit) -> None:
    palette = visit(world.olivia).open(PaletteState)

    assert "evil" not in str(await palette.pick("https://evil.example"))
    await palette.pick("keys")
    assert palette.sheet


def test_the_page_renders() -> None:
    assert "Needs you" in str(dashboard.page())
