"""Opening balances: filled in from the file, typed over, posted once, taken back."""

from datetime import date, timedelta

import pytest

from studio_app.billing.commands.payments import post_opening_balance
from studio_app.billing.queries.owing import who_owes
from studio_app.billing.queries.statement import family_statement
from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.deciding import decide_row
from studio_app.imports.commands.opening import (
    AlreadyPosted,
    NothingToPost,
    NotImportedYet,
    NotOurCurrency,
    TakenBack,
    post_opening_balances,
    type_opening_balances,
)
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries.openings import FamilyOpening, family_openings
from studio_app.imports.queries.preview import import_preview
from studio_app.imports.rules.settling import Decision
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money
from tests.conftest import World
from tests.imports.conftest import Bring, sample

CUT_OVER = date(2026, 8, 31)
SAM = b"Name,Parent name,Parent email,Balance\nSam Gray,Grace Gray,grace@example.org,12.00\n"


def families(world: World, batch_id: BatchId) -> dict[str, FamilyOpening]:
    found = world.run(world.olivia, family_openings, batch_id).families
    return {one.family: one for one in found}


def owed(world: World) -> dict[str, str]:
    return {row.family: row.balance for row in world.run(world.olivia, who_owes)}


def test_every_family_of_the_file_is_listed_with_what_the_file_says(
    world: World, bring: Bring
) -> None:
    found = families(world, bring(sample("generic_uk")))
    hall, bloom = found["Hall"], found["Bloom"]
    assert (hall.students, hall.owed_minor, hall.sentence) == ("Iris, Otto", 2500, "owes £25.00")
    assert hall.where_from == "from lines 2, 3; the same amount twice counts once"
    assert (bloom.owed_minor, bloom.sentence) == (-1050, "has £10.50 in credit")


def test_typed_amounts_are_posted_with_the_import_on_the_day_chosen(
    world: World, bring: Bring
) -> None:
    batch_id = bring(sample("generic_uk"))
    found = families(world, batch_id)
    typed = {found["Hall"].family_key: Money(3000, "GBP"), found["Bloom"].family_key: None}
    world.run(world.olivia, type_opening_balances, batch_id, typed, on=CUT_OVER)

    assert world.run(world.olivia, apply_import, batch_id).balances == 1
    assert owed(world) == {"Hall": "£30.00"}
    [hall] = world.run(world.olivia, who_owes)
    [line] = world.run(world.olivia, family_statement, hall.family_id).lines
    assert line.on == "31 Aug 2026"
    assert families(world, batch_id)["Hall"].posted


def test_after_the_import_they_are_posted_once_and_a_second_time_is_refused(
    world: World, bring: Bring
) -> None:
    batch_id = bring(sample("tutorbird"))
    world.run(world.olivia, apply_import, batch_id)
    key = families(world, batch_id)["Rowe"].family_key
    with pytest.raises(NothingToPost):
        world.run(world.olivia, post_opening_balances, batch_id, on=CUT_OVER)

    world.run(world.olivia, type_opening_balances, batch_id, {key: Money(-1200, "GBP")})
    assert world.run(world.olivia, post_opening_balances, batch_id, on=CUT_OVER) == 1
    assert owed(world) == {"Rowe": "-£12.00"}

    with pytest.raises(AlreadyPosted):
        world.run(world.olivia, post_opening_balances, batch_id, on=CUT_OVER)
    with pytest.raises(AlreadyPosted):
        world.run(world.olivia, type_opening_balances, batch_id, {key: Money(1, "GBP")})
    assert owed(world) == {"Rowe": "-£12.00"}


def test_taking_the_import_back_takes_them_back_also_from_who_was_here(
    world: World, bring: Bring
) -> None:
    batch_id = bring(SAM)
    world.run(world.olivia, apply_import, batch_id)
    assert owed(world) == {"Gray": "£12.00"}
    world.run(world.olivia, undo_import, batch_id)
    assert owed(world) == {}
    with pytest.raises(TakenBack):
        world.run(world.olivia, post_opening_balances, batch_id)


def test_a_day_later_they_stay(world: World, bring: Bring) -> None:
    batch_id = bring(SAM)
    world.run(world.olivia, apply_import, batch_id)
    later = world.at(world.now + timedelta(days=2))
    with pytest.raises(AlreadyPosted):
        later.run(world.olivia, post_opening_balances, batch_id)
    assert owed(later) == {"Gray": "£12.00"}


def test_a_family_with_an_opening_balance_keeps_it_and_it_is_said(
    world: World, bring: Bring
) -> None:
    before = (world.family_id, Money(500, "GBP"), CUT_OVER)
    world.run(world.olivia, post_opening_balance, *before)
    batch_id = bring(SAM)
    assert world.run(world.olivia, apply_import, batch_id).balances == 0
    said = families(world, batch_id)["Gray"].sentence
    assert said == "£12.00 not posted: this family has an opening balance."
    world.run(world.olivia, undo_import, batch_id)
    assert owed(world) == {"Gray": "£5.00"}


def test_amounts_of_rows_that_are_left_out_are_named_by_their_lines(
    world: World, bring: Bring
) -> None:
    batch_id = bring(sample("generic_uk"))
    rows = world.run(world.olivia, import_preview, batch_id).rows
    world.run(world.olivia, decide_row, rows[2].id, Decision.SKIP)
    found = world.run(world.olivia, family_openings, batch_id)
    assert (found.left_out_lines, found.waiting) == ([4], 1)
    assert world.run(world.olivia, apply_import, batch_id).balances == 1


def test_what_cannot_be_typed_is_refused(world: World, bring: Bring) -> None:
    batch_id = bring(SAM)
    key = families(world, batch_id)["Gray"].family_key
    amount = Money(100, "GBP")
    with pytest.raises(NotFound):
        world.run(world.olivia, type_opening_balances, batch_id, {"id:nobody": amount})
    with pytest.raises(NotOurCurrency):
        world.run(world.olivia, type_opening_balances, batch_id, {key: Money(1, "EUR")})
    with pytest.raises(NotImportedYet):
        world.run(world.olivia, post_opening_balances, batch_id)
    with pytest.raises(NotFound):
        world.run(world.rita, type_opening_balances, batch_id, {key: amount})
    with pytest.raises(NotFound):
        world.run(world.rita, family_openings, batch_id)
    with pytest.raises(Forbidden):
        world.run(world.tom, post_opening_balances, batch_id)
