"""Credits given, taken back and spent, together with what they do to the books."""

from collections.abc import Collection
from datetime import date

from studio_app.billing.access import packages, rows, sums
from studio_app.billing.commands.ledger import post, reverse, today
from studio_app.billing.commands.settling import settle, settle_exactly
from studio_app.billing.rules import crediting
from studio_app.billing.rules.ledger import Account, Kind
from studio_app.billing.rules.pricing import Scope
from studio_app.credits import access
from studio_app.credits.commands import expiring, giving
from studio_app.credits.commands.giving import Grant
from studio_app.credits.commands.using import use_what_there_is
from studio_app.credits.rules.lots import ANYTHING, CreditKind, GoodFor, Need, Source
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import CreditEntryId, CreditLotId, FamilyId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.access import student


class WithoutReason(Refused):
    message = _("Please say why. The family reads it.")


class PaidFor(Refused):
    message = _("This was sold. Take the package back instead.")


class OfAnotherFamily(Refused):
    message = _("This student belongs to another family.")


@requires(Permission.BILLING_MANAGE)
def give_credit(
    work: Work,
    family_id: FamilyId,
    kind: CreditKind,
    amount: int,
    *,
    reason: str,
    student_id: StudentId | None = None,
    good_for: GoodFor = ANYTHING,
    valid_until: date | None = None,
) -> CreditLotId:
    """Give a family so many lessons, or so many minor units of the studio's currency, by hand.

    Money is spent at once on what the family owes.
    """
    if not reason.strip():
        raise WithoutReason
    wanted = Grant(
        family_id,
        kind,
        amount,
        Source.GIVEN,
        reason,
        student_id,
        good_for,
        valid_from=today(work),
        valid_until=valid_until,
        currency=studio(work).currency if kind is CreditKind.MONEY else None,
    )
    return grant(work, wanted)


def grant(work: Work, wanted: Grant) -> CreditLotId:
    """Write a credit down that nobody paid for, and what it costs the studio.

    About the same thing there is one at a time, however often it is granted.
    """
    rows.family(work, wanted.family_id)
    scope = Scope(wanted.good_for.lesson_type_id, wanted.good_for.teacher_id, wanted.student_id)
    rows.require_known(work, scope)
    if wanted.student_id and student(work, wanted.student_id).family_id != wanted.family_id:
        raise OfAnotherFamily
    return write_grant(work, wanted)


def write_grant(work: Work, wanted: Grant) -> CreditLotId:
    """The same for callers who know that student and family belong together."""
    lot_id = giving.grant(work, wanted)
    if wanted.currency is None or rows.live(work, Kind.CREDIT_GIVEN, lot_id) is not None:
        return lot_id
    amount = Money(wanted.amount, wanted.currency)
    post(work, crediting.given(lot_id, amount, on=today(work), why=wanted.reason.strip()))
    settle(work, [wanted.family_id])
    spend_credit(work, [wanted.family_id])
    return lot_id


@requires(Permission.BILLING_MANAGE)
def void_credit(work: Work, lot_id: CreditLotId, *, reason: str) -> CreditEntryId:
    """Take back what is left of a credit, and say why. What was used stays used."""
    if not reason.strip():
        raise WithoutReason
    lot = access.lot(work, lot_id)
    if lot.paid_for:
        raise PaidFor
    return write_void(work, lot.id, lot.currency, reason=reason)


def write_void(
    work: Work, lot_id: CreditLotId, currency: str | None, *, reason: str
) -> CreditEntryId:
    """The same for callers who take back what they gave."""
    entry_id, left = giving.void(work, lot_id, on=today(work), reason=reason)
    if currency is not None:
        amount = Money(left, currency)
        post(work, crediting.voided(entry_id, amount, on=today(work), why=reason.strip()))
    return entry_id


@requires(Permission.BILLING_MANAGE)
def restore_credit(work: Work, entry_id: CreditEntryId) -> None:
    """Give back what was voided, or what has run out, to the same credit."""
    _taken, lot = access.entry(work, entry_id)
    giving.reinstate(work, entry_id, on=today(work))
    for kind in (Kind.CREDIT_VOIDED, Kind.CREDIT_EXPIRED):
        posted = rows.live(work, kind, entry_id)
        if posted is not None:
            reverse(work, [posted.id], on=today(work))
    if lot.currency is not None:
        spend_credit(work, [lot.family_id])


def hold_credit(work: Work, family_ids: Collection[FamilyId]) -> None:
    """Credits are locked before accounts are: who may spend some calls this first."""
    access.hold_lots_of(work, family_ids)


def spend_credit(work: Work, family_ids: Collection[FamilyId]) -> None:
    """Pay what these families owe by money they have in credit: what runs out first, on what was
    due first."""
    having = {lot.family_id for lot in access.open_lots(work, family_ids, {CreditKind.MONEY})}
    if not having:
        return
    hold_credit(work, having)
    rows.lock_accounts(work, having)
    debts, on = sums.open_debts(work, having), today(work)
    currency, kinds = studio(work).currency, frozenset({CreditKind.MONEY})
    for family_id in having:
        for debt in sorted(debts[family_id], key=lambda one: (one.due_on, one.number)):
            need = Need(family_id, on, kinds, debt.minor, currency=currency)
            for used in use_what_there_is(work, need, debt.invoice_id):
                amount = Money(used.amount, currency)
                posting = crediting.spent(used.entry_id, family_id, amount, on=on)
                post(work, posting)
                settle_exactly(work, posting.id, debt.invoice_id, amount)


@requires(Permission.JOBS_RUN)
def expire_credits(work: Work) -> str:
    """The clock's use case: warn of what runs out, and end what has run out, with its money."""
    told = expiring.warn(work)
    gone = expiring.expire(work, but=packages.still_to_be_said(work))
    sales = packages.sales_of(work, [each.lot_id for each in gone])
    for each in gone:
        lot = access.lot(work, each.lot_id)
        if lot.currency is not None:
            amount, source = Money(each.amount, lot.currency), Account.CREDIT_OWED
        elif each.lot_id in sales:
            left = packages.deferred(work, sales[each.lot_id])
            amount = crediting.worth(left.money, part=each.amount, of=left.sessions)
            source = Account.DEFERRED_INCOME
        else:
            continue
        post(work, crediting.ran_out(each.entry_id, amount, on=today(work), source=source))
    return f"{told} warned of, {len(gone)} run out"
