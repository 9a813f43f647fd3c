"""What came in during a month: the parts of what the dashboard calls collected."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.access.run import month_of
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.ledger import Account
from studio_app.billing.rules.words import recall
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_money, say_month
from studio_app.kit.ids import FamilyId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family

MONEY = (Account.CASH, Account.BANK, Account.CARD_CLEARING)


@dataclass(frozen=True, slots=True)
class CameIn:
    """A payment, or one that was taken back; then the amount is negative."""

    family_id: FamilyId
    family: str
    what: str
    on: str
    said: str
    minor: int


@dataclass(frozen=True, slots=True)
class MonthsMoney:
    """The total is the sum of the rows. `before` and `after` are the months beside it."""

    month: str
    total: str
    total_minor: int
    rows: tuple[CameIn, ...]
    before: date
    after: date | None


@requires(Permission.BILLING_VIEW)
def money_in(work: Work, month: date | None = None) -> MonthsMoney:
    """Everything that came in during the month of a day, this month's else; the latest first."""
    today = local_date(work.now, studio_zone(work))
    span = month_of(min(month or today, today))
    found = ask(
        work, _movements(span.first, min(span.until, date.fromordinal(today.toordinal() + 1)))
    )
    currency, locale = studio(work).currency, work.actor.locale

    def said(minor: int) -> str:
        return say_money(Money(minor, currency), locale)

    rows = tuple(
        CameIn(
            row.family_id,
            row.family,
            recall(row.words, locale),
            say_date(row.effective_on, locale),
            said(row.minor),
            row.minor,
        )
        for row in found
    )
    total = sum(row.minor for row in rows)
    return MonthsMoney(
        month=say_month(span.first, locale),
        total=said(total),
        total_minor=total,
        rows=rows,
        before=month_of(date.fromordinal(span.first.toordinal() - 1)).first,
        after=span.until if span.until <= today else None,
    )


def _movements(first: date, until: date) -> Any:
    """Movements of money with the family on the other side of them."""
    owed = aliased(LedgerEntry, name="owed")
    other_side = and_(
        col(owed.transaction_id) == col(LedgerTransaction.id),
        col(owed.account) == Account.RECEIVABLE,
    )
    columns: list[Any] = [
        col(owed.family_id),
        col(Family.name).label("family"),
        col(LedgerTransaction.words),
        col(LedgerTransaction.effective_on),
        col(LedgerEntry.amount_minor).label("minor"),
    ]
    return (
        select(*columns)
        .join_from(
            LedgerTransaction,
            LedgerEntry,
            col(LedgerEntry.transaction_id) == col(LedgerTransaction.id),
        )
        .join(owed, other_side)
        .join(Family, col(Family.id) == col(owed.family_id))
        .where(
            col(LedgerEntry.account).in_(MONEY),
            col(LedgerTransaction.effective_on) >= first,
            col(LedgerTransaction.effective_on) < until,
        )
        .order_by(col(LedgerTransaction.effective_on).desc(), col(LedgerTransaction.id).desc())
    )
