"""What still needs a teacher, a place or a kind of lesson, before it is put away."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, TeacherId
from studio_app.kit.words import Labelled
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.people.models import Teacher
from studio_app.scheduling.access.dependants import dependants
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Location, Room

SHOWN = 5


class Thing(Labelled):
    """What can be put away."""

    TEACHER = "teacher"
    ROOM = "room"
    LOCATION = "location"
    LESSON_TYPE = "lesson_type"


@dataclass(frozen=True, slots=True)
class NeedingLesson:
    id: LessonId
    on: date
    when: str
    about: str


@dataclass(frozen=True, slots=True)
class Needing:
    """How much stands in the way of putting something away, and the next lessons of it."""

    name: str
    lessons: int
    series: int
    next_lessons: list[NeedingLesson]


@requires(Permission.CALENDAR_MANAGE)
def what_needs(work: Work, thing: Thing, thing_id: UUID) -> Needing:
    """Lessons to come and series that go on; NotFound for what is not of this studio."""
    name = _name(work, thing, thing_id)
    of_lesson, of_series = _of(thing, thing_id)
    found = dependants(work, of_lesson, of_series)
    return Needing(name, found.lessons, found.series, _next(work, of_lesson))


def _name(work: Work, thing: Thing, thing_id: UUID) -> str:
    if thing is Thing.TEACHER:
        return people.teacher(work, TeacherId(thing_id)).name
    tables: dict[Thing, Any] = {
        Thing.ROOM: Room,
        Thing.LOCATION: Location,
        Thing.LESSON_TYPE: LessonType,
    }
    return str(row(work, tables[thing], thing_id).name)


def _of(thing: Thing, thing_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    match thing:
        case Thing.TEACHER:
            return col(Lesson.teacher_id) == thing_id, col(Series.teacher_id) == thing_id
        case Thing.ROOM:
            return col(Lesson.room_id) == thing_id, col(Series.room_id) == thing_id
        case Thing.LOCATION:
            rooms = select(Room.id).where(Room.location_id == thing_id)
            return col(Lesson.room_id).in_(rooms), col(Series.room_id).in_(rooms)
        case Thing.LESSON_TYPE:
            return col(Lesson.lesson_type_id) == thing_id, col(Series.lesson_type_id) == thing_id


def _next(work: Work, of_lesson: ColumnElement[bool]) -> list[NeedingLesson]:
    query = (
        select(Lesson, col(Teacher.name), col(LessonType.name))
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .where(of_lesson, Lesson.starts_at > work.now, col(Lesson.blocking))
        .order_by(col(Lesson.starts_at), col(Lesson.id))
        .limit(SHOWN)
    )
    zone, locale = studio_zone(work), work.actor.locale
    return [
        NeedingLesson(
            lesson.id,
            local_date(lesson.starts_at, zone),
            say_when(lesson.starts_at, zone, locale),
            f"{kind} · {teacher}",
        )
        for lesson, teacher, kind in work.session.exec(query)
    ]
