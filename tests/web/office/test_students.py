"""The office's list of students, and adding one."""

from typing import Any

import pytest

from studio_app.people.commands.students import StudentDetails, add_student, archive_student
from studio_app.people.queries.students import StudentStatus, student_card, students
from studio_app.web import routes
from studio_app.web.command_palette import NEW_STUDENT, command_palette
from studio_app.web.office import students as page_module
from studio_app.web.office.students import StudentsState
from studio_app.web.office.students_adding import AddStudentState
from tests.conftest import World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


def added(world: World, *names: str, status: StudentStatus = StudentStatus.ACTIVE) -> list[Any]:
    details = [StudentDetails(*name.split(maxsplit=1)) for name in names]  # type: ignore[arg-type]
    return [world.run(world.olivia, add_student, one, status=status) for one in details]


async def test_it_lists_everybody_with_their_family(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudentsState)

    await state.load()

    assert [(row.name, row.family, row.status) for row in state.rows] == [
        ("Sam Gray", "Gray", "active")
    ]
    assert state.ready


async def test_typing_finds_and_a_status_narrows(world: World, visit: Visit) -> None:
    added(world, "Mia Novak", "Mia Ellis", status=StudentStatus.WAITING)
    state = visit(world.olivia).open(StudentsState)
    await state.load()

    await state.search("mia")
    assert [row.name for row in state.rows] == ["Mia Ellis", "Mia Novak"]

    await state.search("")
    await state.choose("waiting")
    assert [row.name for row in state.rows] == ["Mia Ellis", "Mia Novak"]
    counted = {chip.value: chip.count for chip in state.filters}
    assert counted == {"": 3, "active": 1, "waiting": 2}


async def test_archived_students_are_a_list_of_their_own(world: World, visit: Visit) -> None:
    [gone] = added(world, "Old Pupil")
    world.run(world.olivia, archive_student, gone.student_id)
    state = visit(world.olivia).open(StudentsState)

    await state.choose("archived")

    assert [row.name for row in state.rows] == ["Old Pupil"]


async def test_a_long_list_is_shown_a_page_at_a_time(world: World, visit: Visit) -> None:
    added(world, *(f"Kid Number{n:03}" for n in range(60)))
    state = visit(world.olivia).open(StudentsState)
    await state.load()
    first = [row.name for row in state.rows]

    await state.next_page()
    second = [row.name for row in state.rows]
    await state.last_page()

    assert len(first) == 50
    assert not set(first) & set(second)
    assert [row.name for row in state.rows] == first


async def test_a_stranger_finds_nobody(world: World, visit: Visit) -> None:
    state = visit(world.rita).open(StudentsState)

    await state.load()

    assert state.rows == []


async def test_a_parent_is_refused_in_place(world: World, visit: Visit) -> None:
    state = visit(world.grace).open(StudentsState)

    await state.load()

    assert state.rows == []
    assert "permission" in state.trouble


async def test_a_name_is_enough(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(AddStudentState)
    await state.show(True)

    await state.add({"first_name": "Noor", "last_name": ""})

    assert "Noor" in [row.name for row in world.run(world.olivia, students).rows]
    assert browser.notice.undoable


async def test_the_palettes_command_opens_the_dialog(world: World, visit: Visit) -> None:
    assert NEW_STUDENT in str(command_palette("/office"))
    state = visit(world.olivia).open(AddStudentState, path=NEW_STUDENT)

    await state.arrive()
    assert state.shown
    await state.add({"first_name": "Noor", "last_name": ""})

    assert not state.shown
    assert "Noor" in [row.name for row in world.run(world.olivia, students).rows]


async def test_somebody_alike_is_shown_before_anything_is_added(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AddStudentState)
    await state.show(True)

    await state.add({"first_name": "Sam", "last_name": "Gray"})
    assert [one.name for one in state.alike] == ["Sam Gray"]
    assert len(world.run(world.olivia, students).rows) == 1

    await state.add({"first_name": "Sam", "last_name": "Gray"})
    assert len(world.run(world.olivia, students).rows) == 2


async def test_a_parent_named_with_the_student_pays(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AddStudentState)
    await state.show(True)

    sent = {"first_name": "Ada", "parent_name": "Bea Lake", "parent_email": "bea@example.org"}
    await state.add(sent)

    [row] = world.run(world.olivia, students, text="Ada").rows
    [guardian] = world.run(world.olivia, student_card, row.id).guardians
    assert (guardian.name, guardian.is_primary_payer) == ("Bea Lake", True)


async def test_a_missing_name_is_marked_and_nothing_is_added(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AddStudentState)
    await state.show(True)

    await state.add({"first_name": " ", "birthday": "yesterday"})

    assert set(state.faults) == {"first_name", "birthday"}
    assert len(world.run(world.olivia, students).rows) == 1


async def test_adding_can_be_taken_back(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(AddStudentState)
    await state.show(True)
    await state.add({"first_name": "Noor"})
    [row] = world.run(world.olivia, students, text="Noor").rows

    await state.take_back(str(row.id))

    assert world.run(world.olivia, students, text="Noor").rows == []


async def test_on_a_familys_page_the_student_joins_that_family(world: World, visit: Visit) -> None:
    path = routes.filled(routes.FAMILY, family_id=world.family_id)
    browser = visit(world.olivia)
    state = browser.open(AddStudentState, path, family_id=str(world.family_id))
    await state.show(True)

    await state.add({"first_name": "Tia"})

    [row] = world.run(world.olivia, students, text="Tia").rows
    assert row.family_id == world.family_id


def test_the_page_renders() -> None:
    assert "Add a student" in str(page_module.page())
