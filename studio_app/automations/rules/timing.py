"""When the clock sets an automation off: on a day of the studio's wall, at most once on each."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from studio_app.automations.rules.recipe import Happening, When
from studio_app.kit.clock import local_date, to_instant

_A_MONTH = 31
REMEMBERED = timedelta(days=90)
"""How long it is kept what an automation did, and how old something may be to be news to it."""


def is_day_of(when: When, day: date) -> bool:
    """Whether the schedule falls on this day; the 31st is the last day of a shorter month."""
    match when.happening:
        case Happening.EVERY_DAY:
            return True
        case Happening.EVERY_WEEK:
            return day.isoweekday() == when.weekday
        case Happening.EVERY_MONTH:
            return day.day == min(when.day, monthrange(day.year, day.month)[1])
        case _:
            return False


def due_day(
    when: When, *, now: datetime, zone: ZoneInfo, since: datetime, last_on: date | None
) -> date | None:
    """The day whose turn has come, or None.

    Only the newest counts: after a week without power a daily automation runs once. Not what
    came before the automation was switched on or changed (`since`), and no day again or before
    the one that has run (`last_on`), whatever the clock says.
    """
    today = local_date(now, zone)
    for back in range(_A_MONTH + 1):
        day = today - timedelta(days=back)
        at = to_instant(day, time(when.hour), zone)
        if is_day_of(when, day) and at <= now:
            again = last_on is not None and day <= last_on
            return None if again or at < since else day
    return None


def moments(
    when: When, *, first: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[tuple[date, datetime]]:
    """Every day and instant of the schedule in a time, for looking back."""
    day, last = local_date(first, zone), local_date(until, zone)
    while day <= last:
        at = to_instant(day, time(when.hour), zone)
        if is_day_of(when, day) and first <= at < until:
            yield day, at
        day += timedelta(days=1)


def next_moment(when: When, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the schedule comes next."""
    day = local_date(now, zone)
    for ahead in range(_A_MONTH + 1):
        at = to_instant(day + timedelta(days=ahead), time(when.hour), zone)
        if is_day_of(when, day + timedelta(days=ahead)) and at > now:
            return at
    return None
