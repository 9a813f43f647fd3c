"""What would happen: a new series before it is saved, a lesson before it is moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_date
from studio_app.kit.formats import say_day, say_month, say_weekday, say_when
from studio_app.kit.ids import LessonId, RoomId, SeriesId, TeacherId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.models import Teacher
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.series import draft, horizon_of, plan_of, rule_of
from studio_app.scheduling.access.setup import location_of, room_if_any, school_year
from studio_app.scheduling.access.wishes import series_for
from studio_app.scheduling.models.series import Series, SeriesException
from studio_app.scheduling.phrases import (
    clash_text,
    names_in,
    obstacle_text,
    plan_text,
)
from studio_app.scheduling.rules.clashes import Clash
from studio_app.scheduling.rules.drafts import Draft
from studio_app.scheduling.rules.states import Why
from studio_app.scheduling.rules.year import MonthPattern, month_patterns
from studio_app.scheduling.wishes import NewSeries


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """One day of a series to be. With `closed` it is skipped unless decided otherwise; with
    `conflicts` it must be skipped or moved."""

    on: date
    when: str
    starts: str
    """2026-09-08T16:00 on the studio's wall"""
    closed: str
    conflicts: tuple[str, ...]


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
class MoveAnswer:
    """What stands in the way of a move (refused), and what to think of (allowed)."""

    conflicts: tuple[str, ...]
    warnings: tuple[str, ...]


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
    found = _clashes(work, series, wish, days)
    names = names_in(work, [clash for each in found for clash in each])
    zone = names.zone
    shown = [
        PreviewDay(
            day.day,
            say_when(day.slot.starts_at, zone, locale),
            day.slot.starts_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
            str(obstacle_text(day.obstacle)) if day.obstacle else "",
            tuple(dict.fromkeys(str(clash_text(c, names, zone, locale)) for c in clashes)),
        )
        for day, clashes in zip(days, found, strict=True)
    ]
    closed = sum(1 for day in shown if day.closed)
    taken = sum(1 for day in shown if day.conflicts and not day.closed)
    return SeriesPreview(
        summary=str(plan_text(plan, locale)),
        days=tuple(shown),
        closed=closed,
        closed_sentence=str(_closed_text(closed, len(shown))) if closed else "",
        patterns=tuple(_patterns(days, locale)),
        conflicts=taken,
        conflicts_sentence=str(_taken_text(taken, len(shown))) if taken else "",
        goes_on=plan.last_on is None or plan.last_on >= until,
    )


@requires(Permission.LESSON_MOVE)
def conflicts_for_move(
    work: Work,
    lesson_id: LessonId,
    *,
    to: datetime,
    teacher_id: TeacherId | None = None,
    room_id: RoomId | None = None,
    minutes: int | None = None,
) -> MoveAnswer:
    """What moving a lesson there would meet; `to` as in `move_lesson`."""
    lesson = access.lesson_to_change(work, lesson_id)
    room = room_if_any(work, room_id or lesson.room_id)
    start = diary.instant_of(work, to)
    lasting = lesson.lasting if minutes is None else diary.lasting(minutes)
    slot = Slot(start, start + lasting)
    students = access.students_in(work, lesson_id)
    wants = diary.wanted(slot, teacher_id or lesson.teacher_id, room, students)
    found = clashes_for(work, [wants], without={lesson_id})[0]
    names = names_in(work, found)
    zone = names.zone
    texts = [str(clash_text(clash, names, zone, work.actor.locale)) for clash in found]
    day = local_date(start, zone)
    place = location_of(work, wants.room_id)
    obstacle = school_year(work, day, day + timedelta(days=1)).obstacle(
        day, location_id=place, term_time_only=False
    )
    return MoveAnswer(
        tuple(dict.fromkeys(texts)), (str(obstacle_text(obstacle)),) if obstacle else ()
    )


@requires(Permission.CALENDAR_VIEW)
def unplaced_days(work: Work) -> list[Unplaced]:
    """Days to come on which a series has no lesson because of a conflict."""
    today = local_date(work.now, studio_zone(work))
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
            str(plan_text(rule_of(series), locale)),
        )
        for row, series, teacher in work.session.exec(query)
    ]


def _clashes(
    work: Work, series: Series, wish: NewSeries, days: Sequence[Draft]
) -> list[list[Clash]]:
    room = room_if_any(work, series.room_id)
    wants = [diary.wanted(d.slot, series.teacher_id, room, wish.student_ids) for d in days]
    return clashes_for(work, wants)


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


def _closed_text(closed: int, of: int) -> Text:
    return many(
        "{n} of your {of} lessons falls on a closure date.",
        "{n} of your {of} lessons fall on closure dates.",
        n=closed,
        of=of,
    )


def _taken_text(taken: int, of: int) -> Text:
    return many(
        "{n} of your {of} lessons meets another lesson.",
        "{n} of your {of} lessons meet another lesson.",
        n=taken,
        of=of,
    )
