"""What came in and what is still open, month by month."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.access.sums import settlements
from studio_app.billing.models.invoices import Invoice
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_short_month
from studio_app.kit.work import Work, requires
from studio_app.overview.months import month_begin, months_before
from studio_app.overview.takings import MONTHS, by_day, said, today_of


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """What came in during a month, and what is still open of its invoices."""

    month: str
    collected_minor: int
    open_minor: int
    collected: str
    open: str


@requires(Permission.OVERVIEW_VIEW)
def money_by_month(work: Work) -> list[MonthMoney]:
    """The last six months with this one, the earliest first; months without money too."""
    today = today_of(work)
    begins = [*months_before(today, MONTHS - 1), month_begin(today)]
    taken = _money_in(work, begins[0])
    left = _still_open(work, begins[0])
    locale = work.actor.locale
    return [
        MonthMoney(
            say_short_month(begin, locale),
            taken.get(begin, 0),
            left.get(begin, 0),
            said(work, taken.get(begin, 0)),
            said(work, left.get(begin, 0)),
        )
        for begin in begins
    ]


def _money_in(work: Work, since: date) -> dict[date, int]:
    months: dict[date, int] = {}
    for day, minor in by_day(work, since):
        months[month_begin(day)] = months.get(month_begin(day), 0) + minor
    return months


def _still_open(work: Work, since: date) -> dict[date, int]:
    query = select(col(Invoice.id), col(Invoice.issued_on)).where(
        col(Invoice.sent_at).is_not(None),
        col(Invoice.voided_at).is_(None),
        col(Invoice.issued_on) >= since,
    )
    invoices = ask(work, query)
    settled = settlements(work, [invoice_id for invoice_id, _on in invoices])
    months: dict[date, int] = {}
    for invoice_id, issued_on in invoices:
        month = month_begin(issued_on)
        months[month] = months.get(month, 0) + max(settled[invoice_id].balance_due, 0)
    return months
