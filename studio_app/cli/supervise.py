"""`run`: prepares everything, then keeps the database and the app going until told to stop."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

from studio_app.cli.console import say, step
from studio_app.cli.local import LocalDatabase, local_database
from studio_app.cli.prepare import healthy
from studio_app.kit.machine import child_environment, machine, tell_this_process
from studio_app.kit.processes import end_with_parent
from studio_app.kit.settings import ROOT
from studio_app.kit.trouble import Trouble

STOP_SECONDS = 15.0
GLANCE_SECONDS = 0.25
STEADY_SECONDS = 60.0  # an app that ran this long starts again at once
LONGEST_PAUSE_SECONDS = 30.0
PATIENCE = 3  # crashes before it has ever answered
HIGHEST_PORT = 65_535
APP = "studio_app.studio_app:app"


def run(words: list[str]) -> int:
    port = port_from(words)
    here = machine()
    ensure_free(here.studio_host, port)
    origin = here.studio_origin or f"http://localhost:{port}"
    tell_this_process(STUDIO_PORT=str(port), STUDIO_ORIGIN=origin)
    signal.signal(signal.SIGTERM, _as_interrupt)
    signal.signal(signal.SIGINT, _as_interrupt)  # even where a background shell ignored it
    with contextlib.ExitStack() as stack:
        with step("Starting the database"):
            database = stack.enter_context(local_database())
        for task in (("studio_app.cli", "prepare"), ("studio_app.web.build",)):
            done = subprocess.run([sys.executable, "-m", *task], cwd=ROOT, check=False)
            if done.returncode:
                return done.returncode  # it has said why
        app = App(here.studio_host, port, environment=_serving_environment())
        try:
            return keep_going(app, database)
        except KeyboardInterrupt:
            say("\nStopping.")
            return 0
        finally:
            app.stop()


@dataclass
class App:
    """The server of the pages and the API, as a child that is started again when it dies."""

    host: str
    port: int
    environment: dict[str, str]
    target: str = APP
    process: subprocess.Popen[bytes] | None = None
    crashes: int = 0
    started: float = 0.0
    answered: bool = False

    def start(self) -> None:
        address = ["--host", self.host, "--port", str(self.port)]
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [
                *[sys.executable, "-m", "granian", "--interface", "asgi", "--factory", *address],
                *["--workers", "1", "--log-level", "warning", self.target],
            ],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,  # Ctrl-C is ours to pass on, app first, database last
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  one prctl
        )

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def pause(self) -> float:
        """How long to wait before starting again: doubled with each crash in a row."""
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.crashes = 0
        self.crashes += 1
        return min(2.0 ** (self.crashes - 1), LONGEST_PAUSE_SECONDS)

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):  # its workers, if it died before them
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def keep_going(app: App, database: LocalDatabase) -> int:
    app.start()
    greeting = [sys.executable, "-m", "studio_app.cli", "welcome", str(app.port)]
    subprocess.Popen(
        greeting,
        cwd=ROOT,
        preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  one prctl
    )
    while True:
        time.sleep(GLANCE_SECONDS)
        _mend(database)
        if not app.died():
            app.answered = app.answered or healthy(app.port)
            continue
        app.stop()
        pause = app.pause()
        if not app.answered and app.crashes >= PATIENCE:
            raise Trouble("The app does not start: what it said last is above this line.")
        say(f"The app stopped by itself and is started again in {pause:.0f} s.")
        time.sleep(pause)
        app.start()


def _mend(database: LocalDatabase) -> None:
    try:
        if database.mend():
            say("The database stopped by itself and was started again; nothing saved is lost.")
    except Trouble as trouble:
        say(f"{trouble} Trying again in 5 s.")
        time.sleep(5)


def port_from(words: list[str]) -> int:
    if not words:
        return machine().studio_port
    if words[0] != "--port" or len(words) != 2:  # noqa: PLR2004  the word and its number
        raise Trouble(f"{' '.join(words)!r} is not understood: ./studio run --port 3001.")
    if not words[1].isdigit() or not 0 < int(words[1]) <= HIGHEST_PORT:
        raise Trouble(f"{words[1]!r} is not a port: choose a number from 1024 to {HIGHEST_PORT}.")
    return int(words[1])


def ensure_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(
                f"Port {port} needs rights this account does not have: choose one above 1024 "
                "with ./studio run --port 3001."
            ) from error
        except OSError as error:
            raise Trouble(
                f"Port {port} is taken, perhaps by a Cadenza that is already running: stop it, "
                f"or choose another with ./studio run --port {min(port + 1, HIGHEST_PORT)}."
            ) from error


def _serving_environment() -> dict[str, str]:
    from studio_app.web.build import serving_environment  # noqa: PLC0415  only `run` needs pages

    return child_environment(**serving_environment())


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
