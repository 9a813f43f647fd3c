"""Families hear of credit that runs out, has run out, or is nearly used up: never silently."""

from studio_app.credits.events import CreditLow, CreditRanOut, CreditRunsOut
from studio_app.credits.models import CreditLot
from studio_app.kit.ids import CreditLotId
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.access.causes import cause_of
from studio_app.messaging.commands.posting import Occasion, post


def tell_that_it_runs_out(work: Work, event: CreditRunsOut) -> None:
    key = f"{event.lot_id} {event.until} {event.days}"
    _tell(work, "credit_expiring", event.lot_id, key, why="CreditRunsOut")


def tell_that_it_ran_out(work: Work, event: CreditRanOut) -> None:
    key, facts = f"{event.lot_id} {work.cause or work.id}", {"amount": event.amount}
    _tell(work, "credit_expired", event.lot_id, key, why="CreditRanOut", facts=facts)


def tell_that_few_are_left(work: Work, event: CreditLow) -> None:
    """Once for each package, however often one is used and given back around it."""
    _tell(work, "package_low", event.lot_id, str(event.lot_id), why="CreditLow")


def _tell(
    work: Work,
    kind: str,
    lot_id: CreditLotId,
    key: str,
    *,
    why: str,
    facts: dict[str, int] | None = None,
) -> None:
    lot = work.session.get(CreditLot, lot_id)
    if lot is None:
        return
    at = cause_of(work).at
    occasion = Occasion(kind, about=(lot_id,), happened_at=at, key=key, why=why, facts=facts or {})
    post(work, occasion, contacts.hearing_of_bills(work, lot.family_id))
