"""Other times for a lesson: which could be proposed, which are, and who has not answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, to_instant
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, ProposalId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling import slots
from studio_app.scheduling.access import lessons as lessons_access
from studio_app.scheduling.access import proposals as access
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.models.lessons import Lesson, Seat, takes_place
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import ProposalStatus
from studio_app.scheduling.wishes import SlotSearch

AHEAD = timedelta(days=14)
DAY = timedelta(days=1)
A_DAY, LISTED = 2, 8
SUNDAY = 7


@dataclass(frozen=True, slots=True)
class PossibleTime:
    at: datetime
    when: str
    """Fri 11 Sept, 16:30"""


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """Times a family can choose from; those that were taken meanwhile are left out."""

    id: ProposalId
    lesson_id: LessonId
    students: str
    lesson_type: str
    teacher: str
    when: str
    """When the lesson is so far"""
    words: str
    times: tuple[PossibleTime, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What a family was asked and has not taken up."""

    id: ProposalId
    lesson_id: LessonId
    on: date
    students: str
    teacher: str
    when: str
    times: str
    asked: str
    is_declined: bool
    asked_at: datetime


@requires(Permission.LESSON_MOVE)
def times_to_propose(work: Work, lesson_id: LessonId) -> list[PossibleTime]:
    """Within a fortnight around it, two of a day at most: open times of the teacher; without
    hours the same time of other days."""
    lesson = lessons_access.lesson_to_change(work, lesson_id)
    students = lessons_access.students_in(work, lesson_id)
    zone, locale = studio_zone(work), work.actor.locale
    times = _open(work, lesson, students) or _alike(work, lesson, zone)
    free = access.fitting(work, lesson, students, list(times))
    wanted = [at for at in sorted(free) if at != lesson.starts_at]
    return [PossibleTime(at, say_when(at, zone, locale)) for at in _spread(wanted, zone)[:LISTED]]


@requires(Permission.LESSON_VIEW)
def my_proposals(work: Work) -> list[ProposalShown]:
    """What one's own family is asked, for lessons to come."""
    query = _asked(work).where(
        Proposal.status == ProposalStatus.OPEN,
        col(Proposal.lesson_id).in_(access.to_decide(work)),
    )
    rows = work.session.exec(query).all()
    named = _names(work, [lesson.id for _proposal, lesson, *_more in rows])
    return [_shown(work, row, named[row[1].id]) for row in rows]


@requires(Permission.CALENDAR_VIEW)
def unanswered_proposals(work: Work) -> list[Unanswered]:
    """Open and declined ones of lessons to come: all for who manages the calendar, else one's
    own."""
    query = _asked(work).where(
        col(Proposal.status).in_((ProposalStatus.OPEN.value, ProposalStatus.DECLINED.value))
    )
    if not work.actor.may(Permission.CALENDAR_MANAGE):
        query = query.where(col(Lesson.teacher_id).in_(own_teachers(work)))
    zone, locale = studio_zone(work), work.actor.locale
    rows = work.session.exec(query).all()
    named = _names(work, [lesson.id for _proposal, lesson, *_more in rows])
    return [
        Unanswered(
            proposal.id,
            lesson.id,
            local_date(lesson.starts_at, zone),
            named[lesson.id],
            teacher,
            say_when(lesson.starts_at, zone, locale),
            " · ".join(say_when(at, zone, locale) for at in proposal.times),
            say_when(proposal.created_at, zone, locale),
            is_declined=proposal.status == ProposalStatus.DECLINED,
            asked_at=proposal.created_at,
        )
        for proposal, lesson, teacher, _kind in rows
    ]


def _asked(work: Work) -> Select[Proposal, Lesson, str, str]:
    """Proposals with their lesson where that is still to come, and where it was."""
    return (
        select(Proposal, Lesson, Teacher.name, LessonType.name)
        .join(Lesson, col(Lesson.id) == col(Proposal.lesson_id))
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .where(
            Lesson.starts_at == Proposal.lesson_at,
            Lesson.starts_at > work.now,
            takes_place(),
        )
        .order_by(col(Lesson.starts_at), col(Proposal.id))
    )


def _shown(work: Work, row: tuple[Proposal, Lesson, str, str], students: str) -> ProposalShown:
    proposal, lesson, teacher, kind = row
    zone, locale = studio_zone(work), work.actor.locale
    seated = lessons_access.students_in(work, lesson.id)
    free = access.fitting(work, lesson, seated, proposal.times)
    return ProposalShown(
        proposal.id,
        lesson.id,
        students,
        kind,
        teacher,
        say_when(lesson.starts_at, zone, locale),
        proposal.words,
        tuple(PossibleTime(at, say_when(at, zone, locale)) for at in proposal.times if at in free),
    )


def _names(work: Work, lesson_ids: Collection[LessonId]) -> dict[LessonId, str]:
    """Who sits in these lessons: of one family, so all may be named."""
    query = (
        select(Seat.lesson_id, Student)
        .join(Student, col(Student.id) == col(Seat.student_id))
        .where(col(Seat.lesson_id).in_(lesson_ids), col(Seat.left_at).is_(None))
        .order_by(col(Student.first_name))
    )
    found: dict[LessonId, list[str]] = defaultdict(list)
    for lesson_id, student in work.session.exec(query):
        found[LessonId(lesson_id)].append(student.name)
    return defaultdict(str, {key: ", ".join(names) for key, names in found.items()})


def _open(work: Work, lesson: Lesson, students: Sequence[StudentId]) -> list[datetime]:
    first = _first_day(work, lesson, studio_zone(work))
    search = SlotSearch(
        lesson.lesson_type_id,
        first,
        first + AHEAD,
        teacher_id=lesson.teacher_id,
        student_ids=frozenset(students),
        minutes=int(lesson.lasting.total_seconds()) // 60,
        without=lesson.id,
    )
    return [one.starts_at for one in slots.find(work, search, as_family=False).openings]


def _alike(work: Work, lesson: Lesson, zone: ZoneInfo) -> list[datetime]:
    wall = lesson.starts_at.astimezone(zone)
    first = _first_day(work, lesson, zone)
    days = (first + nth * DAY for nth in range(AHEAD.days))
    sundays_too = wall.isoweekday() == SUNDAY
    return [
        to_instant(day, wall.time(), zone)
        for day in days
        if sundays_too or day.isoweekday() != SUNDAY
    ]


def _first_day(work: Work, lesson: Lesson, zone: ZoneInfo) -> date:
    """Not before tomorrow, and around the lesson where that is further away."""
    near = local_date(lesson.starts_at, zone) - 6 * DAY
    return max(local_date(work.now, zone) + DAY, near)


def _spread(times: Iterable[datetime], zone: ZoneInfo) -> list[datetime]:
    """Two of each day: its first, and one at least two hours later."""
    kept: list[datetime] = []
    for at in times:
        same_day = [one for one in kept if local_date(one, zone) == local_date(at, zone)]
        if len(same_day) < A_DAY and all(at - one >= timedelta(hours=2) for one in same_day):
            kept.append(at)
    return kept
