"""What people allowed, and what they do not want to hear of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.ids import ContactId, PersonId
from studio_app.kit.work import Work
from studio_app.messaging.models.settings import Consent, Muted
from studio_app.messaging.rules.kinds import Category, Channel
from studio_app.messaging.rules.states import Purpose

Wish = tuple[ContactId, Category, Channel]


def allowed(
    work: Work, contacts: Collection[ContactId], channel: Channel, purpose: Purpose
) -> dict[ContactId, str]:
    """Who allows this way for this purpose now, with the address they allowed it for.

    The latest word of each counts; another address is another consent.
    """
    query = (
        select(col(Consent.contact_id), col(Consent.given), col(Consent.address))
        .where(
            col(Consent.contact_id).in_(contacts),
            col(Consent.channel) == channel.value,
            col(Consent.purpose) == purpose.value,
        )
        .order_by(col(Consent.contact_id), col(Consent.nth).desc())
        .distinct(col(Consent.contact_id))
    )
    return {row[0]: row[2] for row in work.session.connection().execute(query) if row[1]}


def muted(work: Work, contacts: Collection[ContactId]) -> set[Wish]:
    query = select(col(Muted.contact_id), col(Muted.category), col(Muted.channel)).where(
        col(Muted.contact_id).in_(contacts)
    )
    return {
        (row[0], Category(row[1]), Channel(row[2]))
        for row in work.session.connection().execute(query)
    }


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said last about one way and purpose."""

    given: bool
    address: str
    wording: str
    source: str
    recorded_at: datetime


LastWords = dict[tuple[ContactId, Channel, Purpose], Word]


def last_words(work: Work, contacts: Collection[ContactId]) -> LastWords:
    """The latest word of each of these people, for every way and purpose they spoke of."""
    key = (col(Consent.contact_id), col(Consent.channel), col(Consent.purpose))
    query = (
        select(
            *key,
            col(Consent.given),
            col(Consent.address),
            col(Consent.wording),
            col(Consent.source),
            col(Consent.recorded_at),
        )
        .where(col(Consent.contact_id).in_(contacts))
        .order_by(*key, col(Consent.nth).desc())
        .distinct(*key)
    )
    return {
        (row[0], Channel(row[1]), Purpose(row[2])): Word(*row[3:])
        for row in work.session.connection().execute(query)
    }


def own_number(work: Work, contact_id: ContactId, person_id: PersonId | None) -> str:
    """The number this person allowed texts to while they were signed in; empty if the office or
    a text said so for them."""
    query = (
        select(col(Consent.given), col(Consent.address), col(Consent.recorded_by))
        .where(
            col(Consent.contact_id) == contact_id,
            col(Consent.channel) == Channel.TEXT.value,
            col(Consent.purpose) == Purpose.SERVICE.value,
        )
        .order_by(col(Consent.nth).desc())
        .limit(1)
    )
    row = work.session.connection().execute(query).first()
    if row is None or not row[0] or person_id is None or row[2] != person_id:
        return ""
    return row[1]
