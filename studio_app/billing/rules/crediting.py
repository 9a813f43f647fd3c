"""What credits do to the books.

Money that a family may spend is owed to it: giving it costs the studio (credit given), spending it
settles an invoice, and what runs out is nobody's any more. Sessions that were sold are deferred
until they are held. Credits for lessons that nobody paid for move no money.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from studio_app.attendance.rules import Outcome
from studio_app.billing.rules.charging import SeatFacts
from studio_app.billing.rules.ledger import Account, Entry, Kind, Posting, TaxRate, moved, owed
from studio_app.billing.rules.pricing import Mode
from studio_app.billing.rules.tax import tax_of
from studio_app.kit.ids import CreditEntryId, CreditLotId, FamilyId, SaleId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _


class Cover(StrEnum):
    """What is to become of the credit behind a seat."""

    KEEP = "keep"
    TAKE = "take"
    FREE = "free"


def cover_of(seat: SeatFacts) -> Cover:
    """Whether a session is to pay for a seat, or what pays for it is to be given back.

    A session pays for what was held and is neither billed nor sold otherwise. What was taken when
    it was booked stays while the place is kept; what was taken for a mark goes with the mark.
    """
    if seat.covered is None:
        billed = seat.charged is not None and seat.charged.billed
        return Cover.TAKE if seat.is_held and seat.mode is Mode.ARREARS and not billed else KEEP
    if not seat.stands and seat.ruled is not None and seat.ruled.forfeits:
        return KEEP
    if not seat.stands or seat.outcome == Outcome.EXCUSED:
        return Cover.FREE
    return KEEP if seat.is_held or seat.covered.booked else Cover.FREE


KEEP = Cover.KEEP


def is_spent(seat: SeatFacts) -> bool:
    """What pays for it is gone for good: it was held, or forfeited when it was cancelled."""
    return seat.is_held or (seat.ruled is not None and seat.ruled.forfeits)


def net_of(amount: Money, tax: TaxRate) -> Money:
    """A price without the tax inside of it."""
    inside = tax_of(amount.minor, tax) if tax.included else 0
    return Money(amount.minor - inside, amount.currency)


def sold(
    sale_id: SaleId,
    family_id: FamilyId,
    amount: Money,
    *,
    on: date,
    words: Text,
    student_id: StudentId | None,
    tax: TaxRate,
) -> Posting:
    """The family owes for sessions of which none is held yet."""
    entries = owed(family_id, amount, Account.DEFERRED_INCOME)
    return Posting(
        Kind.PACKAGE,
        sale_id,
        on,
        words,
        amount.currency,
        entries,
        student_id=student_id,
        tax=tax,
    )


def session_held(
    entry_id: CreditEntryId, worth: Money, *, on: date, what: Text, student_id: StudentId
) -> Posting:
    """One of the sessions that were sold was held: its part of the price is earned."""
    entries = moved(worth, out_of=Account.DEFERRED_INCOME, into=Account.INCOME)
    words = _("Held: {what}", what=what)
    kind = Kind.SESSION_HELD
    return Posting(kind, entry_id, on, words, worth.currency, entries, student_id=student_id)


def worth(deferred: Money, *, part: int, of: int) -> Money:
    """What so many of the sessions that are left are worth; the last takes what rounding left."""
    return deferred.share(part, of) if of else Money.zero(deferred.currency)


def given(lot_id: CreditLotId, amount: Money, *, on: date, why: str) -> Posting:
    """The studio owes a family money to be spent on lessons."""
    return _moved(
        Kind.CREDIT_GIVEN,
        lot_id,
        amount,
        on,
        _("Credit given: {reason}", reason=why),
        Account.CREDIT_GIVEN,
        Account.CREDIT_OWED,
    )


def spent(entry_id: CreditEntryId, family_id: FamilyId, amount: Money, *, on: date) -> Posting:
    """A family owes less, because it has spent credit."""
    entries: tuple[Entry, ...] = owed(family_id, -amount, Account.CREDIT_OWED)
    return Posting(Kind.CREDIT_USED, entry_id, on, _("Paid by credit"), amount.currency, entries)


def voided(entry_id: CreditEntryId, amount: Money, *, on: date, why: str) -> Posting:
    """What was given is taken away."""
    return _moved(
        Kind.CREDIT_VOIDED,
        entry_id,
        amount,
        on,
        _("Credit taken back: {reason}", reason=why),
        Account.CREDIT_OWED,
        Account.CREDIT_GIVEN,
    )


def ran_out(entry_id: CreditEntryId, amount: Money, *, on: date, source: Account) -> Posting:
    """Nobody can have it any more: money that was owed, or sessions that were sold."""
    words, kind = _("Credit has run out"), Kind.CREDIT_EXPIRED
    return _moved(kind, entry_id, amount, on, words, source, Account.EXPIRED_CREDIT)


def _moved(
    kind: Kind, about: UUID, amount: Money, on: date, words: Text, source: Account, into: Account
) -> Posting:
    entries = moved(amount, out_of=source, into=into)
    return Posting(kind, about, on, words, amount.currency, entries)
