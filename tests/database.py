"""Real databases for tests: migrated once into a template, copied in milliseconds.

Without DATABASE_URL the tests start a server of their own that forgets everything; with it they
make databases named after themselves on that server and remove them again.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from studio_app.cli.database import findings_of
from studio_app.kit import postgres
from studio_app.kit.database import engine_for
from studio_app.kit.doctor import examine_studio
from studio_app.kit.machine import machine, tell_this_process
from studio_app.kit.migrations import migrate
from studio_app.kit.settings import APP_ROLE, settings
from studio_app.wiring import INVARIANTS

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
SECRET = "only-for-tests-" + "0" * 32
NO_STATISTICS = """
do $$ declare found regclass; begin
  for found in select oid from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
  loop execute format('alter table %s set (autovacuum_enabled = off)', found); end loop;
end $$"""
"""Else autovacuum finds the tables of rolled-back tests empty, and a test that fills one later is
planned for a single row. Without statistics Postgres goes by the size of the file."""
PATIENT = 50
DATABASE_FIXTURES = {"server", "migrated_template", "template_engine", "connection", "cloned"}


@dataclass(frozen=True)
class Database:
    """One database with the address of its owner and that of the application."""

    name: str
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    app: Engine = field(init=False)
    owner: Engine = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "app", engine_for(self.app_url))
        object.__setattr__(self, "owner", create_engine(self.owner_url, poolclass=NullPool))

    def environment(self) -> dict[str, str]:
        """What a process of ours needs to know to work on this database."""
        return {
            "DATABASE_URL": self.owner_url,
            "DATABASE_APP_URL": self.app_url,
            "STUDIO_SECRET": settings().studio_secret.get_secret_value(),
        }

    def dispose(self) -> None:
        self.app.dispose()
        self.owner.dispose()


class Databases:
    """A server to make databases on; every name carries this run's process id."""

    def __init__(self, owner_url: str) -> None:
        self.owner_url = owner_url
        self._numbers = count(1)
        self._made: list[str] = []

    def create(self, *, template: str | None = None) -> Database:
        """An empty database, or a copy of `template` (which nobody may be using)."""
        name = f"cadenza_test_{os.getpid()}_{next(self._numbers)}"
        how = f" template {template} strategy file_copy" if template else ""
        with self._maintenance() as connection:
            connection.execute(f"create database {name}{how}".encode())
        self._made.append(name)
        owner_url = make_url(self.owner_url).set(database=name)
        app_url = owner_url.set(username=APP_ROLE, password=settings().app_password)
        return Database(
            name,
            owner_url.render_as_string(hide_password=False),
            app_url.render_as_string(hide_password=False),
        )

    def adopt(self, database: Database) -> None:
        """Look after a database that something else made here."""
        self._made.append(database.name)

    def drop(self, database: Database) -> None:
        database.dispose()
        with self._maintenance() as connection:
            self._drop(connection, database.name)
        self._made.remove(database.name)

    def _drop(self, connection: psycopg.Connection, name: str) -> None:
        """Who is no superuser cannot end the server's own autovacuum: it is soon done."""
        for attempt in range(PATIENT, -1, -1):
            try:
                connection.execute(f"drop database if exists {name} with (force)".encode())
            except psycopg.errors.InsufficientPrivilege:
                if not attempt:
                    raise
                time.sleep(0.2)
            else:
                return

    def drop_everything(self) -> None:
        with self._maintenance() as connection:
            for name in self._made:
                self._drop(connection, name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other worker of this run does the same: the application's role is one for all."""
        with self._maintenance() as connection:
            connection.execute("select pg_advisory_lock(hashtext('cadenza tests'))")
            yield

    def _maintenance(self) -> psycopg.Connection:
        url = make_url(self.owner_url).set(drivername="postgresql", database="postgres")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


@contextmanager
def database_server() -> Iterator[Databases]:
    """The server of DATABASE_URL, else a fresh one without durability that ends with the tests."""
    given = machine().database_url
    if given and given != NOWHERE:  # which is what the workers of this run inherit
        shared = Databases(given)
        try:
            yield shared
        finally:
            shared.drop_everything()
        return
    folder = Path(tempfile.mkdtemp(prefix="cadenza-test-"))
    folder.chmod(0o755)
    own = postgres.start(folder / "pg", durable=False, binaries=machine().studio_pg_bin)
    try:
        yield Databases(own.url)
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    for part in ("unit", "database", "browser"):
        config.addinivalue_line("markers", f"{part}: set from what a test uses; see ./studio test")
    config.addinivalue_line("markers", "long: minutes; once in a run is enough")
    config.addinivalue_line("markers", "breaks_promises: leaves rows the doctor would report")
    if not machine().studio_secret:
        tell_this_process(STUDIO_SECRET=SECRET)
    if not machine().database_url:
        # Settings want an address; a test that touches a database takes it from a fixture.
        tell_this_process(DATABASE_URL=NOWHERE)


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort tests into the parts that `./studio test` knows: unit, database, browser."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "e2e" in item.path.parts:
            item.add_marker("browser")
        elif names & DATABASE_FIXTURES or item.get_closest_marker("database"):
            item.add_marker("database")
        else:
            item.add_marker("unit")


@pytest.fixture(scope="session")
def server() -> Iterator[Databases]:
    with database_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(server: Databases) -> Database:
    """The newest shape, made by the real migrations; copied, and used by rolled-back tests."""
    database = server.create()
    with server.alone():
        migrate(database.owner_url, database.app_url)
        with database.owner.begin() as connection:
            # Else an owner who is no superuser may not end the application's connections.
            connection.execute(text(f"grant {APP_ROLE} to current_user"))
    with database.owner.begin() as connection:
        connection.execute(text(NO_STATISTICS))
    return database


@pytest.fixture(scope="session")
def template_engine(server: Databases, migrated_template: Database) -> Iterator[Engine]:
    """The application's own engine on a copy that no test ever commits to."""
    copy = clone(server, migrated_template)
    yield copy.app
    server.drop(copy)


@pytest.fixture
def connection(template_engine: Engine, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """One connection as the application role, whose transaction is always rolled back.

    Before that the doctor looks at what the test has left, studio by studio.
    """
    with template_engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        try:
            if _can_be_examined(connection) and not breaks_promises(request):
                hold_in_every_studio(connection)
        finally:
            if transaction.is_active:
                transaction.rollback()


@pytest.fixture(scope="module")
def cloned(
    server: Databases, migrated_template: Database, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """A database of the module's own, for what has to commit; the doctor sees it last."""
    copy = clone(server, migrated_template)
    yield copy
    try:
        if not breaks_promises(request):
            broken = [finding for finding in findings_of(copy.owner_url) if finding.rows]
            assert broken == []
    finally:
        server.drop(copy)


def breaks_promises(request: pytest.FixtureRequest) -> bool:
    """Whether a test or module says that it breaks promises on purpose."""
    return request.node.get_closest_marker("breaks_promises") is not None


def _can_be_examined(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    return driver is not None and driver.info.transaction_status == TransactionStatus.INTRANS


def hold_in_every_studio(connection: Connection) -> None:
    connection.execute(text("set constraints all immediate"))
    for studio_id in (
        connection.execute(text("select id from identity_every_studio()")).scalars().all()
    ):
        setting = text("select set_config('app.studio_id', :id, true)")
        connection.execute(setting, {"id": str(studio_id)})
        broken = [one for one in examine_studio(connection, INVARIANTS) if one.rows]
        assert broken == []


def clone(server: Databases, template: Database) -> Database:
    template.dispose()
    return server.create(template=template.name)


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    """What the owner sees, beyond every fence."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]
