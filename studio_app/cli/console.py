"""What commands say, and how long things take while they are being done."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager


def say(words: str = "") -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@contextmanager
def step(words: str) -> Generator[None, None, None]:
    """Name a long step before it starts and say how long it took."""
    began = time.monotonic()
    alone = sys.stdout.isatty()
    if alone:
        sys.stdout.write(f"{words} ...")
        sys.stdout.flush()
    else:
        say(f"{words} ...")
    try:
        yield
    except BaseException:
        if alone:
            say()
        raise
    took = f"{time.monotonic() - began:.1f} s"
    say(f"\r\033[K{words}: {took}" if alone else f"{words}: done in {took}")
