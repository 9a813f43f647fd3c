"""How much the database is asked, whatever is in the diary."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from studio_app.scheduling.queries.calendar import calendar_range
from tests.scheduling.conftest import TUESDAY, Desk

WEEK = timedelta(weeks=1)


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []
    engine = desk.world.connection.engine

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("lessons", [100, 1_000, 10_000])
def test_a_month_takes_as_many_statements_whatever_is_in_it(desk: Desk, lessons: int) -> None:
    world = desk.world
    fill(desk, lessons)
    with statements(desk) as sent:
        found = world.run(world.olivia, calendar_range, TUESDAY, TUESDAY + 5 * WEEK)
    assert len(found.lessons) == lessons
    asked = [s for s in sent if s.lstrip().lower().startswith("select") and "set_config" not in s]
    assert len(asked) == 3


def fill(desk: Desk, lessons: int) -> None:
    """So many lessons in four weeks, five minutes apart, each with Sam or nobody."""
    world = desk.world
    teacher = {"teacher": world.teacher_id, "kind": desk.piano, "n": lessons}
    world.as_(world.olivia)
    world.connection.execute(
        text(
            "insert into lesson (id, created_at, teacher_id, lesson_type_id, starts_at, ends_at,"
            " status, kind, notes, cancel_reason) select gen_random_uuid(), now(), :teacher,"
            " :kind, at, at + interval '1 minute', 'scheduled', 'regular', '', '' from"
            " generate_series(1, :n) as i, lateral (select timestamptz '2026-09-08 04:00Z'"
            " + i * interval '3 minutes' as at) as slot"
        ),
        teacher,
    )
    world.connection.execute(
        text(
            "insert into seat (id, created_at, lesson_id, student_id, starts_at, ends_at, blocking)"
            " select gen_random_uuid(), now(), id, :student, starts_at, ends_at, true from lesson"
        ),
        {"student": world.student_id},
    )
