"""The launcher's promises, kept by real servers in folders of their own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from studio_app.kit import postgres
from studio_app.kit.settings import ROOT
from studio_app.kit.trouble import Trouble

pytestmark = pytest.mark.database


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other accounts can reach, unlike pytest's own, so that root can use it too."""
    folder = Path(tempfile.mkdtemp(prefix="cadenza-launch-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def connect(server: postgres.Server, password: str | None = None) -> psycopg.Connection:
    url = server.url.replace("+psycopg", "")
    return psycopg.connect(url, autocommit=True, password=password)


def write_until_killed(server: postgres.Server) -> int:
    """Commit rows one by one, have the server killed meanwhile, and count the acknowledged."""
    acknowledged = 0
    with connect(server) as connection, contextlib.suppress(psycopg.OperationalError):
        connection.execute("create table tick (number int)")
        while acknowledged < 100_000:
            connection.execute("insert into tick values (%s)", [acknowledged])
            acknowledged += 1
            if acknowledged == 300:
                os.kill(server.pid, signal.SIGKILL)
    return acknowledged


def test_a_first_start_makes_a_server_that_wants_its_password(place: Path) -> None:
    server = postgres.start(place / "pg")
    try:
        with connect(server) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
            assert connection.execute("show fsync").fetchone() == ("on",)
            assert connection.execute("select lower('É')").fetchone() == ("é",)
        assert (place / "pg" / "password").stat().st_mode & 0o777 == 0o600
        with pytest.raises(psycopg.OperationalError, match="password"):
            connect(server, password="guess")
    finally:
        server.stop()


def test_a_second_start_finds_the_rows_and_the_address_of_the_first(place: Path) -> None:
    first = postgres.start(place / "pg", durable=False)
    with connect(first) as connection:
        connection.execute("create table note (words text)")
        connection.execute("insert into note values ('kept')")
    first.stop()

    second = postgres.start(place / "pg", durable=False)
    try:
        assert second.url == first.url
        with connect(second) as connection:
            assert connection.execute("select words from note").fetchone() == ("kept",)
    finally:
        second.stop()


def test_a_killed_server_loses_nothing_it_acknowledged(place: Path) -> None:
    server = postgres.start(place / "pg")
    acknowledged = write_until_killed(server)
    while server.running:
        time.sleep(0.01)

    again = postgres.start(place / "pg")
    try:
        with connect(again) as connection:
            found = connection.execute("select count(*) from tick").fetchone()
        assert found is not None
        assert acknowledged >= 300
        assert found[0] in {acknowledged, acknowledged + 1}  # the last reply may have been lost
        assert again.url == server.url
    finally:
        again.stop()


def test_somebody_elses_server_on_the_folder_is_shared_and_left_running(place: Path) -> None:
    mine = postgres.start(place / "pg", durable=False)
    try:
        other = postgres.start(place / "pg", durable=False)
        assert other.url == mine.url
        other.stop()
        assert mine.running
        with connect(mine) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        mine.stop()
    assert not other.running


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start shares the server")
def test_the_server_ends_when_its_parent_is_killed(place: Path) -> None:
    program = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from studio_app.kit import postgres
        server = postgres.start(Path({str(place / "pg")!r}), durable=False)
        print(server.pid, flush=True)
        time.sleep(60)
        """
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()

    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
    again = postgres.start(place / "pg", durable=False)
    again.stop()


def test_a_pid_file_that_points_at_another_program_is_cleared_away(place: Path) -> None:
    first = postgres.start(place / "pg", durable=False)
    first.stop()
    stale = place / "pg" / "cluster" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n/elsewhere\n0\n{first.port}\n\n127.0.0.1\n0 0\nready\n")

    second = postgres.start(place / "pg", durable=False)
    assert second.process is not None
    second.stop()


def test_an_interrupted_first_start_begins_again(place: Path) -> None:
    half = place / "pg" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    half.chmod(0o777)

    server = postgres.start(place / "pg", durable=False)
    server.stop()
    assert not half.exists()


def test_the_data_of_another_version_is_refused_with_what_to_do(place: Path) -> None:
    cluster = place / "pg" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9\n")

    with pytest.raises(Trouble, match="point STUDIO_PG_BIN at Postgres 9, back up, and restore"):
        postgres.start(place / "pg")


def test_a_place_that_cannot_be_written_is_refused_with_what_to_do(place: Path) -> None:
    (place / "file").write_text("not a folder")

    with pytest.raises(Trouble, match="make that folder writable"):
        postgres.start(place / "file" / "pg")


def test_a_folder_without_programs_is_refused_with_what_to_do(place: Path) -> None:
    with pytest.raises(Trouble, match="set STUDIO_PG_BIN"):
        postgres.start(place / "pg", binaries=place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")
def test_root_keeps_the_data_where_the_servers_account_can_reach_it(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = postgres.start(closed / "pg", durable=False)
    try:
        home = (closed / "pg").resolve()
        assert (closed / "pg").is_symlink()
        assert home.stat().st_mode & 0o777 == 0o700
        with connect(server) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        server.stop()
    shutil.rmtree(home)
