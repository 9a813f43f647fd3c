"""How each contact can be reached now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlmodel import col

from studio_app.identity.models import Membership, Person
from studio_app.kit.access import Role
from studio_app.kit.ids import ContactId, PersonId
from studio_app.kit.work import Work
from studio_app.messaging.models.messages import Contact, PushSubscription
from studio_app.messaging.rules.quiet import Window
from studio_app.people.models import Guardian, Student, Teacher

OFFICE = (Role.OWNER.value, Role.ADMIN.value)
LEAVING = timedelta(days=1)
"""How long a student who was let go is still reached: they are told which lessons end with it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody as they can be reached now. Everything here is personal."""

    contact_id: ContactId
    person_id: PersonId | None
    name: str
    first_name: str
    email: str
    phone: str
    account: str
    """The address they sign in with; empty without an account"""
    language: str
    """Their own; empty where only the studio's is known"""
    quiet: tuple[Window, ...]
    browsers: int
    """How many of their browsers want notifications"""
    in_office: bool
    teaches: bool


def stranger(name: str, email: str) -> Recipient:
    """Somebody who is invited, and not here yet."""
    first = name.split(maxsplit=1)[0] if name else ""
    nobody = ContactId(UUID(int=0))
    return Recipient(
        contact_id=nobody,
        person_id=None,
        name=name,
        first_name=first,
        email=email,
        phone="",
        account="",
        language="",
        quiet=(),
        browsers=0,
        in_office=False,
        teaches=False,
    )


def recipients(work: Work, ids: Collection[ContactId]) -> list[Recipient]:
    """These contacts with their addresses as they are now; who is long gone is left out."""
    query = _reachable(work).where(col(Contact.id).in_(ids))
    return [_recipient(row) for row in work.session.connection().execute(query)]


def person_of_contact() -> ColumnElement[Any]:
    """The account behind a contact, in a query that joins whom it may be."""
    return func.coalesce(
        col(Contact.person_id),
        col(Guardian.person_id),
        col(Student.person_id),
        col(Teacher.person_id),
    )


def _reachable(work: Work) -> Select[*tuple[Any, ...]]:
    person_id, left = person_of_contact(), col(Student.archived_at)
    addresses = func.coalesce(col(Guardian.email), col(Student.email), col(Teacher.email))
    phones = func.coalesce(col(Guardian.phone), col(Student.phone), col(Teacher.phone), literal(""))
    student_name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    names = func.coalesce(col(Guardian.name), student_name, col(Teacher.name), col(Person.name))
    return (
        select(
            col(Contact.id),
            person_id.label("person_id"),
            names.label("name"),
            func.coalesce(func.nullif(addresses, ""), col(Person.email), "").label("email"),
            phones.label("phone"),
            func.coalesce(col(Person.email), "").label("account"),
            col(Person.locale),
            col(Contact.quiet_from),
            col(Contact.quiet_until),
            _browsers(person_id).label("browsers"),
            _roles(work, person_id).label("roles"),
            col(Teacher.id).label("teacher_id"),
        )
        .outerjoin(Guardian, col(Guardian.id) == col(Contact.guardian_id))
        .outerjoin(Student, col(Student.id) == col(Contact.student_id))
        .outerjoin(Teacher, col(Teacher.id) == col(Contact.teacher_id))
        .outerjoin(Person, col(Person.id) == person_id)
        .where(col(Guardian.archived_at).is_(None), col(Teacher.archived_at).is_(None))
        .where(or_(left.is_(None), left > work.now - LEAVING))
    )


def _browsers(person_id: ColumnElement[Any]) -> Any:
    """How many browsers of theirs want notifications."""
    wanted = select(func.count()).where(
        col(PushSubscription.person_id) == person_id, col(PushSubscription.ended_at).is_(None)
    )
    return wanted.correlate_except(PushSubscription).scalar_subquery()


def _roles(work: Work, person_id: ColumnElement[Any]) -> Any:
    held = select(func.array_agg(col(Membership.role))).where(
        col(Membership.person_id) == person_id,
        col(Membership.studio_id) == work.studio_id,
        col(Membership.ended_at).is_(None),
    )
    return held.correlate_except(Membership).scalar_subquery()


def _recipient(row: Any) -> Recipient:
    quiet = (
        (Window(time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until)),)
        if row.quiet_from and row.quiet_until
        else ()
    )
    roles = set(row.roles or ())
    return Recipient(
        contact_id=row.id,
        person_id=row.person_id,
        name=row.name or "",
        first_name=(row.name or "").split(maxsplit=1)[0] if row.name else "",
        email=row.email,
        phone=row.phone,
        account=row.account,
        language=row.locale or "",
        quiet=quiet,
        browsers=row.browsers,
        in_office=bool(roles & set(OFFICE)),
        teaches=row.teacher_id is not None,
    )
