"""What a day looked like, who said so, and what nobody has said anything about yet."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlmodel import col
from sqlmodel import select as sqlmodel_select

from studio_app.attendance import access
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import HELD, Outcome, Standing, standing
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_date, local_day, local_days
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, SeatId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType, Term
from studio_app.scheduling.queries.lessons import DayLesson, lessons_on

NOBODY = ""
DAY = timedelta(days=1)
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Focus:
    """What a student's last lesson left to be practised."""

    student_id: StudentId
    words: str
    when: str
    teacher: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Lessons a student has had, of those planned in the term; without a term, of all so far."""

    student_id: StudentId
    held: int
    of: int
    term: str


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
class MarkMade:
    """One row of a seat's history."""

    outcome: Outcome
    label: str
    when: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class MyLesson:
    """A lesson of one's own day with its seats, and what was noted for each student before."""

    lesson: DayLesson
    seats: tuple[SeatMark, ...]
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MyDay:
    """`unmarked`: lessons of one's own before this day that nobody has said anything about."""

    on: date
    day: str
    lessons: tuple[MyLesson, ...]
    unmarked: tuple[SeatMark, ...]


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
            col(Seat.blocking),
            col(Seat.left_at).is_(None),
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
def my_day(work: Work, on: date | None = None) -> MyDay:
    """One's own lessons of a day, by default today, in order, with place, gap, marks and focus."""
    zone = studio_zone(work)
    on = on or local_date(work.now, zone)
    listed = lessons_on(work, on)
    span = local_day(on, zone)
    marks: dict[LessonId, list[SeatMark]] = {}
    for seat in _seats(work, span, own=True):
        marks.setdefault(seat.lesson_id, []).append(seat)
    students = [seat.student_id for seats in marks.values() for seat in seats]
    before = access.notes_before(work, access.among(col(Seat.student_id), students))
    focus = {student_id: notes for student_id, notes, _at, _teacher in before}
    lessons = [
        MyLesson(lesson, tuple(seats), tuple(focus.get(seat.student_id, "") for seat in seats))
        for lesson in listed.lessons
        for seats in [marks.get(lesson.id, [])]
    ]
    ever = Slot(datetime.min.replace(tzinfo=UTC), span.starts_at)
    unmarked = _seats(work, ever, only_unmarked=True, own=True)
    return MyDay(on, listed.day, tuple(lessons), tuple(unmarked))


@requires(Permission.LESSON_VIEW)
def my_focus(work: Work) -> list[Focus]:
    """What the last lesson of each of one's own children, or one's own, left to be practised."""
    zone, locale = studio_zone(work), work.actor.locale
    found = access.notes_before(work, col(Seat.student_id).in_(own_students(work)))
    return [Focus(who, words, say_when(at, zone, locale), by) for who, words, at, by in found]


@requires(Permission.LESSON_VIEW)
def my_progress(work: Work) -> list[Progress]:
    """How many lessons one's own children, or oneself, have had this term."""
    today = local_date(work.now, studio_zone(work))
    running = sqlmodel_select(Term).where(Term.starts_on <= today, Term.ends_on >= today)
    term = work.session.exec(running.order_by(col(Term.starts_on).desc())).first()
    last = term.ends_on if term else today
    days = local_days(term.starts_on if term else LONG_AGO, last + DAY, studio_zone(work))
    newest = and_(col(AttendanceMark.seat_id) == col(Seat.id), access.is_latest())
    held = func.count().filter(col(AttendanceMark.outcome).in_(HELD))
    query = (
        select(col(Seat.student_id), held, func.count())
        .join(AttendanceMark, newest, isouter=True)
        .where(
            col(Seat.student_id).in_(own_students(work)),
            col(Seat.starts_at) >= days.starts_at,
            col(Seat.starts_at) < days.ends_at,
            col(Seat.blocking),
            col(Seat.left_at).is_(None),
        )
        .group_by(col(Seat.student_id))
    )
    name = term.name if term else ""
    return [Progress(who, had, of, name) for who, had, of in access.ask(work, query)]


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
