"""The week on paper: whose it is, which days it has, what stands in it."""

from datetime import timedelta

import pytest

from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.web.office.calendar import printing as page_module
from studio_app.web.office.calendar.printing import PrintedWeekState
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk, wall
from tests.web.office.conftest import Browser, Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


async def opened(browser: Browser, **asked: str) -> PrintedWeekState:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    path = f"/office/calendar/week?{query}"
    state = browser.open(PrintedWeekState, path)
    await state.load()
    return state


@pytest.fixture
def week(desk: Desk) -> Desk:
    """Tom teaches Sam in Room 1 on Tuesday; Ruth has nobody's room, also on Saturday."""
    sam = (desk.world.student_id,)
    desk.lesson(wall(TUESDAY, 16), student_ids=sam, room_id=desk.room_id)
    desk.lesson(wall(TUESDAY, 9), teacher_id=desk.ruth)
    desk.lesson(wall(TUESDAY + timedelta(days=4), 9), teacher_id=desk.ruth)
    gone = desk.lesson(wall(TUESDAY, 18))
    desk.world.run(desk.world.olivia, cancel_lesson, gone)
    return desk


async def test_the_studios_week_has_a_column_for_each_day_that_has_lessons(
    week: Desk, visit: Visit
) -> None:
    state = await opened(visit(week.world.olivia), date=TUESDAY.isoformat())
    [sheet] = state.sheets
    assert state.week == "7 Sept 2026 to 13 Sept 2026"
    assert [day.name for day in sheet.days] == [
        *("Mon 7 Sept", "Tue 8 Sept", "Wed 9 Sept", "Thu 10 Sept", "Fri 11 Sept", "Sat 12 Sept"),
    ]
    assert (sheet.title, sheet.count) == ("The whole studio", "3 lessons")
    shown = [(one.time, one.title, one.about) for one in sheet.days[1].lessons]
    assert shown == [
        ("09:00–09:30", "Piano", "Ruth Roe · No room"),
        ("16:00–16:30", "Sam Gray", "Tom Teal · Room 1"),
    ]


async def test_every_teacher_or_room_has_a_sheet(week: Desk, visit: Visit) -> None:
    state = await opened(visit(week.world.olivia), date=TUESDAY.isoformat())
    await state.choose("teachers")
    assert [(one.title, len(one.days)) for one in state.sheets] == [
        ("Ruth Roe", 6),
        ("Tom Teal", 5),
    ]
    await state.choose("rooms")
    assert [one.title for one in state.sheets] == ["Room 1"]
    assert state.sheets[0].days[1].lessons[0].about == "Tom Teal · Piano"


async def test_the_address_may_name_a_teacher(week: Desk, visit: Visit) -> None:
    tom = str(week.world.teacher_id)
    state = await opened(visit(week.world.olivia), date=TUESDAY.isoformat(), teacher=tom)
    assert [one.title for one in state.sheets] == ["Tom Teal"]
    await state.choose(f"room {week.room_id}")
    assert [one.title for one in state.sheets] == ["Room 1"]
    await state.turn(1)
    assert (state.week, state.sheets) == ("14 Sept 2026 to 20 Sept 2026", [])


async def test_what_cannot_be_is_not_shown(week: Desk, visit: Visit) -> None:
    browser = visit(week.world.olivia)
    state = await opened(browser, date="soon")
    assert state.trouble
    state = await opened(browser, date=TUESDAY.isoformat(), teacher="nobody")
    assert (state.whose, len(state.sheets)) == ("studio", 1)
    await state.choose("teacher nobody")
    assert state.sheets == []


async def test_families_and_strangers_get_no_paper(week: Desk, world: World, visit: Visit) -> None:
    for stranger in (world.grace, world.rita):
        state = await opened(visit(stranger), date=TUESDAY.isoformat())
        assert state.sheets == []


def test_the_page_renders() -> None:
    assert "Whose week" in str(page_module.page())
