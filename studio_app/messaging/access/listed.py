"""Messages with the name of whom they are for: what every list of them begins with."""

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlmodel import col

from studio_app.identity.models import Person
from studio_app.kit.ids import FamilyId, StudentId
from studio_app.kit.tables import table_of
from studio_app.messaging.models.messages import Contact, Message
from studio_app.people.models import Guardian, Guardianship, Payer, Student, Teacher

Named = Select[Any]


def name_of_contact() -> Any:
    """For a query that has joined who a contact is."""
    student = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    return func.coalesce(col(Guardian.name), student, col(Teacher.name), col(Person.name))


def join_people(query: Any, contact_id: Any) -> Any:
    """The contact and whoever it is, where there is one."""
    return (
        query.outerjoin(Contact, col(Contact.id) == contact_id)
        .outerjoin(Guardian, col(Guardian.id) == col(Contact.guardian_id))
        .outerjoin(Student, col(Student.id) == col(Contact.student_id))
        .outerjoin(Teacher, col(Teacher.id) == col(Contact.teacher_id))
        .outerjoin(Person, col(Person.id) == col(Contact.person_id))
    )


def named_messages() -> Any:
    """Every column of a message, and `who`: a name, else the address."""
    who = func.coalesce(name_of_contact(), col(Message.address)).label("who")
    return join_people(select(table_of(Message), who), col(Message.contact_id))


def is_called(text: str) -> Any:
    """Whether the name or the address has this in it."""
    typed = text.strip().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    within = f"%{typed}%"
    return or_(name_of_contact().ilike(within), col(Message.address).ilike(within))


def around_student(student_id: StudentId) -> Any:
    """Messages to a student and to who is responsible for them."""
    guardians = select(col(Guardianship.guardian_id)).where(
        col(Guardianship.student_id) == student_id
    )
    return or_(col(Contact.student_id) == student_id, col(Contact.guardian_id).in_(guardians))


def around_family(family_id: FamilyId) -> Any:
    """Messages to who pays for a family, its students and their guardians."""
    students = select(col(Student.id)).where(col(Student.family_id) == family_id)
    payers = select(col(Payer.guardian_id)).where(col(Payer.family_id) == family_id)
    guardians = select(col(Guardianship.guardian_id)).where(
        col(Guardianship.student_id).in_(students)
    )
    return or_(
        col(Contact.student_id).in_(students),
        col(Contact.guardian_id).in_(payers),
        col(Contact.guardian_id).in_(guardians),
    )
