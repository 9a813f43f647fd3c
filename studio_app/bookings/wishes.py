"""What is asked for when something is booked."""

from dataclasses import dataclass
from datetime import date, datetime

from studio_app.bookings.rules.states import BookingKind
from studio_app.kit.ids import LessonTypeId, LocationId, StudentId, TeacherId


@dataclass(frozen=True, slots=True)
class BookingWish:
    """A time to book. `starts_at` is an instant, or wall time of the studio if naive; a weekly
    place begins with it. The kind of lesson says how long it lasts."""

    student_id: StudentId
    lesson_type_id: LessonTypeId
    teacher_id: TeacherId
    starts_at: datetime
    location_id: LocationId | None = None
    kind: BookingKind = BookingKind.SINGLE


@dataclass(frozen=True, slots=True)
class Asked:
    """Which times to look for: days [first_on, until) on the studio's wall, of one teacher or of
    any who teaches an instrument."""

    student_id: StudentId
    lesson_type_id: LessonTypeId
    first_on: date
    until: date
    teacher_id: TeacherId | None = None
    instrument: str = ""
    location_id: LocationId | None = None
