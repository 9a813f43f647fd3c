"""What lessons cost from a day on, how enrolments are billed, and what else is charged."""

from datetime import date
from uuid import UUID

from sqlmodel import select

from studio_app.billing.access import affected, rows
from studio_app.billing.commands.charging import charge_seats
from studio_app.billing.commands.ledger import own_currency, post, today
from studio_app.billing.models.ledger import LedgerTransaction
from studio_app.billing.models.payments import Fee
from studio_app.billing.models.prices import BillingArrangement, PricePlan
from studio_app.billing.rules.ledger import NO_TAX, Account, Kind, Posting, TaxRate, owed
from studio_app.billing.rules.pricing import ANY_LESSON, Mode, Per, Scope
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import (
    EnrolmentId,
    FamilyId,
    PricePlanId,
    StudentId,
    TransactionId,
    new_id,
)
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

WHOLE = 10_000
"""A hundred percent in basis points."""


class PriceInUse(Conflict):
    message = _("Lessons have already been billed at this price. Let the new one begin later.")


class NegativePrice(Refused):
    message = _("A price cannot be below zero.")


class NotARate(Refused):
    message = _("Tax must be between 0 and 100 per cent.")


class NothingCharged(Refused):
    message = _("Please say what it is for and how much it is.")


@requires(Permission.BILLING_MANAGE)
def set_price(
    work: Work,
    amount: Money,
    *,
    from_on: date,
    scope: Scope = ANY_LESSON,
    per: Per = Per.LESSON,
    tax: TaxRate = NO_TAX,
) -> PricePlanId:
    """What lessons of this scope cost from a day on. Earlier prices stay what they were.

    Lessons from that day on that were held and are not billed yet are charged at it at once.
    """
    own_currency(work, amount)
    if amount.minor < 0:
        raise NegativePrice
    _require_rate(tax)
    rows.require_known(work, scope)
    plan = _same_day(work, scope, from_on) or PricePlan(
        lesson_type_id=scope.lesson_type_id,
        teacher_id=scope.teacher_id,
        student_id=scope.student_id,
        minutes=scope.minutes,
        from_on=from_on,
        amount_minor=amount.minor,
        currency=amount.currency,
        created_at=work.now,
    )
    plan.amount_minor, plan.currency, plan.per = amount.minor, amount.currency, per
    plan.tax_bp, plan.tax_included = tax.basis_points, tax.included
    work.session.add(plan)
    work.session.flush()
    held = affected.held_and_unbilled(work)
    charge_seats(work, [*held, *affected.charged_and_not_billed(work, from_on=from_on)])
    return plan.id


@requires(Permission.BILLING_MANAGE)
def bill_enrolment(work: Work, enrolment_id: EnrolmentId, mode: Mode) -> None:
    """From now on charge this enrolment lesson by lesson once held, or a term in advance."""
    rows.require_enrolment(work, enrolment_id)
    arranged = work.session.exec(
        select(BillingArrangement).where(BillingArrangement.enrolment_id == enrolment_id)
    ).one_or_none()
    arranged = arranged or BillingArrangement(
        enrolment_id=enrolment_id, mode=mode, created_at=work.now
    )
    arranged.mode = mode
    work.session.add(arranged)


@requires(Permission.BILLING_MANAGE)
def charge_fee(
    work: Work,
    family_id: FamilyId,
    amount: Money,
    *,
    description: str,
    student_id: StudentId | None = None,
    tax: TaxRate = NO_TAX,
    on: date | None = None,
) -> TransactionId:
    """Charge something that is not a lesson: a book, an exam. It is on the next invoice."""
    family = rows.family(work, family_id, lock=True)
    own_currency(work, amount)
    if amount.minor <= 0 or not description.strip():
        raise NothingCharged
    _require_rate(tax)
    rows.require_known(work, Scope(student_id=student_id))
    return write_fee(work, family.id, amount, description, student_id=student_id, tax=tax, on=on)


def write_fee(
    work: Work,
    family_id: FamilyId,
    amount: Money,
    description: str,
    *,
    student_id: StudentId | None = None,
    tax: TaxRate = NO_TAX,
    on: date | None = None,
    about_id: UUID | None = None,
) -> TransactionId:
    """The same for callers who know that student and family belong together; `about_id` is what
    there is one such fee for."""
    fee = Fee(
        id=about_id or new_id(),
        family_id=family_id,
        student_id=student_id,
        description=description.strip(),
        recorded_by=work.actor.person_id,
        created_at=work.now,
    )
    work.session.add(fee)
    work.session.flush()
    posting = Posting(
        kind=Kind.FEE,
        about_id=fee.id,
        effective_on=on or today(work),
        words=_("{what}", what=fee.description),
        currency=amount.currency,
        entries=owed(family_id, amount, Account.INCOME),
        student_id=student_id,
        tax=tax,
    )
    post(work, posting)
    return posting.id


def _same_day(work: Work, scope: Scope, from_on: date) -> PricePlan | None:
    """The price that already begins on this day, if nothing was billed at it yet."""
    query = select(PricePlan).where(
        PricePlan.lesson_type_id == scope.lesson_type_id,
        PricePlan.teacher_id == scope.teacher_id,
        PricePlan.student_id == scope.student_id,
        PricePlan.minutes == scope.minutes,
        PricePlan.from_on == from_on,
    )
    plan = work.session.exec(query).one_or_none()
    if plan is None:
        return None
    used = select(LedgerTransaction.id).where(LedgerTransaction.price_plan_id == plan.id)
    if work.session.exec(used).first():
        raise PriceInUse
    return plan


def _require_rate(tax: TaxRate) -> None:
    if not 0 <= tax.basis_points <= WHOLE:
        raise NotARate
