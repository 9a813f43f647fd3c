"""What makes compiled pages stale, and that a build is put in place whole or not at all."""

from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from studio_app.kit.settings import ROOT
from studio_app.web import build
from studio_app.web import front as front_module


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDIO_BUILD_DIR", str(tmp_path / "built"))
    monkeypatch.setattr(build, "OUTPUT", tmp_path / "output")
    front_module.front.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    yield
    front_module.front.cache_clear()


def test_pages_are_made_of_code_words_looks_and_locks() -> None:
    sources = {path.relative_to(ROOT).as_posix() for path in build._sources()}

    assert {"rxconfig.py", "assets/tokens.css", "studio_app/web/ui/choice.jsx"} <= sources
    assert {"studio_app/kit/words.py", "reflex.lock/bun.lock"} <= sources
    assert not any(name.startswith("assets/external/") for name in sources)


def test_offering_another_language_makes_pages_stale(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build.fingerprint()
    monkeypatch.setenv("STUDIO_LANGUAGES", "en-GB,de")
    front_module.front.cache_clear()

    assert build.fingerprint() != before


def test_only_what_is_stale_is_compiled(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compiled: list[str] = []

    def compiler(command: list[str], *, env: dict[str, str], **_: Any) -> CompletedProcess[str]:
        build.OUTPUT.mkdir(exist_ok=True)
        (build.OUTPUT / "index.html").write_text(env["STUDIO_BUILD_LOCALE"])
        compiled.append(env["STUDIO_BUILD_LOCALE"])
        return CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(build.subprocess, "run", compiler)
    build.build_all(["en-GB", "fr"])
    build.build_of("fr").stamp.write_text("of yesterday")
    build.build_all(["en-GB", "fr"])
    build.build_all(["en-GB", "fr"])

    assert compiled == ["en-GB", "fr", "fr"]
    assert (build.build_of("fr").client / "index.html").read_text() == "fr"
    assert "up to date" in capsys.readouterr().out


def test_a_build_that_fails_leaves_the_old_pages(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build.build_of("en-GB")
    old.client.mkdir(parents=True)
    (old.client / "index.html").write_text("old")

    def compiler(command: list[str], **_: Any) -> CompletedProcess[str]:
        return CompletedProcess(command, 1, "", "page kit: unknown icon")

    monkeypatch.setattr(build.subprocess, "run", compiler)
    with pytest.raises(build.BuildFailed, match="unknown icon"):
        build.build_all(["en-GB"])

    assert (old.client / "index.html").read_text() == "old"
