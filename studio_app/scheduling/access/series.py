"""A series as a rule, and what of it is in the diary."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import union_all
from sqlmodel import col, func, select

from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.ids import SeriesId
from studio_app.kit.work import Work
from studio_app.scheduling.access import setup
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series, SeriesException
from studio_app.scheduling.models.setup import Term
from studio_app.scheduling.rules.drafts import Draft, drafts, horizon
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.wishes import Decision


def plan_of(work: Work, series: Series, *, as_ended: bool = True) -> Plan:
    """The rule of a series, with the last day its term gives it."""
    term = setup.row(work, Term, series.term_id) if series.term_id else None
    return rule_of(series, term_ends_on=term and term.ends_on, as_ended=as_ended)


def rule_of(series: Series, *, term_ends_on: date | None = None, as_ended: bool = True) -> Plan:
    """The rule of a series; `as_ended` stops it on the day it was ended on."""
    ends = [series.until_on, term_ends_on, series.ended_on if as_ended else None]
    return Plan(
        series.first_on,
        series.at,
        series.minutes,
        ZoneInfo(series.zone),
        frozenset(series.weekdays),
        series.every_weeks,
        min((day for day in ends if day is not None), default=None),
        series.count,
    )


def horizon_of(work: Work, series: Series, plan: Plan) -> date:
    """The day before which this series should be in the diary now."""
    today = local_date(work.now, studio_zone(work))
    ends = work.session.exec(select(func.max(Term.ends_on))).one()
    known = ends or today
    return horizon(plan, today, terms_end_on=known if series.term_time_only else None)


def draft(
    work: Work,
    series: Series,
    plan: Plan,
    first: date,
    until: date,
    decisions: Mapping[date, Decision],
) -> list[Draft]:
    """The days in [first, until) that have neither a lesson nor a reason why not."""
    return drafts(
        plan,
        setup.school_year(work, first, until),
        first=first,
        until=until,
        location_id=setup.location_of(work, series.room_id),
        term_time_only=series.term_time_only,
        decisions=decisions,
        done=_done(work, series.id, first),
    )


def _done(work: Work, series_id: SeriesId, first: date) -> set[date]:
    queries: list[Any] = [
        select(col(table.occurs_on)).where(
            table.series_id == series_id, col(table.occurs_on) >= first
        )
        for table in (Lesson, SeriesException)
    ]
    return set(work.session.connection().execute(union_all(*queries)).scalars())
