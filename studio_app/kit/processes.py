"""Children that do not outlive us, and what other processes are."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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


def command_of(pid: int) -> str:
    """The command line of a process; a zombie and a number nobody has are ''."""
    if sys.platform == "linux":
        try:
            said = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except OSError:
            return ""
        return said.replace("\0", " ")
    asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout
