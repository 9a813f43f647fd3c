"""The contacts that are the actor: as a guardian, a student, a teacher, a member."""

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.access import Role
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import ContactId
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.models.messages import Contact
from studio_app.people.models import Guardian, Student, Teacher


def own_contacts(work: Work) -> list[ContactId]:
    """Those that are there already."""
    me = work.actor.person_id
    if me is None:
        return []
    query = (
        select(col(Contact.id))
        .outerjoin(Guardian, col(Guardian.id) == col(Contact.guardian_id))
        .outerjoin(Student, col(Student.id) == col(Contact.student_id))
        .outerjoin(Teacher, col(Teacher.id) == col(Contact.teacher_id))
        .where(
            (col(Contact.person_id) == me)
            | (col(Guardian.person_id) == me)
            | (col(Student.person_id) == me)
            | (col(Teacher.person_id) == me)
        )
    )
    return list(work.session.connection().execute(query).scalars())


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
