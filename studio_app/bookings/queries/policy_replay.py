"""A period lived through again under a draft: credits, fees and families, before and after.

Nothing is written, and nothing is asked per family: what was cancelled or missed is read once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlmodel import col, select

from studio_app.attendance.access import among, ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import Outcome
from studio_app.bookings.access.policies import documents
from studio_app.bookings.access.policy_cases import Facts, Said, SeatCase, seat_case, versions_for
from studio_app.bookings.access.policy_facts import ids_of, seats
from studio_app.bookings.consequences import Decided, decided_in_turn
from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.bookings.rules.policies.reading import policy_of
from studio_app.bookings.rules.policies.sums import Saying, Sums
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_days
from studio_app.kit.errors import Refused
from studio_app.kit.formats import say_date
from studio_app.kit.ids import FamilyId, PolicyVersionId, SeatId, new_id
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import Term
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus

LONGEST = timedelta(days=400)
A_QUARTER = timedelta(days=91)


class PeriodTooLong(Refused):
    message = _("A period of at most 400 days, please, that begins before it ends.")


@dataclass(frozen=True, slots=True)
class FamilyReplayed:
    family_id: FamilyId
    family: str
    happened: int
    before: Sums
    after: Sums
    before_said: str
    after_said: str


@dataclass(frozen=True, slots=True)
class Replay:
    """`affected`: families for whom something would have been otherwise; they come first."""

    period: str
    happened: int
    affected: int
    before: Sums
    after: Sums
    before_said: str
    after_said: str
    families: tuple[FamilyReplayed, ...]


@requires(Permission.SCHEDULE_CONFIGURE)
def replay_policy(
    work: Work, document: dict[str, Any], *, first_on: date | None = None, until: date | None = None
) -> Replay:
    """What this draft would have decided in [first_on, until), beside what counted then. Without
    days: the term that ended last. Raises `Unusable` where the draft cannot be meant."""
    policy = policy_of(document)
    first, end = _period(work, first_on, until)
    happened = _happened(work, first, end)
    kept = documents(work, {one.version_id for one in happened if one.version_id})
    draft = PolicyVersionId(new_id())
    changed = [replace(one, version_id=draft) for one in happened]
    before, after = _by_family(happened, kept), _by_family(changed, {draft: policy})
    names, money = _names(work, list(after)), Saying(work.actor.locale, studio(work).currency)
    families = [
        _family(money, family, names[family], before[family], after[family]) for family in after
    ]
    families.sort(key=lambda one: (one.before == one.after, one.family))
    return _replay(money, (first, end), families)


def _period(work: Work, first_on: date | None, until: date | None) -> tuple[date, date]:
    today = local_date(work.now, studio_zone(work))
    if first_on is None or until is None:
        ended = select(Term).where(Term.ends_on < today).order_by(col(Term.ends_on).desc())
        term = work.session.exec(ended.limit(1)).first()
        if term is None:
            return today - A_QUARTER, today
        first_on, until = term.starts_on, term.ends_on + timedelta(days=1)
    if not first_on < until <= first_on + LONGEST:
        raise PeriodTooLong
    return first_on, until


def _happened(work: Work, first: date, until: date) -> list[SeatCase]:
    """What was cancelled or missed in lessons of these days, in the order in which it was said."""
    span = local_days(first, until, studio_zone(work))
    missed = exists().where(
        col(AttendanceMark.seat_id) == col(Seat.id),
        col(AttendanceMark.outcome).in_((Outcome.NO_SHOW, Outcome.EXCUSED)),
        is_latest(),
    )
    cancelled = and_(
        col(Lesson.status) == LessonStatus.CANCELLED, col(Lesson.cancelled_by).is_not(None)
    )
    rows = ask(
        work,
        seats().where(
            col(Lesson.starts_at) >= span.starts_at,
            col(Lesson.starts_at) < span.ends_at,
            or_(and_(cancelled, col(Seat.left_at).is_(None)), col(Seat.excused), missed),
        ),
    )
    marks = _marks(work, ids_of(rows))
    facts, deciding = Facts.of(work, rows), versions_for(work, rows)
    found = [
        seat_case(row, facts.case(row, said, at=at, history=()), deciding[row.seat_id])
        for row in rows
        for said, at in [_said(row, marks.get(row.seat_id))]
    ]
    return sorted(found, key=lambda one: (one.case.at, one.seat_id))


def _said(row: Any, mark: tuple[Outcome, datetime] | None) -> tuple[Said, datetime]:
    if row.status == LessonStatus.CANCELLED:
        return Said(Act.CANCEL, by=CancelledBy(row.cancelled_by)), row.cancelled_at
    if mark is None:
        return Said(Act.CANCEL), row.left_at
    outcome, at = mark
    return Said(Act.NO_SHOW if outcome is Outcome.NO_SHOW else Act.CANCEL), at


def _marks(work: Work, seat_ids: Sequence[SeatId]) -> dict[SeatId, tuple[Outcome, datetime]]:
    query = select(AttendanceMark.seat_id, AttendanceMark.outcome, AttendanceMark.marked_at)
    query = query.where(among(col(AttendanceMark.seat_id), seat_ids), is_latest())
    found = work.session.exec(query)
    return {SeatId(seat): (Outcome(outcome), at) for seat, outcome, at in found}


def _by_family(
    cases: Sequence[SeatCase], policies: dict[PolicyVersionId, Policy] | Any
) -> dict[FamilyId, list[Decided]]:
    """Each family by itself: what one has does not count for another."""
    theirs: dict[FamilyId, list[SeatCase]] = defaultdict(list)
    for one in cases:
        theirs[one.family_id].append(one)
    return {family: decided_in_turn(own, policies) for family, own in theirs.items()}


def _family(
    saying: Saying,
    family_id: FamilyId,
    name: str,
    before: Sequence[Decided],
    after: Sequence[Decided],
) -> FamilyReplayed:
    was, now = _sums(before), _sums(after)
    return FamilyReplayed(family_id, name, len(after), was, now, saying.of(was), saying.of(now))


def _sums(decided: Sequence[Decided]) -> Sums:
    total = Sums()
    for one in decided:
        total = total.plus(one.decision.effects) if one.decision else total
    return total


def _replay(saying: Saying, days: tuple[date, date], families: Sequence[FamilyReplayed]) -> Replay:
    before, after = Sums(), Sums()
    for one in families:
        before, after = before.and_(one.before), after.and_(one.after)
    first, last = (say_date(day, saying.locale) for day in (days[0], days[1] - timedelta(1)))
    return Replay(
        f"{first} – {last}",
        sum(one.happened for one in families),
        sum(one.before != one.after for one in families),
        before,
        after,
        saying.of(before),
        saying.of(after),
        tuple(families),
    )


def _names(work: Work, family_ids: Sequence[FamilyId]) -> dict[FamilyId, str]:
    query = select(Family.id, Family.name).where(among(col(Family.id), family_ids))
    return {FamilyId(one): name for one, name in work.session.exec(query)}
