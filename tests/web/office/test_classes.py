"""The pages of classes: the list, joining and leaving by date, and single days."""

from datetime import timedelta

import pytest

from studio_app.kit.ids import SeriesId
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.queries.rosters import roster
from studio_app.web.office.classes import listing as list_module
from studio_app.web.office.classes import roster as roster_module
from studio_app.web.office.classes.listing import ClassesState
from studio_app.web.office.classes.roster_state import RosterState
from tests.scheduling.conftest import TUESDAY, Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


@pytest.fixture
def choir(desk: Desk) -> SeriesId:
    """Sam sings on Tuesdays at four; Room 1 holds six."""
    return desk.series(lesson_type_id=desk.band, name="Choir")


@pytest.fixture
def eve(desk: Desk) -> str:
    details = StudentDetails("Eve", "Gray", instrument="Voice")
    family = desk.world.family_id
    made = desk.world.run(desk.world.olivia, add_student, details, family_id=family)
    return str(made.student_id)


def here(desk: Desk, choir: SeriesId, nth: int = 0) -> list[str]:
    lessons = desk.world.run(desk.world.olivia, roster, choir).lessons
    return [one.student for one in lessons[nth].here]


async def test_the_list_says_how_full_each_class_is(
    desk: Desk, choir: SeriesId, visit: Visit
) -> None:
    state = visit(desk.world.olivia).open(ClassesState)
    await state.load()
    [line] = state.classes
    assert (line.name, line.kind, line.when) == ("Choir", "Band", "Every Tuesday, 16:00")
    assert (line.places, line.free, line.full) == ("1 of 6", "5 places left", False)
    assert (line.where, line.next) == ("Room 1, High Street", "Tue 8 Sept, 16:00")


async def test_somebody_is_found_and_joins_from_a_date(
    desk: Desk, choir: SeriesId, eve: str, visit: Visit
) -> None:
    browser = visit(desk.world.olivia)
    state = browser.open(RosterState, series_id=str(choir))
    await state.load()
    await state.open("join", True)
    await state.search("eve")
    await state.choose(state.found[0].id)
    second = TUESDAY + timedelta(days=7)
    await state.join({"starts_on": second.isoformat(), "ends_on": "2026-12-18"})
    await state.load()

    assert browser.notice.words == "Eve Gray takes part."
    assert [(one.who.name, one.since, one.to_come) for one in state.members] == [
        ("Eve Gray", "15 Sept 2026 to 18 Dec 2026", True),
        ("Sam Gray", "from 8 Sept 2026", True),
    ]
    assert (here(desk, choir), here(desk, choir, 1)) == (["Sam Gray"], ["Eve Gray", "Sam Gray"])
    await browser.undo(state)
    await state.load()
    assert [one.who.name for one in state.members] == ["Sam Gray"]
    assert here(desk, choir, 1) == ["Sam Gray"]


async def test_nobody_joins_without_a_name_or_a_day(
    desk: Desk, choir: SeriesId, visit: Visit
) -> None:
    state = visit(desk.world.olivia).open(RosterState, series_id=str(choir))
    await state.load()
    await state.open("join", True)
    await state.join({"starts_on": "soon"})
    assert set(state.faults) == {"student", "starts_on"}
    assert (state.opened, len(state.members)) == ("join", 1)


async def test_leaving_gives_later_places_back_and_can_be_undone(
    desk: Desk, choir: SeriesId, visit: Visit
) -> None:
    browser = visit(desk.world.olivia)
    state = browser.open(RosterState, series_id=str(choir))
    await state.load()
    await state.open(f"leave {state.members[0].id}", True)
    await state.leave({"last_on": "2026-09-01"})
    assert browser.notice.refused
    await state.leave({"last_on": TUESDAY.isoformat()})
    assert (here(desk, choir), here(desk, choir, 1)) == (["Sam Gray"], [])
    await browser.undo(state)
    assert here(desk, choir, 1) == ["Sam Gray"]


async def test_a_place_is_freed_for_one_day_and_a_guest_takes_it(
    desk: Desk, choir: SeriesId, eve: str, visit: Visit
) -> None:
    browser = visit(desk.world.olivia)
    state = browser.open(RosterState, series_id=str(choir))
    await state.load()
    lesson, sam = state.lessons[0].id, str(desk.world.student_id)
    await state.excuse(lesson, sam)
    await state.load()
    first = state.lessons[0]
    assert ([one.name for one in first.excused], first.here) == (["Sam Gray"], ())
    await browser.undo(state)
    assert here(desk, choir) == ["Sam Gray"]

    await state.open(f"guest {lesson}", True)
    await state.come(lesson, eve)
    await state.load()
    assert [(one.name, one.guest) for one in state.lessons[0].here] == [
        ("Eve Gray", True),
        ("Sam Gray", False),
    ]
    assert (state.opened, here(desk, choir, 1)) == ("", ["Sam Gray"])


async def test_a_teacher_looks_at_their_own_and_changes_nothing(
    desk: Desk, choir: SeriesId, eve: str, visit: Visit
) -> None:
    browser = visit(desk.world.tom)
    state = browser.open(RosterState, series_id=str(choir))
    await state.load()
    assert (state.about.name, state.may_change) == ("Choir", False)
    await state.come(state.lessons[0].id, eve)
    assert browser.notice.refused
    assert here(desk, choir) == ["Sam Gray"]


async def test_a_stranger_finds_neither_list_nor_roster(
    desk: Desk, choir: SeriesId, visit: Visit
) -> None:
    browser = visit(desk.world.rita)
    listed = browser.open(ClassesState)
    await listed.load()
    state = browser.open(RosterState, series_id=str(choir))
    await state.load()
    assert (listed.classes, state.about.name) == ([], "")
    assert state.trouble


def test_the_pages_render() -> None:
    assert "Add a class" in str(list_module.page())
    assert "Next lessons" in str(roster_module.page())
