"""One entry of a lot. The database refuses what is more than there is."""

from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import insert

from studio_app.credits.models import CreditEntry
from studio_app.credits.rules.lots import Act
from studio_app.kit.errors import Conflict, constraint
from studio_app.kit.ids import CreditEntryId, CreditLotId, new_id
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.words import _
from studio_app.kit.work import Work


class NoCredit(Conflict):
    message = _("There is no credit left for this.")


class PaidAlready(Conflict):
    message = _("This is paid for by credit already.")


class More(TypedDict, total=False):
    target_id: UUID | None
    booked: bool
    reverses_id: CreditEntryId | None
    good_until: date | None
    words: str


_ENTRY = Ready(
    insert(table_of(CreditEntry)),
    *("id", "created_at", "lot_id", "act", "amount", "target_id", "booked", "reverses_id"),
    *("on", "good_until", "words", "by", "at"),
)
_PROMISES = {"credit_lot_not_overused": NoCredit, "credit_used_once": PaidAlready}


def write(
    work: Work, lot_id: CreditLotId, act: Act, amount: int, *, on: date, **more: Unpack[More]
) -> CreditEntryId:
    """As a bare statement, sent at once; who calls has locked the lot."""
    entry_id = CreditEntryId(new_id())
    row = {
        "id": entry_id,
        "created_at": work.now,
        "lot_id": lot_id,
        "act": act.value,
        "amount": amount,
        "target_id": more.get("target_id"),
        "booked": more.get("booked", False),
        "reverses_id": more.get("reverses_id"),
        "on": on,
        "good_until": more.get("good_until"),
        "words": more.get("words", "").strip(),
        "by": work.actor.person_id,
        "at": work.now,
    }
    with constraint(_PROMISES):
        _ENTRY.send(work.session.connection(), row)
    return entry_id
