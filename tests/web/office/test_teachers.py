"""The office's list of teachers."""

import pytest

from studio_app.identity.queries import open_invitations
from studio_app.people.queries.families import teachers
from studio_app.web.office import teachers as page_module
from studio_app.web.office.teachers import TeachersState
from tests.conftest import World
from tests.scheduling.conftest import Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


async def test_a_teacher_is_added_edited_and_invited(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(TeachersState)
    await state.open("add", True)
    await state.add({"name": "Uma Unger", "instruments": "Cello, Piano"})
    await state.load()
    [_tom, uma] = state.rows
    assert (uma.name, uma.instruments, uma.has_account) == ("Uma Unger", "Cello, Piano", False)

    await state.open(f"edit {uma.id}", True)
    await state.save({"name": "Uma Unger", "email": "uma@example.org", "colour": "5"})
    await state.load()
    assert state.rows[1].k == "k5"

    await state.invite(uma.id)
    [invitation] = world.run(world.olivia, open_invitations)
    assert (invitation.email, invitation.role.value) == ("uma@example.org", "teacher")


async def test_a_second_tap_adds_nobody_twice(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(TeachersState)
    await state.open("add", True)

    await state.add({"name": "Uma Unger"})
    await state.add({"name": "Uma Unger"})

    assert len(world.run(world.olivia, teachers)) == 2


async def test_who_has_lessons_to_come_stays(desk: Desk, visit: Visit) -> None:
    world = desk.world
    desk.series(count=3)
    browser = visit(world.olivia)
    state = browser.open(TeachersState)
    await state.load()

    await state.archive(str(world.teacher_id))

    assert browser.notice.refused
    assert "3 lessons to come" in browser.notice.words
    assert "Tom Teal" in [one.name for one in world.run(world.olivia, teachers)]


async def test_what_still_needs_a_teacher_is_shown_before_they_are_archived(
    desk: Desk, visit: Visit
) -> None:
    world = desk.world
    desk.series(count=3)
    state = visit(world.olivia).open(TeachersState)

    await state.open(f"archive-teacher {world.teacher_id}", True)
    assert state.needed == "Tom Teal is still needed: 3 lessons to come, 0 series that go on."
    assert len(state.needing) == 3
    assert state.needing[0].href.startswith("/office/calendar?view=day&date=2026-09-08&lesson=")

    await state.open(f"archive-teacher {desk.ruth}", True)
    assert (state.needed, state.looked) == ("", True)


async def test_archiving_can_be_undone(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(TeachersState)
    await state.load()

    await state.archive(str(world.teacher_id))
    assert world.run(world.olivia, teachers) == []
    assert browser.notice.undoable

    await state.restore(str(world.teacher_id))
    assert len(world.run(world.olivia, teachers)) == 1


async def test_a_teacher_may_look_but_not_change(world: World, visit: Visit) -> None:
    browser = visit(world.tom)
    state = browser.open(TeachersState)
    await state.open("add", True)

    await state.add({"name": "Somebody"})

    assert browser.notice.refused
    assert len(world.run(world.olivia, teachers)) == 1


async def test_a_stranger_sees_nobody(world: World, visit: Visit) -> None:
    state = visit(world.rita).open(TeachersState)
    await state.load()
    assert state.rows == []


def test_the_page_renders() -> None:
    assert "Add a teacher" in str(page_module.page())
