"""A file on its way in: columns, dates, balances, answers."""

from datetime import date

import pytest

from studio_app.billing.queries.owing import who_owes
from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.deciding import (
    CannotAdd,
    NobodyToFill,
    decide_row,
)
from studio_app.imports.commands.opening import type_opening_balances
from studio_app.imports.commands.staging import (
    check_rows,
    discard_import,
    remap_import,
    stage_import,
)
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries.batches import import_batches
from studio_app.imports.queries.leftovers import series_proposals
from studio_app.imports.queries.preview import import_preview, import_targets
from studio_app.imports.rules.dates import DateOrder
from studio_app.imports.rules.settling import Decision, Outcome
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money
from studio_app.people.queries.students import students
from tests.conftest import World
from tests.imports.conftest import Bring, sample
from tests.imports.looking import card_of


def bring_in(world: World, bring: Bring, name: str) -> BatchId:
    batch_id = bring(sample(name))
    world.run(world.olivia, apply_import, batch_id)
    return batch_id


def owed(world: World) -> dict[str, str]:
    return {row.family: row.balance for row in world.run(world.olivia, who_owes)}


def test_progress_is_told_while_a_file_is_checked(world: World) -> None:
    batch_id = world.run(world.olivia, stage_import, "a.csv", sample("my_music_staff"))
    first = world.run(world.olivia, check_rows, batch_id, limit=50)
    assert (first.done, first.total, first.finished) == (50, 120, False)
    [card] = world.run(world.olivia, import_batches)
    assert (card.rows_done, card.rows_total) == (50, 120)
    world.run(world.olivia, check_rows, batch_id, limit=50)
    assert world.run(world.olivia, check_rows, batch_id, limit=50).finished
    assert world.run(world.olivia, check_rows, batch_id).finished


def test_a_tutorbird_export_comes_in(world: World, bring: Bring) -> None:
    batch_id = bring(sample("tutorbird"))
    preview = world.run(world.olivia, import_preview, batch_id)
    assert preview.withheld_lines == [2]
    assert [c.heading for c in preview.columns if not c.target] == [
        "Age",
        "Gender",
        "Texting Allowed",
        "Base Billing Mode",
    ]
    assert all(c.left_out_on_purpose for c in preview.columns if not c.target)
    world.run(world.olivia, apply_import, batch_id)

    nina, theo, walt = (card_of(world, name) for name in ("Nina", "Theo", "Walt"))
    assert (nina.name, nina.family_id) == ("Nina Rowe", theo.family_id)
    assert nina.family_id != walt.family_id  # the same surname is no family
    assert "blue42" not in nina.notes
    for kept in ("Likes scales", "Level: Grade 2", "School: Hill School", "Rate: 36.00"):
        assert kept in nina.notes
    assert [g.phone for g in nina.guardians] == ["07700 900301"]
    assert [g.id for g in nina.guardians] == [g.id for g in theo.guardians]


@pytest.mark.parametrize(
    ("name", "order"),
    [("generic_uk", DateOrder.DAY_FIRST), ("generic_us", DateOrder.MONTH_FIRST)],
)
def test_a_sheet_of_ones_own_comes_in_whichever_way_dates_are_written(
    world: World, bring: Bring, name: str, order: DateOrder
) -> None:
    batch_id = bring(sample(name))
    preview = world.run(world.olivia, import_preview, batch_id)
    assert preview.order is order
    assert preview.order_reason.startswith("Line 2 says")
    assert [(b.family, b.sentence, b.lines) for b in preview.balances] == [
        ("Iris Hall", "owes £25.00", [2, 3]),
        ("Nora Bloom", "has £10.50 in credit", [4]),
    ]
    summary = world.run(world.olivia, apply_import, batch_id, opening_on=date(2026, 8, 31))
    assert (summary.added, summary.balances) == (3, 2)
    assert card_of(world, "Otto").birthday == date(2012, 4, 3)
    assert owed(world) == {"Hall": "£25.00", "Bloom": "-£10.50"}
    proposals = world.run(world.olivia, series_proposals)
    assert [(p.student, p.weekday, p.at, p.minutes) for p in proposals] == [
        ("Iris Hall", 2, "16:30", 30),
        ("Otto Hall", 3, "17:00", 60),
    ]


