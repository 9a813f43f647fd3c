"""What an import left for a person: weekly lessons to confirm, and things to do by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.identity.access import studio, studio_zone
from studio_app.imports import access
from studio_app.imports.models import ImportTodo, SeriesProposal
from studio_app.imports.rules.lessons import still_to_come
from studio_app.imports.rules.problems import TodoCode, said_todo
from studio_app.imports.rules.week import WeeklyTime, rivals
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_date, to_instant
from studio_app.kit.formats import say_date, say_money, say_time
from studio_app.kit.ids import BatchId, StudentId, TeacherId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.phrases import clash_text, names_in
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.drafts import ROLLING

WEEKS_LOOKED_AT = ROLLING // timedelta(weeks=1)
"""As far ahead as a confirmed series puts lessons into the diary."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A weekly lesson read from a file, and what stands in its way."""

    id: UUID
    student_id: StudentId
    student: str
    teacher_id: TeacherId
    teacher: str
    weekday: int
    at: str
    """16:30, as a time field takes it"""
    when: str
    minutes: int
    first_on: date
    first_day: str
    price: str
    conflicts: list[str]


@dataclass(frozen=True, slots=True)
class TodoRow:
    id: UUID
    student_id: StudentId
    sentence: str
    done_at: datetime | None


@requires(Permission.IMPORT_RUN)
def series_proposals(
    work: Work,
    batch_id: BatchId | None = None,
    *,
    after: str | None = None,
    limit: int | None = None,
) -> list[ProposalRow]:
    """What waits to be put on the calendar, in the order of the week; all, or at most `limit`
    behind the one whose id is `after`. Conflicts are those with every lesson that confirming
    would put into the diary at once, and with other proposals; a handful of statements
    however many."""
    waiting = access.proposals(work)
    shown = [p for p in waiting if batch_id is None or p.batch_id == batch_id]
    shown = _cut(shown, after, limit)
    clashing = _conflicts(work, shown, local_date(work.now, studio_zone(work)))
    students = _names(work, Student, {p.student_id for p in waiting})
    teachers = _names(work, Teacher, {p.teacher_id for p in waiting})
    both = _rivals(waiting, students)
    return [
        _proposal_row(work, p, students, teachers, [*both[p.id], *clashing[p.id]]) for p in shown
    ]


@requires(Permission.IMPORT_RUN)
def import_todo(
    work: Work, batch_id: BatchId | None = None, *, with_done: bool = False
) -> list[TodoRow]:
    """What the files left to be done by hand, the oldest first."""
    query = select(ImportTodo).order_by(col(ImportTodo.created_at), col(ImportTodo.id))
    if batch_id is not None:
        query = query.where(ImportTodo.batch_id == batch_id)
    if not with_done:
        query = query.where(col(ImportTodo.done_at).is_(None))
    return [
        TodoRow(t.id, t.student_id, str(said_todo(TodoCode(t.code), t.params)), t.done_at)
        for t in work.session.exec(query)
    ]


def _cut(found: list[SeriesProposal], after: str | None, limit: int | None) -> list[SeriesProposal]:
    start = 0
    if after is not None:
        places = (place for place, one in enumerate(found, 1) if str(one.id) == after)
        start = next(places, len(found))
    return found[start:] if limit is None else found[start : start + limit]


def _proposal_row(
    work: Work,
    proposal: SeriesProposal,
    students: dict[UUID, str],
    teachers: dict[UUID, str],
    conflicts: list[str],
) -> ProposalRow:
    zone, locale = studio_zone(work), work.actor.locale
    first_on = still_to_come(proposal.first_on, local_date(work.now, zone))
    starts_at = to_instant(first_on, proposal.at, zone)
    price = ""
    if proposal.price_minor is not None:
        price = say_money(Money(proposal.price_minor, studio(work).currency), locale)
    day = say_date(first_on, locale)
    return ProposalRow(
        proposal.id,
        proposal.student_id,
        students[proposal.student_id],
        proposal.teacher_id,
        teachers[proposal.teacher_id],
        proposal.weekday,
        f"{proposal.at:%H:%M}",
        say_time(starts_at, zone, locale),
        proposal.minutes,
        first_on,
        day,
        price,
        conflicts,
    )


def _conflicts(work: Work, waiting: Sequence[SeriesProposal], today: date) -> dict[UUID, list[str]]:
    """Lessons in the diary that take the time of a proposal; each sentence once."""
    zone = studio_zone(work)
    wanted = [(p.id, want) for p in waiting for want in _wanted(p, today, zone)]
    found = clashes_for(work, [want for _id, want in wanted])
    names = names_in(work, [clash for each in found for clash in each])
    told: dict[UUID, dict[str, None]] = {p.id: {} for p in waiting}
    for (proposal_id, _want), clashes in zip(wanted, found, strict=True):
        for clash in clashes:
            said = str(clash_text(clash, names, zone, work.actor.locale))
            told[proposal_id].setdefault(said)
    return {proposal_id: list(said) for proposal_id, said in told.items()}


def _wanted(proposal: SeriesProposal, today: date, zone: ZoneInfo) -> Iterable[Wanted]:
    first_on = still_to_come(proposal.first_on, today)
    for week in range(WEEKS_LOOKED_AT):
        day = first_on + timedelta(weeks=week)
        start = to_instant(day, proposal.at, zone)
        slot = Slot(start, start + timedelta(minutes=proposal.minutes))
        students = frozenset({proposal.student_id})
        yield Wanted(slot, proposal.teacher_id, student_ids=students)


def _rivals(waiting: Sequence[SeriesProposal], students: dict[UUID, str]) -> dict[UUID, list[str]]:
    times = [
        WeeklyTime(p.id, p.weekday, p.at, p.minutes, p.teacher_id, p.student_id) for p in waiting
    ]
    called = {p.id: students[p.student_id] for p in waiting}
    others = rivals(times)
    return {
        p.id: [
            str(_("{student} is proposed at the same time.", student=called[other]))
            for other in others.get(p.id, [])
        ]
        for p in waiting
    }


def _names(work: Work, table: type[Student | Teacher], ids: Iterable[UUID]) -> dict[UUID, str]:
    found = work.session.exec(select(table).where(col(table.id).in_(ids)))
    return {row.id: row.name for row in found}
