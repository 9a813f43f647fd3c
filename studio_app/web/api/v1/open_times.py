"""Open times for the studio's own people; families ask `POST /availability`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from studio_app.kit.ids import LessonId, LessonTypeId, LocationId, RoomId, StudentId, TeacherId
from studio_app.scheduling.queries.open_times import open_times
from studio_app.scheduling.wishes import SlotSearch
from studio_app.web.api.caller import Asking
from studio_app.web.api.v1.bounds import NotTooFar, Words

router = APIRouter(prefix="/api/v1", tags=["open times"])


@dataclass(frozen=True, slots=True)
class OpenTime:
    """A time at which nothing stands in the way, and the room that is free then."""

    starts_at: datetime
    ends_at: datetime
    teacher_id: TeacherId
    location_id: LocationId | None
    room_id: RoomId | None


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A group lesson with places left; `places` is null where they are not limited."""

    lesson_id: LessonId
    starts_at: datetime
    ends_at: datetime
    teacher_id: TeacherId
    location_id: LocationId | None
    room_id: RoomId | None
    places: int | None


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The earliest first; `zone` is the studio's, in IANA's name."""

    openings: list[OpenTime]
    places: list[OpenPlace]
    zone: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days [first_on, until) of the studio, half a year at most: of one teacher, of any who
    teaches the instrument, or of anybody."""

    lesson_type_id: LessonTypeId
    first_on: NotTooFar
    until: NotTooFar
    teacher_id: TeacherId | None = None
    instrument: Words = ""
    location_id: LocationId | None = None
    minutes: Annotated[int | None, Query(ge=1, le=24 * 60)] = None
    """The kind's length where it is not given"""
    moving: LessonId | None = None
    """A lesson that would move away, so that its own time counts as free"""


@router.get("/open-times")
def find_open_times(
    asking: Asking,
    wanted: Annotated[Wanted, Depends()],
    student_id: Annotated[list[StudentId] | None, Query()] = None,
) -> OpenTimes:
    """Repeat `student_id` for everybody who has to be free. Nobody is held to the notice and
    the horizon that families have."""
    search = SlotSearch(
        wanted.lesson_type_id,
        wanted.first_on,
        wanted.until,
        teacher_id=wanted.teacher_id,
        instrument=wanted.instrument,
        location_id=wanted.location_id,
        student_ids=frozenset(student_id or ()),
        minutes=wanted.minutes,
        without=wanted.moving,
    )
    found = asking.run(open_times, search)
    return OpenTimes(
        [OpenTime(*one) for one in found.openings],
        [OpenPlace(*one) for one in found.places],
        found.zone.key,
    )
