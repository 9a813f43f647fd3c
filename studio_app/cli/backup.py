"""`backup DIR` and `restore DIR`: a dump and a manifest that says whether it is whole."""

import hashlib
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from studio_app.cli.console import say, step
from studio_app.cli.database import findings_of, tell
from studio_app.cli.local import local_database
from studio_app.kit import migrations
from studio_app.kit.clock import utc_now
from studio_app.kit.dump import dump, load
from studio_app.kit.machine import path_typed
from studio_app.kit.migrations import owner_engine
from studio_app.kit.settings import APP_ROLE, settings
from studio_app.kit.trouble import Trouble

DUMP = "studio.dump"
MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself. Written last, so a folder without it is not whole."""

    format: int
    made_at: str
    revision: str | None
    owner: str
    postgres: int
    sha256: str
    size: int


def backup(words: list[str]) -> None:
    folder = _folder(words, "backup")
    if folder.exists() and any(folder.iterdir()):
        raise Trouble(f"{folder} is not empty: name a new folder for each backup.")
    with local_database():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)  # it holds people's names and addresses
        except OSError as error:
            raise Trouble(
                f"{folder} cannot be written ({error.strerror}): name another."
            ) from error
        with step("Backing up"):
            manifest = write_backup(settings().database_url, folder)
    say(f"{manifest.size / 1_000_000:.1f} MB are in {folder}. Keep STUDIO_SECRET with it, apart.")


def restore(words: list[str]) -> None:
    sure = "--yes" in words
    folder = _folder([word for word in words if word != "--yes"], "restore")
    manifest = read_manifest(folder)
    with local_database():
        chosen = settings()
        if not sure and _has_studios(chosen.database_url):
            raise Trouble(
                "There are studios in this database: ./studio restore DIR --yes puts the backup "
                "in their place and keeps the present database under another name."
            )
        kept = bring_back(folder, manifest, chosen.database_url, chosen.app_database_url)
    say(f"Restored the backup of {manifest.made_at}.")
    if kept:
        say(f"What was there before is in the database {kept}: drop it when you are sure.")


def write_backup(owner_url: str, folder: Path) -> Manifest:
    engine = owner_engine(owner_url)
    try:
        with engine.connect() as connection:
            major, revision = _server_major(connection), migrations.current_revision(connection)
    except OperationalError as error:
        raise migrations.unreachable(owner_url, error) from error
    file = folder / DUMP
    dump(owner_url, file, server_major=major)
    manifest = Manifest(
        format=FORMAT,
        made_at=f"{utc_now():%Y-%m-%d %H:%M} UTC",
        revision=revision,
        owner=make_url(owner_url).username or "",
        postgres=major,
        sha256=_sha256(file),
        size=file.stat().st_size,
    )
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What the backup says of itself, after checking that it is true."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
        whole = _sha256(folder / DUMP) == manifest.sha256
    except (OSError, ValueError, TypeError) as error:
        raise Trouble(f"{folder} does not hold a complete backup: name another folder.") from error
    if not whole:
        raise Trouble(f"{folder / DUMP} is not what was backed up (its checksum differs).")
    known = ScriptDirectory.from_config(migrations.alembic_config()).walk_revisions()
    if manifest.revision and manifest.revision not in {step.revision for step in known}:
        raise Trouble("This backup is from a newer Cadenza: update this one, then restore.")
    return manifest


def bring_back(folder: Path, manifest: Manifest, owner_url: str, app_url: str) -> str | None:
    """Restore beside the present database, check, and only then change places.

    Returns the name under which the former database is kept, if there was anything in it.
    """
    present = make_url(owner_url)
    name = present.database or ""
    fresh = f"{name}_restoring"
    fresh_url = present.set(database=fresh).render_as_string(hide_password=False)
    fresh_app_url = make_url(app_url).set(database=fresh).render_as_string(hide_password=False)
    with _maintenance(owner_url).connect() as server:
        major = _server_major(server)
        server.execute(text(f'drop database if exists "{fresh}" with (force)'))
        server.execute(text(f'create database "{fresh}" template template0'))
        with step("Reading the backup"):
            with owner_engine(fresh_url).connect() as connection:
                migrations.admit_application(connection, fresh_app_url)
            load(folder / DUMP, fresh_url, server_major=major, owner_then=manifest.owner)
        with step("Bringing it up to date and checking it"):
            migrations.migrate(fresh_url, fresh_app_url)
            findings = findings_of(fresh_url)
        if any(finding.rows for finding in findings):
            tell(findings)
            raise Trouble(f"The backup breaks a promise, so nothing was replaced: see {fresh}.")
        return _change_places(server, name, fresh, keep=_has_studios(owner_url))


def _change_places(server: Connection, name: str, fresh: str, *, keep: bool) -> str | None:
    kept = f"{name}_before_{utc_now():%Y%m%d_%H%M%S}"
    leave = text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
    server.execute(text(f'alter database "{name}" allow_connections false'))
    with _as_one_of(server, APP_ROLE):
        server.execute(leave, {"name": name})
        server.execute(leave, {"name": fresh})
    server.execute(text(f'alter database "{name}" rename to "{kept}"'))
    server.execute(text(f'alter database "{fresh}" rename to "{name}"'))
    if keep:
        server.execute(text(f'alter database "{kept}" allow_connections true'))
        return kept
    server.execute(text(f'drop database "{kept}" with (force)'))
    return None


@contextmanager
def _as_one_of(server: Connection, role: str) -> Generator[None, None, None]:
    """An owner who is no superuser may end only the sessions of roles it belongs to."""
    asked = text("select pg_has_role(current_user, :role, 'member')")
    if server.execute(asked, {"role": role}).scalar_one():
        yield
        return
    server.execute(text(f'grant "{role}" to current_user'))
    yield
    server.execute(text(f'revoke "{role}" from current_user'))


def _has_studios(owner_url: str) -> bool:
    engine = owner_engine(owner_url)
    try:
        with engine.connect() as connection:
            if connection.execute(text("select to_regclass('public.studio')")).scalar() is None:
                return False
            return bool(connection.execute(text("select exists (select from studio)")).scalar())
    except OperationalError as error:
        raise migrations.unreachable(owner_url, error) from error


def _maintenance(owner_url: str) -> Engine:
    url = make_url(owner_url).set(database="postgres")
    return create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")


def _server_major(connection: Connection) -> int:
    number = connection.execute(text("show server_version_num")).scalar_one()
    connection.commit()
    return int(number) // 10_000


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _folder(words: list[str], command: str) -> Path:
    if len(words) != 1 or words[0].startswith("-"):
        raise Trouble(f"Say where: ./studio {command} DIR.")
    return path_typed(words[0])
