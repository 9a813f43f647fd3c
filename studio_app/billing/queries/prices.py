"""The rate card: what lessons cost, since when."""

from dataclasses import dataclass
from datetime import date

from studio_app.billing.access.seats import prices
from studio_app.billing.rules.ledger import TaxRate
from studio_app.billing.rules.pricing import Per, Scope, why_this_price
from studio_app.billing.rules.words import keep, recall
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money
from studio_app.kit.ids import PricePlanId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires


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
    why: str
    """What it is for, as a statement explains it."""


@requires(Permission.BILLING_VIEW)
def price_plans(work: Work) -> list[PricePlanRow]:
    """Every price, the most specific first and of those the latest first."""
    locale = work.actor.locale
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
            recall(keep(why_this_price(price)), locale),
        )
        for price in found
    ]
