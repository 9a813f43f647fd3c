"""Locations and rooms. One that lessons to come still need is not put away."""

from dataclasses import asdict, dataclass, replace

from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused, constraint
from studio_app.kit.ids import LocationId, RoomId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.dependants import dependants, require_none
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import Location, Room


class NameMissing(Refused):
    message = _("Please give it a name.")


class RoomForNobody(Refused):
    message = _("A room holds at least one person. Leave it empty for no limit.")


class LessonsShareRoom(Conflict):
    message = _("Some lessons already share this room. Move them first.")


@dataclass(frozen=True, slots=True)
class RoomDetails:
    """`max_capacity` empty: not limited. A room that is not single-use takes several lessons."""

    name: str
    max_capacity: int | None = None
    single_use: bool = True


def required(name: str) -> str:
    """A name without spaces around it; NameMissing if nothing is left."""
    if not name.strip():
        raise NameMissing
    return name.strip()


@requires(Permission.SCHEDULE_CONFIGURE)
def open_location(
    work: Work, name: str, *, address: str = "", is_online: bool = False
) -> LocationId:
    """A building; or, online, the place of lessons that meet over the wire."""
    location = Location(
        name=required(name), address=address.strip(), is_online=is_online, created_at=work.now
    )
    work.session.add(location)
    work.session.flush()
    return location.id


@requires(Permission.SCHEDULE_CONFIGURE)
def change_location(
    work: Work, location_id: LocationId, *, name: str, address: str = "", is_online: bool = False
) -> None:
    location = row(work, Location, location_id, lock=True)
    location.name, location.address = required(name), address.strip()
    location.is_online = is_online


@requires(Permission.SCHEDULE_CONFIGURE)
def archive_location(work: Work, location_id: LocationId) -> None:
    """Put a location away with its rooms; refused while lessons to come are there."""
    location = row(work, Location, location_id, lock=True)
    rooms = select(Room.id).where(Room.location_id == location_id)
    found = dependants(work, col(Lesson.room_id).in_(rooms), col(Series.room_id).in_(rooms))
    require_none(found, location.name)
    location.archived_at = location.archived_at or work.now
    for room in work.session.exec(select(Room).where(Room.location_id == location_id)):
        room.archived_at = room.archived_at or work.now


@requires(Permission.SCHEDULE_CONFIGURE)
def restore_location(work: Work, location_id: LocationId) -> None:
    """Take a location up again, with the rooms that were put away together with it."""
    location = row(work, Location, location_id, lock=True)
    query = select(Room).where(
        Room.location_id == location_id, Room.archived_at == location.archived_at
    )
    for room in work.session.exec(query):
        room.archived_at = None
    location.archived_at = None


@requires(Permission.SCHEDULE_CONFIGURE)
def add_room(work: Work, location_id: LocationId, details: RoomDetails) -> RoomId:
    row(work, Location, location_id)
    room = Room(location_id=location_id, **asdict(_clean(details)), created_at=work.now)
    work.session.add(room)
    work.session.flush()
    return room.id


@requires(Permission.SCHEDULE_CONFIGURE)
def change_room(work: Work, room_id: RoomId, details: RoomDetails) -> None:
    """A room becomes single-use only where no two lessons share it."""
    room = row(work, Room, room_id, lock=True)
    with constraint({"lesson_room_is_free": LessonsShareRoom}):
        room.sqlmodel_update(asdict(_clean(details)))
        work.session.flush()


@requires(Permission.SCHEDULE_CONFIGURE)
def archive_room(work: Work, room_id: RoomId) -> None:
    room = row(work, Room, room_id, lock=True)
    found = dependants(work, col(Lesson.room_id) == room_id, col(Series.room_id) == room_id)
    require_none(found, room.name)
    room.archived_at = room.archived_at or work.now


@requires(Permission.SCHEDULE_CONFIGURE)
def restore_room(work: Work, room_id: RoomId) -> None:
    row(work, Room, room_id, lock=True).archived_at = None


def _clean(details: RoomDetails) -> RoomDetails:
    if details.max_capacity is not None and details.max_capacity < 1:
        raise RoomForNobody
    return replace(details, name=required(details.name))
