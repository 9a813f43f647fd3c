"""With what a lesson could change places: a family reads times, the office who and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.bookings.access import swapping as access
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict
from studio_app.kit.formats import say_long_day, say_time, say_when
from studio_app.kit.ids import LessonId, RoomId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.lessons import students_in
from studio_app.scheduling.access.setup import room_if_any
from studio_app.scheduling.exchanging import CannotSwap, Exchange, look
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class SwapTime:
    """Nobody reads whose lesson it is."""

    lesson_id: LessonId
    when: str
    time: str


@dataclass(frozen=True, slots=True)
class SwapDay:
    day: str
    times: tuple[SwapTime, ...]


@dataclass(frozen=True, slots=True)
class SwapChoices:
    """One's own lesson, and the times one may ask for instead."""

    student: str
    when: str
    teacher: str
    lesson_type: str
    is_alone: bool
    """Classes change places with nobody"""
    days: tuple[SwapDay, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two lessons: who, and where it is and would be."""

    title: str
    was: str
    will_be: str


@dataclass(frozen=True, slots=True)
class SwapPreview:
    """Both lessons before and after; `problem` says why that is not possible."""

    sides: tuple[Side, ...] = ()
    problem: str = ""


@requires(Permission.LESSON_BOOK)
def swap_choices(work: Work, lesson_id: LessonId) -> SwapChoices:
    """When one could have this lesson instead, if another family agrees. At most three statements
    however many lessons the teacher has."""
    mine, student_id = access.own_lesson(work, lesson_id)
    if not mine.takes_time or mine.starts_at <= work.now:
        raise CannotSwap
    zone, locale = studio_zone(work), work.actor.locale
    days: dict[date, list[SwapTime]] = {}
    if student_id is not None:
        query = access.could_swap(work, mine, student_id)
        for other_id, begin, end in work.session.connection().execute(query):
            time = f"{say_time(begin, zone, locale)}–{say_time(end, zone, locale)}"
            found = SwapTime(other_id, say_when(begin, zone, locale), time)
            days.setdefault(local_date(begin, zone), []).append(found)
    names = {one.first_name for one in _students(work, lesson_id)}
    return SwapChoices(
        student=", ".join(sorted(names)),
        when=say_when(mine.starts_at, zone, locale),
        teacher=work.session.get_one(Teacher, mine.teacher_id).name,
        lesson_type=work.session.get_one(LessonType, mine.lesson_type_id).name,
        is_alone=student_id is not None,
        days=tuple(SwapDay(say_long_day(on, locale), tuple(times)) for on, times in days.items()),
    )


@requires(Permission.CALENDAR_MANAGE)
def swap_preview(work: Work, lesson_id: LessonId, other_id: LessonId) -> SwapPreview:
    """What `swap_now` would do, or why it would not."""
    try:
        found = look(work, lesson_id, other_id)
    except Conflict as refusal:
        return SwapPreview(problem=str(refusal))
    return SwapPreview(sides=tuple(_sides(work, found)))


def _sides(work: Work, found: Exchange) -> Iterable[Side]:
    zone, locale = studio_zone(work), work.actor.locale
    for lesson, wants in ((found.lesson, found.wants), (found.other, found.others_wants)):
        now = _place(work, lesson.starts_at, lesson.room_id, zone, locale)
        then = _place(work, wants.slot.starts_at, wants.room_id, zone, locale)
        yield Side(_title(work, lesson), now, then)


def _place(work: Work, at: datetime, room_id: RoomId | None, zone: ZoneInfo, locale: str) -> str:
    room = room_if_any(work, room_id)
    when = say_when(at, zone, locale)
    return f"{when}, {room.name}" if room else when


def _title(work: Work, lesson: Lesson) -> str:
    who = ", ".join(one.name for one in _students(work, lesson.id))
    kind = work.session.get_one(LessonType, lesson.lesson_type_id).name
    teacher = work.session.get_one(Teacher, lesson.teacher_id).name
    return f"{who or kind} · {teacher}"


def _students(work: Work, lesson_id: LessonId) -> list[Student]:
    query = select(Student).where(col(Student.id).in_(students_in(work, lesson_id)))
    return list(work.session.exec(query.order_by(col(Student.first_name))))
