"""The contacts that are the actor: as a guardian, a student, a teacher, a member."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlmodel import col

from studio_app.kit.access import Role
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import ContactId
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.models.messages import Contact, Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.people.models import Guardian, Student, Teacher


def own_contacts(work: Work) -> list[ContactId]:
    """Those that are there already."""
    return list(work.session.connection().execute(_mine(work)).scalars())


def in_my_inbox(work: Work) -> ColumnElement[bool]:
    """What Cadenza itself has shown to the actor, in whatever part."""
    return and_(
        col(Message.contact_id).in_(_mine(work)),
        col(Message.channel) == Channel.INBOX.value,
        col(Message.status) == MessageStatus.SENT.value,
    )


def _mine(work: Work) -> Select[ContactId]:
    """Nobody's where the actor is no person."""
    me = work.actor.person_id
    parts = (
        (Contact.guardian_id, Guardian),
        (Contact.student_id, Student),
        (Contact.teacher_id, Teacher),
    )
    own = [
        col(column).in_(select(col(table.id)).where(col(table.person_id) == me))
        for column, table in parts
    ]
    here = or_(col(Contact.person_id) == me, *own) if me else false()
    return select(col(Contact.id)).where(here)


def introduce(work: Work) -> list[ContactId]:
    """All of them, made where there are none yet: one for each part the actor has here."""
    me = work.actor.person_id
    if me is None:
        raise NotFound
    run = work.session.connection().execute
    found: list[ContactId] = []
    if work.actor.is_any(Role.OWNER, Role.ADMIN):
        found += contacts.of_people(work, [me])
    guardians = run(select(col(Guardian.id)).where(col(Guardian.person_id) == me)).scalars()
    found += contacts.of_guardians(work, list(guardians))
    students = run(select(col(Student.id)).where(col(Student.person_id) == me)).scalars()
    found += contacts.of_students(work, list(students))
    teachers = run(select(col(Teacher.id)).where(col(Teacher.person_id) == me)).scalars()
    return found + contacts.of_teachers(work, list(teachers))
