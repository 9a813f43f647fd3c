"""Bringing a file in through the pages, from sending it to taking it back."""

from typing import Any

import pytest

from studio_app.people.queries.families import teachers
from studio_app.people.queries.students import students
from studio_app.web.office.importing import file as file_module
from studio_app.web.office.importing import files as list_module
from studio_app.web.office.importing.file_state import FileState
from studio_app.web.office.importing.files import FilesState
from studio_app.web.office.importing.leftovers_state import LeftoversState
from tests.conftest import World
from tests.imports.conftest import Bring, bring, sample
from tests.web.office.conftest import Browser, Visit

__all__ = ["bring"]
pytestmark = pytest.mark.anyio
SMALL = b"First Name,Last Name,Instrument\nAda,Lake,Piano\n,,\nTest,Test,\nSam,Gray,Piano\n"


def file_page(browser: Browser, batch_id: object) -> Any:
    return browser.open(FileState, batch_id=str(batch_id))


async def test_a_file_is_checked_some_rows_at_a_time(world: World, visit: Visit) -> None:
    from studio_app.imports.commands.staging import stage_import  # noqa: PLC0415

    batch_id = world.run(world.olivia, stage_import, "list.csv", sample("my_music_staff"))
    state = file_page(visit(world.olivia), batch_id)

    await state.load()
    assert (state.file.state, state.file.share) == ("checking", 2)

    seen = [state.file.share async for _step in state.check()]
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert state.file.state == "preview"


async def test_every_row_is_in_one_of_the_groups(world: World, visit: Visit, bring: Bring) -> None:
    state = file_page(visit(world.olivia), bring(SMALL))

    await state.load()

    counts = {group.value: group.count for group in state.groups}
    assert counts == {"": 4, "ready": 1, "needs_info": 1, "duplicate": 1, "error": 1}
    assert state.file.expected == "1 student is added, 1 is filled in, 2 rows are left out."
    assert [row.line for row in state.rows] == [2, 3, 4, 5]

    await state.choose_group("duplicate")
    assert [(row.name, row.decision) for row in state.rows] == [("Sam Gray", "update")]


async def test_a_row_is_decided_and_the_summary_follows(
    world: World, visit: Visit, bring: Bring
) -> None:
    state = file_page(visit(world.olivia), bring(SMALL))
    await state.load()
    [sam] = [row for row in state.rows if row.name == "Sam Gray"]

    await state.decide(sam.id, "skip")

    assert state.file.expected == "1 student is added, 0 are filled in, 3 rows are left out."


async def test_a_column_can_be_taken_for_something_else(
    world: World, visit: Visit, bring: Bring
) -> None:
    state = file_page(visit(world.olivia), bring(SMALL))
    await state.load()
    assert [column.target for column in state.columns] == ["first_name", "last_name", "instrument"]

    await state.remap("2", "")
    async for _step in state.check():
        pass

    assert [column.target for column in state.columns] == ["first_name", "last_name", ""]


async def test_the_order_of_dates_is_shown_and_switched(
    world: World, visit: Visit, bring: Bring
) -> None:
    state = file_page(visit(world.olivia), bring(sample("my_music_staff")))
    await state.load()
    assert state.file.order == "day_first"

    await state.switch_order("month_first", "")
    async for _step in state.check():
        pass

    assert state.file.order == "month_first"
    assert state.file.order_reason == "You chose it."


async def test_it_is_applied_and_taken_back(world: World, visit: Visit, bring: Bring) -> None:
    browser = visit(world.olivia)
    state = file_page(browser, bring(SMALL))
    await state.load()

    await state.apply()
    await state.load()
    assert state.file.state == "applied"
    assert browser.notice.undoable
    assert len(world.run(world.olivia, students).rows) == 2

    await state.take_back()
    await state.load()
    assert state.file.state == "undone"
    assert [row.name for row in world.run(world.olivia, students).rows] == ["Sam Gray"]


async def test_a_file_can_be_forgotten(world: World, visit: Visit, bring: Bring) -> None:
    browser = visit(world.olivia)
    state = file_page(browser, bring(SMALL))

    await state.discard()

    files = browser.open(FilesState)
    await files.load()
    assert files.files == []


async def test_weekly_lessons_are_proposed_and_confirmed(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    batch_id = bring(sample("my_music_staff"))
    state = file_page(browser, batch_id)
    await state.load()
    await state.apply()
    left = browser.open(LeftoversState, batch_id=str(batch_id))
    await left.load()
    before = len(left.proposals)
    assert before
    assert left.todos

    await left.confirm(next(one.id for one in left.proposals if not one.conflicts))
    await left.load()

    assert len(left.proposals) == before - 1


async def test_a_proposal_gets_another_time_and_todos_are_ticked(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    batch_id = bring(sample("my_music_staff"))
    await file_page(browser, batch_id).apply()
    left = browser.open(LeftoversState, batch_id=str(batch_id))
    await left.load()
    one, todo = left.proposals[0], left.todos[0]
    someone = str(world.run(world.olivia, teachers)[0].id)

    await left.open(f"change {one.id}", True)
    sent = {"weekday": "6", "at": "09:15", "minutes": "45", "teacher_id": someone}
    await left.change(sent)
    await left.tick(todo.id)
    await left.load()

    changed = next(p for p in left.proposals if p.id == one.id)
    assert (changed.weekday, changed.at, changed.minutes) == ("6", "09:15", "45")
    assert todo.id not in [t.id for t in left.todos]


async def test_a_stranger_finds_no_file(world: World, visit: Visit, bring: Bring) -> None:
    batch_id = bring(SMALL)
    browser = visit(world.rita)
    state = file_page(browser, batch_id)

    await state.load()
    await state.apply()

    assert state.trouble == "We could not find that."
    assert state.rows == []
    assert browser.notice.refused


async def test_a_teacher_may_not_import(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(FilesState)
    await state.load()
    assert "permission" in state.trouble


def test_the_pages_render() -> None:
    assert "Row by row" in str(file_module.page())
    assert "Drop your contact list here" in str(list_module.page())
