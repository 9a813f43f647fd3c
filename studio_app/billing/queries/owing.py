"""Who owes what: now, and not yet."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.access import sums
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.ledger import LedgerEntry
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_money
from studio_app.kit.ids import FamilyId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family


@dataclass(frozen=True, slots=True)
class Owing:
    """One family. Due now and not yet due add up to the balance."""

    family_id: FamilyId
    family: str
    balance_minor: int
    balance: str
    due_now_minor: int
    due_now: str
    not_yet_due_minor: int
    not_yet_due: str
    days_overdue: int

    @property
    def is_late(self) -> bool:
        return self.due_now_minor > 0 and self.days_overdue > 0


@dataclass(frozen=True, slots=True)
class Owed:
    """Sums over all families, and the families they are the sums of."""

    families: tuple[Owing, ...]
    overdue: str
    owing: str
    credit: str


@requires(Permission.BILLING_VIEW)
def all_that_is_owed(work: Work) -> Owed:
    """What is late, what is owed at all, and what families have in credit."""
    families = who_owes(work)
    currency, locale = studio(work).currency, work.actor.locale

    def said(*parts: int) -> str:
        return say_money(Money(sum(parts), currency), locale)

    return Owed(
        tuple(families),
        overdue=said(*(one.due_now_minor for one in families if one.is_late)),
        owing=said(*(one.balance_minor for one in families if one.balance_minor > 0)),
        credit=said(*(-one.balance_minor for one in families if one.balance_minor < 0)),
    )


@requires(Permission.BILLING_VIEW)
def who_owes(work: Work) -> list[Owing]:
    """Families whose balance is not nothing, whoever owes most now first.

    Due now is what is open on invoices whose day has come; what is sent but not due, or not
    billed yet, is not yet due; credit lowers the latter first.
    """
    owed = func.sum(col(LedgerEntry.amount_minor))
    query = (
        select(col(Family.id), col(Family.name), owed)
        .join(LedgerEntry, col(LedgerEntry.family_id) == col(Family.id))
        .group_by(col(Family.id))
        .having(owed != 0)
    )
    found = [(family_id, name, int(minor)) for family_id, name, minor in ask(work, query)]
    debts = sums.open_debts(work, [family_id for family_id, _name, _minor in found])
    today = local_date(work.now, studio_zone(work))
    currency, locale = studio(work).currency, work.actor.locale
    shown: list[Owing] = []
    for family_id, name, minor in found:
        due = [debt for debt in debts[family_id] if debt.due_on <= today]
        now = min(sum(debt.minor for debt in due), max(minor, 0))
        late = max(((today - debt.due_on).days for debt in due), default=0)
        balance, due_now, later = (
            say_money(Money(each, currency), locale) for each in (minor, now, minor - now)
        )
        shown.append(Owing(family_id, name, minor, balance, now, due_now, minor - now, later, late))
    return sorted(shown, key=lambda one: (-one.due_now_minor, -one.balance_minor, one.family))


@requires(Permission.BILLING_VIEW)
def overdue_invoices(work: Work) -> int:
    """How many invoices were due before today and are not settled."""
    today = local_date(work.now, studio_zone(work))
    late = select(func.count()).where(sums.is_open(), col(Invoice.due_on) < today)
    return int(ask(work, late)[0][0])
