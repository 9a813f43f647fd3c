"""What an absence would fall on, and what the clocks do to hours and absences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.ids import TeacherId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import availability as access
from studio_app.scheduling.away import falling, lessons_to_come, span_of
from studio_app.scheduling.phrases import left_out_text, twice_text
from studio_app.scheduling.rules.hours import near
from studio_app.scheduling.rules.wall import exists
from studio_app.scheduling.wishes import Absence


@dataclass(frozen=True, slots=True)
class AbsenceAhead:
    """What being away would mean, before it is said."""

    lessons: int
    first_on: date
    clocks: str
    """What the clocks do to its beginning or end; empty: nothing"""


@requires(Permission.HOURS_MANAGE)
def absence_ahead(work: Work, absence: Absence, *, teacher_id: TeacherId) -> AbsenceAhead:
    """How many lessons such an absence would fall on, and what the clocks do to it."""
    access.teacher_to_plan(work, teacher_id)
    zone = studio_zone(work)
    if not near(work.now.date(), absence.first_on, absence.last_on):
        return AbsenceAhead(0, absence.first_on, "")
    lessons = falling(lessons_to_come(work, teacher_id), span_of(absence, zone))
    clocks = _clocks(work, absence.first_on, [absence.from_minute], zone)
    clocks = clocks or _clocks(work, absence.last_on, [absence.until_minute], zone)
    return AbsenceAhead(lessons, absence.first_on, clocks)


@requires(Permission.HOURS_MANAGE)
def clocks_on(work: Work, day: date, from_minute: int, until_minute: int) -> str:
    """What the clocks do to hours of that day, to be said before they are saved; "": nothing."""
    if not near(work.now.date(), day):
        return ""
    return _clocks(work, day, [from_minute, until_minute], studio_zone(work))


def _clocks(work: Work, day: date, minutes: Sequence[int], zone: ZoneInfo) -> str:
    locale = work.actor.locale
    for minute in minutes:
        if not exists(day, minute, zone):
            return left_out_text(day, minute, zone, locale).say(locale)
    twice = twice_text(day, minutes, zone, locale)
    return twice.say(locale) if twice else ""
