"""Writing to the books. Nothing else in the product inserts into the ledger."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from studio_app.billing.access import rows
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.ledger import Entry, Kind, Posting, TaxRate, mirrored
from studio_app.billing.rules.words import keep
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import TransactionId, new_id
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work


class OtherCurrency(Refused):
    message = _("This studio keeps its books in another currency.")


class AlreadyUndone(Conflict):
    message = _("This has already been reversed.")


def own_currency(work: Work, amount: Money) -> Money:
    """The amount, if it is in the currency the studio keeps its books in."""
    if amount.currency != studio(work).currency:
        raise OtherCurrency
    return amount


def today(work: Work) -> date:
    return local_date(work.now, studio_zone(work))


def post(work: Work, *postings: Posting) -> None:
    """Write transactions in a few statements, each about its subject for the next time."""
    if not postings:
        return
    numbered = _numbered(work, postings)
    connection = work.session.connection()
    connection.execute(insert(LedgerTransaction), [_transaction(work, p) for p in numbered])
    entries = [_entry(work, p, entry) for p in numbered for entry in p.entries]
    connection.execute(insert(LedgerEntry), entries)


def reverse(work: Work, transaction_ids: Collection[TransactionId], *, on: date) -> list[Posting]:
    """Undo transactions by new ones that mirror them; what was written."""
    query = select(LedgerTransaction).where(col(LedgerTransaction.id).in_(transaction_ids))
    undoing = select(LedgerTransaction.id).where(
        col(LedgerTransaction.reverses_id).in_(transaction_ids)
    )
    if work.session.exec(undoing).first():
        raise AlreadyUndone
    postings = [
        _undoing(transaction, entries, on)
        for transaction, entries in _with_entries(work, work.session.exec(query).all())
    ]
    post(work, *postings)
    return postings


def _undoing(was: LedgerTransaction, entries: Sequence[LedgerEntry], on: date) -> Posting:
    undone = _("Reversed: {what}", what=was.words)
    return Posting(
        kind=Kind.REVERSAL,
        about_id=was.id,
        effective_on=on,
        words=undone,
        currency=entries[0].currency,
        entries=mirrored(Entry(e.account, e.amount_minor, e.family_id) for e in entries),
        reverses_id=was.id,
        student_id=was.student_id,
        price_plan_id=was.price_plan_id,
        tax=TaxRate(was.tax_bp, was.tax_included),
    )


def _with_entries(
    work: Work, transactions: Sequence[LedgerTransaction]
) -> list[tuple[LedgerTransaction, list[LedgerEntry]]]:
    ids = [transaction.id for transaction in transactions]
    query = select(LedgerEntry).where(col(LedgerEntry.transaction_id).in_(ids))
    found: dict[TransactionId, list[LedgerEntry]] = {i: [] for i in ids}
    for entry in work.session.exec(query):
        found[entry.transaction_id].append(entry)
    return [(transaction, found[transaction.id]) for transaction in transactions]


def _numbered(work: Work, postings: Sequence[Posting]) -> list[Posting]:
    """Give each posting its nth, all subjects of a kind in one question."""
    kinds = {posting.kind for posting in postings} - {Kind.REVERSAL}
    nths: Mapping[Kind, Mapping[Any, int]] = {
        kind: rows.next_nth(work, kind, [p.about_id for p in postings if p.kind is kind])
        for kind in kinds
    }
    return [
        posting.nth_time(nths[posting.kind][posting.about_id]) if posting.kind in nths else posting
        for posting in postings
    ]


def _transaction(work: Work, posting: Posting) -> dict[str, Any]:
    return {
        "id": posting.id,
        "created_at": work.now,
        "kind": posting.kind,
        "about_id": posting.about_id,
        "nth": posting.nth,
        "reverses_id": posting.reverses_id,
        "effective_on": posting.effective_on,
        "words": keep(posting.words),
        "student_id": posting.student_id,
        "price_plan_id": posting.price_plan_id,
        "tax_bp": posting.tax.basis_points,
        "tax_included": posting.tax.included,
    }


def _entry(work: Work, posting: Posting, entry: Entry) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": work.now,
        "transaction_id": posting.id,
        "account": entry.account,
        "family_id": entry.family_id,
        "amount_minor": entry.minor,
        "currency": posting.currency,
    }
