"""What a day looked like, who said so, and what nobody has said anything about yet."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlmodel import col

from studio_app.attendance import access
from studio_app.attendance.models import AttendanceMark, CompletionRule
from studio_app.attendance.rules import Outcome, Standing, standing
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_day
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, SeatId, StudentId, TeacherId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat, seat_takes_place
from studio_app.scheduling.models.setup import LessonType

NOBODY = ""
DAY = timedelta(days=1)
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class SeatMark:
    """A seat with what was said of it; `unmarked` where nobody has."""

    seat_id: SeatId
    lesson_id: LessonId
    student_id: StudentId
    student: str
    teacher: str
    lesson_type: str
    starts_at: datetime
    ends_at: datetime
    outcome: Outcome = Outcome.UNMARKED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A lesson that is over, and the students of whom nobody has said anything."""

    lesson_id: LessonId
    teacher_id: TeacherId
    teacher: str
    lesson_type: str
    starts_at: datetime
    ends_at: datetime
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkMade:
    """One row of a seat's history."""

    outcome: Outcome
    label: str
    when: str
    by: str
    note: str


@requires(Permission.ATTENDANCE_MARK)
def day_sheet(work: Work, on: date, *, own: bool = False) -> list[SeatMark]:
    """Every seat of a day in the order of time: a teacher's own, the whole studio's else, unless
    only one's `own` are asked for."""
    return _seats(work, local_day(on, studio_zone(work)), own=own)


@requires(Permission.ATTENDANCE_MARK)
def lesson_sheet(work: Work, lesson_id: LessonId) -> list[SeatMark]:
    """Every seat of one lesson that takes place, with its mark."""
    return _marked(work, col(Lesson.id) == lesson_id)


@requires(Permission.ATTENDANCE_MARK)
def standings(work: Work, lesson_ids: Collection[LessonId]) -> dict[LessonId, Standing]:
    """How far each of these lessons is; one statement. Without students there is nothing."""
    newest = and_(col(AttendanceMark.seat_id) == col(Seat.id), access.is_latest())
    outcome = func.coalesce(col(AttendanceMark.outcome), Outcome.UNMARKED.value)
    query = (
        select(col(Seat.lesson_id), col(Seat.ends_at), outcome)
        .join(AttendanceMark, newest, isouter=True)
        .where(
            access.among(col(Seat.lesson_id), lesson_ids),
            seat_takes_place(),
        )
    )
    said: dict[tuple[LessonId, datetime], list[Outcome]] = defaultdict(list)
    for lesson_id, ends_at, what in access.ask(work, query):
        said[lesson_id, ends_at].append(Outcome(what))
    return {
        lesson_id: standing(outcomes, ends_at=ends_at, now=work.now)
        for (lesson_id, ends_at), outcomes in said.items()
    }


@requires(Permission.ATTENDANCE_MARK)
def unmarked_before(
    work: Work, now: datetime, *, since: datetime | None = None, own: bool = False
) -> list[SeatMark]:
    """Lessons that are over and of which nobody has said what became of them."""
    begin = since or datetime.min.replace(tzinfo=now.tzinfo)
    found = _seats(work, Slot(begin, now), only_unmarked=True, own=own)
    return [seat for seat in found if seat.ends_at <= now]


@requires(Permission.ATTENDANCE_MARK)
def unrecorded_lessons(
    work: Work, since: datetime, until: datetime, *, lesson_ids: Collection[LessonId] | None = None
) -> list[Unrecorded]:
    """Lessons that ended in this time, with students of whom nobody has said what became of them,
    in the order of time: nobody is billed or paid for them before somebody has. Of these lessons
    only, if they are named."""
    ended = and_(col(Seat.ends_at) >= since, col(Seat.ends_at) < min(until, work.now))
    named = true() if lesson_ids is None else access.among(col(Lesson.id), lesson_ids)
    seats: dict[LessonId, list[SeatMark]] = defaultdict(list)
    for seat in _marked(work, and_(ended, named), only_unmarked=True):
        seats[seat.lesson_id].append(seat)
    teachers = {lesson.id: lesson.teacher_id for lesson in access.lessons(work, seats)}
    return [
        Unrecorded(
            lesson_id,
            teachers[lesson_id],
            found[0].teacher,
            found[0].lesson_type,
            found[0].starts_at,
            found[0].ends_at,
            tuple(seat.student for seat in found),
        )
        for lesson_id, found in seats.items()
    ]


@requires(Permission.ATTENDANCE_MARK)
def mark_history(work: Work, seat_id: SeatId) -> list[MarkMade]:
    """Who said what of this seat, and when; the newest first."""
    may_see = access.markable(work).where(Seat.id == seat_id).with_only_columns(col(Seat.id))
    query = (
        select(
            col(AttendanceMark.outcome),
            col(AttendanceMark.marked_at),
            col(AttendanceMark.note),
            func.coalesce(col(Person.name), NOBODY),
        )
        .join(Person, col(Person.id) == col(AttendanceMark.marked_by), isouter=True)
        .where(col(AttendanceMark.seat_id).in_(may_see))
        .order_by(col(AttendanceMark.nth).desc())
    )
    zone, locale = studio_zone(work), work.actor.locale
    return [
        MarkMade(
            outcome=Outcome(outcome),
            label=Outcome(outcome).label.say(locale),
            when=say_when(marked_at, zone, locale),
            by=by,
            note=note,
        )
        for outcome, marked_at, note, by in access.ask(work, query)
    ]


def _seats(
    work: Work, span: Slot, *, only_unmarked: bool = False, own: bool = False
) -> list[SeatMark]:
    during = and_(
        col(Seat.starts_at) >= span.starts_at,
        col(Seat.starts_at) < span.ends_at,
    )
    return _marked(work, during, only_unmarked=only_unmarked, own=own)


def _marked(
    work: Work, within: ColumnElement[bool], *, only_unmarked: bool = False, own: bool = False
) -> list[SeatMark]:
    newest = and_(col(AttendanceMark.seat_id) == col(Seat.id), access.is_latest())
    outcome = func.coalesce(col(AttendanceMark.outcome), Outcome.UNMARKED.value)
    query = (
        select(
            col(Seat.id),
            col(Lesson.id),
            col(Student.id),
            func.trim(col(Student.first_name) + " " + col(Student.last_name)),
            col(Teacher.name),
            col(LessonType.name),
            col(Lesson.starts_at),
            col(Lesson.ends_at),
            outcome,
            func.coalesce(col(AttendanceMark.note), ""),
        )
        .join_from(Lesson, Seat, col(Seat.lesson_id) == col(Lesson.id))
        .join(Student, col(Student.id) == col(Seat.student_id))
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .join(AttendanceMark, newest, isouter=True)
        .where(
            col(Seat.id).in_(access.markable(work, own=own).with_only_columns(col(Seat.id))),
            within,
            col(Seat.blocking),
            col(Seat.left_at).is_(None),
            true() if not only_unmarked else outcome == Outcome.UNMARKED,
            true() if not own else access.is_own(work),
        )
        .order_by(col(Seat.starts_at), col(Student.first_name), col(Seat.id))
    )
    return [SeatMark(*row[:8], Outcome(row[8]), row[9]) for row in access.ask(work, query)]


@requires(Permission.ATTENDANCE_MARK)
def completes_lessons(work: Work) -> bool:
    """Whether a lesson that nobody has marked is taken as held once it is over."""
    found = access.ask(work, select(col(CompletionRule.completes)))
    return bool(found and found[0][0])
