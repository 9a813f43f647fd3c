"""Bring a database to the newest shape, and let the application in."""

from collections.abc import Callable
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from alembic import command
from studio_app.kit.settings import APP_ROLE, ROOT
from studio_app.kit.trouble import Trouble

ONE_AT_A_TIME = 0x5374_7564_696F  # advisory lock: two processes never migrate together
Progress = Callable[[str], None]


def migrate(owner_url: str, app_url: str) -> tuple[str, ...]:
    """Run every migration that is still to run; the names of those that ran."""
    ran: list[str] = []
    engine = owner_engine(owner_url)
    try:
        with engine.connect() as connection:
            connection.execute(text("select pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
            connection.commit()
            admit_application(connection, app_url)
            before = current_revision(connection)
            command.upgrade(alembic_config(connection), "head")
            connection.commit()
            after = current_revision(connection)
            if after is not None and before != after:
                script = ScriptDirectory.from_config(alembic_config())
                steps = script.iterate_revisions(after, before or "base")
                ran = [step.revision for step in steps if step.revision != before]
    except OperationalError as error:
        raise unreachable(owner_url, error) from error
    finally:
        engine.dispose()
    return tuple(reversed(ran))


def admit_application(connection: Connection, app_url: str) -> None:
    """Make the role the application signs in as, with the password it will use."""
    url = make_url(app_url)
    if url.username != APP_ROLE:
        return  # DATABASE_APP_URL names a role that somebody else looks after
    exists = connection.execute(
        text("select 1 from pg_roles where rolname = :name"), {"name": APP_ROLE}
    ).scalar()
    verb = "alter" if exists else "create"
    rights = "" if exists else "nosuperuser nobypassrls nocreatedb nocreaterole "
    statement = sql.SQL("{verb} role {role} login {rights}password {password}").format(
        verb=sql.SQL(verb),
        role=sql.Identifier(APP_ROLE),
        rights=sql.SQL(rights),
        password=sql.Literal(url.password or ""),
    )
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  a connection that was just used
    driver.execute(statement)
    driver.execute(
        sql.SQL("grant connect on database {database} to {role}").format(
            database=sql.Identifier(connection.engine.url.database or ""),
            role=sql.Identifier(APP_ROLE),
        )
    )
    connection.commit()


def owner_engine(url: str) -> Engine:
    """One connection at a time and no waiting pool: migrations are rare."""
    options = {"options": "-c lock_timeout=10s -c timezone=UTC", "connect_timeout": 10}
    return create_engine(url, poolclass=NullPool, connect_args=options)


def current_revision(connection: Connection) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    connection.commit()
    return revision


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def alembic_config(connection: Connection | None = None, *, root: Path = ROOT) -> Config:
    config = Config(root / "alembic.ini")
    config.set_main_option("script_location", str(root / "alembic"))
    config.attributes["connection"] = connection
    return config


def unreachable(url: str, error: OperationalError) -> Trouble:
    place = make_url(url)
    reason = str(error.orig or error).strip().splitlines()[0]
    return Trouble(
        f"The database {place.database} on {place.host}:{place.port or 5432} cannot be used "
        f"({reason}): check DATABASE_URL and that the server is up."
    )
