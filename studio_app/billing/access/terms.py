"""How long a term is for a weekly series."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.billing.rules.charging import SeatFacts
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LocationId, SeatId, SeriesId, TermId
from studio_app.kit.work import Work
from studio_app.scheduling.access.setup import school_year
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import Room, Term
from studio_app.scheduling.rules.plans import Plan, days_of
from studio_app.scheduling.rules.year import SchoolYear

DAY = timedelta(days=1)


def term(work: Work, term_id: TermId) -> Term:
    found = work.session.exec(select(Term).where(Term.id == term_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def lessons_in_term(work: Work, seats: Sequence[SeatFacts]) -> dict[SeatId, int]:
    """For each seat of a series how many lessons its series has in the seat's whole term.

    Counted from the rule and the closures, as if the series had run from the term's first
    day: who starts in the middle comes to part of them.
    """
    days = [seat.on for seat in seats]
    if not days:
        return {}
    query = select(Term).where(Term.starts_on <= max(days), Term.ends_on >= min(days))
    terms = work.session.exec(query).all()
    wanted = {seat.series_id for seat in seats if seat.series_id}
    if not terms or not wanted:
        return {}
    first, last = min(t.starts_on for t in terms), max(t.ends_on for t in terms)
    year = school_year(work, first, last + DAY)
    found = {
        (series_id, term.id): _lessons(series, location_id, term, year)
        for series_id, (series, location_id) in _series(work, wanted).items()
        for term in terms
    }
    return {
        seat.seat_id: found[seat.series_id, term.id]
        for seat in seats
        for term in terms
        if seat.series_id and term.starts_on <= seat.on <= term.ends_on
    }


def _series(work: Work, wanted: set[SeriesId]) -> dict[SeriesId, tuple[Series, LocationId | None]]:
    query = (
        select(Series, Room.location_id)
        .join(Room, col(Room.id) == Series.room_id, isouter=True)
        .where(col(Series.id).in_(wanted))
    )
    return {
        series.id: (series, LocationId(there) if there else None)
        for series, there in work.session.exec(query)
    }


def _lessons(series: Series, location_id: LocationId | None, term: Term, year: SchoolYear) -> int:
    step = timedelta(weeks=series.every_weeks)
    earlier = max(0, -(-(series.first_on - term.starts_on) // step))
    monday = series.first_on - timedelta(days=series.first_on.weekday())
    plan = Plan(
        first_on=monday - earlier * step,
        at=series.at,
        minutes=series.minutes,
        zone=ZoneInfo(series.zone),
        weekdays=frozenset(series.weekdays),
        every_weeks=series.every_weeks,
    )
    days: list[date] = days_of(plan, term.starts_on, term.ends_on + DAY)
    return sum(
        year.obstacle(day, location_id=location_id, term_time_only=False) is None for day in days
    )
