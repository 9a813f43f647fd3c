"""A re-enrolment run before families are asked: prepared, changed, sent or thrown away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from studio_app.bookings.access import rollover as access
from studio_app.bookings.models.rollover import Rollover, RolloverLesson, RolloverPlace
from studio_app.bookings.rules.rollover import (
    DAYS_TO_ANSWER,
    Answer,
    RolloverState,
    problem_with_dates,
    problem_with_day,
)
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, NotFound, Refused, constraint
from studio_app.kit.ids import (
    EnrolmentId,
    RolloverId,
    RolloverLessonId,
    RolloverPlaceId,
    SeriesId,
    StudentId,
    TermId,
)
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.continuing import (
    AtEnd,
    weekly_at_end_of,
)
from studio_app.scheduling.commands.year import add_term


class RunsAlready(Conflict):
    message = _("Families are being asked about these two terms already.")


class NothingToContinue(Refused):
    message = _("No weekly lesson runs to the end of that term and waits to be continued.")


class DatesDoNotFit(Refused):
    message = _("These dates do not fit.")


class HasNoTimeOfItsOwn(Refused):
    message = _("This lesson goes on by itself: change it in the calendar.")


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term to be, made with the run."""

    name: str
    starts_on: date
    ends_on: date


@requires(Permission.SCHEDULE_CONFIGURE)
def prepare_rollover(
    work: Work, from_term_id: TermId, to: TermId | NewTerm, *, answer_by: date | None = None
) -> RolloverId:
    """Collect the weekly lessons with which a term ends; nobody is asked or held yet."""
    if isinstance(to, NewTerm):
        to = add_term(work, name=to.name, starts_on=to.starts_on, ends_on=to.ends_on)
    old, new = access.term(work, from_term_id), access.term(work, to)
    today = local_date(work.now, studio_zone(work))
    answer_by = answer_by or today + timedelta(days=DAYS_TO_ANSWER)
    problem = problem_with_dates(old.last_on, new.first_on, new.last_on, answer_by, today)
    if problem:
        raise DatesDoNotFit(problem)
    run = Rollover(
        from_term_id=from_term_id,
        to_term_id=to,
        answer_by=answer_by,
        started_by=work.actor.person_id,
        created_at=work.now,
    )
    with constraint({"rollover_once_at_a_time": RunsAlready}):
        work.session.add(run)
        work.session.flush()
    found = weekly_at_end_of(work, old, new)
    if not _write(work, run, found):
        raise NothingToContinue
    return run.id


@requires(Permission.CALENDAR_MANAGE)
def leave_out(
    work: Work,
    rollover_id: RolloverId,
    place_ids: Collection[RolloverPlaceId],
    *,
    out: bool = True,
) -> None:
    """These families are not asked about these places, or are after all."""
    run = access.prepared(work, rollover_id)
    query = select(RolloverPlace).where(
        RolloverPlace.rollover_id == run.id, col(RolloverPlace.id).in_(place_ids)
    )
    found = work.session.exec(query).all()
    if len(found) != len(set(place_ids)):
        raise NotFound
    for place in found:
        place.left_out = out
    work.session.flush()


@requires(Permission.CALENDAR_MANAGE)
def plan_next(
    work: Work,
    rollover_id: RolloverId,
    lesson_id: RolloverLessonId,
    *,
    weekday: int | None,
    at: time | None,
) -> None:
    """Another weekday (Monday is 1) or time in the new term; None: as it was."""
    run = access.prepared(work, rollover_id)
    lesson = access.lessons(work, run.id).get(lesson_id)
    if lesson is None:
        raise NotFound
    if lesson.goes_on:
        raise HasNoTimeOfItsOwn
    series = access.series_of(work, [lesson])[lesson.series_id]
    lesson.weekday = None if len(series.weekdays) > 1 or [weekday] == series.weekdays else weekday
    lesson.at = None if at == series.at else at
    work.session.flush()


@requires(Permission.CALENDAR_MANAGE)
def change_answer_by(work: Work, rollover_id: RolloverId, answer_by: date) -> None:
    """More or less time to answer, also while families are asked."""
    run = access.rollover(work, rollover_id)
    if run.state == RolloverState.OPEN:
        run = access.open_run(work, rollover_id, alone=True)
    else:
        run = access.prepared(work, rollover_id)
    _old, new = access.terms_of(work, run)
    today = local_date(work.now, studio_zone(work))
    problem = problem_with_day(answer_by, new.last_on, today)
    if problem:
        raise DatesDoNotFit(problem)
    if answer_by > run.answer_by:
        run.reminded_at = None
    run.answer_by = answer_by
    work.session.flush()


@requires(Permission.CALENDAR_MANAGE)
def discard_rollover(work: Work, rollover_id: RolloverId) -> None:
    """Nobody was asked: nothing is kept of it."""
    run = access.prepared(work, rollover_id)
    connection = work.session.connection()
    for table in (RolloverPlace, RolloverLesson):
        connection.execute(delete(table).where(col(table.rollover_id) == run.id))
    work.session.delete(run)
    work.session.flush()


def _write(work: Work, run: Rollover, found: Sequence[AtEnd]) -> int:
    """The places that nobody answered for in an earlier run between these terms."""
    settled = _answered_before(work, run)
    written = 0
    for one in found:
        members = [member for member in one.members if member.id not in settled]
        if not members:
            continue
        lesson = RolloverLesson(
            rollover_id=run.id,
            series_id=SeriesId(one.series.id),
            goes_on=one.goes_on,
            created_at=work.now,
        )
        work.session.add(lesson)
        work.session.flush()
        for member in members:
            place = RolloverPlace(
                rollover_id=run.id,
                lesson_id=lesson.id,
                enrolment_id=member.id,
                student_id=StudentId(member.student_id),
                created_at=work.now,
            )
            work.session.add(place)
            written += 1
    work.session.flush()
    return written


def _answered_before(work: Work, run: Rollover) -> set[EnrolmentId]:
    query = (
        select(col(RolloverPlace.enrolment_id))
        .join(Rollover, col(Rollover.id) == col(RolloverPlace.rollover_id))
        .where(
            Rollover.from_term_id == run.from_term_id,
            Rollover.to_term_id == run.to_term_id,
            Rollover.id != run.id,
            col(RolloverPlace.answer).in_([Answer.YES, Answer.NO]),
        )
    )
    return set(work.session.exec(query))
