"""The doctor sees what the database should have prevented."""

import pytest
from sqlalchemy import text

from studio_app.cli.database import findings_of, invariants
from studio_app.kit.doctor import Invariant, examine
from tests.cast import cast_of
from tests.conftest import NOW, World
from tests.database import Database, hold_in_every_studio


def test_a_sound_database_breaks_no_promise(cloned: Database) -> None:
    with cloned.app.begin() as connection:
        cast_of(connection, NOW)

    findings = findings_of(cloned.owner_url)

    assert "I9" in {finding.id for finding in findings}
    assert {finding.id: finding.rows for finding in findings if finding.rows} == {}


def test_a_row_that_points_into_another_studio_is_found(cloned: Database) -> None:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW)
    loosened = text(
        "alter table student drop constraint student_studio_id_family_id_fkey, "
        "add constraint across foreign key (family_id) references family (id) not valid"
    )
    with cloned.owner.connect() as connection:
        connection.execute(text("alter table family add unique (id)"))
        connection.execute(loosened)
        move = text("update student set studio_id = :rival where id = :sam")
        connection.execute(text("delete from guardianship"))
        connection.execute(move, {"rival": cast.rival, "sam": cast.student_id})

        found = {finding.id: finding.rows for finding in examine(connection, ())}
        connection.rollback()

    assert found == {"I9": 1}


def test_each_promise_has_its_own_sentence() -> None:
    promises = [(check.id, check.promise) for check in invariants()]

    assert len(promises) == len(set(promises))
    assert all(isinstance(check, Invariant) and check.promise for check in invariants())


def test_every_test_is_followed_by_the_doctor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_in_every_studio(world.connection)
    nobody = Invariant("X1", "Nobody learns here.", "select 1 from student")
    monkeypatch.setattr("tests.database.INVARIANTS", [nobody])

    with pytest.raises(AssertionError, match="Nobody learns here"):
        hold_in_every_studio(world.connection)
    monkeypatch.undo()
