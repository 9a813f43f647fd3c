"""What the database itself holds, whoever writes."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.rules.states import LessonStatus
from tests.conftest import HOUR, NOW, World


class Place:
    """A session of Olivia's, with what a lesson needs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.session: Session = world.as_(world.olivia).session
        self.piano = LessonType(name="Piano", minutes=60)
        self.ruth = Teacher(name="Ruth")
        location = Location(name="High Street")
        self.session.add_all([self.piano, self.ruth, location])
        self.session.flush()
        self.room = Room(location_id=location.id, name="Room 1")
        self.eve = Student(family_id=world.family_id, first_name="Eve")
        self.session.add_all([self.room, self.eve])
        self.session.flush()

    def lesson(self, starts_at: datetime, **values: object) -> Lesson:
        given = {"teacher_id": self.world.teacher_id, "lesson_type_id": self.piano.id}
        times = {"starts_at": starts_at, "ends_at": starts_at + HOUR}
        lesson = Lesson(**{**given, **times, **values})
        self.session.add(lesson)
        self.session.flush()
        return lesson

    def seat(self, lesson: Lesson) -> Seat:
        times: Any = {"starts_at": lesson.starts_at, "ends_at": lesson.ends_at}
        seat = Seat(lesson_id=lesson.id, student_id=self.world.student_id, **times)
        self.session.add(seat)
        self.session.flush()
        return seat

    def violates(self, name: str) -> pytest.RaisesExc[IntegrityError]:
        return pytest.raises(IntegrityError, match=name)


@pytest.fixture
def place(world: World) -> Place:
    return Place(world)


def test_a_teacher_is_in_one_lesson_at_a_time(place: Place) -> None:
    place.lesson(NOW)
    place.lesson(NOW + HOUR)
    with place.violates("lesson_teacher_is_free"):
        place.lesson(NOW + HOUR / 2)


def test_a_room_is_used_by_one_lesson_at_a_time(place: Place) -> None:
    in_room = {"room_id": place.room.id, "room_single_use": True}
    place.lesson(NOW, **in_room)
    with place.violates("lesson_room_is_free"):
        place.lesson(NOW, teacher_id=place.ruth.id, **in_room)


def test_a_shared_room_takes_several_lessons(place: Place) -> None:
    place.room.single_use = False
    place.session.flush()
    in_room = {"room_id": place.room.id, "room_single_use": False}
    place.lesson(NOW, **in_room)
    place.lesson(NOW, teacher_id=place.ruth.id, **in_room)

    place.room.single_use = True
    with place.violates("lesson_room_is_free"):
        place.session.flush()


def test_a_lesson_cannot_say_that_its_room_is_shared(place: Place) -> None:
    with place.violates("lesson_in_room"):
        place.lesson(NOW, room_id=place.room.id, room_single_use=False)


def test_a_student_is_in_one_lesson_at_a_time_even_when_the_lesson_moves(place: Place) -> None:
    place.seat(place.lesson(NOW))
    other = place.lesson(NOW + HOUR, teacher_id=place.ruth.id)
    seat = place.seat(other)

    other.starts_at, other.ends_at = NOW + 2 * HOUR, NOW + 3 * HOUR
    place.session.flush()
    place.session.refresh(seat)
    assert seat.starts_at == NOW + 2 * HOUR

    other.starts_at = NOW + HOUR / 2
    with place.violates("seat_student_is_free"):
        place.session.flush()


def test_a_cancelled_lesson_frees_everybody(place: Place) -> None:
    cancelled = place.lesson(NOW)
    seat = place.seat(cancelled)
    cancelled.status, cancelled.cancelled_at = LessonStatus.CANCELLED, NOW
    place.session.flush()
    place.session.refresh(seat)
    assert not seat.blocking

    place.seat(place.lesson(NOW))
    cancelled.status, cancelled.cancelled_at = LessonStatus.SCHEDULED, None
    with place.violates("lesson_teacher_is_free"):
        place.session.flush()
