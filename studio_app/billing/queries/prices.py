"""The rate card: what lessons cost, since when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from studio_app.billing.access.seats import prices
from studio_app.billing.models.prices import PricePlan
from studio_app.billing.rules.ledger import TaxRate
from studio_app.billing.rules.pricing import Per, Scope, why_this_price
from studio_app.billing.rules.words import keep, recall
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money
from studio_app.kit.ids import PricePlanId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class PricePlanRow:
    """One price; of those that cover a lesson and have begun, the most specific one counts."""

    id: PricePlanId
    scope: Scope
    from_on: date
    amount: Money
    said: str
    per: Per
    tax: TaxRate
    covers: str
    """Piano, Tom Teal, 30 min; empty: every lesson"""
    why: str
    """What it is for, as a statement explains it."""


@requires(Permission.BILLING_VIEW)
def price_plans(work: Work) -> list[PricePlanRow]:
    """Every price, the most specific first and of those the latest first."""
    locale, names = work.actor.locale, _names(work)
    found = sorted(prices(work), key=lambda price: (price.scope.rank, price.from_on), reverse=True)
    return [
        PricePlanRow(
            price.id,
            price.scope,
            price.from_on,
            price.amount,
            say_money(price.amount, locale),
            price.per,
            price.tax,
            _covers(price.scope, names, locale),
            recall(keep(why_this_price(price)), locale),
        )
        for price in found
    ]


def _covers(scope: Scope, names: dict[UUID, str], locale: str) -> str:
    ids = (scope.student_id, scope.lesson_type_id, scope.teacher_id)
    parts = [names.get(id_, "") for id_ in ids if id_]
    lasting = _("{n} min", n=scope.minutes).say(locale) if scope.minutes else ""
    return " · ".join(part for part in (*parts, lasting) if part)


def _names(work: Work) -> dict[UUID, str]:
    """Of what prices name."""
    students = select(Student).join(PricePlan, col(PricePlan.student_id) == Student.id)
    kinds = {row.id: row.name for row in work.session.exec(select(LessonType))}
    teachers = {row.id: row.name for row in work.session.exec(select(Teacher))}
    return {**kinds, **teachers, **{row.id: row.name for row in work.session.exec(students)}}
