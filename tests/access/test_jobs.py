"""What the clock does is nobody else's to do."""

import pytest

from studio_app.kit.access import Actor
from studio_app.kit.errors import Forbidden, SignedOut
from studio_app.wiring import JOBS
from tests.access.matrix import JOBS as ROWS
from tests.access.traces import changes
from tests.stage import Stage

TASKS = {job.name: job.use_case for job in JOBS}


def test_every_job_has_a_row_and_every_row_a_job() -> None:
    assert set(TASKS) == set(ROWS)


@pytest.mark.parametrize("name", sorted(TASKS))
def test_only_the_clock_runs_it(name: str, stage: Stage) -> None:
    before = changes(stage)

    for who, actor in stage.people.items():
        if who not in ROWS[name]:
            with pytest.raises(Forbidden):
                stage.run(actor, TASKS[name])
    with pytest.raises(SignedOut):
        stage.run(Actor.public(), TASKS[name])

    assert changes(stage) == before
    assert isinstance(stage.run(Actor.system(stage.cast.harmony), TASKS[name]), str)
