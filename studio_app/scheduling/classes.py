"""What is said of classes: when, where, how full."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import col, or_, select

from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_when
from studio_app.kit.ids import SeriesId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work
from studio_app.people.models import Teacher
from studio_app.scheduling.access.series import rule_of
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType, Location, Room, Term
from studio_app.scheduling.phrases import plan_text


@dataclass(frozen=True, slots=True)
class ClassRow:
    series_id: SeriesId
    name: str
    lesson_type: str
    when: str
    """Every Tuesday, 16:00"""
    minutes: int
    teacher: str
    teacher_colour: int
    room: str
    location: str
    taking_part: int
    """Enrolled today, or from the first day on where it has not begun"""
    capacity: int | None
    """Of the kind or the room, whichever is less; None: no limit"""
    places: str
    """5 of 8"""
    free: int | None
    next: str
    """Tue 8 Sept, 16:00; empty: nothing in the diary"""


def class_rows(
    work: Work, within: Sequence[ColumnElement[bool]]
) -> list[tuple[ClassRow, date | None]]:
    """Classes with their last day, by name."""
    zone = studio_zone(work)
    session: Any = work.session
    found: list[Any] = session.exec(_ABOUT.where(*within)).all()
    ids = [row[0].id for row in found]
    today = local_date(work.now, zone)
    enrolled, coming = _enrolled(work, ids, today), _coming(work, ids)
    rows: list[tuple[ClassRow, date | None]] = []
    for row in found:
        one: Series = row[0]
        plan = rule_of(one, term_ends_on=row.term_ends_on)
        facts = (enrolled[one.id], coming.get(one.id), zone)
        when = plan_text(plan, work.actor.locale, zone).say(work.actor.locale)
        rows.append((_class_row(work, row, one, when, facts), plan.last_on))
    return sorted(rows, key=lambda pair: (pair[0].name.lower(), pair[0].when))


def places_text(taken: int, capacity: int | None) -> Text:
    if capacity is None:
        return many("{n} student", "{n} students", n=taken)
    return _("{taken} of {capacity}", taken=taken, capacity=capacity)


def fewest(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)


_COLUMNS: list[Any] = [
    Series,
    col(LessonType.name).label("kind"),
    col(LessonType.capacity).label("for_type"),
    col(Teacher.name).label("teacher"),
    col(Teacher.colour).label("colour"),
    col(Room.name).label("room"),
    col(Room.max_capacity).label("in_room"),
    col(Location.name).label("location"),
    col(Term.ends_on).label("term_ends_on"),
]
_ABOUT: Any = (
    columns(*_COLUMNS)
    .join(LessonType, col(LessonType.id) == col(Series.lesson_type_id))
    .join(Teacher, col(Teacher.id) == col(Series.teacher_id))
    .outerjoin(Room, col(Room.id) == col(Series.room_id))
    .outerjoin(Location, col(Location.id) == col(Room.location_id))
    .outerjoin(Term, col(Term.id) == col(Series.term_id))
)


def _enrolled(work: Work, ids: Sequence[SeriesId], today: date) -> Mapping[SeriesId, int]:
    begins = func.greatest(col(Series.first_on), today)
    query = (
        select(col(Enrolment.series_id), func.count())
        .join(Series, col(Series.id) == Enrolment.series_id)
        .where(
            col(Enrolment.series_id).in_(ids),
            col(Enrolment.starts_on) <= begins,
            or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) >= begins),
        )
        .group_by(col(Enrolment.series_id))
    )
    return defaultdict(int, work.session.exec(query).all())


def _coming(work: Work, ids: Sequence[SeriesId]) -> dict[Any, Any]:
    query = (
        select(col(Lesson.series_id), func.min(Lesson.starts_at))
        .where(col(Lesson.series_id).in_(ids), Lesson.starts_at > work.now, col(Lesson.blocking))
        .group_by(col(Lesson.series_id))
    )
    return dict(work.session.exec(query).all())


def _class_row(
    work: Work, row: Any, series: Series, when: str, facts: tuple[int, Any, ZoneInfo]
) -> ClassRow:
    locale = work.actor.locale
    taking_part, coming, zone = facts
    capacity = fewest(row.for_type, row.in_room)
    return ClassRow(
        series_id=series.id,
        name=series.name or row.kind,
        lesson_type=row.kind,
        when=when,
        minutes=series.minutes,
        teacher=row.teacher,
        teacher_colour=row.colour,
        room=row.room or "",
        location=row.location or "",
        taking_part=taking_part,
        capacity=capacity,
        places=places_text(taking_part, capacity).say(locale),
        free=None if capacity is None else max(0, capacity - taking_part),
        next=say_when(coming, zone, locale) if coming else "",
    )
