"""The drill: what was backed up comes back, checked, and what was there is not lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from studio_app.cli.backup import MANIFEST, bring_back, read_manifest, write_backup
from studio_app.kit.trouble import Trouble
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database, Databases, rows


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture
def saved(cloned: Database, cast: Cast, tmp_path: Path) -> Path:
    assert cast.harmony
    write_backup(cloned.owner_url, tmp_path)
    return tmp_path


@pytest.fixture
def empty(server: Databases) -> Iterator[Database]:
    database = server.create()
    yield database
    server.drop(database)


EVERYTHING = "select studio_id, first_name, last_name from student order by id"


def test_what_was_backed_up_comes_back(saved: Path, cloned: Database, empty: Database) -> None:
    kept = bring_back(saved, read_manifest(saved), empty.owner_url, empty.app_url)

    assert kept is None
    assert rows(empty.owner, EVERYTHING) == rows(cloned.owner, EVERYTHING)
    assert rows(empty.owner, EVERYTHING)


def test_a_restored_database_is_fenced(saved: Path, empty: Database, cast: Cast) -> None:
    bring_back(saved, read_manifest(saved), empty.owner_url, empty.app_url)

    with empty.app.begin() as connection:
        assert connection.execute(text(EVERYTHING)).all() == []
        setting = text("select set_config('app.studio_id', :id, true)")
        connection.execute(setting, {"id": str(cast.harmony)})
        assert len(connection.execute(text(EVERYTHING)).all()) == 1
        with pytest.raises(DBAPIError, match="outside of a Work"):
            connection.execute(text("update student set first_name = 'Eve'"))


def test_what_was_there_is_kept_under_another_name(
    saved: Path, server: Databases, migrated_template: Database
) -> None:
    target = server.create(template=migrated_template.name)
    with target.app.begin() as connection:
        cast_of(connection, NOW)
    before = rows(target.owner, "select id from studio order by id")

    with target.app.connect() as somebody_working:
        somebody_working.execute(text("select 1"))
        kept = bring_back(saved, read_manifest(saved), target.owner_url, target.app_url)
        somebody_working.invalidate()

    assert kept is not None
    former = make_url(target.owner_url).set(database=kept).render_as_string(hide_password=False)
    former_database = Database(kept, former, former)
    assert rows(former_database.owner, "select id from studio order by id") == before
    assert rows(target.owner, "select id from studio order by id") != before
    server.adopt(former_database)
    server.drop(former_database)
    server.drop(target)


def test_a_damaged_backup_is_refused(saved: Path) -> None:
    dump = saved / "studio.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"!")

    with pytest.raises(Trouble, match="checksum differs"):
        read_manifest(saved)


def test_a_backup_without_its_manifest_is_not_whole(saved: Path) -> None:
    (saved / MANIFEST).unlink()

    with pytest.raises(Trouble, match="does not hold a complete backup"):
        read_manifest(saved)


def test_a_backup_from_a_newer_version_is_refused(saved: Path) -> None:
    manifest = saved / MANIFEST
    manifest.write_text(manifest.read_text().replace('"revision": "', '"revision": "99_'))

    with pytest.raises(Trouble, match="newer Cadenza"):
        read_manifest(saved)
