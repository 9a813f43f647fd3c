"""Harmony's diary: a room, two kinds of lessons, and ways to look at what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from studio_app.kit.clock import to_instant
from studio_app.kit.doctor import examine
from studio_app.kit.ids import LessonId, LessonTypeId, LocationId, RoomId, SeriesId, TeacherId
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.invariants import INVARIANTS
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import SeriesException
from studio_app.scheduling.wishes import NewSeries
from tests.conftest import World

LONDON = ZoneInfo("Europe/London")
TUESDAY = date(2026, 9, 8)  # the world's now is Tuesday the 1st, 10:00


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant at which London's clocks show this."""
    return to_instant(day, time(hour, minute), LONDON)


@dataclass(frozen=True)
class Desk:
    """What Olivia has in front of her when she plans."""

    world: World
    location_id: LocationId
    room_id: RoomId
    piano: LessonTypeId
    band: LessonTypeId
    ruth: TeacherId
    wish: NewSeries = field(init=False)

    def __post_init__(self) -> None:
        wish = NewSeries(
            teacher_id=self.world.teacher_id,
            lesson_type_id=self.piano,
            first_on=TUESDAY,
            at=time(16),
            weekdays=frozenset({2}),
            student_ids=(self.world.student_id,),
            room_id=self.room_id,
        )
        object.__setattr__(self, "wish", wish)

    def series(self, **wishes: Any) -> SeriesId:
        """Tuesdays at four with Tom and Sam in Room 1, unless wished otherwise."""
        said = {name: wishes.pop(name) for name in ("decisions", "despite") if name in wishes}
        wish = replace(self.wish, **wishes)
        return self.world.run(self.world.olivia, schedule_series, wish, **said)

    def lesson(self, starts_at: datetime, **wishes: Any) -> LessonId:
        given = {"teacher_id": self.world.teacher_id, "lesson_type_id": self.piano}
        given["despite"] = "Agreed"
        wish = NewLesson(**{**given, "starts_at": starts_at, **wishes})
        return self.world.run(self.world.olivia, schedule_lesson, wish)

    def lessons(self, series_id: SeriesId | None = None) -> Sequence[Lesson]:
        query = select(Lesson).order_by(col(Lesson.starts_at))
        if series_id is not None:
            query = query.where(Lesson.series_id == series_id)
        return self.world.as_(self.world.olivia).session.exec(query).all()

    def row(self, lesson_id: LessonId) -> Lesson:
        return self.world.as_(self.world.olivia).session.get_one(Lesson, lesson_id)

    def seats(self, lesson_id: LessonId) -> Sequence[Seat]:
        query = select(Seat).where(Seat.lesson_id == lesson_id)
        return self.world.as_(self.world.olivia).session.exec(query).all()

    def exceptions(self, series_id: SeriesId) -> dict[date, str]:
        query = select(SeriesException).where(SeriesException.series_id == series_id)
        found = self.world.as_(self.world.olivia).session.exec(query)
        return {row.occurs_on: row.why for row in found}

    def broken(self) -> list[str]:
        """The promises about the diary that do not hold."""
        self.world.as_(self.world.olivia)
        found = examine(self.world.connection, INVARIANTS)
        return [finding.promise for finding in found if finding.rows]


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of(world)


def desk_of(world: World) -> Desk:
    run, olivia = world.run, world.olivia
    location_id = run(olivia, open_location, "High Street")
    return Desk(
        world,
        location_id,
        run(olivia, add_room, location_id, RoomDetails("Room 1", max_capacity=6)),
        run(olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30)),
        run(olivia, add_lesson_type, LessonTypeDetails("Band", minutes=60, capacity=8)),
        run(olivia, add_teacher, TeacherDetails("Ruth Roe")),
    )
