"""Money that comes in, is taken back, is given up, or was owed before Cadenza."""

from datetime import date

from sqlmodel import select

from studio_app.billing.access import rows, sums
from studio_app.billing.commands.ledger import own_currency, post, reverse, today
from studio_app.billing.commands.settling import settle, settle_exactly, unsettle
from studio_app.billing.events import PaymentReceived
from studio_app.billing.models.payments import HowToPay, Payment
from studio_app.billing.rules.ledger import Account, Kind, Posting, owed
from studio_app.billing.rules.status import InvoiceState, Method, invoice_state
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused, constraint
from studio_app.kit.idempotency import KeyReused
from studio_app.kit.ids import FamilyId, InvoiceId, PaymentId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

ACCOUNTS = {Method.CASH: Account.CASH, Method.BANK: Account.BANK}


class NothingToPay(Refused):
    message = _("A payment must be more than zero.")


class NotYetReceived(Refused):
    message = _("A payment cannot be received in the future.")


class PaymentAlreadyReversed(Conflict):
    message = _("This payment has already been reversed.")


class NothingOwed(Refused):
    message = _("Nothing is owed on this invoice.")


class OpeningBalanceDiffers(Conflict):
    message = _("This family already has another opening balance. Reverse it first.")


@requires(Permission.BILLING_MANAGE)
def record_payment(
    work: Work,
    family_id: FamilyId,
    amount: Money,
    *,
    method: Method,
    received_on: date,
    key: str,
    reference: str = "",
) -> PaymentId:
    """Write down cash or a transfer. It settles the oldest invoice first; the rest is credit."""
    family = rows.family(work, family_id, lock=True)
    own_currency(work, amount)
    if amount.minor <= 0:
        raise NothingToPay
    if received_on > today(work):
        raise NotYetReceived
    payment = Payment(
        family_id=family.id,
        amount_minor=amount.minor,
        currency=amount.currency,
        method=method,
        received_on=received_on,
        reference=reference.strip(),
        key=key,
        recorded_by=work.actor.person_id,
        created_at=work.now,
    )
    before = work.session.exec(select(Payment).where(Payment.key == key)).first()
    if before is not None:
        return _same_again(before, payment)
    with constraint({"payment_once_per_key": KeyReused}):
        work.session.add(payment)
        work.session.flush()
    words = _("Payment by {method}", method=_METHODS[method])
    entries = owed(family.id, -amount, ACCOUNTS[method])
    post(work, Posting(Kind.PAYMENT, payment.id, received_on, words, amount.currency, entries))
    settle(work, [family.id])
    work.emit(PaymentReceived(payment.id))
    return payment.id


@requires(Permission.BILLING_MANAGE)
def reverse_payment(work: Work, payment_id: PaymentId) -> None:
    """Take back a payment that was a mistake or bounced: by new entries, which say so."""
    payment = rows.payment(work, payment_id)
    rows.lock_accounts(work, [payment.family_id])
    posted = rows.live(work, Kind.PAYMENT, payment.id)
    if posted is None:
        raise PaymentAlreadyReversed
    reverse(work, [posted.id], on=today(work))
    unsettle(work, posted.id)
    settle(work, [payment.family_id])


@requires(Permission.BILLING_MANAGE)
def write_off(work: Work, invoice_id: InvoiceId, *, reason: str) -> TransactionId:
    """Give up what is still owed on a sent invoice, and say why."""
    invoice = rows.invoice_to_change(work, invoice_id)
    settlement = sums.settlements(work, [invoice.id])[invoice.id]
    state = invoice_state(settlement, sent_at=invoice.sent_at, voided_at=invoice.voided_at)
    if state is not InvoiceState.SENT or settlement.balance_due <= 0:
        raise NothingOwed
    amount = Money(settlement.balance_due, invoice.currency)
    words = _("Invoice {number} written off: {reason}", number=invoice.number, reason=reason)
    entries = owed(invoice.family_id, -amount, Account.WRITE_OFF)
    posting = Posting(Kind.WRITE_OFF, invoice.id, today(work), words, invoice.currency, entries)
    post(work, posting)
    settle_exactly(work, posting.id, invoice.id, amount)
    return posting.id


@requires(Permission.BILLING_MANAGE)
def post_opening_balance(
    work: Work, family_id: FamilyId, amount: Money, on: date
) -> TransactionId | None:
    """What a family owed (or, negative, had in credit) when the studio moved to Cadenza.

    Once per family: the same again changes nothing, another amount is refused.
    """
    family = rows.family(work, family_id, lock=True)
    own_currency(work, amount)
    before = rows.live(work, Kind.OPENING_BALANCE, family.id)
    if before is not None:
        if rows.owed_by(work, before.id) != amount.minor:
            raise OpeningBalanceDiffers
        return before.id
    if not amount:
        return None
    words = _("Balance brought forward from before Cadenza")
    entries = owed(family.id, amount, Account.OPENING_BALANCE)
    posting = Posting(Kind.OPENING_BALANCE, family.id, on, words, amount.currency, entries)
    post(work, posting)
    settle(work, [family.id])
    return posting.id


@requires(Permission.BILLING_MANAGE)
def reverse_opening_balance(work: Work, family_id: FamilyId) -> None:
    """Take back an opening balance, so that another can be posted. Without one: nothing."""
    family = rows.family(work, family_id, lock=True)
    posted = rows.live(work, Kind.OPENING_BALANCE, family.id)
    if posted is None:
        return
    reverse(work, [posted.id], on=today(work))
    unsettle(work, posted.id)
    settle(work, [family.id])


@requires(Permission.BILLING_MANAGE)
def tell_how_to_pay(work: Work, words: str) -> None:
    """What families read beside what they owe: a bank account, where to bring cash."""
    told = work.session.exec(select(HowToPay)).one_or_none() or HowToPay(created_at=work.now)
    told.words = words.strip()
    work.session.add(told)


def _same_again(before: Payment, now: Payment) -> PaymentId:
    """The id of a payment that was recorded under this key, if it is the same payment."""
    if _details(before) != _details(now):
        raise KeyReused
    return before.id


def _details(payment: Payment) -> tuple[object, ...]:
    how = (payment.method, payment.received_on, payment.reference)
    return (payment.family_id, payment.amount, *how)


_METHODS = {Method.CASH: _("cash"), Method.BANK: _("bank transfer")}
