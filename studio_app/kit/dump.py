"""A whole database into one file and back, by Postgres' own tools of the server's own version."""

import re
import shutil
import subprocess
from collections.abc import Generator, Iterable
from pathlib import Path

from sqlalchemy import URL, make_url

from studio_app.kit.machine import child_environment, machine
from studio_app.kit.postgres_place import find_binaries, major_version
from studio_app.kit.trouble import Trouble

ELSEWHERE = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin")
# Statements of a dump that name roles; the owner may be called otherwise where it is restored.
NAMES_ROLES = (b"CREATE POLICY ", b"GRANT ", b"REVOKE ", b"ALTER DEFAULT PRIVILEGES ")
# Newer tools set this and older servers do not know it.
NOT_EVERYWHERE = b"SET transaction_timeout"


def dump(url: str, file: Path, *, server_major: int) -> None:
    """Write the database to a file that did not exist, in pg_dump's compressed custom format."""
    tools = tools_for(server_major)
    command = [str(tools / "pg_dump"), "--format=custom", "--enable-row-security", "--no-password"]
    _finish(_started(make_url(url), [*command, f"--file={file}"]))


def load(file: Path, url: str, *, server_major: int, owner_then: str) -> None:
    """Read such a file into an empty database, in one transaction.

    `owner_then` is the role that owned the dumped database; what was allowed to it is allowed
    to the role of `url`.
    """
    tools = tools_for(server_major)
    target = make_url(url)
    psql = [str(tools / "psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--no-password"]
    reader = _started(target, [*psql, "--set=ON_ERROR_STOP=1", "--output=/dev/null"], fed=True)
    assert reader.stdin is not None  # noqa: S101  it was asked for
    try:
        for section in ("pre-data", "data", "post-data"):
            command = [str(tools / "pg_restore"), "--no-owner", f"--section={section}", "--file=-"]
            with subprocess.Popen([*command, str(file)], stdout=subprocess.PIPE) as writer:
                lines: Iterable[bytes] = writer.stdout or ()
                if section != "data":
                    lines = _for_here(lines, owner_then, target.username or "")
                reader.stdin.writelines(lines)
            if writer.returncode:
                raise Trouble(f"{file} cannot be read: it is not a backup of ours, or damaged.")
        reader.stdin.close()
    except BrokenPipeError:
        pass  # psql has given up and says why
    finally:
        if not reader.stdin.closed:
            reader.kill()
    _finish(reader)


def tools_for(server_major: int) -> Path:
    """The folder of a pg_dump that knows the server: of its version, else the next newer."""
    folders = [machine().studio_pg_bin, find_binaries()]
    on_path = shutil.which("pg_dump")
    folders += [Path(on_path).resolve().parent] if on_path else []
    folders += [folder for pattern in ELSEWHERE for folder in Path("/").glob(pattern[1:])]
    versions = {
        major_version(folder / "pg_dump"): folder
        for folder in reversed(folders)
        if folder is not None and (folder / "pg_dump").exists()
    }
    fitting = [major for major in sorted(versions) if major >= server_major]
    if not fitting:
        raise Trouble(
            f"pg_dump of Postgres {server_major} is not on this machine: install that version's "
            "client programs and set STUDIO_PG_BIN to their folder."
        )
    return versions[fitting[0]]


def _for_here(
    lines: Iterable[bytes], owner_then: str, owner_now: str
) -> Generator[bytes, None, None]:
    owner = re.compile(rb'(?<![\w"])' + re.escape(owner_then).encode() + rb'(?![\w"])')
    now = b'"' + owner_now.replace('"', '""').encode() + b'"'
    for line in lines:
        if line.startswith(NOT_EVERYWHERE):
            continue
        yield owner.sub(now, line) if line.startswith(NAMES_ROLES) else line


def _started(url: URL, command: list[str], *, fed: bool = False) -> subprocess.Popen[bytes]:
    where = child_environment(
        PGHOST=url.host or "",
        PGPORT=str(url.port or 5432),
        PGUSER=url.username or "",
        PGPASSWORD=str(url.password or ""),
        PGDATABASE=url.database or "",
        PGOPTIONS="-c statement_timeout=0 -c lock_timeout=30s",
    )
    return subprocess.Popen(
        command,
        env=where,
        stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _finish(process: subprocess.Popen[bytes]) -> None:
    process.stdin = None  # closed already; communicate would flush it again
    _, said = process.communicate()
    if process.returncode:
        lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
        telling = next((line for line in lines if "ERROR" in line or "error" in line), None)
        reason = telling or (lines[-1] if lines else "it did not say why")
        raise Trouble(f"The database tools failed ({reason}): mend that and try again.")
