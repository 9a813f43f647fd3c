"""Money that came in."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from studio_app.billing.access import rows
from studio_app.billing.models.ledger import LedgerTransaction
from studio_app.billing.models.payments import Payment
from studio_app.billing.rules.ledger import Kind
from studio_app.billing.rules.status import Method
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_date, say_money
from studio_app.kit.ids import FamilyId, PaymentId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family

PAGE = 50
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment. A reversed one stays in the list and counts for nothing."""

    id: PaymentId
    family_id: FamilyId
    family: str
    amount: Money
    said: str
    method: Method
    received_on: date
    received: str
    reference: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class PaymentPage:
    rows: list[PaymentRow]
    next_after: PaymentId | None


@requires(Permission.STATEMENT_VIEW)
def payments(
    work: Work,
    *,
    family_id: FamilyId | None = None,
    after: PaymentId | None = None,
    limit: int = PAGE,
) -> PaymentPage:
    """What was recorded, the latest first; a payer sees their own account's."""
    size = min(max(limit, 1), LONGEST_PAGE)
    live = select(LedgerTransaction.id).where(
        LedgerTransaction.kind == Kind.PAYMENT,
        LedgerTransaction.about_id == Payment.id,
        rows.is_live(),
    )
    query = (
        select(Payment, Family.name, live.exists())
        .join(Family, col(Family.id) == Payment.family_id)
        .where(col(Payment.family_id).in_(rows.visible_accounts(work)))
    )
    if family_id is not None:
        query = query.where(Payment.family_id == rows.family(work, family_id).id)
    if after is not None:
        query = query.where(col(Payment.id) < after)
    found = work.session.exec(query.order_by(col(Payment.id).desc()).limit(size + 1)).all()
    shown = [_row(payment, name, live, work.actor.locale) for payment, name, live in found[:size]]
    return PaymentPage(shown, shown[-1].id if len(found) > size else None)


def _row(payment: Payment, family: str, live: bool, locale: str) -> PaymentRow:  # noqa: FBT001
    return PaymentRow(
        payment.id,
        payment.family_id,
        family,
        payment.amount,
        say_money(payment.amount, locale),
        Method(payment.method),
        payment.received_on,
        say_date(payment.received_on, locale),
        payment.reference,
        not live,
    )
