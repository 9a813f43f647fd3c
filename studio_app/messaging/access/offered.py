"""When an offer reached its family, by what became of the messages about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from studio_app.bookings.models.waiting import Offer
from studio_app.kit.work import Work
from studio_app.messaging.access.recipients import recipients
from studio_app.messaging.access.studio import House
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.quiet import heeded, not_before
from studio_app.messaging.rules.states import MessageStatus

OFFERED = "slot_offered"
LONG_ENOUGH = timedelta(minutes=10)
"""By then there are messages, if there ever will be."""
_REACHED = {MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.DOUBTFUL}
_UNDER_WAY = {MessageStatus.WAITING, MessageStatus.SENDING}


class Unreachable(Exception):
    """No message about it reached anybody, and none will."""


def undelivered(work: Work) -> Sequence[Offer]:
    query = select(Offer).where(col(Offer.decided_at).is_(None), col(Offer.delivered_at).is_(None))
    return work.session.scalars(query.order_by(col(Offer.id))).all()


def reached_at(work: Work, here: House, offer: Offer) -> datetime | None:
    """When the first of its messages left; None while they are under way.

    A message by e-mail, text or notification heeds the quiet hours itself. One that only lies
    in the inbox is there at once, and counts as found when the night is over.
    """
    found = _messages(work, offer)
    if not found and work.now - offer.offered_at < LONG_ENOUGH:
        return None
    pushed = [one for one in found if one.channel != Channel.INBOX]
    reached = [one.sent_at or one.tried_at for one in pushed if one.status in _REACHED]
    if reached:
        return min(reached)
    if any(one.status in _UNDER_WAY for one in found):
        return None
    lying = [_found_at(work, here, one) for one in found if one.status in _REACHED]
    if not lying:
        raise Unreachable
    return min(lying)


def _messages(work: Work, offer: Offer) -> Sequence[Any]:
    query = select(
        col(Message.channel),
        col(Message.status),
        col(Message.sent_at),
        col(Message.tried_at),
        col(Message.contact_id),
    ).where(
        col(Message.kind) == OFFERED,
        col(Message.made_at) >= offer.offered_at,
        col(Message.about_ids).contains([offer.id]),
    )
    return work.session.connection().execute(query).all()


def _found_at(work: Work, here: House, message: Any) -> datetime:
    who = next(iter(recipients(work, [message.contact_id])), None)
    quiet = heeded(here.quiet, who.quiet if who else ())
    return not_before(message.sent_at, quiet, here.zone)
