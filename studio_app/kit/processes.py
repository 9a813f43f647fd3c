"""Children that do not outlive us."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc: ctypes.CDLL | None = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(ask_with: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: have the kernel send this signal to the child when we die (Linux)."""
    parent = os.getpid()

    def in_the_child() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, ask_with)
            if os.getppid() != parent:  # we died before the kernel was told
                os._exit(1)

    return in_the_child
