"""Credits come about, and are taken away again; each by a row of its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.credits import access
from studio_app.credits.commands.writing import More, write
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.credits.rules.expiry import lawful_until
from studio_app.credits.rules.lots import ANYTHING, Act, CreditKind, GoodFor, Source
from studio_app.identity.access import studio
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import CreditEntryId, CreditLotId, FamilyId, StudentId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import _
from studio_app.kit.work import Work


class NothingGiven(Refused):
    message = _("A credit must be more than zero.")


class EndsBeforeItBegins(Refused):
    message = _("A credit must be good until a day after it begins.")


class NothingLeft(Conflict):
    message = _("There is nothing left of this credit.")


class NotTakenAway(Conflict):
    message = _("This was given back already.")


@dataclass(frozen=True, slots=True)
class Grant:
    """A credit that is to be: `amount` in units, or in minor units of `currency`.

    Without a student it is the whole family's. `about_id` is what it comes from: a seat, a sale.
    """

    family_id: FamilyId
    kind: CreditKind
    amount: int
    source: Source
    reason: str = ""
    student_id: StudentId | None = None
    good_for: GoodFor = ANYTHING
    about_id: UUID | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    paid_for: bool = False
    currency: str | None = None


def grant(work: Work, wanted: Grant) -> CreditLotId:
    """Write a lot down. About the same thing there is one: again, it is the one there is, unless
    that was voided. What was paid for is good for at least as long as the country wants.
    """
    here = studio(work)
    begins = wanted.valid_from or local_date(work.now, ZoneInfo(here.timezone))
    until = lawful_until(
        wanted.valid_until, paid_for=wanted.paid_for, country=here.country, made_on=begins
    )
    if wanted.amount <= 0:
        raise NothingGiven
    if until is not None and wanted.valid_from is not None and until < wanted.valid_from:
        raise EndsBeforeItBegins
    nth = 1
    if wanted.about_id is not None:
        lock_in_order(work, wanted.about_id)
        before = _before(work, wanted.source, wanted.about_id)
        if before is not None and not _is_voided(work, before.id):
            return before.id
        nth = before.nth + 1 if before else 1
    lot = CreditLot(
        family_id=wanted.family_id,
        student_id=wanted.student_id,
        kind=wanted.kind,
        amount=wanted.amount,
        currency=wanted.currency,
        lesson_type_id=wanted.good_for.lesson_type_id,
        minutes=wanted.good_for.minutes,
        teacher_id=wanted.good_for.teacher_id,
        aligned=wanted.good_for.weekday is not None,
        weekday=wanted.good_for.weekday,
        at=wanted.good_for.at,
        source=wanted.source,
        about_id=wanted.about_id,
        nth=nth,
        valid_from=wanted.valid_from,
        valid_until=until,
        paid_for=wanted.paid_for,
        reason=wanted.reason.strip(),
        given_by=work.actor.person_id,
        made_at=work.now,
        created_at=work.now,
    )
    work.session.add(lot)
    work.session.flush()
    return lot.id


def void(work: Work, lot_id: CreditLotId, *, on: date, reason: str) -> tuple[CreditEntryId, int]:
    """Take away what is left; what was used stays used. The entry, and how much that was."""
    access.hold(work, [lot_id])
    [lot] = access.lots(work, col(CreditLot.id) == lot_id)
    if lot.left <= 0:
        raise NothingLeft
    entry_id = write(work, lot_id, Act.VOIDED, -lot.left, on=on, words=reason)
    return entry_id, lot.left


def reinstate(work: Work, entry_id: CreditEntryId, *, on: date, reason: str = "") -> CreditEntryId:
    """Give back, to the same lot, what was voided or has run out."""
    taken = work.session.get(CreditEntry, entry_id)
    if taken is None or taken.act not in {Act.VOIDED, Act.EXPIRED}:
        raise NotTakenAway
    access.hold(work, [taken.lot_id])
    undone = select(CreditEntry.id).where(CreditEntry.reverses_id == entry_id)
    if work.session.exec(undone).first() is not None:
        raise NotTakenAway
    given: More = {"words": reason, "reverses_id": entry_id}
    return write(work, taken.lot_id, Act.REINSTATED, -taken.amount, on=on, **given)


def _before(work: Work, source: Source, about_id: UUID) -> CreditLot | None:
    query = select(CreditLot).where(CreditLot.source == source, CreditLot.about_id == about_id)
    return work.session.exec(query.order_by(col(CreditLot.nth).desc())).first()


def _is_voided(work: Work, lot_id: CreditLotId) -> bool:
    query = select(CreditEntry.id).where(
        CreditEntry.lot_id == lot_id, CreditEntry.act == Act.VOIDED, access.is_live()
    )
    return work.session.exec(query).first() is not None
