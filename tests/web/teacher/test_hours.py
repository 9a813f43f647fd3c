"""The editor of hours: offered, changed, taken back, with what is wrong said beside its field."""

import pytest

from studio_app.kit.errors import NotFound
from studio_app.scheduling.queries.availability import HoursOfTeacher, teaching_hours
from studio_app.web.office import teacher_hours as office_page
from studio_app.web.office.teacher_hours import TeacherHoursState
from studio_app.web.teacher import hours as phone_page
from studio_app.web.teacher.hours import MyHoursState
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk, wall
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio

TUESDAYS = {"weekday": "2", "from_at": "15:00", "until_at": "17:00", "slot_minutes": "30"}


def seen(world: World) -> HoursOfTeacher:
    found = world.run(world.tom, teaching_hours)
    assert found is not None
    return found


def spans(world: World) -> list[tuple[int, str]]:
    return [(day.number, row.span) for day in seen(world).week for row in day.hours]


async def test_hours_are_offered_changed_and_removed(desk: Desk, visit: Visit) -> None:
    world = desk.world
    state = visit(world.tom).open(MyHoursState)
    await state.load()
    assert state.days[0].name == "Monday"

    await state.open("new 2", True)
    await state.save({**TUESDAYS, "location_id": str(desk.location_id)})
    await state.load()
    [block] = state.days[1].blocks
    assert (block.span, block.about) == ("15:00–17:00", "High Street · Slots of 30 minutes")
    assert state.opened == ""

    await state.open(f"block {block.id}", True)
    await state.save({**TUESDAYS, "weekday": "3", "until_at": "00:00"})
    assert spans(world) == [(3, "15:00–00:00")]
    await state.withdraw(block.id)
    assert spans(world) == []


async def test_each_of_them_can_be_undone(world: World, visit: Visit) -> None:
    browser = visit(world.tom)
    state = browser.open(MyHoursState)
    await state.load()
    await state.open("new 2", True)
    await state.save(TUESDAYS)
    await state.load()
    block = state.days[1].blocks[0].id

    await state.open(f"block {block}", True)
    await state.save({**TUESDAYS, "from_at": "16:00"})
    await browser.undo(state)
    assert spans(world) == [(2, "15:00–17:00")]

    await state.withdraw(block)
    await browser.undo(state)
    assert spans(world) == [(2, "15:00–17:00")]
    assert seen(world).week[1].hours[0].slot_minutes == 30


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"from_at": "17:00", "until_at": "15:00"}, {"until_at"}),
        ({"from_at": "15:00", "until_at": "15:00"}, {"until_at"}),
        ({"from_at": "soon", "until_at": ""}, {"from_at", "until_at"}),
        ({"weekday": "8"}, {"weekday"}),
        ({"slot_minutes": "1"}, {"slot_minutes"}),
        ({"location_id": "here"}, {"location_id"}),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field(
    world: World, visit: Visit, typed: dict[str, str], faults: set[str]
) -> None:
    state = visit(world.tom).open(MyHoursState)
    await state.load()
    await state.open("new 2", True)
    await state.save({**TUESDAYS, **typed})
    assert set(state.faults) == faults
    assert (state.opened, spans(world)) == ("new 2", [])


async def test_hours_that_overlap_by_a_minute_stay_unsaved(world: World, visit: Visit) -> None:
    browser = visit(world.tom)
    state = browser.open(MyHoursState)
    await state.load()
    for n, (begins, ends) in enumerate((("15:00", "17:00"), ("16:59", "18:00"))):
        await state.open("new 2", True)
        await state.save({**TUESDAYS, "from_at": begins, "until_at": ends})
        assert browser.notice.refused == bool(n)
    assert "overlap 15:00–17:00" in browser.notice.words
    assert spans(world) == [(2, "15:00–17:00")]


