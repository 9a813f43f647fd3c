"""`./studio import FILE` on a database that commits."""

from pathlib import Path

import pytest

from studio_app.imports.command_line import import_file
from studio_app.kit.trouble import Trouble
from tests.cast import cast_of
from tests.conftest import NOW
from tests.database import Database, rows
from tests.imports.conftest import SAMPLES

FILE = str(SAMPLES / "tutorbird.csv")


@pytest.fixture(scope="module")
def studios(cloned: Database) -> Database:
    with cloned.app.begin() as connection:
        cast_of(connection, NOW)
    return cloned


def students(database: Database) -> object:
    return rows(database.owner, "select count(*) from student")[0][0]


def test_a_dry_run_tells_everything_and_changes_nothing(studios: Database) -> None:
    said: list[str] = []
    assert import_file(studios.app, [FILE, "--studio", "harmony"], said.append) == 0
    told = "\n".join(said)
    assert "Passwords were found and withheld on lines 2." in told
    assert "Columns that are not imported: Age, Gender" in told
    assert "Ready: 3" in told
    assert students(studios) == 1
    assert rows(studios.owner, "select count(*) from import_batch") == [(0,)]


def test_apply_brings_the_ready_rows_in(studios: Database) -> None:
    said: list[str] = []
    assert import_file(studios.app, [FILE, "--studio", "Harmony", "--apply"], said.append) == 0
    assert "Added 3, filled in 0, unchanged 0, left out 0: 3 rows." in said
    assert students(studios) == 4
    again: list[str] = []
    import_file(studios.app, [FILE, "--studio", "Harmony", "--apply"], again.append)
    assert "Added 0, filled in 0, unchanged 3, left out 0: 3 rows." in again


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say which file"),
        (["a", "b"], "Say which file"),
        (["a", "--studio"], "studio's name"),
        ([FILE], "there are: Harmony, Rival"),
        ([FILE, "--studio", "Nowhere"], "there are: Harmony, Rival"),
        ([str(Path(FILE).with_name("none.csv")), "--studio", "Rival"], "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(
    studios: Database, words: list[str], said: str
) -> None:
    with pytest.raises(Trouble, match=said):
        import_file(studios.app, words, lambda _line: None)
