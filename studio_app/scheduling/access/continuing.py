"""The weekly lessons with which a term ends, and who takes part to its end."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, or_, select

from studio_app.kit.ids import SeriesId, StudentId
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.access.series import rule_of
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import Term
from studio_app.scheduling.rules.continuing import last_day_in, reaches
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.rules.states import EnrolmentState
from studio_app.scheduling.rules.year import TermDays


@dataclass(frozen=True, slots=True)
class AtEnd:
    """A weekly lesson with which a term ends. With `goes_on` it has days in the next one too."""

    series: Series
    plan: Plan
    members: Sequence[Enrolment]
    goes_on: bool


def days_of_term(term: Term) -> TermDays:
    return TermDays(term.name, term.starts_on, term.ends_on)


def plans_of(work: Work, rows: Sequence[Series]) -> dict[SeriesId, Plan]:
    """The rule of each series, with the last day its term gives it; one statement for all."""
    ends = {term.id: term.ends_on for term in work.session.exec(select(Term))}
    return {
        row.id: rule_of(row, term_ends_on=ends[row.term_id] if row.term_id else None)
        for row in rows
    }


def weekly_at_end_of(work: Work, term: TermDays, following: TermDays) -> list[AtEnd]:
    """Every weekly lesson that runs to the end of a term and whose students do not leave then.

    Without those that were continued already, and without students who have left.
    """
    rows = _running(work, term)
    plans, members = plans_of(work, rows), _members(work, term)
    continued = _continued(work, term)
    found: list[AtEnd] = []
    for row in rows:
        last = last_day_in(plans[row.id], term)
        if last is None or row.id in continued:
            continue
        goes_on = reaches(plans[row.id], following)
        until = following.first_on if goes_on else last
        staying = [one for one in members[row.id] if _stays(one, last, until)]
        if staying:
            found.append(AtEnd(row, plans[row.id], staying, goes_on))
    return found


def members_after(work: Work, series_id: SeriesId, day: date) -> set[StudentId]:
    """Who takes part in a series on a later day than this."""
    query = select(col(Enrolment.student_id)).where(
        Enrolment.series_id == series_id,
        or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) > day),
    )
    return set(work.session.exec(query))


def _stays(member: Enrolment, last: date, until: date) -> bool:
    return member.starts_on <= last and (member.ends_on is None or member.ends_on >= until)


def _running(work: Work, term: TermDays) -> Sequence[Series]:
    query = select(Series).where(
        Series.first_on <= term.last_on,
        or_(col(Series.ended_on).is_(None), col(Series.ended_on) >= term.first_on),
    )
    return work.session.exec(query.order_by(col(Series.id))).all()


def _members(work: Work, term: TermDays) -> dict[SeriesId, list[Enrolment]]:
    """Those with a place of their own; what is only held has its own question to answer."""
    query = (
        select(Enrolment)
        .join(Student, col(Student.id) == col(Enrolment.student_id))
        .where(
            Enrolment.state == EnrolmentState.ACTIVE,
            Enrolment.starts_on <= term.last_on,
            or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) >= term.first_on),
            col(Student.archived_at).is_(None),
        )
    )
    found: dict[SeriesId, list[Enrolment]] = defaultdict(list)
    for row in work.session.exec(query.order_by(col(Enrolment.id))):
        found[row.series_id].append(row)
    return found


def _continued(work: Work, term: TermDays) -> set[SeriesId | None]:
    """Series that another follows after this term, other than one that was given back."""
    query = select(col(Series.follows_id)).where(
        col(Series.follows_id).is_not(None),
        Series.first_on > term.last_on,
        or_(col(Series.ended_on).is_(None), col(Series.ended_on) >= col(Series.first_on)),
    )
    return set(work.session.exec(query))
