"""A wished-for series as a row that is not written yet."""

from datetime import date, timedelta

from studio_app.identity.access import studio_zone
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.access.setup import row, usable
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Room, Term
from studio_app.scheduling.rules.plans import days_of
from studio_app.scheduling.wishes import NewSeries

WEEKS_IN_A_YEAR = 52
TWO_YEARS = timedelta(days=731)


class NoWeekday(Refused):
    message = _("Please choose at least one weekday.")


class TooSeldom(Refused):
    message = _("A series repeats every 1 to 52 weeks.")


class EndsTwice(Refused):
    message = _("A series ends on a date, after a number of lessons, or with a term: choose one.")


class NoLessonAtAll(Refused):
    message = _("This series would have no lesson: it ends before its first day.")


def series_for(work: Work, wish: NewSeries) -> Series:
    """The row a wish becomes, its first day a day of the rule; refused where it cannot be."""
    _check(wish)
    kind = usable(work, LessonType, wish.lesson_type_id)
    if wish.room_id is not None:
        usable(work, Room, wish.room_id)
    if wish.term_id is not None:
        row(work, Term, wish.term_id)
    series = Series(
        name=wish.name.strip(),
        teacher_id=wish.teacher_id,
        room_id=wish.room_id,
        lesson_type_id=wish.lesson_type_id,
        first_on=wish.first_on,
        at=wish.at,
        minutes=wish.minutes or kind.minutes,
        zone=studio_zone(work).key,
        every_weeks=wish.every_weeks,
        weekdays=sorted(wish.weekdays),
        until_on=wish.until_on,
        count=wish.count,
        term_id=wish.term_id,
        term_time_only=wish.term_time_only,
        created_at=work.now,
    )
    series.first_on = _first_day(work, series)
    return series


def _check(wish: NewSeries) -> None:
    if not wish.weekdays or not wish.weekdays <= set(range(1, 8)):
        raise NoWeekday
    if not 1 <= wish.every_weeks <= WEEKS_IN_A_YEAR:
        raise TooSeldom
    if sum(end is not None for end in (wish.until_on, wish.count, wish.term_id)) > 1:
        raise EndsTwice
    if wish.count is not None and wish.count < 1:
        raise NoLessonAtAll


def _first_day(work: Work, series: Series) -> date:
    days = days_of(plan_of(work, series), until=series.first_on + TWO_YEARS)
    if not days:
        raise NoLessonAtAll
    return days[0]
