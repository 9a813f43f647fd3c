"""What families owed before, typed beside their names on the page of a file."""

import pytest

from studio_app.billing.queries.owing import who_owes
from studio_app.web.office.importing import file as file_module
from studio_app.web.office.importing.openings_state import OpeningsState
from tests.conftest import World
from tests.imports.conftest import Bring, bring, sample
from tests.web.office.conftest import Visit
from tests.web.office.test_importing import SMALL, file_page

__all__ = ["bring"]
pytestmark = pytest.mark.anyio


async def test_opening_balances_are_typed_beside_the_families_and_posted_with_the_import(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    batch_id = bring(sample("generic_uk"))
    step = browser.open(OpeningsState, batch_id=str(batch_id))
    await step.load()
    assert [(f.family, f.students, f.amount, f.way) for f in step.families] == [
        ("Hall", "Iris, Otto", "25.00", "owes"),
        ("Bloom", "Nora", "10.50", "in_credit"),
    ]

    hall, bloom = (f.key for f in step.families)
    await step.save({"opening_on": "2026-08-31", f"owed-{hall}": "30", f"owed-{bloom}": ""})
    assert [(f.amount, f.posted) for f in step.families] == [("30.00", False), ("", False)]
    await file_page(browser, batch_id).apply()

    await step.load()
    assert [(f.amount, f.posted) for f in step.families] == [("30.00", True), ("", False)]
    assert [(one.family, one.balance) for one in world.run(world.olivia, who_owes)] == [
        ("Hall", "£30.00")
    ]


async def test_opening_balances_are_posted_once_after_the_import(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    batch_id = bring(SMALL)
    await file_page(browser, batch_id).apply()
    step = browser.open(OpeningsState, batch_id=str(batch_id))
    await step.load()
    key = step.families[0].key
    owed = f"owed-{key}"
    sent = {"opening_on": "2026-08-31", owed: "12", f"way-{key}": "in_credit"}

    await step.post({**sent, owed: "-12"})
    assert "Without a sign" in step.faults[owed]
    await step.post(sent)
    await step.load()
    assert step.posted == "1 opening balance is posted."

    await step.post(sent)
    assert browser.notice.refused
    [owing] = world.run(world.olivia, who_owes)
    assert owing.balance == "-£12.00"


async def test_an_amount_stays_with_its_family_when_a_row_above_is_left_out(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    batch_id = bring(sample("generic_uk"))
    state = file_page(browser, batch_id)
    await state.load()
    step = browser.open(OpeningsState, batch_id=str(batch_id))
    await step.load()
    hall, bloom = (f.key for f in step.families)

    for row in state.rows[:2]:
        await state.decide(row.id, "skip")
    await step.load()
    assert [(f.family, f.key) for f in step.families] == [("Bloom", bloom)]

    await step.save({"opening_on": "2026-08-31", f"owed-{hall}": "99"})
    assert browser.notice.words == "We could not find that."
    await step.keep_amount(hall, "99")
    assert [f.amount for f in step.families] == ["10.50"]


async def test_each_amount_is_kept_when_its_field_is_left_and_comes_in_with_the_import(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    batch_id = bring(sample("generic_uk"))
    step = browser.open(OpeningsState, batch_id=str(batch_id))
    await step.load()
    hall, bloom = (f.key for f in step.families)

    await step.keep_day("2026-08-31")
    await step.keep_amount(bloom, "")
    await step.keep_way(bloom, "owes")
    await step.keep_amount(bloom, "7")
    await step.keep_amount(hall, "40")
    await step.keep_way(hall, "in_credit")
    assert [(f.amount, f.way) for f in step.families] == [("40.00", "in_credit"), ("7.00", "owes")]
    assert step.on == "2026-08-31"

    await file_page(browser, batch_id).apply()
    owing = {one.family: one.balance for one in world.run(world.olivia, who_owes)}
    assert owing == {"Hall": "-£40.00", "Bloom": "£7.00"}


async def test_a_way_chosen_before_the_amount_counts(
    world: World, visit: Visit, bring: Bring
) -> None:
    step = visit(world.olivia).open(OpeningsState, batch_id=str(bring(SMALL)))
    await step.load()
    key = step.families[0].key

    await step.keep_way(key, "in_credit")
    await step.keep_amount(key, "12")

    assert (step.families[0].amount, step.families[0].way) == ("12.00", "in_credit")


async def test_what_cannot_be_kept_is_neither_turned_away_nor_imported_past(
    world: World, visit: Visit, bring: Bring
) -> None:
    browser = visit(world.olivia)
    lines = "".join(f"Kid{n} Name{n},\n" for n in range(60))
    batch_id = bring(f"Name,Email\n{lines}".encode())
    state = file_page(browser, batch_id)
    await state.load()
    step = browser.open(OpeningsState, batch_id=str(batch_id))
    await step.load()
    key = step.families[0].key

    await step.keep_amount(key, "a lot")
    assert "amount" in step.faults[f"owed-{key}"]
    await step.keep_way(key, "in_credit")
    await step.next_page()
    assert (step.page_number, step.families[0].key) == (1, key)
    assert "could not be kept" in browser.notice.words
    await state.apply()
    await state.load()
    assert state.file.state == "preview"

    await step.keep_amount(key, "12")
    await step.next_page()
    assert step.page_number == 2
    assert key not in {f.key for f in step.families}
    await step.last_page()
    assert (step.families[0].amount, step.families[0].way) == ("12.00", "in_credit")
    await state.apply()
    await state.load()
    assert state.file.state == "applied"


def test_the_fields_of_a_family_are_its_own_wherever_it_stands() -> None:
    page = str(file_module.page())

    for part in ("owed-", "way-"):
        assert f'"{part}"+one_rx_state_?.["key"]' in page
    assert 'key:one_rx_state_?.["key"]' in page
