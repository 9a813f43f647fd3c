"""What a migration writes for a table that belongs to studios is what a model says of it."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from studio_app.kit.access import Actor
from studio_app.kit.tables import (
    StudioOwned,
    audited,
    fence,
    id_columns,
    instant_column,
    owned,
    references,
)
from studio_app.kit.work import Work, enter
from tests.cast import cast_of
from tests.conftest import NOW
from tests.database import Database


@pytest.fixture
def swept(cloned: Database) -> Iterator[Database]:
    """Other tests get the same database: nothing of ours stays in it."""
    yield cloned
    with cloned.owner.begin() as connection:
        connection.execute(sa.text("drop table if exists metronome"))


def test_a_new_table_is_fenced_audited_and_points_into_its_own_studio(swept: Database) -> None:
    with swept.app.begin() as connection:
        cast = cast_of(connection, NOW)
    with swept.owner.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        op.create_table(
            "metronome",
            *owned(
                *id_columns("teacher_id"),
                *id_columns("lent_to", nullable=True),
                instant_column("bought_at", nullable=True),
                *references(teacher_id="teacher", lent_to="student"),
            ),
        )
        for statement in (*fence("metronome"), *audited("metronome")):
            connection.execute(sa.text(statement))
        found = {one["name"]: one for one in sa.inspect(connection).get_columns("metronome")}
    wanted = {"teacher_id": False, "lent_to": True, "bought_at": True}
    assert {name: found[name]["nullable"] for name in wanted} == wanted
    assert {*StudioOwned.model_fields, "id"} == found.keys() - wanted.keys()

    ours = "insert into metronome (id, created_at, teacher_id) values (:id, now(), :teacher)"
    given = {"id": cast.harmony, "teacher": cast.teacher_id}
    with swept.app.begin() as connection:
        as_owner(connection, cast.olivia)
        connection.execute(sa.text(ours), given)
        counted = "select count(*) from audit_change where table_name = 'metronome'"
        assert connection.execute(sa.text(counted)).scalar_one() == 1
    with swept.app.begin() as connection:
        as_owner(connection, cast.rita)
        assert connection.execute(sa.text("select id from metronome")).all() == []
        elsewhere = pytest.raises(IntegrityError, match="studio_id_teacher_id_fkey")
        with elsewhere, connection.begin_nested():
            connection.execute(sa.text(ours), {**given, "id": cast.rival})


def as_owner(connection: sa.Connection, actor: Actor) -> None:
    enter(connection, Work(Session(connection), actor, NOW), as_owner)
