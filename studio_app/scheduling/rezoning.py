"""Weekly lessons that go over to another wall, all of a studio's at once.

Each is cut where its lessons are to come, so that what was taught keeps the wall it was on: what
`splitting` does for one series, in a handful of statements however many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import col, func, select

from studio_app.kit.clock import local_date, to_instant
from studio_app.kit.ids import SeriesId
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access.series import rule_of
from studio_app.scheduling.generation import generate
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import Term
from studio_app.scheduling.rules.changes import before, from_day
from studio_app.scheduling.rules.plans import Plan, days_of
from studio_app.scheduling.rules.states import EnrolmentState

LOOKED_AHEAD = timedelta(days=400)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gone:
    """What a series became: from `from_on` on its lessons belong to `series_id`, which is the
    same one where nothing of it is over. `until` is the last day that has been thought of."""

    was_id: SeriesId
    series_id: SeriesId
    from_on: date
    until: date


def go_over(work: Work, known: Sequence[Series], zone: ZoneInfo) -> list[Gone]:
    """Cut these series and put what follows on the new wall; their lessons are moved by others.

    Lock everybody concerned before, and `fill_again` when the lessons are where they go.
    """
    plans, last = _plans(work, known), _last_days(work, known)
    going: list[Gone] = []
    after: list[Series] = []
    for series in known:
        from_on = _first_to_come(work, plans[series.id], zone)
        if from_on is None or (series.ended_on is not None and series.ended_on < from_on):
            continue
        ends = [day for day in (series.generated_until, last.get(series.id)) if day is not None]
        following = _following(work, series, plans[series.id], from_on)
        following.zone, following.generated_until = zone.key, max(ends, default=None)
        if following is not series:
            after.append(following)
        going.append(Gone(series.id, following.id, from_on, max(ends, default=from_on)))
    diary.write_rows(work, after)
    work.session.flush()
    _hand_over(work, [one for one in going if one.series_id != one.was_id])
    return going


_CLASHED = Ready(
    text("""
    delete from series_exception as x
    using unnest(cast(:series as uuid[]), cast(:from_on as date[])) as v(series, from_on)
    where x.series_id = v.series and x.occurs_on >= v.from_on and x.why = 'conflict'
    returning x.series_id
    """)
)


def fill_again(work: Work, going: Sequence[Gone]) -> None:
    """Days that were left out because somebody was taken: on the new clock they may not be."""
    given = {"series": [one.series_id for one in going], "from_on": [one.from_on for one in going]}
    clashed = set(_CLASHED.send(work.session.connection(), given).scalars())
    for one in going:
        if one.series_id in clashed:
            series = work.session.get_one(Series, one.series_id)
            generate(work, series, first=one.from_on, until=one.until + A_DAY)


def _plans(work: Work, known: Sequence[Series]) -> dict[UUID, Plan]:
    ends = {term.id: term.ends_on for term in work.session.exec(select(Term))}
    return {
        one.id: rule_of(one, term_ends_on=one.term_id and ends[one.term_id], as_ended=False)
        for one in known
    }


def _last_days(work: Work, known: Sequence[Series]) -> dict[UUID, date]:
    """The last day of each that has a lesson."""
    query = (
        select(col(Lesson.series_id), func.max(Lesson.occurs_on))
        .where(col(Lesson.series_id).in_([one.id for one in known]))
        .group_by(col(Lesson.series_id))
    )
    found = work.session.connection().execute(query)
    return {series_id: day for series_id, day in found if series_id and day}


def _first_to_come(work: Work, plan: Plan, zone: ZoneInfo) -> date | None:
    """The first day whose lesson begins after now, on the old clock and on the new."""
    today = local_date(work.now, plan.zone)
    days = days_of(plan, today - A_DAY, today + LOOKED_AHEAD)
    walls = (plan.zone, zone)
    return next(
        (day for day in days if all(to_instant(day, plan.at, wall) > work.now for wall in walls)),
        None,
    )


def _following(work: Work, series: Series, was: Plan, from_on: date) -> Series:
    """The series that follows, not written yet; the same where nothing came before."""
    if from_on <= series.first_on:
        return series
    copied = series.model_dump(exclude={"id", "studio_id", "generated_until", "follows_id"})
    following = Series(**copied, follows_id=series.id)
    following.created_at = work.now
    rest = from_day(was, from_on)
    following.first_on, following.count = rest.first_on, rest.count
    series.until_on, series.count, series.term_id = before(was, from_on).until_on, None, None
    return following


_LESSONS, _EXCEPTIONS = (
    Ready(
        text(f"""
        update {table} as one set series_id = v.series
        from unnest(cast(:was as uuid[]), cast(:series as uuid[]), cast(:from_on as date[]))
          as v(was, series, from_on)
        where one.series_id = v.was and one.occurs_on >= v.from_on
        """)  # noqa: S608  our own tables
    )
    for table in ("lesson", "series_exception")
)
_SEATS = Ready(
    text("""
    update seat set enrolment_id = v.later
    from unnest(cast(:was as uuid[]), cast(:later as uuid[]), cast(:series as uuid[]))
      as v(was, later, series), lesson
    where seat.enrolment_id = v.was and lesson.id = seat.lesson_id
      and lesson.series_id = v.series
    """)
)


def _hand_over(work: Work, going: Sequence[Gone]) -> None:
    """Lessons, days without one, and who takes part belong to what follows."""
    connection = work.session.connection()
    given = {
        "was": [one.was_id for one in going],
        "series": [one.series_id for one in going],
        "from_on": [one.from_on for one in going],
    }
    for statement in (_LESSONS, _EXCEPTIONS):
        statement.send(connection, given)
    _enrol_again(work, {one.was_id: one for one in going})
    work.session.expire_all()


def _enrol_again(work: Work, going: dict[SeriesId, Gone]) -> None:
    query = select(Enrolment).where(col(Enrolment.series_id).in_(going))
    again: list[Enrolment] = []
    for one in work.session.exec(query.order_by(col(Enrolment.id)).with_for_update()):
        gone = going[one.series_id]
        if one.ends_on is not None and one.ends_on < gone.from_on:
            continue
        if one.starts_on >= gone.from_on:
            one.series_id = gone.series_id
            continue
        later = Enrolment(
            student_id=one.student_id,
            ends_on=one.ends_on,
            state=EnrolmentState(one.state),
            series_id=gone.series_id,
            starts_on=gone.from_on,
            follows_id=one.id,
            created_at=work.now,
        )
        one.ends_on = gone.from_on - A_DAY
        again.append(later)
    diary.write_rows(work, again)
    work.session.flush()
    given = {
        "was": [one.follows_id for one in again],
        "later": [one.id for one in again],
        "series": [one.series_id for one in again],
    }
    _SEATS.send(work.session.connection(), given)
