"""The fixed cast: Olivia owns Harmony, Tom teaches there, Grace is Sam's guardian and pays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from studio_app.identity.access import account
from studio_app.identity.models import Membership, Studio
from studio_app.kit.access import Actor, Role
from studio_app.kit.ids import FamilyId, GuardianId, StudentId, StudioId, TeacherId
from studio_app.kit.work import Work, enter
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student, Teacher


@dataclass(frozen=True)
class Cast:
    harmony: StudioId
    rival: StudioId
    olivia: Actor
    tom: Actor
    grace: Actor
    rita: Actor
    teacher_id: TeacherId  # Tom
    student_id: StudentId  # Sam
    guardian_id: GuardianId  # Grace
    family_id: FamilyId  # Grace's account


def cast_of(connection: Connection, now: datetime) -> Cast:
    """Write both studios and their people; the caller commits or rolls back."""
    harmony = _studio(connection, "Harmony", now)
    rival = _studio(connection, "Rival", now)
    olivia = _member(connection, harmony, "Olivia Owen", Role.OWNER, now)
    tom = _member(connection, harmony, "Tom Teal", Role.TEACHER, now)
    grace = _member(connection, harmony, "Grace Gray", Role.GUARDIAN, now)
    rita = _member(connection, rival, "Rita Rival", Role.OWNER, now)
    teacher = Teacher(person_id=tom.person_id, name="Tom Teal", instruments=["Piano"])
    guardian = Guardian(person_id=grace.person_id, name="Grace Gray", email="grace@example.org")
    family = Family(name="Gray")
    write_rows(connection, harmony, now, teacher, guardian, family)
    sam = Student(family_id=family.id, first_name="Sam", last_name="Gray", instrument="Piano")
    write_rows(connection, harmony, now, sam)
    write_rows(
        connection,
        harmony,
        now,
        Guardianship(guardian_id=guardian.id, student_id=sam.id),
        Payer(family_id=family.id, guardian_id=guardian.id, is_primary=True),
    )
    ids = (teacher.id, sam.id, guardian.id, family.id)
    return Cast(harmony, rival, olivia, tom, grace, rita, *ids)


def _studio(connection: Connection, name: str, now: datetime) -> StudioId:
    studio = Studio(
        name=name,
        country="GB",
        region="ENG",
        timezone="Europe/London",
        currency="GBP",
        locale="en-GB",
    )
    write_rows(connection, studio.id, now, studio)
    return studio.id


def _member(
    connection: Connection, studio_id: StudioId, name: str, role: Role, now: datetime
) -> Actor:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    with _session(connection, studio_id, now) as session, session.begin():
        person_id = account(session, email, name, now)
        session.add(Membership(studio_id=studio_id, person_id=person_id, role=role))
    return Actor.of(person_id, studio_id, role)


def write_rows(connection: Connection, studio_id: StudioId, now: datetime, *rows: SQLModel) -> None:
    with _session(connection, studio_id, now) as session, session.begin():
        session.add_all(rows)
        session.flush()
        session.expunge_all()


def _session(connection: Connection, studio_id: StudioId, now: datetime) -> Session:
    session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    enter(connection, Work(session, Actor.system(studio_id), now), cast_of)
    return session
