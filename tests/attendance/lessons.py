"""Lessons for tests of what happens after they are held."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import SQLModel

from studio_app.kit.ids import LessonTypeId, SeatId, SeriesId, StudentId, TeacherId
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType
from tests.conftest import World

T = TypeVar("T", bound=SQLModel)


class Lessons:
    """Writes what a timetable would have written: a type, a series, lessons and seats."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.type_id = self.save(LessonType(name="Piano", minutes=30, capacity=1)).id

    def seat(
        self,
        at: datetime,
        *,
        student_id: StudentId | None = None,
        teacher_id: TeacherId | None = None,
        type_id: LessonTypeId | None = None,
        enrolment: Enrolment | None = None,
        minutes: int = 30,
    ) -> SeatId:
        if enrolment:
            self._reach(enrolment.series_id, at.date())
        lesson = self.save(
            Lesson(
                teacher_id=teacher_id or self.world.teacher_id,
                lesson_type_id=type_id or self.type_id,
                starts_at=at,
                ends_at=at + timedelta(minutes=minutes),
                series_id=enrolment.series_id if enrolment else None,
                occurs_on=at.date() if enrolment else None,
            )
        )
        seat = Seat(
            lesson_id=lesson.id,
            student_id=student_id or self.world.student_id,
            enrolment_id=enrolment.id if enrolment else None,
            starts_at=lesson.starts_at,
            ends_at=lesson.ends_at,
        )
        return self.save(seat).id

    def beside(self, seat_id: SeatId, student_id: StudentId) -> SeatId:
        """Another student in the same lesson."""
        seat = self.world.as_(self.world.olivia).session.get_one(Seat, seat_id)
        other = Seat(
            lesson_id=seat.lesson_id,
            student_id=student_id,
            starts_at=seat.starts_at,
            ends_at=seat.ends_at,
        )
        return self.save(other).id

    def enrolment(self, first: datetime, *, student_id: StudentId | None = None) -> Enrolment:
        """A weekly series and a student in it."""
        series = self.save(
            Series(
                teacher_id=self.world.teacher_id,
                lesson_type_id=self.type_id,
                first_on=first.date(),
                at=first.time(),
                minutes=30,
                zone="Europe/London",
                weekdays=[first.isoweekday()],
            )
        )
        return self.save(
            Enrolment(
                student_id=student_id or self.world.student_id,
                series_id=SeriesId(series.id),
                starts_on=first.date(),
            )
        )

    def cancel(self, seat_id: SeatId) -> None:
        session = self.world.as_(self.world.olivia).session
        lesson = session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)
        lesson.status, lesson.cancelled_at = "cancelled", self.world.now  # type: ignore[assignment]
        session.add(lesson)
        session.commit()

    def student(self, name: str) -> Student:
        family = self.save(Family(name=name))
        return self.save(Student(family_id=family.id, first_name=name))

    def teacher(self, name: str) -> TeacherId:
        return self.save(Teacher(name=name)).id

    def _reach(self, series_id: SeriesId, day: date) -> None:
        """The series has its lessons up to this day."""
        session = self.world.as_(self.world.olivia).session
        session.get_one(Series, series_id).generated_until = day
        session.commit()

    def save(self, row: T) -> T:
        session = self.world.as_(self.world.olivia).session
        session.add(row)
        session.commit()
        return row
