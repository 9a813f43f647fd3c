"""The real diary of a studio, asked in the words of the model on connections of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from studio_app.bookings.commands.booking import book
from studio_app.bookings.queries.bookings import booking_status
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.database import engine_for
from studio_app.kit.ids import LessonId, LessonTypeId, StudentId, TeacherId
from studio_app.kit.work import happening_at, run
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import (
    IsCancelled,
    NeverAgreed,
    NewLesson,
    cancel_lesson,
    move_lesson,
    schedule_lesson,
)
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.queries.calendar import calendar_range
from studio_app.scheduling.rules.states import LessonStatus
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database
from tests.scheduling.conftest import wall
from tests.scheduling.linear_diary import Asked, Book, Cancel, Diary, Look, Move, Said, Slot
from tests.scheduling.linear_run import CALLS, THREADS

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Office:
    """Olivia's desk, from which everybody asks at once. Every call has a student of its own."""

    engine: Engine
    cast: Cast
    kind: LessonTypeId
    teachers: tuple[TeacherId, ...]
    students: tuple[StudentId, ...]

    def on(self, day: date) -> "OnDay":
        return OnDay(self, day)

    def run(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        with happening_at(NOW):
            return run(self.engine, self.cast.olivia, use_case, *args, **kwargs)


@dataclass(frozen=True)
class OnDay:
    """The diaries of one day, in the words of the model."""

    office: Office
    day: date

    def ask(self, asked: Asked, nth: int) -> object:
        try:
            match asked:
                case Book():
                    return self._book(asked, nth)
                case Move():
                    return self._move(asked)
                case Cancel():
                    return self.office.run(cancel_lesson, LessonId(UUID(asked.lesson)))
                case Look():
                    return self._look(asked)
        except SlotTaken:
            return Said.TAKEN
        except (IsCancelled, NeverAgreed):
            return Said.GONE

    def _book(self, asked: Book, nth: int) -> str:
        """In turns as the office puts it in the diary and as it is booked at the counter."""
        run, student = self.office.run, self.office.students[nth]
        who = self.office.teachers[asked.teacher]
        if nth % 2:
            wish = NewLesson(who, self.office.kind, self._begin(asked.slot), (student,))
            return str(run(schedule_lesson, wish))
        booking = BookingWish(student, self.office.kind, who, self._begin(asked.slot))
        return str(run(booking_status, run(book, booking)).lesson_id)

    def _move(self, asked: Move) -> Slot:
        lesson_id = LessonId(UUID(asked.lesson))
        was = self.office.run(move_lesson, lesson_id, to=self._begin(asked.to))
        return self._slot(was.starts_at)

    def _look(self, asked: Look) -> Diary:
        whose = [self.office.teachers[asked.teacher]]
        until = self.day + timedelta(days=1)
        found = self.office.run(calendar_range, self.day, until, teacher_ids=whose)
        taking_place = (one for one in found.lessons if one.status is not LessonStatus.CANCELLED)
        return frozenset(
            (str(one.id), self._slot(wall(self.day, *map(int, one.starts[-5:].split(":")))))
            for one in taking_place
        )

    def _begin(self, slot: Slot) -> datetime:
        return wall(self.day, 15) + slot * HALF_HOUR

    def _slot(self, starts_at: datetime) -> Slot:
        return (starts_at - self._begin(0)) // HALF_HOUR


@contextmanager
def office_in(cloned: Database) -> Iterator[Office]:
    """Tom and Ruth offer three hours on Tuesdays; as many connections as threads, so that
    nobody waits for one."""
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW)
    engine = engine_for(cloned.app_url, pool_size=THREADS)
    try:
        yield _furnished(Office(engine, cast, LessonTypeId(UUID(int=0)), (), ()))
    finally:
        engine.dispose()


def _furnished(office: Office) -> Office:
    run, cast = office.run, office.cast
    ruth = run(add_teacher, TeacherDetails("Ruth Roe"))
    for teacher in (cast.teacher_id, ruth):
        hours = TeachingHours(15 * 60, 18 * 60, weekday=2, slot_minutes=30)
        run(offer_hours, teacher, hours)
    return replace(
        office,
        kind=run(add_lesson_type, LessonTypeDetails("Piano", minutes=30)),
        teachers=(cast.teacher_id, ruth),
        students=tuple(run(add_student, StudentDetails(f"Nr{n}")).student_id for n in range(CALLS)),
    )
