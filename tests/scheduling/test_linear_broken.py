"""A diary that neither locks nor has its constraints is found out: the check can fail."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.scheduling import diary
from tests.database import Database, rows
from tests.scheduling.conftest import TUESDAY
from tests.scheduling.linear_office import office_in
from tests.scheduling.linear_run import Round, unexplained

pytestmark = pytest.mark.breaks_promises
NEVER_BOTH = """
  select conrelid::regclass::text, conname from pg_constraint
  where contype = 'x' and conrelid::regclass::text in ('lesson', 'seat')
"""


def test_without_lock_and_constraint_there_is_no_order(
    cloned: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_waits(*_who: Any) -> None:
        """As if the line that locks had been left out."""

    for line in ("lock", "lock_ids"):
        monkeypatch.setattr(diary, line, nobody_waits)
    with office_in(cloned) as office:
        with cloned.owner.begin() as owner:
            for table, name in rows(cloned.owner, NEVER_BOTH):
                owner.execute(text(f"alter table {table} drop constraint {name}"))

        histories = [
            Round(office.on(TUESDAY + timedelta(weeks=seed)).ask, seed).play() for seed in range(3)
        ]

    assert any(unexplained(history) for history in histories)
