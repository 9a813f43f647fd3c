"""Finds a Chromium for the browser tests, else installs one the way the platform does."""

import os
import shutil
import subprocess

from studio_app.cli.console import step
from studio_app.kit.machine import child_environment, machine
from studio_app.kit.trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# What each platform's own installer wants to hear, by the name of that installer.
INSTALLERS = {
    "apt-get": (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]),
    "dnf": (["dnf", "install", "-y", "chromium"],),
    "pacman": (["pacman", "-Sy", "--noconfirm", "chromium"],),
    "apk": (["apk", "add", "chromium"],),
    "brew": (["brew", "install", "--cask", "chromium"],),
}
BY_HAND = (
    "The browser tests need Chromium and it could not be installed here ({reason}): install "
    "Chromium or Chrome, or set STUDIO_CHROMIUM to its program, then run the same command again."
)


def find_chromium() -> str:
    """The path of a Chromium that starts; never an empty answer."""
    chosen = machine().studio_chromium
    if chosen:
        if not _starts(chosen):
            raise Trouble(f"STUDIO_CHROMIUM is {chosen}, which does not start: correct it.")
        return chosen
    return _installed() or _install()


def _installed() -> str | None:
    found = [shutil.which(name) for name in NAMES] + [*filter(os.path.exists, ON_A_MAC)]
    return next((path for path in found if path and _starts(path)), None)


def _install() -> str:
    tool = next((name for name in INSTALLERS if shutil.which(name)), None)
    if tool is None:
        raise Trouble(BY_HAND.format(reason="no package tool we know"))
    with step("Installing Chromium for the browser tests"):
        for command in INSTALLERS[tool]:
            if _as_root(tool) and not shutil.which("sudo"):
                raise Trouble(BY_HAND.format(reason="that needs root"))
            done = subprocess.run(
                [*_as_root(tool), *command],
                env=child_environment(DEBIAN_FRONTEND="noninteractive"),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                lines = (done.stderr or done.stdout).strip().splitlines()
                raise Trouble(BY_HAND.format(reason=lines[-1] if lines else f"{tool} failed"))
    found = _installed()
    if found is None:
        raise Trouble(BY_HAND.format(reason=f"{tool} did not bring one that starts"))
    return found


def _as_root(tool: str) -> list[str]:
    """System packages need root: ask sudo, which may not ask back."""
    return [] if tool == "brew" or os.geteuid() == 0 else ["sudo", "-n"]


def _starts(program: str) -> bool:
    try:
        asked = [program, "--version"]
        return subprocess.run(asked, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
