"""Credits that run out, have run out, or are nearly used up."""

from datetime import date, timedelta

from sqlmodel import col

from studio_app.billing.rules.credit_words import amount_said
from studio_app.credits import access
from studio_app.credits.models import CreditLot
from studio_app.credits.rules.lots import CreditKind
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date
from studio_app.kit.ids import CreditLotId
from studio_app.kit.words import _, many
from studio_app.kit.work import Work
from studio_app.messaging import paths
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Family


def tell(telling: Telling) -> Answer:
    """What is left of a credit, or was; nothing where that is not so any more."""
    [lot_id] = telling.message.about_ids
    work, kind = telling.work, telling.message.kind
    row = work.session.get(CreditLot, CreditLotId(lot_id))
    if row is None:
        return _("There is no such credit.")
    [lot] = access.lots(work, col(CreditLot.id) == row.id)
    if kind == "credit_expired":
        return told(telling, row, int(telling.message.facts.get("amount", 0)))
    if lot.left <= 0:
        return _("Nothing is left of the credit.")
    if kind == "credit_expiring" and lot.valid_until is None:
        return _("The credit does not run out any more.")
    days = (lot.valid_until - _today(work)).days if lot.valid_until else 0
    until = say_date(lot.valid_until, telling.language) if lot.valid_until else ""
    return told(telling, row, lot.left, until=until, days=days)


def example(telling: Telling) -> Answer:
    """As if three lessons were left, for twenty days."""
    today = _today(telling.work)
    until = say_date(today + timedelta(days=20), telling.language)
    days = telling.say(many("{n} day", "{n} days", n=20))
    said = telling.say(many("{n} lesson", "{n} lessons", n=3))
    words = {"credit": said, "source": telling.say(_("A lesson")), "until": until, "days": days}
    return Told({**words, "family": telling.house.name}, paths.PORTAL_CREDITS)


def told(telling: Telling, row: CreditLot, left: int, *, until: str = "", days: int = 0) -> Told:
    family = telling.work.session.get(Family, row.family_id)
    said = amount_said(CreditKind(row.kind), left, row.currency, telling.language)
    words = {
        "credit": telling.say(said),
        "source": row.reason,
        "family": family.name if family else "",
        "until": until,
        "days": telling.say(many("{n} day", "{n} days", n=days)),
    }
    return Told(words, paths.PORTAL_CREDITS)


def _today(work: Work) -> date:
    return local_date(work.now, studio_zone(work))
