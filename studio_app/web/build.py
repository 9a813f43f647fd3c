"""Compiles the pages, once per language: `python -m studio_app.web.build`.

A language is compiled again only when something that pages are made of has changed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio_app.kit.settings import ROOT
from studio_app.web.front import front

WORKSHOP = ROOT / ".web"  # where Reflex works; its packages are reused between languages
OUTPUT = WORKSHOP / "build" / "client"
_MADE_OF = ("studio_app/**/*.py", "studio_app/**/*.jsx", "studio_app/locale/**/*.[mp]o")
_MADE_OF_TOO = ("assets/**/*", "reflex.lock/*", "rxconfig.py", "requirements.lock", "bunfig.toml")


class BuildFailed(Exception):
    """The pages could not be compiled; the message says what the compiler said."""


@dataclass(frozen=True, slots=True)
class Build:
    """The compiled pages of one language."""

    language: str
    directory: Path

    @property
    def client(self) -> Path:
        return self.directory / "client"

    @property
    def stamp(self) -> Path:
        return self.directory / "fingerprint"

    def is_current(self, fingerprint: str) -> bool:
        return self.stamp.exists() and self.stamp.read_text() == fingerprint


def build_of(language: str) -> Build:
    return Build(language, front().studio_build_dir / language)


def fingerprint() -> str:
    """A hash of everything that pages are made of; they offer the languages there are."""
    digest = hashlib.sha256(front().studio_languages.encode())
    for path in sorted(_sources()):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources() -> Iterable[Path]:
    for pattern in (*_MADE_OF, *_MADE_OF_TOO):
        for path in ROOT.glob(pattern):
            if path.is_file() and "external" not in path.relative_to(ROOT).parts[:2]:
                yield path


def build_all(languages: Sequence[str], *, again: bool = False) -> None:
    """Compile what is not current, with a line of progress for each language."""
    wanted = fingerprint()
    stale = [b for b in map(build_of, languages) if again or not b.is_current(wanted)]
    if not stale:
        _tell(f"The pages are up to date ({', '.join(languages)}).")
        return
    for number, build in enumerate(stale, start=1):
        _tell(f"Compiling the pages in {build.language} ({number} of {len(stale)}) ...")
        started = time.monotonic()
        _compile(build)
        _keep(build, wanted)
        _tell(f"  done in {time.monotonic() - started:.1f} s")


def _compile(build: Build) -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    finished = subprocess.run(  # noqa: S603  our own interpreter
        command,
        cwd=ROOT,
        env=reflex_environment(STUDIO_BUILD_LOCALE=build.language),
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        said = (finished.stdout + finished.stderr)[-4000:]
        raise BuildFailed(f"The pages could not be compiled in {build.language}.\n{said}")


def _keep(build: Build, stamp: str) -> None:
    """Put the output in place whole, or not at all: a killed build leaves the old one."""
    fresh = build.directory.with_name(f"{build.language}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(OUTPUT, fresh / "client")
    (fresh / "fingerprint").write_text(stamp)
    shutil.rmtree(build.directory, ignore_errors=True)
    fresh.rename(build.directory)


def reflex_environment(**ours: str) -> dict[str, str]:
    """The environment for Reflex's tools: the bundled JavaScript runtime, no calls home."""
    inherited = dict(os.environ)  # noqa: TID251  a child's whole environment
    beside_python = str(Path(sys.executable).parent)
    return {
        **inherited,
        "PATH": beside_python + os.pathsep + inherited.get("PATH", ""),
        "REFLEX_USE_SYSTEM_BUN": "1",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_DIR": str(ROOT / ".reflex"),
        **ours,
    }


def serving_environment(**ours: str) -> dict[str, str]:
    """The environment for a server of `studio_app.studio_app:app` on compiled pages."""
    return reflex_environment(REFLEX_ENV_MODE="prod", __REFLEX_SKIP_COMPILE="true", **ours)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compile the pages, once per language.")
    parser.add_argument("--languages", default=",".join(front().languages), help="en-GB,fr")
    parser.add_argument("--again", action="store_true", help="compile even what is current")
    chosen = parser.parse_args(arguments)
    try:
        build_all([name.strip() for name in chosen.languages.split(",")], again=chosen.again)
    except BuildFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
