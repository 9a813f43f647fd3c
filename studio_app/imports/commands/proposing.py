"""Putting proposed weekly lessons on the calendar, and ticking off what was left to do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from studio_app.billing.commands.prices import set_price
from studio_app.billing.rules.pricing import Scope
from studio_app.identity.access import studio, studio_zone
from studio_app.imports import access
from studio_app.imports.models import SeriesProposal
from studio_app.imports.rules.batches import ProposalState
from studio_app.imports.rules.lessons import still_to_come
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, NotFound, Refused, constraint
from studio_app.kit.ids import LessonTypeId, TeacherId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries

SHORTEST, LONGEST = 5, 480


class NotThatTime(Refused):
    message = _("A weekly lesson has a weekday and lasts between 5 minutes and 8 hours.")


class ProposedAlready(Conflict):
    message = _("This lesson is proposed at that time already.")


@dataclass(frozen=True, slots=True)
class NotScheduled:
    """A proposal whose time is taken, with who and where."""

    proposal_id: UUID
    student: str
    problem: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    scheduled: int
    refused: list[NotScheduled]


@requires(Permission.IMPORT_RUN)
def confirm_proposals(work: Work, ids: Collection[UUID]) -> Confirmed:
    """Put these weekly lessons on the calendar. One whose time is taken stays proposed and is
    named with what stands in its way; the others are scheduled all the same."""
    found = access.proposals(work, ids, lock=True)
    if len(found) != len(set(ids)):
        raise NotFound
    wanted = {each for p in found for each in (p.teacher_id, p.student_id)}
    lock_in_order(work, *wanted)
    refused: list[NotScheduled] = []
    for proposal in found:
        problem = _schedule(work, proposal)
        if problem is not None:
            name = people.student(work, proposal.student_id).name
            refused.append(NotScheduled(proposal.id, name, str(problem)))
    return Confirmed(len(found) - len(refused), refused)


@requires(Permission.IMPORT_RUN)
def change_proposal(
    work: Work,
    proposal_id: UUID,
    *,
    weekday: int,
    at: time,
    minutes: int,
    teacher_id: TeacherId,
) -> None:
    """Another time or teacher for a proposed lesson; it begins on the next such day."""
    if not 1 <= weekday <= 7 or not SHORTEST <= minutes <= LONGEST:  # noqa: PLR2004  ISO days
        raise NotThatTime
    proposal = _one(work, proposal_id)
    people.teacher(work, teacher_id)
    today = local_date(work.now, studio_zone(work))
    start = max(today, proposal.first_on)
    proposal.weekday, proposal.at, proposal.minutes = weekday, at, minutes
    proposal.teacher_id = teacher_id
    proposal.first_on = start + timedelta(days=(weekday - start.isoweekday()) % 7)
    with constraint({"proposal_made_once": ProposedAlready}):
        work.session.flush()


@requires(Permission.IMPORT_RUN)
def dismiss_proposals(work: Work, ids: Collection[UUID]) -> None:
    """These are not to be scheduled; a file that comes again does not bring them back."""
    found = access.proposals(work, ids, lock=True)
    if len(found) != len(set(ids)):
        raise NotFound
    for proposal in found:
        proposal.state = ProposalState.DISMISSED


@requires(Permission.IMPORT_RUN)
def dismiss_todo(work: Work, todo_id: UUID) -> None:
    """Tick something off the list."""
    todo = access.todo(work, todo_id)
    todo.done_at = todo.done_at or work.now


@requires(Permission.IMPORT_RUN)
def reopen_todo(work: Work, todo_id: UUID) -> None:
    access.todo(work, todo_id).done_at = None


def _one(work: Work, proposal_id: UUID) -> SeriesProposal:
    found = access.proposals(work, [proposal_id], lock=True)
    if not found:
        raise NotFound
    return found[0]


def _schedule(work: Work, proposal: SeriesProposal) -> Text | None:
    """Start the series, or say why not; then nothing of it has been written."""
    today = local_date(work.now, studio_zone(work))
    try:
        with work.session.begin_nested():
            lesson_type_id = _lesson_type(work, proposal.minutes)
            wish = NewSeries(
                teacher_id=proposal.teacher_id,
                lesson_type_id=lesson_type_id,
                first_on=still_to_come(proposal.first_on, today),
                at=proposal.at,
                weekdays=frozenset({proposal.weekday}),
                student_ids=(proposal.student_id,),
                minutes=proposal.minutes,
            )
            series_id = schedule_series(work, wish)
            _price(work, proposal, lesson_type_id)
            proposal.series_id, proposal.state = series_id, ProposalState.CONFIRMED
    except Refused as refusal:
        return refusal.text
    return None


def _lesson_type(work: Work, minutes: int) -> LessonTypeId:
    """The studio's individual lesson of that length, made if there is none."""
    known = access.lesson_type_lasting(work, minutes)
    if known is not None:
        return known
    name = str(_("Lesson, {minutes} minutes", minutes=minutes))
    return add_lesson_type(work, LessonTypeDetails(name, minutes, capacity=1))


def _price(work: Work, proposal: SeriesProposal, lesson_type_id: LessonTypeId) -> None:
    """The first price of a lesson type is everybody's; another one is this student's own."""
    if proposal.price_minor is None:
        return
    today = local_date(work.now, studio_zone(work))
    amount = Money(proposal.price_minor, studio(work).currency)
    prices = access.prices_of(work, lesson_type_id)
    if None not in prices:
        set_price(work, amount, from_on=today, scope=Scope(lesson_type_id))
        return
    own = prices.get(proposal.student_id, prices[None])
    if own != amount.minor:
        scope = Scope(lesson_type_id, student_id=proposal.student_id)
        set_price(work, amount, from_on=today, scope=scope)
