"""How much of what was sent arrived."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.formats import say_percent
from studio_app.kit.work import Work, requires
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus

LOOKED_BACK = timedelta(days=30)
OUTSIDE = (Channel.EMAIL, Channel.TEXT, Channel.PUSH)
"""The ways that somebody else carries; what stays in Cadenza always arrives."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One way within the last thirty days."""

    channel: Channel
    way: str
    sent: int
    """Handed over, whatever became of it"""
    accepted: int
    """Taken by who carries it, or known to have arrived"""
    delivered: int
    """Known to have arrived; only texts tell"""
    failed: int
    doubtful: int
    share: float | None
    """accepted ÷ sent, from 0 to 1; None where nothing was sent"""
    said: str
    """94.1%; empty where nothing was sent"""


@requires(Permission.MESSAGE_VIEW)
def deliverability(work: Work) -> list[Delivered]:
    """By each way that leaves the house: how much was sent, and how much was taken."""
    query = (
        select(col(Message.channel), col(Message.status), func.count())
        .where(
            col(Message.made_at) >= work.now - LOOKED_BACK,
            col(Message.status).not_in([MessageStatus.WAITING.value, MessageStatus.SKIPPED.value]),
        )
        .group_by(col(Message.channel), col(Message.status))
    )
    counted: dict[Channel, Counter[MessageStatus]] = {way: Counter() for way in OUTSIDE}
    for channel, status, n in work.session.connection().execute(query):
        if channel in counted:
            counted[Channel(channel)][MessageStatus(status)] += n
    return [_delivered(way, counts, work.actor.locale) for way, counts in counted.items()]


def _delivered(way: Channel, counts: Mapping[MessageStatus, int], locale: str) -> Delivered:
    arrived = counts[MessageStatus.DELIVERED]
    accepted = arrived + counts[MessageStatus.SENT]
    failed, doubtful = counts[MessageStatus.FAILED], counts[MessageStatus.DOUBTFUL]
    sent = accepted + failed + doubtful
    share = accepted / sent if sent else None
    return Delivered(
        channel=way,
        way=str(way.label),
        sent=sent,
        accepted=accepted,
        delivered=arrived,
        failed=failed,
        doubtful=doubtful,
        share=share,
        said=say_percent(share, locale) if share is not None else "",
    )
