"""The hours of a teacher, said in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_weekday
from studio_app.kit.ids import AvailabilityId, LocationId, TeacherId
from studio_app.kit.words import _, many
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import availability as access
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.models.setup import Location
from studio_app.scheduling.phrases import hours_text, twice_text
from studio_app.scheduling.queries.absences import AwayRow, away_rows, day_text


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours that are offered, weekly or on one date."""

    id: AvailabilityId
    day: str
    """Tuesday; or Sat 12 Sept"""
    span: str
    """15:00–17:00"""
    weekday: int | None
    dated_on: date | None
    from_minute: int
    until_minute: int
    location_id: LocationId | None
    location: str
    slot_minutes: int | None
    slots: str
    """Slots of 30 minutes; empty: any time in them"""
    starts_on: date | None
    ends_on: date | None
    lasting: str
    """From 1 Sept 2026 until 18 Dec 2026; empty: always"""
    twice: str
    """What the clocks do to them"""


@dataclass(frozen=True, slots=True)
class Weekday:
    number: int
    """Monday is 1"""
    name: str
    hours: tuple[HoursRow, ...]


@dataclass(frozen=True, slots=True)
class HoursOfTeacher:
    teacher_id: TeacherId
    teacher: str
    today: date
    week: tuple[Weekday, ...]
    """Seven days, Monday first"""
    dated: tuple[HoursRow, ...]
    away: tuple[AwayRow, ...]


@requires(Permission.HOURS_MANAGE)
def teaching_hours(work: Work, teacher_id: TeacherId | None = None) -> HoursOfTeacher | None:
    """From today on; one's own by default, None for who does not teach."""
    whose = teacher_id or work.session.exec(own_teachers(work)).first()
    if whose is None:
        return None
    teacher = access.teacher_to_plan(work, whose)
    zone = studio_zone(work)
    today = local_date(work.now, zone)
    blocks = [row for row in access.blocks_of(work, whose) if _goes_on(row, today)]
    places = dict(work.session.exec(select(col(Location.id), col(Location.name))).all())
    rows = [_hours_row(work, row, places, zone) for row in blocks]
    week = tuple(
        Weekday(
            number,
            say_weekday(number, work.actor.locale),
            tuple(row for row in rows if row.weekday == number),
        )
        for number in range(1, 8)
    )
    dated = tuple(sorted((row for row in rows if row.dated_on), key=_by_date))
    return HoursOfTeacher(
        teacher.id, teacher.name, today, week, dated, tuple(away_rows(work, whose, today, zone))
    )


def _goes_on(row: Availability, today: date) -> bool:
    last = row.dated_on or row.ends_on
    return last is None or last >= today


def _by_date(row: HoursRow) -> tuple[date, int]:
    return row.dated_on or date.max, row.from_minute


def _hours_row(
    work: Work, row: Availability, places: Mapping[LocationId, str], zone: ZoneInfo
) -> HoursRow:
    locale = work.actor.locale
    day = say_weekday(row.weekday, locale) if row.weekday else ""
    twice = None
    if row.dated_on:
        day = day_text(work, row.dated_on)
        twice = twice_text(row.dated_on, (row.from_minute, row.until_minute), zone, locale)
    return HoursRow(
        id=row.id,
        day=day,
        span=hours_text(row.from_minute, row.until_minute, locale),
        weekday=row.weekday,
        dated_on=row.dated_on,
        from_minute=row.from_minute,
        until_minute=row.until_minute,
        location_id=row.location_id,
        location=places[row.location_id] if row.location_id else "",
        slot_minutes=row.slot_minutes,
        slots=_slots(row, locale),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        lasting=_lasting(work, row),
        twice=twice.say(locale) if twice else "",
    )


def _slots(row: Availability, locale: str) -> str:
    if row.slot_minutes is None:
        return ""
    text = many("Slots of {n} minute", "Slots of {n} minutes", n=row.slot_minutes)
    return text.say(locale)


def _lasting(work: Work, row: Availability) -> str:
    locale = work.actor.locale
    starts, ends = row.starts_on, row.ends_on
    if starts and starts <= work.now.date():
        starts = None
    if starts and ends:
        both = _("{first} to {last}", first=say_date(starts, locale), last=say_date(ends, locale))
        return both.say(locale)
    if starts:
        return _("from {day}", day=say_date(starts, locale)).say(locale)
    return _("until {day}", day=say_date(ends, locale)).say(locale) if ends else ""
