"""When a teacher is away, said in words, and what an absence would fall on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_date, say_day
from studio_app.kit.ids import TeacherId, TimeOffId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import availability as access
from studio_app.scheduling.models.availability import TimeOff
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.phrases import hours_text, left_out_text, minute_text, twice_text
from studio_app.scheduling.rules.hours import DAY, Span, near, wall_second
from studio_app.scheduling.rules.wall import exists
from studio_app.scheduling.wishes import Absence

NEAR = 300
"""Within so many days of today a day is known without its year."""


@dataclass(frozen=True, slots=True)
class AwayRow:
    id: TimeOffId
    when: str
    """Mon 3 Aug – Fri 7 Aug"""
    reason: str
    first_on: date
    lessons: int
    """How many lessons of theirs fall into it and have not begun"""


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
    lessons = _falling(_lessons(work, teacher_id), _span(absence, zone))
    clocks = _clocks(work, absence.first_on, [absence.from_minute], zone)
    clocks = clocks or _clocks(work, absence.last_on, [absence.until_minute], zone)
    return AbsenceAhead(lessons, absence.first_on, clocks)


@requires(Permission.HOURS_MANAGE)
def clocks_on(work: Work, day: date, from_minute: int, until_minute: int) -> str:
    """What the clocks do to hours of that day, to be said before they are saved; "": nothing."""
    if not near(work.now.date(), day):
        return ""
    return _clocks(work, day, [from_minute, until_minute], studio_zone(work))


def away_rows(work: Work, teacher_id: TeacherId, today: date, zone: ZoneInfo) -> list[AwayRow]:
    """The absences that are not over, the earliest first; two statements."""
    query = select(TimeOff).where(TimeOff.teacher_id == teacher_id, TimeOff.last_on >= today)
    order = col(TimeOff.first_on), col(TimeOff.from_minute)
    found = work.session.exec(query.order_by(*order)).all()
    lessons: list[Span] = _lessons(work, teacher_id) if found else []
    return [
        AwayRow(
            off.id,
            _when(work, off),
            off.reason,
            off.first_on,
            _falling(lessons, _span(off, zone)),
        )
        for off in found
    ]


def _falling(lessons: Sequence[Span], away: Span) -> int:
    return sum(1 for start, end in lessons if start < away[1] and end > away[0])


def _span(away: TimeOff | Absence, zone: ZoneInfo) -> Span:
    return (
        wall_second(away.first_on, away.from_minute, zone),
        wall_second(away.last_on, away.until_minute, zone),
    )


def _lessons(work: Work, teacher_id: TeacherId) -> list[Span]:
    """The lessons to come of this teacher, as spans of seconds; one statement."""
    query = select(col(Lesson.starts_at), col(Lesson.ends_at)).where(
        Lesson.teacher_id == teacher_id, col(Lesson.blocking), Lesson.starts_at > work.now
    )
    found: Sequence[tuple[datetime, datetime]] = work.session.exec(query).all()
    return [(int(start.timestamp()), int(end.timestamp())) for start, end in found]


def _when(work: Work, off: TimeOff) -> str:
    """Tue 8 Sept, its hours if it is not all of it; or from one day to another."""
    locale = work.actor.locale
    first, last = day_text(work, off.first_on), day_text(work, off.last_on)
    whole_first, whole_last = off.from_minute == 0, off.until_minute == DAY
    if off.first_on == off.last_on:
        span = hours_text(off.from_minute, off.until_minute, locale)
        return first if whole_first and whole_last else f"{first}, {span}"
    if not whole_first:
        first = f"{first}, {minute_text(off.from_minute, locale)}"
    if not whole_last:
        last = f"{last}, {minute_text(off.until_minute, locale)}"
    return f"{first} – {last}"


def day_text(work: Work, day: date) -> str:
    """Tue 8 Sept; with its year where one could err."""
    near = abs((day - work.now.date()).days) < NEAR
    return say_day(day, work.actor.locale) if near else say_date(day, work.actor.locale)


def _clocks(work: Work, day: date, minutes: Sequence[int], zone: ZoneInfo) -> str:
    locale = work.actor.locale
    for minute in minutes:
        if not exists(day, minute, zone):
            return left_out_text(day, minute, zone, locale).say(locale)
    twice = twice_text(day, minutes, zone, locale)
    return twice.say(locale) if twice else ""
