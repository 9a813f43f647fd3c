"""The database a command works on: that of DATABASE_URL, else this machine's own."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from studio_app.kit import postgres
from studio_app.kit.machine import local_secret, machine, tell_this_process
from studio_app.kit.postgres import Server
from studio_app.kit.trouble import Trouble


@dataclass
class LocalDatabase:
    """The embedded server, or None where DATABASE_URL names another."""

    server: Server | None

    def mend(self) -> bool:
        """Start the server again if it has died; whether that was needed."""
        if self.server is None or self.server.running:
            return False
        self.server = _start()
        return True


@contextmanager
def local_database() -> Generator[LocalDatabase, None, None]:
    """Settle the settings of this process and its children; start the embedded server if needed."""
    here = machine()
    if not here.studio_secret:
        if here.database_url:
            raise Trouble(
                "STUDIO_SECRET is not set: put at least 32 random characters into it, in the "
                "environment or .env, and keep them for as long as you keep the database."
            )
        tell_this_process(STUDIO_SECRET=local_secret(here.studio_data))
    tell_this_process(STUDIO_DEMO="true" if here.demo else "false")
    database = LocalDatabase(None if here.database_url else _start())
    if database.server is not None:
        tell_this_process(DATABASE_URL=database.server.url)
    try:
        yield database
    finally:
        if database.server is not None:
            database.server.stop()


def _start() -> Server:
    here = machine()
    return postgres.start(here.studio_data / "postgres", binaries=here.studio_pg_bin)
