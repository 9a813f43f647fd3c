"""`./studio` on machines that lack something: one sentence, and going on where it stopped."""

import os
import shutil
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from studio_app.cli.__main__ import available, main
from studio_app.cli.browser import find_chromium
from studio_app.cli.supervise import ensure_free, port_from
from studio_app.kit.machine import child_environment, machine
from studio_app.kit.settings import ROOT
from studio_app.kit.trouble import Trouble

SCRIPT = ROOT / "studio"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The command in a project without dependencies whose commands repeat what they hear."""
    shutil.copy(SCRIPT, tmp_path / "studio")
    for lock in ("requirements.lock", "requirements-test.lock"):
        (tmp_path / lock).write_text("")
    package = tmp_path / "studio_app"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "cli.py").write_text("import sys\nprint('heard', *sys.argv[1:])\n")
    return tmp_path


def studio(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "studio"), *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=child_environment(PIP_NO_INDEX="1", PIP_EXTRA_INDEX_URL="", PIP_FIND_LINKS=""),
    )


def test_it_makes_an_environment_goes_on_after_a_failure_and_then_is_quick(
    elsewhere: Path,
) -> None:
    lock = elsewhere / "requirements.lock"
    lock.write_text(f"nothing-of-this-name==1.0 --hash=sha256:{'0' * 64}\n")
    failed = studio(elsewhere, "doctor")
    assert failed.returncode == 1
    assert "A pinned package is not offered for this machine" in failed.stderr
    assert "Traceback" not in failed.stderr

    lock.write_text("")
    mended = studio(elsewhere, "doctor", "--json")
    assert mended.returncode == 0, mended.stderr
    assert "Installed 0 packages" in mended.stderr  # what asks for JSON gets nothing else
    assert "Making a Python environment" not in mended.stdout

    again = studio(elsewhere, "doctor", "--json")
    assert again.stdout == "heard doctor --json\n"


def test_an_old_python_is_told_which_one_is_needed() -> None:
    program = textwrap.dedent(
        f"""
        import runpy, sys
        sys.version_info = (3, 9, 2)
        sys.argv = [{str(SCRIPT)!r}, "run"]
        runpy.run_path({str(SCRIPT)!r}, run_name="__main__")
        """
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(PATH=""),
    )
    assert said.returncode == 1
    assert said.stderr.startswith("Cadenza needs Python 3.11 or later and this is 3.9: install")
    assert said.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_named(elsewhere: Path) -> None:
    (elsewhere / ".data").write_text("a file where the folder should be")

    said = studio(elsewhere, "run")
    assert said.returncode == 1
    assert "make Cadenza's folder writable for this account" in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_port_in_use_is_refused_before_anything_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} is taken.*--port {port + 1}"):
            ensure_free("127.0.0.1", port)


@pytest.mark.parametrize("words", [["--port", "none"], ["--port", "0"], ["--port", "70000"]])
def test_a_port_that_is_none_is_refused(words: list[str]) -> None:
    with pytest.raises(Trouble, match="is not a port: choose a number"):
        port_from(words)


def test_a_port_is_taken_from_the_command_first_then_from_the_settings() -> None:
    assert port_from(["--port", "4000"]) == 4000
    assert port_from([]) == machine().studio_port


def test_an_unknown_command_points_at_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["polish"]) == 1
    assert capsys.readouterr().err == "There is no command 'polish': ./studio help lists them.\n"


def test_help_names_every_command_that_is_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    for command in available().values():
        assert (f"./studio {command.name}" in shown) is bool(command.help)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_command_without_its_folder_asks_for_it(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command]) == 1
    assert capsys.readouterr().err == f"Say where: ./studio {command} DIR.\n"


def test_a_setting_of_the_wrong_kind_is_named() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "studio_app.cli", "migrate"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(STUDIO_PORT="three thousand"),
    )
    assert said.returncode == 1
    assert said.stderr.startswith("STUDIO_PORT cannot be used")
    assert said.stderr.count("\n") == 1


def test_a_database_without_a_secret_is_refused() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "studio_app.cli", "migrate"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(DATABASE_URL="postgresql://a@localhost/b", STUDIO_SECRET=""),
    )
    assert said.returncode == 1
    assert said.stderr.startswith("STUDIO_SECRET is not set: put at least 32 random characters")


def test_a_browser_that_does_not_start_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine(), "studio_chromium", os.devnull)
    with pytest.raises(Trouble, match="STUDIO_CHROMIUM is /dev/null, which does not start"):
        find_chromium()
