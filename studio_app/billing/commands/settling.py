"""Which credit settles which invoice: decided by one rule, written row by row."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, select

from studio_app.billing.access import rows, sums
from studio_app.billing.models.payments import Allocation
from studio_app.billing.rules.settling import settled_by
from studio_app.kit.ids import FamilyId, InvoiceId, TransactionId, new_id
from studio_app.kit.money import Money
from studio_app.kit.work import Work


def settle(work: Work, family_ids: Collection[FamilyId]) -> None:
    """Spend whatever credit these families have on what they owe, oldest first.

    Their accounts are locked: two who settle at once do it one after the other.
    """
    rows.lock_accounts(work, family_ids)
    work.session.flush()
    credits_ = sums.open_credits(work, family_ids)
    having = [family for family, found in credits_.items() if found]
    if not having:
        return
    debts = sums.open_debts(work, having)
    made = [
        _row(work, share.minor, share.invoice_id, share.credit.transaction_id)
        | {"credit_note_id": share.credit.credit_note_id}
        for family in having
        for share in settled_by(debts[family], credits_[family])
    ]
    if made:
        work.session.connection().execute(insert(Allocation), made)


def settle_exactly(
    work: Work, transaction_id: TransactionId, invoice_id: InvoiceId, amount: Money
) -> None:
    """Spend a write-off on the invoice it is about and on no other."""
    row = _row(work, amount.minor, invoice_id, transaction_id)
    work.session.connection().execute(insert(Allocation), [row])


def unsettle(work: Work, transaction_id: TransactionId) -> None:
    """Take back what a payment or write-off had settled."""
    undo = aliased(Allocation)
    query = select(Allocation).where(
        Allocation.transaction_id == transaction_id,
        col(Allocation.amount_minor) > 0,
        ~exists().where(col(undo.reverses_id) == Allocation.id),
    )
    made = [
        _row(work, -was.amount_minor, was.invoice_id, transaction_id) | {"reverses_id": was.id}
        for was in work.session.exec(query)
    ]
    if made:
        work.session.connection().execute(insert(Allocation), made)


def _row(
    work: Work, minor: int, invoice_id: InvoiceId, transaction_id: TransactionId | None
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": work.now,
        "invoice_id": invoice_id,
        "transaction_id": transaction_id,
        "credit_note_id": None,
        "amount_minor": minor,
        "reverses_id": None,
    }
