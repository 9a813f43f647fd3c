"""Where Riverside Music teaches, what, and when the year has holidays."""

from dataclasses import dataclass
from datetime import timedelta

from studio_app.demo.desk import Desk
from studio_app.demo.year import WEEK, TermDates, current, terms_around
from studio_app.kit.ids import LessonTypeId, LocationId, RoomId, TermId
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.year import add_term, close_studio_on

TYPES = (
    ("Piano", 30, 1), ("Violin", 30, 1), ("Guitar", 30, 1), ("Singing", 30, 1), ("Cello", 30, 1),
    ("Theory class", 60, 8), ("Ensemble", 60, 12), ("Trial lesson", 30, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    river: LocationId
    mill: LocationId
    rooms: dict[str, RoomId]
    types: dict[str, LessonTypeId]
    term: TermDates
    term_id: TermId


def set_up_riverside(desk: Desk) -> Places:
    river = desk.run(open_location, "Riverside House", address="2 Weir Road, Thornbury Wells")
    mill = desk.run(open_location, "The Old Mill", address="Mill Lane, Thornbury Wells")
    hall = RoomDetails("Hall", max_capacity=40, single_use=False)
    rooms = {name: desk.run(add_room, river, RoomDetails(name)) for name in ("Room 1", "Room 2")}
    rooms["Hall"] = desk.run(add_room, river, hall)
    for name in ("Mill Studio", "Loft"):
        rooms[name] = desk.run(add_room, mill, RoomDetails(name))
    types = {
        name: desk.run(add_lesson_type, LessonTypeDetails(name, minutes, capacity=capacity))
        for name, minutes, capacity in TYPES
    }
    terms = terms_around(desk.today)
    ids = {term.name: _add(desk, term) for term in terms}
    now = current(terms, desk.today)
    return Places(river, mill, rooms, types, now, ids[now.name])


def close_for_training(desk: Desk, places: Places) -> None:
    """One place closes for a day soon, when its lessons are in the diary already."""
    day = desk.monday + 2 * WEEK + timedelta(days=2)
    desk.run(
        close_studio_on,
        name="Staff training",
        first_on=day,
        last_on=day,
        location_id=places.mill,
    )


def _add(desk: Desk, term: TermDates) -> TermId:
    first, last = term.holiday
    name = f"{term.name.split()[0]} half term"
    desk.run(close_studio_on, name=name, first_on=first, last_on=last)
    return desk.run(add_term, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