async def test_the_clocks_are_spoken_of_before_hours_are_saved(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(MyHoursState)
    await state.load()
    await state.open("dated", True)
    for name, typed in (("dated_on", "2027-03-28"), ("from_at", "01:30"), ("until_at", "04:00")):
        await state.wish(name, typed)
    assert len(state.ahead) == 1
    assert "01:30 is left out" in state.ahead[0]
    await state.wish("dated_on", "2026-10-25")
    assert "comes twice" in state.ahead[0]
    await state.save({"dated_on": "2026-10-25", "from_at": "01:30", "until_at": "04:00"})
    await state.load()
    assert [(one.day, one.span) for one in state.dated] == [("Sun 25 Oct", "01:30–04:00")]
    assert "comes twice" in state.dated[0].twice


async def test_being_away_says_at_once_what_falls_into_it(desk: Desk, visit: Visit) -> None:
    world = desk.world
    desk.lesson(wall(TUESDAY, 16))
    browser = visit(world.tom)
    state = browser.open(MyHoursState)
    await state.load()
    await state.open("away", True)
    assert state.ahead == ["No lesson falls into it."]
    await state.wish("last_on", TUESDAY.isoformat())
    assert state.ahead == ["1 lesson falls into it."]
    assert state.ahead_href == "/teacher/week?date=2026-09-01"

    await state.go_away({"first_on": "2026-09-01", "last_on": "2026-09-08", "reason": "Ill"})
    await state.load()
    [off] = state.away
    assert (off.when, off.reason, off.lessons) == (
        "Tue 1 Sept – Tue 8 Sept",
        "Ill",
        "1 lesson falls into it.",
    )
    assert browser.notice.detail == "1 lesson falls into it."
    await browser.undo(state)
    assert seen(world).away == ()


async def test_taking_an_absence_back_can_be_undone(world: World, visit: Visit) -> None:
    browser = visit(world.tom)
    state = browser.open(MyHoursState)
    await state.load()
    sent = {"first_on": "2026-09-08", "from_at": "09:00", "until_at": "12:00", "reason": "Dentist"}
    await state.open("away", True)
    await state.go_away(sent)
    await state.load()
    was = state.away[0]
    await state.take_back(was.id)
    assert seen(world).away == ()
    await browser.undo(state)
    await state.load()
    assert (state.away[0].when, state.away[0].reason) == (was.when, "Dentist")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"first_on": "2026-09-08", "last_on": "2026-09-07"}, "last_on"),
        ({"first_on": "2026-09-08", "from_at": "12:00", "until_at": "12:00"}, "until_at"),
        ({"first_on": "soon"}, "first_on"),
    ],
)
async def test_an_absence_that_ends_first_is_refused(
    world: World, visit: Visit, typed: dict[str, str], fault: str
) -> None:
    state = visit(world.tom).open(MyHoursState)
    await state.load()
    await state.open("away", True)
    await state.go_away(typed)
    assert set(state.faults) == {fault}
    assert seen(world).away == ()


async def test_the_office_sees_to_anybodys_hours(desk: Desk, visit: Visit) -> None:
    world = desk.world
    state = visit(world.olivia).open(TeacherHoursState, teacher_id=str(world.teacher_id))
    await state.load()
    assert state.teacher == "Tom Teal"
    await state.open("new 2", True)
    await state.save(TUESDAYS)
    await state.open("away", True)
    await state.go_away({"first_on": "2026-09-08"})
    await state.load()
    assert spans(world) == [(2, "15:00–17:00")]
    assert state.away[0].href.startswith("/office/calendar?view=agenda&date=2026-09-08&teacher=")


async def test_a_colleagues_hours_are_not_found(desk: Desk, visit: Visit) -> None:
    world = desk.world
    for stranger, whose in ((world.tom, desk.ruth), (world.rita, world.teacher_id)):
        browser = visit(stranger)
        state = browser.open(TeacherHoursState, teacher_id=str(whose))
        await state.load()
        assert state.trouble == str(NotFound.message)
        assert state.teacher == ""
        await state.offer_again(str(whose), TUESDAYS)
        assert browser.notice.refused
    assert spans(world) == []


async def test_who_does_not_teach_is_told_so(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(MyHoursState)
    await state.load()
    assert (state.teaches, state.days) == (False, [])


def test_the_pages_render() -> None:
    assert "Every week" in str(phone_page.page())
    assert "On single days" in str(office_page.page())
