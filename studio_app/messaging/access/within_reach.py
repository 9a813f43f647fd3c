"""For which students nobody could be written to, before anything is written."""

from collections.abc import Collection

from sqlalchemy import text

from studio_app.kit.ids import StudentId
from studio_app.kit.work import Work

# Whoever hears of lessons (see `contacts.hearing_of_lessons`), with an address or an inbox.
_REACHED = text(
    """
    select g.student_id from guardianship g
    join guardian on guardian.id = g.guardian_id and guardian.archived_at is null
    left join person on person.id = guardian.person_id
    where g.receives_schedule and g.student_id = any(:students)
      and (coalesce(nullif(guardian.email, ''), person.email, '') <> ''
        or guardian.person_id is not null)
    union
    select student.id from student
    left join person on person.id = student.person_id
    where student.is_adult and student.id = any(:students)
      and (coalesce(nullif(student.email, ''), person.email, '') <> ''
        or student.person_id is not null)
    """
)


def out_of_reach_among(work: Work, students: Collection[StudentId]) -> set[StudentId]:
    given = {"students": list(students)}
    found = work.session.connection().execute(_REACHED, given).scalars()
    return set(students) - {StudentId(one) for one in found}
