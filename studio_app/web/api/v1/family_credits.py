"""Credits and packages: what a family may still have, and what was sold to it.

Of lessons and sessions the amount is a number of them, of money minor units of the studio's
currency.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body

from studio_app.attendance.completing import choose_completion
from studio_app.attendance.queries import completes_lessons
from studio_app.billing.commands.credits import (
    ANYTHING,
    CreditKind,
    GoodFor,
    give_credit,
    restore_credit,
    void_credit,
)
from studio_app.billing.commands.packages import (
    Offer,
    offer_again,
    offer_package,
    sell_package,
    take_back_package,
    withdraw_package,
)
from studio_app.billing.queries.credits import CreditCard, family_credits, my_credits
from studio_app.billing.queries.packages import PackageRow, package_list
from studio_app.kit.ids import (
    CreditEntryId,
    CreditLotId,
    FamilyId,
    PackageId,
    SaleId,
    StudentId,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["credits and packages"])
Reason = Annotated[str, Body(embed=True)]


@dataclass(frozen=True, slots=True)
class NewCredit:
    """Given by hand, with a reason that the family reads. A null in `good_for` may be anything;
    without a last day it does not run out."""

    kind: CreditKind
    amount: int
    reason: str
    student_id: StudentId | None = None
    good_for: GoodFor = ANYTHING
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class NewSale:
    """Without a student the sessions are the whole family's."""

    package_id: PackageId
    student_id: StudentId | None = None


@router.get("/families/{family_id}/credits")
def list_credits(asking: Asking, family_id: FamilyId) -> list[CreditCard]:
    """What is left first, by the day it runs out, each with its history. A family reads its own."""
    return asking.run(family_credits, family_id)


@router.get("/me/credits")
def list_my_credits(asking: Asking) -> list[CreditCard]:
    return asking.run(my_credits)


@router.post("/families/{family_id}/credits", status_code=201)
def create_credit(asking: Asking, family_id: FamilyId, credit: NewCredit) -> Made:
    """Money is spent at once on what the family owes."""
    return Made(
        asking.run(
            give_credit,
            family_id,
            credit.kind,
            credit.amount,
            reason=credit.reason,
            student_id=credit.student_id,
            good_for=credit.good_for,
            valid_until=credit.valid_until,
        )
    )


@router.post("/credits/{lot_id}/void", status_code=201)
def void(asking: Asking, lot_id: CreditLotId, reason: Reason) -> Made:
    """Takes back what is left; answers the entry, by which it can be restored. 422 for what was
    sold: that is taken back with its package."""
    return Made(asking.run(void_credit, lot_id, reason=reason))


@router.post("/credit-entries/{entry_id}/restore", status_code=204)
def restore(asking: Asking, entry_id: CreditEntryId) -> None:
    """What was voided, or has run out, is good again. 409 if that was done before."""
    asking.run(restore_credit, entry_id)


@router.get("/packages")
def list_packages(asking: Asking, page: Paging) -> Page[PackageRow]:
    return page.of(asking.run(package_list), by=lambda one: one.id)


@router.post("/packages", status_code=201)
def create_package(asking: Asking, offer: Offer) -> Made:
    return Made(asking.run(offer_package, offer))


@router.delete("/packages/{package_id}", status_code=204)
def withdraw(asking: Asking, package_id: PackageId) -> None:
    """It is not sold any more; what was sold stays good."""
    asking.run(withdraw_package, package_id)


@router.post("/packages/{package_id}/restore", status_code=204)
def sell_again(asking: Asking, package_id: PackageId) -> None:
    asking.run(offer_again, package_id)


@router.post("/families/{family_id}/packages", status_code=201)
def create_sale(asking: Asking, family_id: FamilyId, sale: NewSale) -> Made:
    """The price is on the family's next invoice, the sessions are there at once."""
    return Made(asking.run(sell_package, sale.package_id, family_id, student_id=sale.student_id))


@router.post("/package-sales/{sale_id}/take-back", status_code=204)
def take_back(asking: Asking, sale_id: SaleId, reason: Reason) -> None:
    """422 once a session of it is used."""
    asking.run(take_back_package, sale_id, reason=reason)


@router.get("/completion-rule")
def read_completion(asking: Asking) -> bool:
    """Whether lessons are taken as held once they are over."""
    return asking.run(completes_lessons)


@router.put("/completion-rule", status_code=204)
def set_completion(asking: Asking, completes: Annotated[bool, Body(embed=True)]) -> None:
    asking.run(choose_completion, completes=completes)
