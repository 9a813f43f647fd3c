"""The ground benches stand on: a server of their own, and studios filled by COPY."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
from sqlalchemy import Engine, make_url

from studio_app.kit.ids import new_id
from studio_app.kit.jobs import declare
from studio_app.kit.machine import machine, tell_this_process
from studio_app.kit.migrations import migrate
from studio_app.kit.outbox import wire
from studio_app.wiring import JOBS, SUBSCRIPTIONS
from tests.cast import Cast, cast_of
from tests.database import SECRET, Database, database_server

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
"""Where generated lessons begin: 9 o'clock on a Monday in London."""
HALF_HOUR = timedelta(minutes=30)
PER_DAY = 20


@dataclass(frozen=True)
class Ground:
    database: Database
    cast: Cast

    @property
    def engine(self) -> Engine:
        return self.database.app

    def connect(self, *, as_owner: bool = False) -> psycopg.Connection:
        url = self.database.owner_url if as_owner else self.database.app_url
        plain = make_url(url).set(drivername="postgresql")
        return psycopg.connect(plain.render_as_string(hide_password=False))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Generated people of a studio, and the one kind of lesson they take."""

    studio_id: UUID
    type_id: UUID
    teachers: list[UUID]
    students: list[UUID]


@contextmanager
def ground() -> Iterator[Ground]:
    """A migrated database with the cast of the tests in it."""
    if not machine().studio_secret:
        tell_this_process(STUDIO_SECRET=SECRET)
    machine()
    wire(SUBSCRIPTIONS)
    declare(JOBS)
    with database_server() as server:
        if not machine().database_url:
            tell_this_process(DATABASE_URL=server.owner_url)
        database = server.create()
        migrate(database.owner_url, database.app_url)
        with database.app.begin() as connection:
            cast = cast_of(connection, NOW)
        try:
            yield Ground(database, cast)
        finally:
            database.dispose()


def crowd(ground: Ground, studio_id: UUID, *, teachers: int, students: int) -> Crowd:
    """Teachers and students without stories, each student a family of their own."""
    made = Crowd(
        studio_id,
        new_id(),
        [new_id() for _ in range(teachers)],
        [new_id() for _ in range(students)],
    )
    families = [new_id() for _ in made.students]
    people = zip(made.students, families, strict=True)
    with filling(ground) as connection:
        _copy(
            connection,
            studio_id,
            "lesson_type",
            "id, name, minutes, capacity, colour, is_online",
            [(made.type_id, "Piano", 30, 1, 1, False)],
        )
        _copy(
            connection,
            studio_id,
            "teacher",
            "id, name, email, phone, colour, instruments",
            [(id_, f"Teacher {n}", "", "", n % 8 + 1, []) for n, id_ in enumerate(made.teachers)],
        )
        _copy(
            connection,
            studio_id,
            "family",
            "id, name, address, notes",
            [(id_, f"Family {n}", "", "") for n, id_ in enumerate(families)],
        )
        _copy(
            connection,
            studio_id,
            "student",
            "id, family_id, first_name, last_name, status, is_adult, email, "
            "phone, instrument, notes",
            [
                (id_, family, f"First{n}", f"Last{n}", "active", False, "", "", "", "")
                for n, (id_, family) in enumerate(people)
            ],
        )
    return made


def lessons(
    ground: Ground, people: Crowd, count: int, *, per_week: int | None = None, since: datetime
) -> list[UUID]:
    """So many half-hour lessons with one student each, spread over the teachers.

    With `per_week` they go on week after week; without, all of them are in one.
    """
    ids = [new_id() for _ in range(count)]
    rows = [_when(n, len(people.teachers), per_week or count, since) for n in range(count)]
    placed = [
        (id_, teacher, start, people.students[n % len(people.students)])
        for n, (id_, (teacher, start)) in enumerate(zip(ids, rows, strict=True))
    ]
    with filling(ground) as connection:
        _copy(
            connection,
            people.studio_id,
            "lesson",
            "id, teacher_id, lesson_type_id, starts_at, ends_at, status, kind, "
            "notes, cancel_reason",
            [
                (
                    *(id_, people.teachers[teacher], people.type_id),
                    *(start, start + HALF_HOUR, "scheduled", "regular", "", ""),
                )
                for id_, teacher, start, _student in placed
            ],
        )
        _copy(
            connection,
            people.studio_id,
            "seat",
            "id, lesson_id, student_id, starts_at, ends_at, blocking",
            [
                (new_id(), id_, student, start, start + HALF_HOUR, True)
                for id_, _teacher, start, student in placed
            ],
        )
    return ids


def _when(n: int, teachers: int, per_week: int, since: datetime) -> tuple[int, datetime]:
    """Which teacher, and when: five days of twenty half hours in each week."""
    week, within = divmod(n, per_week)
    slot, teacher = divmod(within, teachers)
    day, half_hour = divmod(slot, PER_DAY)
    return teacher, since + timedelta(weeks=week, days=day) + half_hour * HALF_HOUR


@contextmanager
def filling(ground: Ground) -> Iterator[psycopg.Connection]:
    """Write rows as the owner, without triggers; then let the planner know them."""
    with ground.connect(as_owner=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection
        connection.commit()
        connection.execute("analyze")
        connection.commit()


def _copy(
    connection: psycopg.Connection,
    studio_id: UUID,
    table: str,
    columns: str,
    rows: Iterable[tuple[object, ...]],
) -> None:
    statement = f"copy {table} (studio_id, created_at, {columns}) from stdin".encode()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row((studio_id, NOW, *row))
