"""What people allowed, and what they do not want to hear of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select
from sqlmodel import col

from studio_app.identity.models import Person
from studio_app.kit.ids import ContactId, PersonId
from studio_app.kit.work import Work
from studio_app.messaging.access.recipients import person_of_contact
from studio_app.messaging.models.messages import Contact
from studio_app.messaging.models.settings import Consent, Muted
from studio_app.messaging.rules.kinds import Category, Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.people.models import Guardian, Student, Teacher

Wish = tuple[ContactId, Category, Channel]


def allowed(
    work: Work, contacts: Collection[ContactId], channel: Channel, purpose: Purpose
) -> dict[ContactId, str]:
    """Who allows this way for this purpose now, with the address they allowed it for.

    The latest word about the address they have now counts; another address is another consent.
    """
    query = _latest(contacts, col(Consent.given), col(Consent.address)).where(
        col(Consent.channel) == channel.value, col(Consent.purpose) == purpose.value
    )
    found = work.session.connection().execute(query)
    return {row.contact_id: row.address for row in found if row.given}


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
    query = _latest(
        contacts,
        col(Consent.given),
        col(Consent.address),
        col(Consent.wording),
        col(Consent.source),
        col(Consent.recorded_at),
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


def _latest(contacts: Collection[ContactId], *columns: Any) -> Select[*tuple[Any, ...]]:
    """For each person, way and purpose their last word about the address they have now; where
    there is none, their last word about another.

    Whoever says no by text speaks for that telephone; any other no is meant for every address.
    """
    key = (col(Consent.contact_id), col(Consent.channel), col(Consent.purpose))
    no_at_all = and_(not_(col(Consent.given)), col(Consent.source) != "text")
    counts = or_(col(Consent.address) == _address_now(), no_at_all)
    return (
        select(*key, *columns)
        .join(Contact, col(Contact.id) == col(Consent.contact_id))
        .outerjoin(Guardian, col(Guardian.id) == col(Contact.guardian_id))
        .outerjoin(Student, col(Student.id) == col(Contact.student_id))
        .outerjoin(Teacher, col(Teacher.id) == col(Contact.teacher_id))
        .outerjoin(Person, col(Person.id) == person_of_contact())
        .where(col(Consent.contact_id).in_(contacts))
        .order_by(*key, counts.desc(), col(Consent.nth).desc())
        .distinct(*key)
    )


def _address_now() -> ColumnElement[str]:
    phone = func.coalesce(col(Guardian.phone), col(Student.phone), col(Teacher.phone), literal(""))
    email = func.coalesce(col(Guardian.email), col(Student.email), col(Teacher.email))
    letters = func.coalesce(func.nullif(email, ""), col(Person.email), "")
    return case((col(Consent.channel) == Channel.TEXT.value, phone), else_=letters)
