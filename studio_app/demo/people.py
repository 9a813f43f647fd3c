"""Puts invented people into a studio: families with who learns in them, teachers, accounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from studio_app.demo.desk import Desk
from studio_app.demo.names import Household, address_of
from studio_app.identity.commands.members import invite
from studio_app.identity.secrets import INVITATION, token_about
from studio_app.identity.sessions import actor_for
from studio_app.kit.access import Role
from studio_app.kit.ids import FamilyId, GuardianId, PersonId, StudentId, TeacherId
from studio_app.people.commands.families import FamilyDetails, add_family
from studio_app.people.commands.guardians import GuardianDetails, add_guardian, link_guardian
from studio_app.people.commands.joining import accept_invitation
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.people.rules import StudentStatus


@dataclass(frozen=True, slots=True)
class Learner:
    id: StudentId
    name: str
    family_id: FamilyId
    instrument: str
    is_adult: bool


@dataclass(frozen=True, slots=True)
class House:
    """A household that is in the studio now."""

    family_id: FamilyId
    household: Household
    guardian_ids: tuple[GuardianId, ...]
    learners: tuple[Learner, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """A teacher as the demonstration thinks of one: what they teach, and what besides."""

    name: str
    instruments: tuple[str, ...]
    teacher_id: TeacherId
    person_id: PersonId


def phones(pattern: str) -> Iterator[str]:
    """One drama number after the other; `{n}` is what differs."""
    return (pattern.format(n=n) for n in count(101))


def add_house(
    desk: Desk,
    household: Household,
    instruments: tuple[str, ...],
    statuses: tuple[StudentStatus, ...],
    numbers: Iterator[str],
) -> House:
    details = FamilyDetails(household.surname, address=household.address)
    family_id = desk.run(add_family, details)
    learners = [
        _add_learner(desk, household, family_id, name, instrument, status)
        for name, instrument, status in zip(household.learners, instruments, statuses, strict=True)
    ]
    parents = [
        _add_parent(desk, household, first_name, learners, next(numbers), pays=nth == 0)
        for nth, first_name in enumerate(household.parents)
    ]
    return House(family_id, household, tuple(parents), tuple(learners))


def add_colleague(desk: Desk, name: str, instruments: tuple[str, ...], phone: str) -> Colleague:
    """A teacher with an account."""
    email = address_of(*name.split(maxsplit=1))
    details = TeacherDetails(name, email=email, phone=phone, instruments=instruments)
    teacher_id = desk.run(add_teacher, details)
    person_id = let_in(desk, email, name, Role.TEACHER, teacher_id=teacher_id)
    return Colleague(name, instruments, teacher_id, person_id)


def let_in(
    desk: Desk,
    email: str,
    name: str,
    role: Role,
    *,
    teacher_id: TeacherId | None = None,
    guardian_id: GuardianId | None = None,
) -> PersonId:
    """Invite somebody and accept for them, as if they had opened the letter."""
    invitation = desk.run(
        invite, email, role, name=name, teacher_id=teacher_id, guardian_id=guardian_id
    )
    ticket = desk.run(accept_invitation, token_about(INVITATION, invitation))
    person_id = actor_for(desk.engine, ticket.token, desk.moment).person_id
    assert person_id is not None  # noqa: S101  somebody who has just joined
    return person_id


def _add_learner(
    desk: Desk,
    household: Household,
    family_id: FamilyId,
    name: str,
    instrument: str,
    status: StudentStatus,
) -> Learner:
    today = desk.today
    details = StudentDetails(
        name,
        household.surname,
        is_adult=household.is_adult,
        email=address_of(name, household.surname) if household.is_adult else "",
        instrument=instrument,
        birthday=None if household.is_adult else _birthday(desk, today),
        started_on=today - timedelta(weeks=desk.chance.randrange(30, 150)),
    )
    left_on = today - timedelta(weeks=9) if status is StudentStatus.LEFT else None
    if status in {StudentStatus.LEAD, StudentStatus.TRIAL, StudentStatus.WAITING}:
        details = replace(details, started_on=None)
    added = desk.run(
        add_student, details, family_id=family_id, status=status, left_on=left_on, confirmed=True
    )
    assert added.student_id is not None  # noqa: S101  confirmed, so it was added
    called = f"{name} {household.surname}"
    return Learner(added.student_id, called, family_id, instrument, household.is_adult)


def _birthday(desk: Desk, today: date) -> date:
    """Somebody between six and seventeen."""
    return today - timedelta(days=desk.chance.randrange(6 * 366, 17 * 366))


def _add_parent(
    desk: Desk,
    household: Household,
    first_name: str,
    learners: list[Learner],
    phone: str,
    *,
    pays: bool,
) -> GuardianId:
    details = GuardianDetails(
        f"{first_name} {household.surname}",
        email=address_of(first_name, household.surname),
        phone=phone,
    )
    first, *others = learners
    guardian_id = desk.run(add_guardian, first.id, details, pays=pays)
    for other in others:
        desk.run(link_guardian, other.id, guardian_id, pays=pays)
    return guardian_id
