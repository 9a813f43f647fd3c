"""How often a failing job is tried, and how long it is left alone in between."""

from datetime import timedelta

import pytest
from procrastinate.jobs import Job

from studio_app.kit.clock import utc_now
from studio_app.kit.outbox import ATTEMPTS, LONGEST_WAIT, RETRIES, TryLater, pause

SECOND = timedelta(seconds=1)


def after(attempts: int, error: Exception) -> timedelta | None:
    """How long the queue leaves a job alone that had so many attempts before this one."""
    job = Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="deliver", attempts=attempts
    )
    before = utc_now()
    decision = RETRIES.get_retry_decision(exception=error, job=job)
    if decision is None:
        return None
    assert decision.retry_at is not None
    return decision.retry_at - before


@pytest.mark.parametrize("failures", range(1, ATTEMPTS))
def test_the_pause_doubles_and_is_never_shorter_than_that(failures: int) -> None:
    waits = [pause(failures, OSError()) for _ in range(200)]
    assert min(waits) >= 2**failures * SECOND
    assert max(waits) <= 1.5 * 2**failures * SECOND


def test_a_crowd_that_failed_together_does_not_come_back_together() -> None:
    assert len({pause(3, OSError()) for _ in range(50)}) > 40


def test_the_fifth_failure_is_the_last() -> None:
    tried_again = [after(attempts, OSError()) is not None for attempts in range(ATTEMPTS)]
    assert tried_again == [True, True, True, True, False]


def test_when_the_other_side_says_how_long_it_is_that_long() -> None:
    assert pause(1, TryLater("Too many letters.", timedelta(seconds=90))) == timedelta(seconds=90)


def test_it_waits_an_hour_at_most_and_never_into_the_past() -> None:
    assert pause(1, TryLater("Busy.", timedelta(days=3))) == LONGEST_WAIT
    assert pause(1, TryLater("Busy.", timedelta(seconds=-5))) == timedelta(0)


def test_being_asked_to_come_back_without_a_time_is_the_usual_pause() -> None:
    assert pause(2, TryLater("Busy.")) >= 4 * SECOND


def test_being_asked_to_come_back_counts_as_an_attempt() -> None:
    assert after(ATTEMPTS - 1, TryLater("Busy.", SECOND)) is None
