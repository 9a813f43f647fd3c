"""What families owe, what they paid, and everything that moved their accounts.

Amounts are `{"minor": 2500, "currency": "GBP"}`; a family that owes has a positive balance.
"""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter

from studio_app.billing.commands.payments import (
    Method,
    post_opening_balance,
    record_payment,
    reverse_opening_balance,
    reverse_payment,
)
from studio_app.billing.commands.prices import NO_TAX, TaxRate, charge_fee
from studio_app.billing.queries.owing import Owing, who_owes
from studio_app.billing.queries.payments import PaymentPage, payments
from studio_app.billing.queries.reports import MonthRevenue, revenue_by_month
from studio_app.billing.queries.statement import (
    Balance,
    Statement,
    family_balance,
    family_statement,
)
from studio_app.kit.ids import FamilyId, PaymentId, StudentId
from studio_app.kit.money import Money
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit, NotTooFar
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["accounts"])


@dataclass(frozen=True, slots=True)
class NewPayment:
    """`key` is made by the sender, one for each payment: the same one again records nothing,
    however much later."""

    amount: Money
    method: Method
    received_on: date
    key: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NewFee:
    """Something that is not a lesson. Without a day it is charged today."""

    amount: Money
    description: str
    student_id: StudentId | None = None
    tax: TaxRate = NO_TAX
    on: date | None = None


@dataclass(frozen=True, slots=True)
class OpeningBalance:
    """What a family owed on the day of moving here; negative: had in credit."""

    amount: Money
    on: date


@router.get("/owing")
def list_owing(asking: Asking, page: Paging) -> Page[Owing]:
    """Families whose balance is not nothing, whoever owes most now first."""
    return page.of(asking.run(who_owes), by=lambda one: one.family_id)


@router.get("/revenue")
def list_revenue(asking: Asking, since: NotTooFar) -> list[MonthRevenue]:
    """What each month earned; lessons sold ahead count when they are held."""
    return asking.run(revenue_by_month, since=since)


@router.get("/families/{family_id}/balance")
def read_balance(asking: Asking, family_id: FamilyId) -> Balance:
    """In minor units; negative is credit."""
    return asking.run(family_balance, family_id)


@router.get("/families/{family_id}/statement")
def read_statement(
    asking: Asking, family_id: FamilyId, since: NotTooFar | None = None
) -> Statement:
    """Every movement with the balance after it; `since` brings earlier ones forward in one
    sum. A family reads its own."""
    return asking.run(family_statement, family_id, since=since)


@router.get("/payments")
def list_payments(
    asking: Asking,
    family_id: FamilyId | None = None,
    after: PaymentId | None = None,
    limit: Limit = 50,
) -> PaymentPage:
    """The latest first, a page at a time: ask for `after=next_after` until it is null."""
    return asking.run(payments, family_id=family_id, after=after, limit=limit)


@router.post("/families/{family_id}/payments", status_code=201)
def create_payment(asking: Asking, family_id: FamilyId, payment: NewPayment) -> Made:
    """It settles the oldest debts first; what is left over stays as credit."""
    return Made(
        asking.run(
            record_payment,
            family_id,
            payment.amount,
            method=payment.method,
            received_on=payment.received_on,
            key=payment.key,
            reference=payment.reference,
        )
    )


@router.post("/payments/{payment_id}/reverse", status_code=204)
def take_payment_back(asking: Asking, payment_id: PaymentId) -> None:
    """By new entries that say so; nothing is deleted. 409 if it was reversed before."""
    asking.run(reverse_payment, payment_id)


@router.post("/families/{family_id}/fees", status_code=201)
def create_fee(asking: Asking, family_id: FamilyId, fee: NewFee) -> Made:
    """On the family's next invoice; answers the ledger's transaction."""
    return Made(
        asking.run(
            charge_fee,
            family_id,
            fee.amount,
            description=fee.description,
            student_id=fee.student_id,
            tax=fee.tax,
            on=fee.on,
        )
    )


@router.put("/families/{family_id}/opening-balance", status_code=204)
def open_account(asking: Asking, family_id: FamilyId, opening: OpeningBalance) -> None:
    """Once per family: the same again changes nothing, 409 for another amount."""
    asking.run(post_opening_balance, family_id, opening.amount, opening.on)


@router.delete("/families/{family_id}/opening-balance", status_code=204)
def take_opening_back(asking: Asking, family_id: FamilyId) -> None:
    asking.run(reverse_opening_balance, family_id)
