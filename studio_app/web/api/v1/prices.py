"""What lessons cost, how enrolments are billed, and the billing run."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query

from studio_app.billing.commands.billing_run import DUE_IN, Billed, bill_month, bill_term
from studio_app.billing.commands.prices import (
    ANY_LESSON,
    NO_TAX,
    Mode,
    Per,
    Scope,
    TaxRate,
    bill_enrolment,
    set_price,
)
from studio_app.billing.queries.billing_run import (
    RunPreview,
    ToDecide,
    month_preview,
    term_preview,
    unbilled_held_lessons,
)
from studio_app.billing.queries.prices import PricePlanRow, price_plans
from studio_app.kit.ids import EnrolmentId, SeatId, TermId
from studio_app.kit.money import Money
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import AnyDay
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["prices and billing run"])
Leaving = Annotated[list[SeatId] | None, Query()]


@dataclass(frozen=True, slots=True)
class NewPrice:
    """What lessons of the scope cost from a day on; a null in the scope may be anything.
    Tax is in hundredths of a percent, inside the price or on top."""

    amount: Money
    from_on: date
    scope: Scope = ANY_LESSON
    per: Per = Per.LESSON
    tax: TaxRate = NO_TAX


@dataclass(frozen=True, slots=True)
class Run:
    """`leaving` names the undecided lessons that are left for later; due in days."""

    leaving: tuple[SeatId, ...] = ()
    due_in: int = DUE_IN
    sending: bool = False


@router.get("/price-plans")
def list_prices(asking: Asking, page: Paging) -> Page[PricePlanRow]:
    return page.of(asking.run(price_plans), by=lambda one: one.id)


@router.post("/price-plans", status_code=201)
def create_price(asking: Asking, price: NewPrice) -> Made:
    """Lessons that were held and had no price are charged at once. 409 if lessons were billed
    at a price of the same scope and day."""
    return Made(
        asking.run(
            set_price,
            price.amount,
            from_on=price.from_on,
            scope=price.scope,
            per=price.per,
            tax=price.tax,
        )
    )


@router.put("/enrolments/{enrolment_id}/billing", status_code=204)
def arrange(
    asking: Asking, enrolment_id: EnrolmentId, mode: Annotated[Mode, Body(embed=True)]
) -> None:
    """In arrears lesson by lesson, or a term in advance."""
    asking.run(bill_enrolment, enrolment_id, mode)


@router.get("/billing/unbilled")
def list_unbilled(asking: Asking, page: Paging) -> Page[ToDecide]:
    """Lessons that were held and have no price."""
    return page.of(asking.run(unbilled_held_lessons), by=lambda one: one.seat_id)


@router.get("/billing/months/{month}")
def preview_month(asking: Asking, month: AnyDay, leaving: Leaving = None) -> RunPreview:
    """What billing the month of this day would write, and what must be decided first."""
    return asking.run(month_preview, month, leaving=tuple(leaving or ()))


@router.post("/billing/months/{month}")
def run_month(asking: Asking, month: AnyDay, run: Run) -> Billed:
    """Writes invoices, and sends them if asked to. Run again it has nothing left to write; 422
    while lessons are undecided."""
    return asking.run(
        bill_month, month, leaving=run.leaving, due_in=run.due_in, sending=run.sending
    )


@router.get("/billing/terms/{term_id}")
def preview_term(asking: Asking, term_id: TermId, leaving: Leaving = None) -> RunPreview:
    """What billing the term in advance would write."""
    return asking.run(term_preview, term_id, leaving=tuple(leaving or ()))


@router.post("/billing/terms/{term_id}")
def run_term(asking: Asking, term_id: TermId, run: Run) -> Billed:
    return asking.run(
        bill_term, term_id, leaving=run.leaving, due_in=run.due_in, sending=run.sending
    )
