"""Packages that are on the price list, and those that were."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.billing.models.packages import Package, PackageSale
from studio_app.billing.rules.ledger import TaxRate
from studio_app.credits.rules.expiry import PAID_CREDIT
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money
from studio_app.kit.ids import LessonTypeId, PackageId
from studio_app.kit.money import Money
from studio_app.kit.words import _, many
from studio_app.kit.work import Work, requires
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package; `price` is for all of its sessions."""

    id: PackageId
    name: str
    sessions: int
    covers: str
    """Piano, 30 min; empty: every lesson"""
    lesson_type_id: LessonTypeId | None
    minutes: int | None
    months: int | None
    lasting: str
    """How long it is good for; empty: it does not run out"""
    price: Money
    said: str
    tax: TaxRate
    sold: int
    is_on_offer: bool


@dataclass(frozen=True, slots=True)
class Lasting:
    """What the studio's country says of credit that was paid for: may it run out at all?"""

    may_run_out: bool
    years: int
    """How long it must be good at least"""


@requires(Permission.BILLING_VIEW)
def package_list(work: Work) -> list[PackageRow]:
    """Those on offer first, by name."""
    locale = work.actor.locale
    sold = (
        select(func.count())
        .select_from(PackageSale)
        .where(PackageSale.package_id == Package.id)
        .scalar_subquery()
    )
    query = (
        select(Package, LessonType.name, sold)
        .join(LessonType, col(LessonType.id) == Package.lesson_type_id, isouter=True)
        .order_by(col(Package.archived_at).is_not(None), Package.name, col(Package.id))
    )
    return [
        PackageRow(
            row.id,
            row.name,
            row.sessions,
            _covers(kind, row.minutes, locale),
            row.lesson_type_id,
            row.minutes,
            row.months,
            many("{n} month", "{n} months", n=row.months).say(locale) if row.months else "",
            price := Money(row.amount_minor, row.currency),
            say_money(price, locale),
            TaxRate(row.tax_bp, row.tax_included),
            int(count),
            row.archived_at is None,
        )
        for row, kind, count in work.session.exec(query)
    ]


@requires(Permission.BILLING_VIEW)
def paid_credit_law(work: Work) -> Lasting:
    """May what was sold run out here, and after how many years at the earliest."""
    law = PAID_CREDIT.get(studio(work).country.upper())
    return Lasting(law is not None, law.years if law else 0)


def _covers(kind: str | None, minutes: int | None, locale: str) -> str:
    lasting = _("{n} min", n=minutes).say(locale) if minutes else ""
    return " · ".join(part for part in (kind or "", lasting) if part)
