"""What a family sees of its money. Only one's own, also for who teaches or runs the studio."""

from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.billing.access import rows, sums
from studio_app.billing.cards import InvoiceCard, cards
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.payments import HowToPay
from studio_app.billing.queries.computed import Computed, how_computed
from studio_app.billing.queries.invoices import InvoiceView, invoice
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_money
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_accounts
from studio_app.people.models import Family


@dataclass(frozen=True, slots=True)
class MyAccount:
    """One account of one's own, and what its balance is made of.

    What is open on invoices plus what is not on an invoice (lessons not billed yet; negative:
    credit) is the balance.
    """

    family_id: FamilyId
    family: str
    balance_minor: int
    balance: str
    due_now_minor: int
    due_now: str
    days_overdue: int
    open: tuple[InvoiceCard, ...]
    rest_minor: int
    rest: str


@dataclass(frozen=True, slots=True)
class MyInvoice:
    """One document of one's own, how its total came about, and how it can be paid."""

    view: InvoiceView
    computed: Computed
    how_to_pay: str


@requires(Permission.STATEMENT_VIEW)
def my_accounts(work: Work) -> list[MyAccount]:
    """The accounts one pays or learns on, and what each owes."""
    query = select(Family).where(col(Family.id).in_(own_accounts(work)))
    families = work.session.exec(query.order_by(col(Family.name), col(Family.id))).all()
    ids = [family.id for family in families]
    owed, debts = sums.balances(work, ids), sums.open_debts(work, ids)
    shown = _open_invoices(work)
    today = local_date(work.now, studio_zone(work))
    currency, locale = studio(work).currency, work.actor.locale

    def said(minor: int) -> str:
        return say_money(Money(abs(minor), currency), locale)

    found: list[MyAccount] = []
    for family in families:
        minor, due = owed[family.id], [d for d in debts[family.id] if d.due_on <= today]
        now = min(sum(debt.minor for debt in due), max(minor, 0))
        rest = minor - sum(debt.minor for debt in debts[family.id])
        found.append(
            MyAccount(
                family_id=family.id,
                family=family.name,
                balance_minor=minor,
                balance=said(minor),
                due_now_minor=now,
                due_now=said(now),
                days_overdue=max(((today - d.due_on).days for d in due), default=0),
                open=tuple(card for card in shown if card.family_id == family.id),
                rest_minor=rest,
                rest=said(rest),
            )
        )
    return found


@requires(Permission.STATEMENT_VIEW)
def my_invoices(work: Work) -> list[InvoiceCard]:
    """Every document sent to one's own accounts, the newest first."""
    return _invoices(work)


@requires(Permission.STATEMENT_VIEW)
def my_invoice(work: Work, invoice_id: InvoiceId) -> MyInvoice:
    rows.own_invoice(work, invoice_id)
    view, computed = invoice(work, invoice_id), how_computed(work, invoice_id)
    return MyInvoice(view, computed, how_to_pay(work))


@requires(Permission.STATEMENT_VIEW)
def how_to_pay(work: Work) -> str:
    """The studio's own words on paying by cash or transfer; empty until it has written some."""
    return work.session.exec(select(HowToPay.words)).first() or ""


def _open_invoices(work: Work) -> list[InvoiceCard]:
    return [card for card in _invoices(work) if card.balance_due_minor > 0]


def _invoices(work: Work) -> list[InvoiceCard]:
    query = select(Invoice, Family.name).join(Family, col(Family.id) == Invoice.family_id)
    query = query.where(rows.is_mine(work)).order_by(col(Invoice.number).desc())
    return cards(work, work.session.exec(query).all())
