"""Sentences about the calendar, in the studio's own time and the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot
from studio_app.kit.formats import (
    say_day,
    say_list,
    say_time,
    say_wall_time,
    say_weekday,
    say_when,
    say_zone,
)
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work
from studio_app.scheduling.access.people import names
from studio_app.scheduling.rules.clashes import Clash, Side
from studio_app.scheduling.rules.hours import DAY
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.rules.states import Why
from studio_app.scheduling.rules.wall import comes_twice, next_there_is
from studio_app.scheduling.rules.year import Obstacle


@dataclass(frozen=True, slots=True)
class Names:
    """What the teachers, rooms and students of some clashes are called, and the studio's zone."""

    called: Mapping[UUID, str]
    zone: ZoneInfo

    def of(self, ids: Iterable[UUID]) -> str:
        return ", ".join(sorted(self.called[i] for i in ids))


def names_in(work: Work, found: Iterable[Clash]) -> Names:
    wants = [clash.booking.wants for clash in found]
    called, zone = names(
        work,
        {want.teacher_id for want in wants},
        {want.room_id for want in wants if want.room_id is not None},
        {student for want in wants for student in want.student_ids},
    )
    return Names(called, zone)


def clash_text(clash: Clash, known: Names, zone: ZoneInfo, locale: str) -> Text:
    """Who and where, for staff: it names other people's children."""
    wants = clash.booking.wants
    said = {
        "teacher": known.called[wants.teacher_id],
        "students": known.of(wants.student_ids),
        "room": known.of([wants.room_id] if wants.room_id else []),
        "when": span_text(wants.slot, zone, locale),
        "who": known.of([clash.who]),
    }
    match clash.side:
        case Side.ROOM:
            return _("{room} is taken by {teacher} ({when}).", **said)
        case Side.STUDENT:
            return _("{who} has a lesson with {teacher} then ({when}).", **said)
        case Side.TEACHER if wants.student_ids and wants.room_id:
            return _("{teacher} teaches {students} in {room} then ({when}).", **said)
        case Side.TEACHER if wants.student_ids:
            return _("{teacher} teaches {students} then ({when}).", **said)
        case Side.TEACHER:
            return _("{teacher} has another lesson then ({when}).", **said)


def taken_text(work: Work, found: list[Clash]) -> Text | None:
    """What a refusal says: staff hear who and where, a family only that the time is gone."""
    if not work.actor.may(Permission.CALENDAR_VIEW):
        return None
    known = names_in(work, found)
    text = clash_text(found[0], known, known.zone, work.actor.locale)
    others = len({clash.booking.lesson_id for clash in found}) - 1
    if others:
        return _("{first} And {n} more.", first=text, n=others)
    return text


def span_text(slot: Slot, zone: ZoneInfo, locale: str) -> str:
    """Thu 3 Sept, 16:00 to 16:30, with a dash."""
    return f"{say_when(slot.starts_at, zone, locale)}–{say_time(slot.ends_at, zone, locale)}"


def plan_text(plan: Plan, locale: str, here: ZoneInfo) -> Text:
    """Every Tuesday, 16:00; or every 2 weeks on Monday and Wednesday, 16:30.

    `here` is the zone of the studio's wall: a rule on another one says on which.
    """
    rhythm = _rhythm_text(plan, locale)
    if here == plan.zone:
        return rhythm
    return _("{rhythm} ({zone} time)", rhythm=rhythm, zone=say_zone(plan.zone, locale))


def _rhythm_text(plan: Plan, locale: str) -> Text:
    days = say_list([say_weekday(day, locale) for day in sorted(plan.weekdays)], locale)
    at = say_wall_time(plan.at, locale)
    if plan.every_weeks == 1:
        return _("Every {days}, {at}", days=days, at=at)
    return _("Every {n} weeks on {days}, {at}", n=plan.every_weeks, days=days, at=at)


def obstacle_text(obstacle: Obstacle) -> Text:
    match obstacle.why:
        case Why.CLOSURE:
            return _("Closed: {name}", name=obstacle.name)
        case Why.HOLIDAY:
            return _("Bank holiday: {name}", name=obstacle.name)
        case Why.NOT_TERM_TIME:
            return _("Not in term time")
        case _:
            return obstacle.why.label


def closed_text(closed: int, of: int) -> Text:
    return many(
        "{n} of your {of} lessons falls on a closure date.",
        "{n} of your {of} lessons fall on closure dates.",
        n=closed,
        of=of,
    )


def minute_text(minute: int, locale: str) -> str:
    """16:30, or midnight as 00:00 at either end of the day."""
    return say_wall_time(time(minute % DAY // 60, minute % 60), locale)


def hours_text(from_minute: int, until_minute: int, locale: str) -> str:
    """15:00 to 17:00, with a dash."""
    return f"{minute_text(from_minute, locale)}–{minute_text(until_minute, locale)}"


def left_out_text(day: date, minute: int, zone: ZoneInfo, locale: str) -> Text:
    """Why a time cannot be had, and the next that can."""
    return _(
        "On {day} the clocks go forward and {at} is left out. The next time there is: {next}.",
        day=say_day(day, locale),
        at=minute_text(minute, locale),
        next=minute_text(next_there_is(day, minute, zone), locale),
    )


def twice_text(day: date, minutes: Iterable[int], zone: ZoneInfo, locale: str) -> Text | None:
    """Which of these times comes twice on that day, and which of the two is meant."""
    for minute in minutes:
        if comes_twice(day, minute, zone):
            at = minute_text(minute, locale)
            return _("{at} comes twice that day, when the clocks go back: the first one.", at=at)
    return None
