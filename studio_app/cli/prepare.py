"""The short processes around a start: the database and the demo before it, the greeting after."""

import compileall
import time
import urllib.error
import urllib.request
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import studio_app
from studio_app.cli.console import say, step
from studio_app.cli.database import migrate_here
from studio_app.cli.domain import load_demo
from studio_app.identity.commands.bootstrap import bootstrap_owner
from studio_app.kit.access import Actor
from studio_app.kit.database import engine
from studio_app.kit.machine import machine
from studio_app.kit.settings import settings
from studio_app.kit.trouble import Trouble
from studio_app.kit.work import run

PATIENCE_SECONDS = 120.0


def prepare(_words: list[str]) -> None:
    """Bring the database of DATABASE_URL up to date and, for a demonstration, fill it."""
    compile_once()
    with step("Bringing the database up to date"):
        migrate_here()
    if machine().demo and find_spec("studio_app.demo.seed") is not None:
        load_demo()
    elif settings().studio_owner_email:
        first_owner()


def compile_once() -> None:
    """Python need not read our sources at each start; where nobody may write it does."""
    compileall.compile_dir(Path(studio_app.__file__).parent, quiet=2)


def first_owner() -> None:
    """An empty installation belongs to the address that its operator named."""
    chosen = settings()
    token = run(engine(), Actor.public(), bootstrap_owner, chosen.studio_owner_email)
    if token:
        say(f"Sign in as the first owner: {chosen.studio_origin}/link?token={token}")


def welcome(words: list[str]) -> None:
    """Wait until the address answers, then print it and how to sign in."""
    port, *_ = words
    address = settings().studio_origin
    wait_until_healthy(int(port))
    say(f"\nCadenza is running at {address}")
    if machine().demo and find_spec("studio_app.demo.links") is not None:
        say("\nSign in with one tap as")
        for who, link in import_module("studio_app.demo.links").sign_in_links().items():
            say(f"  {who:<10} {link}")
    say("\nCtrl-C stops it.")


def wait_until_healthy(port: int, *, patience: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + patience
    while not healthy(port):
        if time.monotonic() > deadline:
            raise Trouble("The pages do not answer: look above for what went wrong.")
        time.sleep(0.1)


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200  # noqa: PLR2004  HTTP
    except (urllib.error.URLError, OSError):
        return False
