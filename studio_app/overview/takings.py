"""What came in, day by day, and how sums and days are said on the overview screens."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.queries.money_in import MONEY
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_money
from studio_app.kit.money import Money
from studio_app.kit.work import Work

MONTHS = 6


def by_day(work: Work, since: date) -> list[tuple[date, int]]:
    on = col(LedgerTransaction.effective_on)
    query = (
        select(on, func.sum(col(LedgerEntry.amount_minor)))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(col(LedgerEntry.account).in_(MONEY), on >= since, on <= today_of(work))
        .group_by(on)
    )
    return [(day, int(minor)) for day, minor in ask(work, query)]


def today_of(work: Work) -> date:
    return local_date(work.now, studio_zone(work))


def said(work: Work, minor: int) -> str:
    return say_money(Money(minor, studio(work).currency), work.actor.locale)
