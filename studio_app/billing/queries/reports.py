"""What the studio earned."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.ledger import Account
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money, say_month
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class MonthRevenue:
    """What lessons and fees of a month earned, credit given taken off."""

    month: date
    label: str
    minor: int
    said: str


EARNING = (Account.INCOME, Account.CREDIT_GIVEN)


@requires(Permission.BILLING_VIEW)
def revenue_by_month(work: Work, *, since: date) -> list[MonthRevenue]:
    """Income by the month it was earned in: sold lessons count when they are held."""
    month = func.date_trunc("month", col(LedgerTransaction.effective_on))
    query = (
        select(month, -func.sum(col(LedgerEntry.amount_minor)))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(col(LedgerEntry.account).in_(EARNING), col(LedgerTransaction.effective_on) >= since)
        .group_by(month)
        .order_by(month)
    )
    currency, locale = studio(work).currency, work.actor.locale
    return [
        MonthRevenue(
            begun.date(),
            say_month(begun.date(), locale),
            int(minor),
            say_money(Money(int(minor), currency), locale),
        )
        for begun, minor in ask(work, query)
    ]
