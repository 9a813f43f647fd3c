"""The books: they balance, they are written once, and one thing is charged once."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from studio_app.billing.commands.ledger import AlreadyUndone, post, reverse
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.ledger import Account, Entry, Kind, Posting, owed
from studio_app.kit.access import Permission
from studio_app.kit.ids import TransactionId, new_id
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from tests.conftest import World

DAY = date(2026, 9, 1)
TEN = Money(1000, "GBP")


@requires(Permission.BILLING_MANAGE)
def write(work: Work, *postings: Posting) -> None:
    post(work, *postings)


@requires(Permission.BILLING_MANAGE)
def undo(work: Work, transaction_id: TransactionId) -> None:
    reverse(work, [transaction_id], on=DAY)


@requires(Permission.BILLING_MANAGE)
def write_lopsided(work: Work) -> None:
    transaction = LedgerTransaction(
        kind=Kind.FEE, about_id=new_id(), effective_on=DAY, words={}, created_at=work.now
    )
    work.session.add(transaction)
    work.session.flush()
    work.session.add(
        LedgerEntry(
            transaction_id=transaction.id, account=Account.CASH, amount_minor=5, currency="GBP"
        )
    )


def fee(world: World, amount: Money = TEN) -> Posting:
    entries = owed(world.family_id, amount, Account.INCOME)
    return Posting(Kind.FEE, new_id(), DAY, _("A book"), amount.currency, entries)


def test_what_does_not_sum_to_zero_cannot_be_thought_of() -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        Posting(Kind.FEE, new_id(), DAY, _("A book"), "GBP", (Entry(Account.CASH, 1),))


def test_the_database_refuses_what_does_not_sum_to_zero(world: World) -> None:
    with pytest.raises(IntegrityError, match="sum to zero"):
        world.run(world.olivia, write_lopsided)


def test_the_database_refuses_a_transaction_without_entries(world: World) -> None:
    bare = Posting(Kind.FEE, new_id(), DAY, _("Nothing"), "GBP", ())
    with pytest.raises(DBAPIError, match="ledger_entry"):
        world.run(world.olivia, write, bare)


@pytest.mark.parametrize(
    "table",
    ["ledger_transaction", "ledger_entry", "invoice_line", "payment", "allocation", "fee"],
)
@pytest.mark.parametrize("verb", ["update {} set created_at = now()", "delete from {}"])
def test_the_application_cannot_change_what_is_written(world: World, table: str, verb: str) -> None:
    world.run(world.olivia, write, fee(world))
    with pytest.raises(ProgrammingError, match="permission denied"):
        world.connection.execute(text(verb.format(table)))


def test_a_numbered_invoice_can_only_be_sent_or_voided(world: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        world.connection.execute(text("update invoice set number = 1"))


def test_the_same_thing_is_not_charged_twice(world: World) -> None:
    posting = fee(world)
    again = Posting(posting.kind, posting.about_id, DAY, posting.words, "GBP", posting.entries)
    world.run(world.olivia, write, posting)
    with pytest.raises(IntegrityError, match="already a live transaction"):
        world.run(world.olivia, write, again)


def test_it_is_charged_again_once_it_was_reversed(world: World) -> None:
    posting = fee(world)
    again = Posting(posting.kind, posting.about_id, DAY, posting.words, "GBP", posting.entries)
    world.run(world.olivia, write, posting)
    world.run(world.olivia, undo, posting.id)
    world.run(world.olivia, write, again)

    nths = world.connection.execute(
        text("select nth from ledger_transaction where about_id = :id"), {"id": posting.about_id}
    )
    assert sorted(nths.scalars()) == [1, 2]


def test_nothing_is_reversed_twice(world: World) -> None:
    posting = fee(world)
    world.run(world.olivia, write, posting)
    world.run(world.olivia, undo, posting.id)
    with pytest.raises(AlreadyUndone):
        world.run(world.olivia, undo, posting.id)


def test_a_reversal_that_does_not_mirror_is_refused(world: World) -> None:
    posting = fee(world)
    world.run(world.olivia, write, posting)
    crooked = Posting(
        Kind.REVERSAL,
        posting.id,
        DAY,
        _("Half of it"),
        "GBP",
        owed(world.family_id, Money(-500, "GBP"), Account.INCOME),
        reverses_id=posting.id,
    )
    with pytest.raises(IntegrityError, match="must mirror"):
        world.run(world.olivia, write, crooked)


def test_the_other_studio_sees_no_entries(world: World) -> None:
    world.run(world.olivia, write, fee(world))
    world.as_(world.rita)
    assert world.connection.execute(text("select count(*) from ledger_entry")).scalar() == 0
