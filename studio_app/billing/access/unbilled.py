"""What the books hold and no invoice asks for yet."""

from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.models.invoices import InvoiceItem
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.invoicing import Item
from studio_app.billing.rules.ledger import Account, Kind, TaxRate
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.ids import FamilyId
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Seat

BILLED = (Kind.CHARGE, Kind.FEE, Kind.PACKAGE, Kind.OPENING_BALANCE)


def standing(work: Work, *, until: date) -> dict[FamilyId, list[Item]]:
    """Charges, fees, what was owed before, and reversals of these, before a day.

    A transaction and its reversal that were both never billed cancel out and are left out.
    Credit from before is not billed: it settles invoices.
    """
    zone = studio_zone(work)
    found: dict[FamilyId, list[Item]] = defaultdict(list)
    with _whole_tables(work):
        rows = ask(work, _query(until))
    for row in rows:
        family, id_, effective_on, starts_at, minor, words, tax_bp, included = row[:8]
        on = local_date(starts_at, zone) if starts_at else effective_on
        tax = TaxRate(tax_bp, included)
        found[family].append(
            Item(id_, on, minor, words, tax, row[8], row[9] or "", Account(row[10]))
        )
    return found


@contextmanager
def _whole_tables(work: Work) -> Generator[None, None, None]:
    """Join a studio's rows as wholes, not one by one.

    Right after a large run Postgres still thinks that the new tables are empty and would look
    through all invoice items for each transaction: minutes for ten thousand students.
    """
    connection = work.session.connection()
    connection.execute(text("set local enable_nestloop = off"))
    yield
    connection.execute(text("set local enable_nestloop = on"))


def _query(until: date) -> Select[*tuple[Any, ...]]:
    undone = aliased(LedgerTransaction, name="undone")
    given = aliased(LedgerEntry, name="given")
    subject = func.coalesce(col(undone.about_id), col(LedgerTransaction.about_id))
    return (
        select(
            col(LedgerEntry.family_id),
            col(LedgerTransaction.id),
            col(LedgerTransaction.effective_on),
            col(Seat.starts_at),
            col(LedgerEntry.amount_minor),
            col(LedgerTransaction.words),
            col(LedgerTransaction.tax_bp),
            col(LedgerTransaction.tax_included),
            col(Student.id),
            func.trim(col(Student.first_name) + " " + col(Student.last_name)),
            col(given.account),
        )
        .join_from(LedgerEntry, LedgerTransaction, _same_transaction(LedgerEntry))
        .join(given, and_(_same_transaction(given), col(given.account) != Account.RECEIVABLE))
        .outerjoin(undone, col(undone.id) == col(LedgerTransaction.reverses_id))
        .outerjoin(Seat, col(Seat.id) == subject)
        .outerjoin(Student, col(Student.id) == col(LedgerTransaction.student_id))
        .where(
            col(LedgerEntry.account) == Account.RECEIVABLE,
            col(LedgerTransaction.effective_on) < until,
            or_(
                and_(col(LedgerTransaction.kind).in_(BILLED), ~_unbilled_reversal()),
                and_(col(undone.kind).in_(BILLED), _billed(undone.id)),
            ),
            or_(
                col(LedgerTransaction.kind) != Kind.OPENING_BALANCE,
                col(LedgerEntry.amount_minor) > 0,
            ),
            ~_billed(col(LedgerTransaction.id)),
        )
    )


def _same_transaction(entry: Any) -> ColumnElement[bool]:
    return entry.transaction_id == col(LedgerTransaction.id)


def _billed(transaction_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(InvoiceItem.transaction_id) == transaction_id, col(InvoiceItem.released_at).is_(None)
    )


def _unbilled_reversal() -> ColumnElement[bool]:
    undo = aliased(LedgerTransaction)
    return exists().where(
        col(undo.reverses_id) == col(LedgerTransaction.id), ~_billed(col(undo.id))
    )
