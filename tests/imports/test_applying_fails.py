"""A row the database will not have: nothing comes in, the line is said, and it can be retried."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from studio_app.imports.arriving import RowRefused
from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.deciding import decide_row
from studio_app.imports.commands.staging import check_rows, stage_import
from studio_app.imports.queries.preview import import_preview
from studio_app.imports.rules.batches import BatchState
from studio_app.imports.rules.settling import Decision
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import BatchId
from studio_app.kit.work import run
from tests.cast import Cast, cast_of
from tests.database import Database, rows
from tests.imports.conftest import sample

NAME = "not_this_one"
TABLES = ("student", "family", "guardian", "guardianship", "payer", "teacher", "series_proposal")


@pytest.fixture(scope="module")
def harmony(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, utc_now())


def staged(database: Database, cast: Cast) -> BatchId:
    olivia, content = cast.olivia, sample("my_music_staff")
    batch_id = run(database.app, olivia, stage_import, "contacts.csv", content)
    run(database.app, olivia, check_rows, batch_id)
    return batch_id


def here(database: Database) -> list[object]:
    queries = [f"select t::text from {table} t order by 1" for table in TABLES]  # noqa: S608
    return [rows(database.owner, query) for query in queries]


@contextmanager
def refusing(database: Database, name: str) -> Iterator[None]:
    """The database itself will not have students of that name, whatever our rules say."""
    check = f"alter table student add constraint {NAME} check (first_name <> '{name}')"
    with database.owner.begin() as connection:
        connection.exec_driver_sql(check)
    yield
    with database.owner.begin() as connection:
        connection.exec_driver_sql(f"alter table student drop constraint {NAME}")


def test_a_row_refused_halfway_leaves_nothing_and_names_its_line(
    cloned: Database, harmony: Cast
) -> None:
    batch_id, olivia = staged(cloned, harmony), harmony.olivia
    preview = run(cloned.app, olivia, import_preview, batch_id, size=200)
    name = preview.rows[56].values["first_name"]
    alike = [row for row in preview.rows if row.values["first_name"] == name]
    before = here(cloned)

    with refusing(cloned, name):
        said = f"Line {alike[0].line}: .* Nothing was imported"
        with pytest.raises(RowRefused, match=said) as refused:
            run(cloned.app, olivia, apply_import, batch_id)
        assert refused.value.line == alike[0].line
        assert here(cloned) == before
        after = run(cloned.app, olivia, import_preview, batch_id, size=200)
        assert after.batch.state is BatchState.PREVIEW
        assert after.rows == preview.rows

        for row in alike:
            run(cloned.app, olivia, decide_row, row.id, Decision.SKIP)
        summary = run(cloned.app, olivia, apply_import, batch_id)
        assert (summary.added, summary.left_out) == (114 - len(alike), 6 + len(alike))

    again = run(cloned.app, olivia, apply_import, staged(cloned, harmony))
    assert again.added == len(alike)
