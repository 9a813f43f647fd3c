"""The page of jobs, driven as its owner drives it."""

from typing import Any

import pytest

from studio_app.web import routes
from studio_app.web.office.dashboard_state import NeedsState
from studio_app.web.office.settings.jobs import page
from studio_app.web.office.settings.jobs_state import JobsState, lasting
from tests.conftest import World
from tests.overview.test_jobs import died, failed_with, status
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
SERIES = "extend every series"


async def opened(visit: Visit, world: World) -> Any:
    state = visit(world.olivia).open(JobsState)
    await state.arrive()
    await state.load()
    return state


async def test_the_owner_sees_what_failed_and_why(world: World, visit: Visit) -> None:
    failed_with(world, died(world), "The kettle is empty.")
    state = await opened(visit, world)
    [letter] = state.dead
    assert (letter.words, letter.because, letter.tries) == (
        "Make tea: this could not be done",
        "Kettle boiled",
        "tried 5 times",
    )
    assert letter.error == "OSError: The kettle is empty."
    assert str(world.teacher_id) in letter.payload
    [waits] = state.waiting
    assert (waits.words, waits.dead, waits.waiting, waits.since) == ("Make tea", 1, 0, "")


async def test_one_is_tried_again_and_one_discarded(world: World, visit: Visit) -> None:
    first, second = died(world), died(world)
    state = await opened(visit, world)

    await state.retry(str(first))
    await state.open(f"discard {second}", True)
    await state.discard({"reason": "Nobody drinks tea."})
    await state.look_again()

    assert (status(world, first), status(world, second)) == ("todo", "cancelled")
    assert (state.dead, state.opened) == ([], "")


async def test_all_are_tried_again_at_once(world: World, visit: Visit) -> None:
    ids = [died(world) for _ in range(3)]
    state = await opened(visit, world)
    await state.retry_all()
    assert [status(world, one) for one in ids] == ["todo"] * 3


async def test_failures_are_turned_page_by_page(world: World, visit: Visit) -> None:
    ids = [str(died(world)) for _ in range(25)][::-1]
    state = await opened(visit, world)
    assert ([one.id for one in state.dead], state.more) == (ids[:20], True)
    await state.next_page()
    assert ([one.id for one in state.dead], state.more) == (ids[20:], False)


async def test_a_job_is_run_now_and_its_history_opened(world: World, visit: Visit) -> None:
    state = await opened(visit, world)
    [before] = [one for one in state.jobs if one.name == SERIES]
    assert (before.schedule, before.last_when) == ("Every day at 03:20", "")

    await state.run_now(SERIES)
    await state.look_again()
    await state.open(f"runs {SERIES}", True)

    [after] = [one for one in state.jobs if one.name == SERIES]
    assert (after.state, after.last_when) == ("going", "Tue 1 Sept, 10:00")
    assert [(run.who, run.state) for run in state.runs] == [("Olivia Owen", "going")]


async def test_a_teacher_is_told_that_it_is_not_theirs(world: World, visit: Visit) -> None:
    died(world)
    state = visit(world.tom).open(JobsState)
    await state.load()
    assert (state.dead, state.jobs, state.trouble) == (
        [],
        [],
        "You do not have permission to do that.",
    )


async def test_the_dashboard_leads_there_in_one_tap(world: World, visit: Visit) -> None:
    died(world)
    state = visit(world.olivia).open(NeedsState)
    await state.load()
    [need] = state.needs
    assert (need.words, need.href) == ("1 job failed", routes.SETTINGS_JOBS)


def test_the_page_compiles() -> None:
    assert "What could not be done" in str(page())


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "under a second"),
        (1, "1 second"),
        (59, "59 seconds"),
        (240, "4 minutes"),
        (7200, "2 hours"),
        (200000, "2 days"),
    ],
)
def test_how_long_it_took_is_said_roughly(seconds: float, said: str) -> None:
    assert lasting(seconds) == said


async def test_a_number_that_is_none_is_refused(world: World, visit: Visit) -> None:
    job_id = died(world)
    browser = visit(world.olivia)
    state = browser.open(JobsState)
    for sent in ("", "x", "-1", str(2**60), str(job_id + 1)):
        await state.retry(sent)
    assert status(world, job_id) == "failed"
