"""`test` and `bench`: each part in a process of its own, and a browser that is really there."""

import subprocess
import sys
import time
from dataclasses import dataclass

from studio_app.cli.browser import find_chromium
from studio_app.cli.console import say
from studio_app.kit.machine import child_environment
from studio_app.kit.settings import ROOT
from studio_app.kit.trouble import Trouble

NO_TESTS = 5
ON_EVERY_CORE = ("-n", "auto", "--dist", "loadfile")
SPREAD = {"unit": ON_EVERY_CORE, "database": ON_EVERY_CORE, "browser": ()}
PARTS = tuple(SPREAD)


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    code: int
    seconds: float


def test(words: list[str]) -> int:
    """Run everything, or the parts named; other words are handed to pytest.

    The browser tests have a process of their own because Playwright keeps a loop running that
    other tests cannot share. The rest runs on every core, a file of tests on one of them.
    """
    parts = [word for word in words if word in PARTS] or list(PARTS)
    options = [word for word in words if word not in PARTS]
    chromium = find_chromium() if "browser" in parts else ""
    done = [_run(part, options, chromium) for part in parts]
    for part in done:
        say(f"  {part.name:<10} {_verdict(part):<14} {part.seconds:6.1f} s")
    return _overall(done, chosen=bool(options))


def bench(words: list[str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *words], cwd=ROOT, check=False
    ).returncode


def _run(part: str, options: list[str], chromium: str) -> Part:
    say(f"Running the {part} tests ...")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", part, *(options or SPREAD[part])],
        cwd=ROOT,
        env=child_environment(STUDIO_CHROMIUM=chromium),
        check=False,
    )
    return Part(part, done.returncode, time.monotonic() - began)


def _verdict(part: Part) -> str:
    return {0: "passed", NO_TESTS: "no such tests"}.get(part.code, "FAILED")


def _overall(done: list[Part], *, chosen: bool) -> int:
    """A part without tests is a failure, unless pytest was asked for particular ones."""
    codes = [part.code for part in done]
    if chosen and any(code == 0 for code in codes):
        codes = [code for code in codes if code != NO_TESTS]
    if any(code == NO_TESTS for code in codes):
        empty = ", ".join(part.name for part in done if part.code == NO_TESTS)
        raise Trouble(f"There were no {empty} tests to run, and that is not a pass.")
    return max(codes, key=abs)
