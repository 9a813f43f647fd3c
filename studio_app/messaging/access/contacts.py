"""Who is to hear of something, and how they can be reached."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.identity.models import Membership
from studio_app.kit.ids import (
    ContactId,
    FamilyId,
    GuardianId,
    PersonId,
    StudentId,
    TeacherId,
    new_id,
)
from studio_app.kit.work import Work
from studio_app.messaging.access.recipients import OFFICE
from studio_app.messaging.models.messages import Contact
from studio_app.people.models import Guardian, Guardianship, Payer, Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat


def of_guardians(work: Work, ids: Iterable[GuardianId]) -> list[ContactId]:
    return _known(work, "guardian_id", ids)


def of_students(work: Work, ids: Iterable[StudentId]) -> list[ContactId]:
    return _known(work, "student_id", ids)


def of_teachers(work: Work, ids: Iterable[TeacherId]) -> list[ContactId]:
    return _known(work, "teacher_id", ids)


def of_each_teacher(work: Work, ids: Iterable[TeacherId]) -> dict[TeacherId, list[ContactId]]:
    found = _contact_of(work, "teacher_id", ids)
    return {TeacherId(teacher_id): [who] for teacher_id, who in found.items()}


def of_people(work: Work, ids: Iterable[PersonId]) -> list[ContactId]:
    return _known(work, "person_id", ids)


def hearing_of_lessons(work: Work, students: Collection[StudentId]) -> list[ContactId]:
    """Who hears when and where these students have lessons: the guardians with the switch, and
    who is grown up and learns."""
    return _both(work, guardians_hearing(students), students_hearing(students))


def hearing_of_an_end(work: Work, students: Collection[StudentId]) -> list[ContactId]:
    """Who hears that lessons do not take place: also of students who were let go with them."""
    guardians = _guardians_of(students, gone=True).where(col(Guardianship.receives_schedule))
    return _both(work, guardians, _adults(students))


def hearing_of_each(
    work: Work, students: Collection[StudentId], *, gone: bool = False
) -> dict[StudentId, list[ContactId]]:
    """Of each student by themselves who hears of their lessons; with `gone`, who of an end."""
    bonds = _guardians_of(students, gone=gone).where(col(Guardianship.receives_schedule))
    pair = (col(Guardianship.student_id), col(Guardianship.guardian_id))
    pairs: list[Any] = sorted(
        work.session.connection().execute(bonds.with_only_columns(*pair)).all()
    )
    adults = _ids(work, _adults(students) if gone else students_hearing(students))
    guardians = _contact_of(work, "guardian_id", (pair.guardian_id for pair in pairs))
    themselves = _contact_of(work, "student_id", adults)
    heard: dict[StudentId, list[ContactId]] = {}
    for pair in pairs:
        heard.setdefault(pair.student_id, []).append(guardians[pair.guardian_id])
    for student_id in adults:
        heard.setdefault(student_id, []).append(themselves[student_id])
    return heard


def together(
    heard: Mapping[StudentId, Sequence[ContactId]], students: Iterable[StudentId]
) -> list[ContactId]:
    """Of what `hearing_of_each` found those of these students, each once."""
    return list(dict.fromkeys(who for each in students for who in heard.get(each, ())))


def guardians_hearing(students: Collection[StudentId]) -> Any:
    return _guardians_of(students).where(col(Guardianship.receives_schedule))


def students_hearing(students: Collection[StudentId]) -> Any:
    return _adults(students).where(col(Student.archived_at).is_(None))


def _adults(students: Collection[StudentId]) -> Any:
    return select(col(Student.id)).where(col(Student.id).in_(students), col(Student.is_adult))


def hearing_of_practice(work: Work, students: Collection[StudentId]) -> list[ContactId]:
    """Who hears what to practise: the guardians with the switch, and students with an address."""
    told = _guardians_of(students).where(col(Guardianship.receives_practice))
    reachable = or_(col(Student.email) != "", col(Student.person_id).is_not(None))
    own = select(col(Student.id)).where(
        col(Student.id).in_(students), reachable, col(Student.archived_at).is_(None)
    )
    return _both(work, told, own)


def hearing_of_bills(work: Work, family_id: FamilyId) -> list[ContactId]:
    """Who hears what a family owes: by the switch, else the primary payer; a grown-up student
    where no guardian is there to hear of it."""
    students = select(col(Student.id)).where(col(Student.family_id) == family_id)
    pays = and_(col(Payer.guardian_id) == col(Guardian.id), col(Payer.family_id) == family_id)
    query = (
        select(col(Guardian.id))
        .outerjoin(Payer, pays)
        .outerjoin(
            Guardianship,
            and_(
                col(Guardianship.guardian_id) == col(Guardian.id),
                col(Guardianship.student_id).in_(students),
            ),
        )
        .where(col(Guardian.archived_at).is_(None))
        .where(or_(col(Payer.id).is_not(None), col(Guardianship.id).is_not(None)))
        .group_by(col(Guardian.id))
        .having(
            func.bool_or(
                func.coalesce(
                    col(Guardianship.receives_billing), col(Payer.is_primary), literal(value=False)
                )
            )
        )
    )
    found = of_guardians(work, _ids(work, query))
    if found:
        return found
    paying = (
        select(col(Payer.guardian_id))
        .join(Guardian, col(Guardian.id) == col(Payer.guardian_id))
        .where(col(Payer.family_id) == family_id, col(Guardian.archived_at).is_(None))
    )
    others = of_guardians(work, _ids(work, paying))
    if others:  # a bill that nobody wants is still a bill
        return others
    adults = select(col(Student.id)).where(
        col(Student.family_id) == family_id, col(Student.is_adult)
    )
    return of_students(work, _ids(work, adults))


def in_office(work: Work) -> list[ContactId]:
    """The owners and administrators."""
    query = (
        select(col(Membership.person_id))
        .where(
            col(Membership.studio_id) == work.studio_id,
            col(Membership.role).in_(OFFICE),
            col(Membership.ended_at).is_(None),
        )
        .distinct()
    )
    return of_people(work, _ids(work, query))


def _guardians_of(students: Collection[StudentId], *, gone: bool = False) -> Any:
    found = (
        select(col(Guardianship.guardian_id))
        .join(Guardian, col(Guardian.id) == col(Guardianship.guardian_id))
        .join(Student, col(Student.id) == col(Guardianship.student_id))
        .where(
            col(Guardianship.student_id).in_(students),
            col(Guardian.archived_at).is_(None),
        )
        .distinct()
    )
    return found if gone else found.where(col(Student.archived_at).is_(None))


def _both(work: Work, guardians: Any, students: Any) -> list[ContactId]:
    return [
        *of_guardians(work, _ids(work, guardians)),
        *of_students(work, _ids(work, students)),
    ]


def _ids(work: Work, query: Any) -> list[Any]:
    return list(work.session.connection().execute(query).scalars())


def _known(work: Work, column: str, ids: Iterable[UUID]) -> list[ContactId]:
    return list(_contact_of(work, column, ids).values())


def _contact_of(work: Work, column: str, ids: Iterable[UUID]) -> dict[UUID, ContactId]:
    """The contact of each of these people, made where there is none yet."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    here: Any = getattr(Contact, column)
    query = select(here, col(Contact.id)).where(here.in_(wanted))
    connection = work.session.connection()
    found = {row[0]: row[1] for row in connection.execute(query)}
    missing = [one for one in wanted if one not in found]
    if missing:
        rows = [
            {"id": new_id(), column: one, "created_at": work.now, "quiet_from": "",
             "quiet_until": ""}
            for one in missing
        ]  # fmt: skip
        connection.execute(insert(Contact).on_conflict_do_nothing(), rows)
        found = {row[0]: row[1] for row in connection.execute(query)}
    return {one: ContactId(found[one]) for one in wanted}


def with_number(work: Work, number: str) -> list[ContactId]:
    """Whose telephone number this is now; nobody who has left."""

    def having(kind: type[Guardian] | type[Student] | type[Teacher]) -> list[Any]:
        query = select(col(kind.id)).where(col(kind.phone) == number)
        return _ids(work, query.where(col(kind.archived_at).is_(None)))

    return [
        *of_guardians(work, having(Guardian)),
        *of_students(work, having(Student)),
        *of_teachers(work, having(Teacher)),
    ]


def teachers_of(work: Work, students: Collection[StudentId]) -> list[ContactId]:
    """Who teaches these students in lessons to come."""
    query = (
        select(col(Lesson.teacher_id))
        .join(Seat, col(Seat.lesson_id) == col(Lesson.id))
        .where(
            col(Seat.student_id).in_(students),
            col(Seat.left_at).is_(None),
            col(Seat.blocking),
            col(Lesson.starts_at) > work.now,
        )
        .distinct()
    )
    return of_teachers(work, _ids(work, query))
