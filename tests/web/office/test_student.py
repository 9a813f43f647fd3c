"""A student's page in the office."""

from datetime import time, timedelta

import pytest

from studio_app.identity.queries import open_invitations
from studio_app.people.queries.students import StudentStatus, student_card
from studio_app.scheduling.commands.series import end_series
from studio_app.scheduling.queries.weekly import weekly_lessons_of
from studio_app.scheduling.wishes import Scope
from studio_app.web.office import student as page_module
from studio_app.web.office.guardians import GuardiansState
from studio_app.web.office.student_state import StudentState
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk, wall
from tests.web.office.conftest import Browser, Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


def opened(world: World, browser: Browser, state: type) -> object:
    return browser.open(state, student_id=str(world.student_id))


async def test_it_shows_the_card_and_what_is_next(desk: Desk, visit: Visit) -> None:
    desk.series(count=2)
    state = visit(desk.world.olivia).open(StudentState, student_id=str(desk.world.student_id))

    await state.load()

    assert (state.student.name, state.student.family) == ("Sam Gray", "Gray")
    assert [line.when for line in state.lessons] == ["Tue 8 Sept, 16:00", "Tue 15 Sept, 16:00"]


async def test_it_shows_what_comes_every_week(desk: Desk, visit: Visit) -> None:
    desk.series(until_on=TUESDAY + timedelta(weeks=3))
    desk.series(weekdays=frozenset({1}))
    ended = desk.series(weekdays=frozenset({3}), at=time(9))
    first = desk.lessons(ended)[0]
    desk.world.run(desk.world.olivia, end_series, first.id, scope=Scope.ALL)
    state = visit(desk.world.olivia).open(StudentState, student_id=str(desk.world.student_id))

    await state.load()

    assert [(line.when, line.about) for line in state.weekly] == [
        ("Every Monday, 16:00", "Piano · 30 min · Tom Teal"),
        ("Every Tuesday, 16:00", "Piano · 30 min · Tom Teal · until 29 Sept 2026"),
    ]
    assert state.add_weekly == f"/office/calendar?new=1&student={desk.world.student_id}"


def test_a_course_that_is_over_does_not_come_every_week(desk: Desk) -> None:
    desk.series(weekdays=frozenset({5}), count=2)
    whom = desk.world.student_id

    during = desk.world.at(wall(TUESDAY + timedelta(weeks=1), 9))
    assert len(during.run(during.olivia, weekly_lessons_of, whom)) == 1

    after = desk.world.at(wall(TUESDAY + timedelta(weeks=2), 9))
    assert after.run(after.olivia, weekly_lessons_of, whom) == []


async def test_editing_replaces_what_is_known(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudentState, student_id=str(world.student_id))
    await state.load()
    await state.open("edit", True)

    sent = {"first_name": "Sammy", "last_name": "Gray", "birthday": "2015-04-03", "notes": "Loud"}
    await state.save(sent)
    await state.load()

    assert (state.student.name, state.student.born) == ("Sammy Gray", "3 Apr 2015")
    assert state.opened == ""


async def test_a_wrong_date_stays_in_the_form(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudentState, student_id=str(world.student_id))
    await state.open("edit", True)

    await state.save({"first_name": "Sammy", "birthday": "13/31/2015"})

    assert set(state.faults) == {"birthday"}
    assert state.opened == "edit"
    assert world.run(world.olivia, student_card, world.student_id).name == "Sam Gray"


async def test_a_status_can_be_changed_and_taken_back(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(StudentState, student_id=str(world.student_id))
    await state.load()

    await state.change_status("paused")

    card = world.run(world.olivia, student_card, world.student_id)
    assert card.status is StudentStatus.PAUSED
    assert browser.notice.undoable


async def test_a_status_that_does_not_exist_changes_nothing(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudentState, student_id=str(world.student_id))

    await state.change_status("famous")

    card = world.run(world.olivia, student_card, world.student_id)
    assert card.status is StudentStatus.ACTIVE


async def test_leaving_says_what_depends_and_can_be_undone(desk: Desk, visit: Visit) -> None:
    world = desk.world
    desk.series(count=3)
    state = visit(world.olivia).open(StudentState, student_id=str(world.student_id))
    await state.load()

    await state.open("leave", True)
    assert state.depends.lines[0] == "3 lessons to come, the next on Tue 8 Sept, 16:00"
    assert state.depends.frees

    await state.let_go()
    await state.load()
    assert (state.student.is_archived, state.lessons) == (True, [])

    await state.take_back()
    await state.load()
    assert len(state.lessons) == 3
    assert not state.student.is_archived


async def test_who_has_history_is_not_removed(desk: Desk, visit: Visit) -> None:
    world = desk.world
    desk.series(count=1)
    browser = visit(world.olivia)
    state = browser.open(StudentState, student_id=str(world.student_id))

    await state.remove()

    assert browser.notice.refused
    assert world.run(world.olivia, student_card, world.student_id).name == "Sam Gray"


async def test_a_stranger_finds_nothing(world: World, visit: Visit) -> None:
    browser = visit(world.rita)
    state = browser.open(StudentState, student_id=str(world.student_id))
    await state.load()
    guardians = browser.open(GuardiansState, student_id=str(world.student_id))
    await guardians.load()

    assert state.student.name == ""
    assert state.trouble == "We could not find that."
    assert guardians.guardians == []


async def test_a_mangled_address_is_not_found(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudentState, student_id="not-an-id")

    await state.load()

    assert state.trouble == "We could not find that."


async def test_switches_decide_what_reaches_a_parent(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(GuardiansState, student_id=str(world.student_id))
    await state.load()

    await state.switch(str(world.guardian_id), "schedule", False)
    await state.load()

    [grace] = state.guardians
    assert (grace.schedule, grace.practice, grace.bills) == (False, True, True)


async def test_a_second_parent_is_added_edited_and_invited(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(GuardiansState, student_id=str(world.student_id))
    await state.open("add", True)
    await state.add({"name": "Greg Gray", "email": "greg@example.org"})
    await state.load()
    [_grace, greg] = state.guardians
    assert (greg.name, greg.pays) == ("Greg Gray", False)

    await state.open(f"edit {greg.id}", True)
    await state.save({"name": "Gregory Gray", "email": "greg@example.org"})
    await state.load()
    await state.invite(greg.id)

    [invitation] = world.run(world.olivia, open_invitations)
    assert (invitation.email, invitation.role.value) == ("greg@example.org", "guardian")


async def test_the_only_payer_cannot_be_taken_off(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(GuardiansState, student_id=str(world.student_id))
    await state.load()

    await state.remove(str(world.guardian_id))
    await state.load()

    assert browser.notice.refused
    assert len(state.guardians) == 1


def test_the_page_renders() -> None:
    assert "Lessons to come" in str(page_module.page())
