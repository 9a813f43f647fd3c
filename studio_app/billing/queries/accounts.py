"""What a payer sees of their own accounts."""

from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.billing.access import sums
from studio_app.billing.models.payments import HowToPay
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_money
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_accounts
from studio_app.people.models import Family


@dataclass(frozen=True, slots=True)
class Account:
    """One account: a negative balance is credit. The invoice is the one that is due first."""

    family_id: FamilyId
    family: str
    balance_minor: int
    balance: str
    credit: str
    """What is in credit, without a sign"""
    overdue_minor: int
    overdue: str
    days_overdue: int
    invoice_id: InvoiceId | None
    invoice_number: int | None
    due: str


@requires(Permission.STATEMENT_VIEW)
def my_accounts(work: Work) -> list[Account]:
    """The accounts that are the actor's own to settle, also of who may see all of them."""
    query = select(Family).where(col(Family.id).in_(own_accounts(work))).order_by(col(Family.name))
    families = work.session.exec(query).all()
    ids = [family.id for family in families]
    balances, debts = sums.balances(work, ids), sums.open_debts(work, ids)
    here, locale = studio(work), work.actor.locale
    today = local_date(work.now, studio_zone(work))
    shown: list[Account] = []
    for family in families:
        owed = sorted(debts[family.id], key=lambda debt: (debt.due_on, debt.number))
        late = [debt for debt in owed if debt.due_on < today]
        minor = balances[family.id]
        overdue = min(sum(debt.minor for debt in late), max(minor, 0))
        said, credit, late_said = (
            say_money(Money(each, here.currency), locale)
            for each in (minor, max(-minor, 0), overdue)
        )
        first = owed[0] if owed else None
        shown.append(
            Account(
                family_id=family.id,
                family=family.name,
                balance_minor=minor,
                balance=said,
                credit=credit,
                overdue_minor=overdue,
                overdue=late_said,
                days_overdue=(today - late[0].due_on).days if overdue else 0,
                invoice_id=first.invoice_id if first else None,
                invoice_number=first.number if first else None,
                due=say_date(first.due_on, locale) if first else "",
            )
        )
    return shown


@requires(Permission.STATEMENT_VIEW)
def how_to_pay(work: Work) -> str:
    """The studio's own words on paying by cash or transfer; empty until it has written some."""
    return work.session.exec(select(HowToPay.words)).first() or ""
