"""Many families at once, written past the use cases: what is measured is how they are told."""

from datetime import datetime
from hashlib import md5
from uuid import UUID

from sqlalchemy import text

from studio_app.kit.ids import StudentId
from tests.messaging.town import Town

_TABLES = ("family", "student", "guardian", "guardianship", "teacher", "lesson", "seat")
_FAMILIES = """
  insert into family (id, studio_id, created_at, name, address, notes)
    select md5('family' || n)::uuid, :studio, :now, 'Kay ' || n, '', ''
    from generate_series(cast(:first as int), cast(:last as int)) n;
  insert into student (id, studio_id, created_at, family_id, first_name, last_name, status,
      is_adult, email, phone, instrument, notes)
    select md5('student' || n)::uuid, :studio, :now, md5('family' || n)::uuid, 'Kim', 'Kay ' || n,
      'active', false, '', '', 'Oboe', ''
    from generate_series(cast(:first as int), cast(:last as int)) n;
  insert into guardian (id, studio_id, created_at, name, email, phone)
    select md5('guardian' || n)::uuid, :studio, :now, 'Mother ' || n,
      'mother' || n || '@example.org', ''
    from generate_series(cast(:first as int), cast(:last as int)) n;
  insert into guardianship (id, studio_id, created_at, guardian_id, student_id, receives_schedule,
      receives_practice)
    select md5('bond' || n)::uuid, :studio, :now, md5('guardian' || n)::uuid,
      md5('student' || n)::uuid, true, true
    from generate_series(cast(:first as int), cast(:last as int)) n;
"""
_LESSONS = """
  insert into teacher (id, studio_id, created_at, name, email, phone, colour, instruments)
    select md5('teacher' || n)::uuid, :studio, :now, 'Teacher ' || n, '', '', 1, '{}'
    from generate_series(cast(:first as int), cast(:last as int)) n;
  insert into lesson (id, studio_id, created_at, teacher_id, lesson_type_id, starts_at, ends_at,
      status, kind, notes, cancel_reason)
    select md5('lesson' || n)::uuid, :studio, :now, md5('teacher' || n)::uuid, :kind, :at,
      cast(:at as timestamptz) + interval '30 minutes', 'scheduled', 'regular', '', ''
    from generate_series(cast(:first as int), cast(:last as int)) n;
  insert into seat (id, studio_id, created_at, lesson_id, student_id, starts_at, ends_at, blocking)
    select md5('seat' || n)::uuid, :studio, :now, md5('lesson' || n)::uuid,
      md5('student' || n)::uuid, :at, cast(:at as timestamptz) + interval '30 minutes', true
    from generate_series(cast(:first as int), cast(:last as int)) n;
"""


def crowd(town: Town, numbers: range) -> tuple[StudentId, ...]:
    """A family for each number: a child who plays the oboe, and a mother."""
    _write(town, _FAMILIES, numbers)
    return tuple(StudentId(UUID(md5(f"student{n}".encode()).hexdigest())) for n in numbers)  # noqa: S324


def lessons(town: Town, numbers: range, at: datetime) -> None:
    """Each of these children has one then, with a teacher of their own."""
    _write(town, _LESSONS, numbers, at=at, kind=town.kind())


def _write(town: Town, statements: str, numbers: range, **given: object) -> None:
    given |= {"first": numbers[0], "last": numbers[-1]}
    given |= {"studio": town.cast.harmony, "now": town.now}
    with town.database.owner.begin() as connection:
        for table in _TABLES:  # no Work accounts for this, so the audit would refuse it
            connection.execute(text(f"alter table {table} disable trigger user"))
        for statement in statements.split(";\n"):
            if statement.strip():
                connection.execute(text(statement), given)
        for table in _TABLES:
            connection.execute(text(f"alter table {table} enable trigger user"))
