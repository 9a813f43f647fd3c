"""Who a text for many would reach, and by which ways: looked up without writing anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.identity.models import Person
from studio_app.kit.ids import ContactId, PersonId, StudentId
from studio_app.kit.work import Work
from studio_app.messaging.access import consents
from studio_app.messaging.access.contacts import guardians_hearing, students_hearing
from studio_app.messaging.models.messages import Contact
from studio_app.messaging.rules.kinds import Category, Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.people.models import Guardian, Student


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody of a family, and by which of the asked ways they can be written to."""

    name: str
    ways: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    email: str
    phone: str
    person_id: PersonId | None
    contact_id: ContactId | None


def reach_of(
    work: Work, students: Collection[StudentId], channels: Sequence[Channel], *, is_news: bool
) -> list[Reachable]:
    """By name. A contact that there is none of yet has allowed and muted nothing."""
    people = [*_guardians(work, students), *_adults(work, students)]
    known = [one.contact_id for one in people if one.contact_id]
    purpose = Purpose.MARKETING if is_news else Purpose.SERVICE
    category = Category.NEWS if is_news else Category.LETTERS
    texts = consents.allowed(work, known, Channel.TEXT, purpose)
    letters = consents.allowed(work, known, Channel.EMAIL, purpose) if is_news else None
    muted = consents.muted(work, known)

    def takes(who: _Known, way: Channel) -> bool:
        if who.contact_id and (who.contact_id, category, way) in muted:
            return False
        match way:
            case Channel.TEXT:
                return bool(who.phone) and _allowed(texts, who) == who.phone
            case Channel.EMAIL:
                wants = letters is None or _allowed(letters, who) == who.email
                return bool(who.email) and wants
            case _:
                return who.person_id is not None

    found = [Reachable(one.name, tuple(w for w in channels if takes(one, w))) for one in people]
    return sorted(found, key=lambda one: one.name.casefold())


def _allowed(given: dict[ContactId, str], who: _Known) -> str | None:
    return given.get(who.contact_id) if who.contact_id else None


def _guardians(work: Work, students: Collection[StudentId]) -> list[_Known]:
    email = func.coalesce(func.nullif(col(Guardian.email), ""), col(Person.email), "")
    query: Any = (
        select(
            col(Guardian.name),
            email,
            func.coalesce(col(Guardian.phone), ""),
            col(Guardian.person_id),
            col(Contact.id),
        )
        .outerjoin(Person, col(Person.id) == col(Guardian.person_id))
        .outerjoin(Contact, col(Contact.guardian_id) == col(Guardian.id))
        .where(col(Guardian.id).in_(guardians_hearing(students)))
    )
    return [_Known(*row) for row in work.session.connection().execute(query)]


def _adults(work: Work, students: Collection[StudentId]) -> list[_Known]:
    name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    email = func.coalesce(func.nullif(col(Student.email), ""), col(Person.email), "")
    query: Any = (
        select(
            name,
            email,
            func.coalesce(col(Student.phone), ""),
            col(Student.person_id),
            col(Contact.id),
        )
        .outerjoin(Person, col(Person.id) == col(Student.person_id))
        .outerjoin(Contact, col(Contact.student_id) == col(Student.id))
        .where(col(Student.id).in_(students_hearing(students)))
    )
    return [_Known(*row) for row in work.session.connection().execute(query)]
