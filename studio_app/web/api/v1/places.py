"""Locations with their rooms, and kinds of lessons."""

from dataclasses import asdict, dataclass

from fastapi import APIRouter

from studio_app.kit.ids import LessonTypeId, LocationId, RoomId
from studio_app.scheduling.commands.lesson_types import (
    LessonTypeDetails,
    add_lesson_type,
    archive_lesson_type,
    change_lesson_type,
    restore_lesson_type,
)
from studio_app.scheduling.commands.places import (
    RoomDetails,
    add_room,
    archive_location,
    archive_room,
    change_location,
    change_room,
    open_location,
    restore_location,
    restore_room,
)
from studio_app.scheduling.queries.setup import (
    LessonTypeRow,
    LocationRow,
    lesson_types,
    locations,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["places and lesson types"])


@dataclass(frozen=True, slots=True)
class LocationDetails:
    name: str
    address: str = ""
    is_online: bool = False


@router.get("/locations")
def list_locations(asking: Asking, page: Paging, *, archived: bool = False) -> Page[LocationRow]:
    """Every location with its rooms, by name; with `archived` those put away too."""
    return page.of(asking.run(locations, with_archived=archived), by=lambda one: one.id)


@router.post("/locations", status_code=201)
def create_location(asking: Asking, details: LocationDetails) -> Made:
    return Made(asking.run(open_location, **asdict(details)))


@router.put("/locations/{location_id}", status_code=204)
def replace_location(asking: Asking, location_id: LocationId, details: LocationDetails) -> None:
    asking.run(change_location, location_id, **asdict(details))


@router.delete("/locations/{location_id}", status_code=204)
def put_location_away(asking: Asking, location_id: LocationId) -> None:
    """Archived with its rooms. 409 while lessons to come are there."""
    asking.run(archive_location, location_id)


@router.post("/locations/{location_id}/restore", status_code=204)
def bring_location_back(asking: Asking, location_id: LocationId) -> None:
    asking.run(restore_location, location_id)


@router.post("/locations/{location_id}/rooms", status_code=201)
def create_room(asking: Asking, location_id: LocationId, details: RoomDetails) -> Made:
    return Made(asking.run(add_room, location_id, details))


@router.put("/rooms/{room_id}", status_code=204)
def replace_room(asking: Asking, room_id: RoomId, details: RoomDetails) -> None:
    """409 if it becomes single-use while lessons share it."""
    asking.run(change_room, room_id, details)


@router.delete("/rooms/{room_id}", status_code=204)
def put_room_away(asking: Asking, room_id: RoomId) -> None:
    """Archived. 409 while lessons to come are there."""
    asking.run(archive_room, room_id)


@router.post("/rooms/{room_id}/restore", status_code=204)
def bring_room_back(asking: Asking, room_id: RoomId) -> None:
    asking.run(restore_room, room_id)


@router.get("/lesson-types")
def list_lesson_types(
    asking: Asking, page: Paging, *, archived: bool = False
) -> Page[LessonTypeRow]:
    """`colour` is 1 to 8; `capacity` null is not limited."""
    return page.of(asking.run(lesson_types, with_archived=archived), by=lambda one: one.id)


@router.post("/lesson-types", status_code=201)
def create_lesson_type(asking: Asking, details: LessonTypeDetails) -> Made:
    return Made(asking.run(add_lesson_type, details))


@router.put("/lesson-types/{lesson_type_id}", status_code=204)
def replace_lesson_type(
    asking: Asking, lesson_type_id: LessonTypeId, details: LessonTypeDetails
) -> None:
    """For lessons to be: those in the diary keep their length."""
    asking.run(change_lesson_type, lesson_type_id, details)


@router.delete("/lesson-types/{lesson_type_id}", status_code=204)
def put_lesson_type_away(asking: Asking, lesson_type_id: LessonTypeId) -> None:
    """Archived. 409 while lessons to come are of this kind."""
    asking.run(archive_lesson_type, lesson_type_id)


@router.post("/lesson-types/{lesson_type_id}/restore", status_code=204)
def bring_lesson_type_back(asking: Asking, lesson_type_id: LessonTypeId) -> None:
    asking.run(restore_lesson_type, lesson_type_id)