def test_a_balance_is_posted_once_and_reversed_by_undoing(world: World, bring: Bring) -> None:
    bring_in(world, bring, "generic_uk")
    again = bring(sample("generic_uk"))
    world.run(world.olivia, apply_import, again)
    assert owed(world) == {"Hall": "£25.00", "Bloom": "-£10.50"}

    first = world.run(world.olivia, import_batches)[-1]
    undone = world.run(world.olivia, undo_import, first.id)
    assert undone.kept == []
    assert owed(world) == {}
    bring_in(world, bring, "generic_uk")
    assert owed(world) == {"Hall": "£25.00", "Bloom": "-£10.50"}


def test_the_owner_types_a_balance_per_family(world: World, bring: Bring) -> None:
    batch_id = bring(sample("tutorbird"))
    typed = {"id:fml_a1": Money(-1200, "GBP")}
    world.run(world.olivia, type_opening_balances, batch_id, typed)
    [balance] = world.run(world.olivia, import_preview, batch_id).balances
    assert (balance.family, balance.sentence, balance.typed) == (
        "Nina Rowe",
        "has £12.00 in credit",
        True,
    )
    world.run(world.olivia, apply_import, batch_id)
    assert owed(world) == {"Rowe": "-£12.00"}


def test_the_owner_says_what_columns_mean(world: World, bring: Bring) -> None:
    batch_id = bring(b"Who,Mail,When\nAnn Lane,ann@example.org,03/04/2012\n")
    preview = world.run(world.olivia, import_preview, batch_id)
    assert not preview.names_somebody
    assert preview.batch.counts[Outcome.NEEDS_INFO] == 1

    columns = {0: "full_name", 1: "email", 2: "birthday"}
    world.run(world.olivia, remap_import, batch_id, columns=columns)
    world.run(world.olivia, check_rows, batch_id)
    preview = world.run(world.olivia, import_preview, batch_id)
    assert preview.names_somebody
    assert preview.order_reason.startswith("No date in the file decides it")
    world.run(world.olivia, remap_import, batch_id, order=DateOrder.MONTH_FIRST)
    world.run(world.olivia, check_rows, batch_id)
    assert world.run(world.olivia, import_preview, batch_id).order_reason == "You chose it."
    world.run(world.olivia, apply_import, batch_id)
    assert card_of(world, "Ann Lane").birthday == date(2012, 3, 4)


def test_a_column_that_turns_out_to_hold_passwords_is_forgotten(world: World, bring: Bring) -> None:
    batch_id = bring(b"Name,Portal word\nAnn Lane,rosebud\n")
    world.run(world.olivia, remap_import, batch_id, columns={1: "password"})
    world.run(world.olivia, check_rows, batch_id)
    preview = world.run(world.olivia, import_preview, batch_id)
    assert preview.withheld_lines == [2]
    kept = world.connection.exec_driver_sql("select r::text from import_row r").all()
    assert "rosebud" not in str(kept)


def test_decisions_must_fit_the_row(world: World, bring: Bring) -> None:
    batch_id = bring(b"Name,Email\n,a@example.org\nAnn Lane,\nSam Gray,\n")
    nameless, ann, sam = world.run(world.olivia, import_preview, batch_id).rows
    with pytest.raises(CannotAdd):
        world.run(world.olivia, decide_row, nameless.id, Decision.CREATE)
    with pytest.raises(NobodyToFill):
        world.run(world.olivia, decide_row, ann.id, Decision.UPDATE)
    world.run(world.olivia, decide_row, ann.id, Decision.SKIP)
    world.run(world.olivia, decide_row, sam.id, Decision.CREATE)
    summary = world.run(world.olivia, apply_import, batch_id)
    assert (summary.added, summary.left_out) == (1, 2)
    assert len(world.run(world.olivia, students, text="Sam Gray").rows) == 2


def test_a_file_that_is_discarded_leaves_nothing(world: World, bring: Bring) -> None:
    batch_id = bring(sample("tutorbird"))
    world.run(world.olivia, discard_import, batch_id)
    assert world.run(world.olivia, import_batches) == []
    left = world.connection.exec_driver_sql("select count(*) from import_row").scalar_one()
    assert left == 0


def test_pages_of_a_group_follow_each_other(world: World, bring: Bring) -> None:
    batch_id = bring(sample("my_music_staff"))
    first = world.run(world.olivia, import_preview, batch_id, Outcome.READY, 1)
    last = world.run(world.olivia, import_preview, batch_id, Outcome.READY, 3)
    assert (first.pages, len(first.rows), len(last.rows)) == (3, 50, 14)
    assert first.rows[-1].line < last.rows[0].line


def test_every_target_has_a_name_a_person_can_read(world: World) -> None:
    targets = world.run(world.olivia, import_targets)
    assert len({t.label for t in targets}) == len(targets)
    assert "Parent 2: Email" in {t.label for t in targets}
