"""Migrations: once, in turn, without drift, and the application stays a guest."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from studio_app import schema
from studio_app.kit.database import engine_for
from studio_app.kit.migrations import current_revision, migrate, newest_revision
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.trouble import Trouble
from tests.database import Database, Databases, rows

POWERS = """
select rolname, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole
from pg_roles where rolname = 'studio_app'
"""
BELONGINGS = "select relname from pg_class where pg_get_userbyid(relowner) = 'studio_app'"


def test_two_that_migrate_at_once_take_turns(server: Databases) -> None:
    empty = server.create()
    with ThreadPoolExecutor(2) as pool:
        started = [pool.submit(migrate, empty.owner_url, empty.app_url) for _ in range(2)]
        ran = [future.result() for future in started]

    assert sorted(map(bool, ran)) == [False, True]
    with empty.owner.connect() as connection:
        assert current_revision(connection) == newest_revision()
    server.drop(empty)


def test_the_models_and_the_database_agree(cloned: Database) -> None:
    with cloned.owner.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": _not_the_queue},
        )
        assert compare_metadata(context, schema.metadata) == []


def test_the_application_owns_nothing_and_is_nobody(cloned: Database) -> None:
    assert rows(cloned.owner, POWERS) == [(APP_ROLE, False)]
    assert rows(cloned.owner, BELONGINGS) == []


def test_a_new_secret_gives_the_application_a_new_password(
    cloned: Database, migrated_template: Database
) -> None:
    changed = cloned.app.url.set(password="another one entirely")
    migrate(cloned.owner_url, changed.render_as_string(hide_password=False))
    try:
        engine = engine_for(changed.render_as_string(hide_password=False))
        with engine.connect() as connection:
            assert connection.execute(text("select current_user")).scalar_one() == APP_ROLE
        engine.dispose()
    finally:
        migrate(cloned.owner_url, cloned.app_url)


def test_a_server_that_is_not_there_is_named(cloned: Database) -> None:
    nowhere = cloned.owner.url.set(port=1).render_as_string(hide_password=False)

    with pytest.raises(Trouble, match=r"on 127\.0\.0\.1:1 cannot be used .*check DATABASE_URL"):
        migrate(nowhere, nowhere)


def _not_the_queue(_thing: object, name: str | None, kind: str, *_more: object) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate_"))
