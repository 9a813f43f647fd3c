"""When the clock strikes: the moments of the usual five cron fields, in UTC."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from apscheduler.triggers.cron import CronTrigger  # pyright: ignore[reportMissingTypeStubs]

MISSED_FOR = timedelta(hours=1)
"""A slot that nobody was there for is still run so much later."""


@cache
def trigger(cron: str) -> Any:
    """APScheduler's own trigger, which the clock is set with."""
    return CronTrigger.from_crontab(cron, timezone=UTC)  # pyright: ignore[reportUnknownMemberType]


def next_slot(cron: str, after: datetime) -> datetime:
    """The first slot later than `after`. Raises LookupError where there is none to come."""
    found: datetime | None = trigger(cron).get_next_fire_time(
        None, after + timedelta(microseconds=1)
    )
    if found is None:
        raise LookupError(cron)
    return found


def latest_slot(cron: str, now: datetime) -> datetime | None:
    """The last slot up to `now` that is not too old to be run; None where there was none."""
    found = None
    upcoming = next_slot(cron, now - MISSED_FOR)
    while upcoming <= now:
        found, upcoming = upcoming, next_slot(cron, upcoming)
    return found
