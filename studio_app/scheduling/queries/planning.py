"""What would happen: a new series before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day, say_month, say_weekday, say_when
from studio_app.kit.ids import SeriesId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.models import Teacher
from studio_app.scheduling import cautions, diary
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.series import draft, horizon_of, plan_of, rule_of
from studio_app.scheduling.access.setup import room_if_any
from studio_app.scheduling.access.wishes import series_for
from studio_app.scheduling.models.series import Series, SeriesException
from studio_app.scheduling.phrases import (
    clash_text,
    closed_text,
    names_in,
    obstacle_text,
    plan_text,
)
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.drafts import Draft
from studio_app.scheduling.rules.states import Why
from studio_app.scheduling.rules.year import MonthPattern, month_patterns
from studio_app.scheduling.wishes import NewSeries


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """One day of a series to be. With `closed` it is skipped unless decided otherwise; with
    `conflicts` it must be skipped or moved; with `cautions` it is kept for a reason."""

    on: date
    when: str
    starts: str
    """2026-09-08T16:00 on the studio's wall"""
    closed: str
    conflicts: tuple[str, ...]
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPreview:
    summary: str
    """Every Tuesday, 16:00"""
    days: tuple[PreviewDay, ...]
    closed: int
    closed_sentence: str
    """3 of your 12 lessons fall on closure dates; empty if none does"""
    patterns: tuple[str, ...]
    """Every Monday in August is closed."""
    conflicts: int
    conflicts_sentence: str
    goes_on: bool
    """There are more to come than these days"""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A day on which a series should have a lesson and somebody or something was taken."""

    series_id: SeriesId
    on: date
    when: str
    teacher: str
    series: str


@requires(Permission.CALENDAR_MANAGE)
def series_preview(work: Work, wish: NewSeries) -> SeriesPreview:
    """What a series would put into the diary: closures, holidays, and every conflict."""
    series = series_for(work, wish)
    plan, locale = plan_of(work, series), work.actor.locale
    until = horizon_of(work, series, plan)
    days = draft(work, series, plan, series.first_on, until, {})
    wants = _wants(work, series, wish, days)
    found = clashes_for(work, wants)
    against = cautions.against(work, wants, series.lesson_type_id, closures=False)
    names = names_in(work, [clash for each in found for clash in each])
    zone = names.zone
    shown = [
        PreviewDay(
            day.day,
            say_when(day.slot.starts_at, zone, locale),
            day.slot.starts_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
            str(obstacle_text(day.obstacle)) if day.obstacle else "",
            tuple(dict.fromkeys(str(clash_text(c, names, zone, locale)) for c in clashes)),
            tuple(str(one) for one in cautioned),
        )
        for day, clashes, cautioned in zip(days, found, against, strict=True)
    ]
    closed = sum(1 for day in shown if day.closed)
    taken = sum(1 for day in shown if day.conflicts and not day.closed)
    return SeriesPreview(
        summary=str(plan_text(plan, locale, zone)),
        days=tuple(shown),
        closed=closed,
        closed_sentence=str(closed_text(closed, len(shown))) if closed else "",
        patterns=tuple(_patterns(days, locale)),
        conflicts=taken,
        conflicts_sentence=str(_taken_text(taken, len(shown))) if taken else "",
        goes_on=plan.last_on is None or plan.last_on >= until,
    )


@requires(Permission.CALENDAR_VIEW)
def unplaced_days(work: Work) -> list[Unplaced]:
    """Days to come on which a series has no lesson because of a conflict."""
    zone = studio_zone(work)
    today = local_date(work.now, zone)
    query = (
        select(SeriesException, Series, Teacher.name)
        .join(Series, col(Series.id) == SeriesException.series_id)
        .join(Teacher, col(Teacher.id) == Series.teacher_id)
        .where(SeriesException.why == Why.CONFLICT, SeriesException.occurs_on >= today)
        .order_by(col(SeriesException.occurs_on))
    )
    locale = work.actor.locale
    return [
        Unplaced(
            series.id,
            row.occurs_on,
            say_day(row.occurs_on, locale),
            teacher,
            str(plan_text(rule_of(series), locale, zone)),
        )
        for row, series, teacher in work.session.exec(query)
    ]


def _wants(work: Work, series: Series, wish: NewSeries, days: Sequence[Draft]) -> list[Wanted]:
    room = room_if_any(work, series.room_id)
    return [diary.wanted(d.slot, series.teacher_id, room, wish.student_ids) for d in days]


def _patterns(days: Sequence[Draft], locale: str) -> list[str]:
    closed = {day.day for day in days if day.obstacle}
    found = month_patterns([day.day for day in days], closed)
    return [str(_pattern_text(pattern, locale)) for pattern in found]


def _pattern_text(pattern: MonthPattern, locale: str) -> Text:
    weekday, month = say_weekday(pattern.weekday, locale), say_month(pattern.month, locale)
    if pattern.closed == pattern.of:
        return _("Every {weekday} in {month} is closed.", weekday=weekday, month=month)
    return _(
        "In {month}, {n} of {of} lessons on {weekday} fall on closure dates.",
        month=month,
        n=pattern.closed,
        of=pattern.of,
        weekday=weekday,
    )


def _taken_text(taken: int, of: int) -> Text:
    return many(
        "{n} of your {of} lessons meets another lesson.",
        "{n} of your {of} lessons meet another lesson.",
        n=taken,
        of=of,
    )
