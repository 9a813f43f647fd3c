"""What `./studio run` does when parts of it are killed, with a small app in place of ours."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio_app.kit.machine import child_environment
from studio_app.kit.processes import command_of
from studio_app.kit.settings import ROOT

pytestmark = pytest.mark.database
PROGRAM = textwrap.dedent(
    """
    import signal, sys
    # A shell in the background hands its children an ignored Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from studio_app.cli.local import local_database
    from studio_app.cli.supervise import App, keep_going
    from studio_app.kit.machine import child_environment

    with local_database() as database:
        print(database.server.pid, flush=True)
        app = App("127.0.0.1", int(sys.argv[1]), child_environment(), "tests.ops.small_app:app")
        try:
            keep_going(app, database)
        except KeyboardInterrupt:
            pass
        finally:
            app.stop()
    """
)


class Running:
    """A supervisor in a process of its own, and what it has said so far."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.folder = folder
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(self.port)],
                cwd=ROOT,
                stdout=said,
                stderr=said,
                env=child_environment(
                    STUDIO_DATA=str(folder),
                    STUDIO_DEMO="false",
                    DATABASE_URL="",
                    STUDIO_ORIGIN="http://localhost",
                ),
            )

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def app_pid(self) -> int:
        """The process that answers; 0 while none does."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as page:
                return int(page.read())
        except (urllib.error.URLError, OSError):
            return 0

    def database_pid(self) -> int:
        lock = self.folder / "postgres" / "cluster" / "postmaster.pid"
        return int(lock.read_text().splitlines()[0]) if lock.exists() else 0


def wait(until: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 30
    while not until():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


@pytest.fixture
def running() -> Iterator[Running]:
    folder = Path(tempfile.mkdtemp(prefix="cadenza-run-"))
    folder.chmod(0o755)
    running = Running(folder)
    wait(running.app_pid, "the app answers")
    yield running
    running.process.send_signal(signal.SIGINT)
    running.process.wait(30)
    shutil.rmtree(folder)


def test_a_killed_database_is_started_again(running: Running) -> None:
    before = running.database_pid()
    os.kill(before, signal.SIGKILL)

    wait(lambda: running.database_pid() not in {0, before}, "another database")
    wait(lambda: "nothing saved is lost" in running.said(), "a word about it")
    assert running.app_pid()


def test_a_killed_app_is_started_again(running: Running) -> None:
    before = running.app_pid()
    os.kill(before, signal.SIGKILL)

    wait(lambda: running.app_pid() not in {0, before}, "another app")
    assert "The app stopped by itself and is started again in 1 s." in running.said()


def test_interrupting_it_stops_everything_and_frees_the_port(running: Running) -> None:
    app, database = running.app_pid(), running.database_pid()
    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(30) == 0
    assert not running.app_pid()
    for pid in (app, database):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert not (running.folder / "postgres" / "cluster" / "postmaster.pid").exists()


def greeter_of(port: int) -> list[int]:
    """Who waits to say that it runs; nobody once all is over."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if f"studio_app.cli welcome {port}" in command_of(pid)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start takes over")
def test_nothing_is_left_behind_when_the_supervisor_is_killed(running: Running) -> None:
    running.process.kill()

    wait(lambda: not running.app_pid(), "the app has gone")
    wait(lambda: not greeter_of(running.port), "nobody greets for it any more")
    lock = running.folder / "postgres" / "cluster" / "postmaster.pid"
    wait(lambda: not lock.exists(), "the database has shut down in good order")


def test_it_greets_with_the_address(running: Running) -> None:
    wait(lambda: "Cadenza is running at http://localhost" in running.said(), "the greeting")
