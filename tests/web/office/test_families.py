"""Families in the office: the list, and the page of one."""

import pytest

from studio_app.people.commands.guardians import GuardianDetails, add_guardian
from studio_app.people.queries.families import family_card, responsibilities
from studio_app.web.office import families as list_module
from studio_app.web.office import family as page_module
from studio_app.web.office.families import FamiliesState, standing_of
from studio_app.web.office.family_state import FamilyState
from tests.conftest import World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


async def test_the_list_says_who_learns_who_pays_and_what_is_owed(
    world: World, visit: Visit
) -> None:
    state = visit(world.olivia).open(FamiliesState)

    await state.load()

    [row] = state.rows
    assert (row.name, row.students, row.payer) == ("Gray", "Sam Gray", "Grace Gray")
    assert (row.balance, row.standing) == ("£0.00", "")


async def test_typing_finds_a_family(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(FamiliesState)

    await state.search("gr")
    assert [row.name for row in state.rows] == ["Gray"]
    await state.search("x")
    assert state.rows == []


async def test_a_teacher_sees_families_but_no_money(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(FamiliesState)

    await state.load()

    assert [row.balance for row in state.rows] == [""]


def test_money_owed_and_money_in_credit_have_words() -> None:
    assert [standing_of(n) for n in (1, 0, -1)] == ["owes", "", "credit"]


async def test_a_family_shows_children_payers_and_who_hears(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(FamilyState, family_id=str(world.family_id))

    await state.load()

    assert [child.name for child in state.children] == ["Sam Gray"]
    assert [(payer.name, payer.bills) for payer in state.payers] == [("Grace Gray", True)]
    assert [(h.guardian, h.student, h.schedule) for h in state.hears] == [
        ("Grace Gray", "Sam Gray", True)
    ]


async def test_name_and_address_are_edited(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(FamilyState, family_id=str(world.family_id))
    await state.open("edit", True)

    await state.save({"name": "Gray-Hall", "address": "1 High Street\nLeeds"})

    card = world.run(world.olivia, family_card, world.family_id)
    assert (card.name, card.address) == ("Gray-Hall", "1 High Street\nLeeds")


async def test_the_bills_can_go_to_another_parent(world: World, visit: Visit) -> None:
    greg = world.run(world.olivia, add_guardian, world.student_id, GuardianDetails("Greg Gray"))
    state = visit(world.olivia).open(FamilyState, family_id=str(world.family_id))
    await state.load()

    await state.bill_to(str(greg))
    await state.stop_paying(str(world.guardian_id))
    await state.load()

    assert [(payer.name, payer.bills) for payer in state.payers] == [("Greg Gray", True)]


async def test_switches_are_kept_apart_for_each_parent(world: World, visit: Visit) -> None:
    world.run(world.olivia, add_guardian, world.student_id, GuardianDetails("Greg Gray"))
    state = visit(world.olivia).open(FamilyState, family_id=str(world.family_id))
    await state.load()

    await state.switch(str(world.student_id), str(world.guardian_id), "practice", False)

    found = world.run(world.olivia, responsibilities, world.family_id)
    assert [(one.guardian, one.receives_schedule, one.receives_practice) for one in found] == [
        ("Grace Gray", True, False),
        ("Greg Gray", True, True),
    ]


async def test_a_stranger_finds_no_family(world: World, visit: Visit) -> None:
    browser = visit(world.rita)
    state = browser.open(FamilyState, family_id=str(world.family_id))

    await state.load()
    await state.bill_to(str(world.guardian_id))

    assert state.trouble == "We could not find that."
    assert state.payers == []
    assert browser.notice.refused


def test_the_pages_render() -> None:
    assert "Find a family" in str(list_module.page())
    assert "Who hears of what" in str(page_module.page())
