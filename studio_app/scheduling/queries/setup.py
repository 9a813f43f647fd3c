"""Places, kinds of lessons and the school year, ready to show."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import col, func, select

from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_days
from studio_app.kit.formats import say_date, say_day
from studio_app.kit.ids import ClosureId, LessonTypeId, LocationId, RoomId, TermId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.bank_holidays_gateway import bank_holidays, regions_of
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import (
    Closure,
    IgnoredHoliday,
    LessonType,
    Location,
    Room,
    Term,
)
from studio_app.scheduling.rules.year import common_name


@dataclass(frozen=True, slots=True)
class RoomRow:
    id: RoomId
    name: str
    max_capacity: int | None
    single_use: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class LocationRow:
    id: LocationId
    name: str
    address: str
    is_online: bool
    archived: bool
    rooms: tuple[RoomRow, ...]


@dataclass(frozen=True, slots=True)
class LessonTypeRow:
    id: LessonTypeId
    name: str
    minutes: int
    capacity: int | None
    colour: int
    is_online: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class TermRow:
    id: TermId
    name: str
    starts_on: date
    ends_on: date
    dates: str


@dataclass(frozen=True, slots=True)
class ClosureRow:
    id: ClosureId
    name: str
    starts_on: date
    ends_on: date
    dates: str
    location_id: LocationId | None
    location: str


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A bank holiday; `key` is what `ignore_holiday` and `observe_holiday` take."""

    day: date
    when: str
    name: str
    key: str
    observed: bool


@dataclass(frozen=True, slots=True)
class ClosureAhead:
    """What closing on some days would call off."""

    lessons: int


@requires(Permission.CALENDAR_VIEW)
def locations(work: Work, *, with_archived: bool = False) -> list[LocationRow]:
    """Every location with its rooms, by name."""
    rooms: dict[UUID, list[RoomRow]] = defaultdict(list)
    for room in work.session.exec(select(Room).order_by(col(Room.name))):
        gone = room.archived_at is not None
        if with_archived or not gone:
            seats, alone = room.max_capacity, room.single_use
            rooms[room.location_id].append(RoomRow(room.id, room.name, seats, alone, gone))
    return [
        LocationRow(
            row.id,
            row.name,
            row.address,
            row.is_online,
            row.archived_at is not None,
            tuple(rooms[row.id]),
        )
        for row in work.session.exec(select(Location).order_by(col(Location.name)))
        if with_archived or row.archived_at is None
    ]


@requires(Permission.CALENDAR_VIEW)
def lesson_types(work: Work, *, with_archived: bool = False) -> list[LessonTypeRow]:
    return [
        LessonTypeRow(
            row.id,
            row.name,
            row.minutes,
            row.capacity,
            row.colour,
            row.is_online,
            row.archived_at is not None,
        )
        for row in work.session.exec(select(LessonType).order_by(col(LessonType.name)))
        if with_archived or row.archived_at is None
    ]


@requires(Permission.CALENDAR_VIEW)
def terms(work: Work) -> list[TermRow]:
    """Every term, the earliest first."""
    return [
        TermRow(
            row.id, row.name, row.starts_on, row.ends_on, _dates(work, row.starts_on, row.ends_on)
        )
        for row in work.session.exec(select(Term).order_by(col(Term.starts_on)))
    ]


@requires(Permission.CALENDAR_VIEW)
def closures(work: Work, *, since: date | None = None) -> list[ClosureRow]:
    """Every closure that is not over on `since`, the earliest first."""
    query = (
        select(Closure, Location.name)
        .outerjoin(Location, col(Location.id) == Closure.location_id)
        .order_by(col(Closure.starts_on))
    )
    if since is not None:
        query = query.where(Closure.ends_on >= since)
    return [
        ClosureRow(
            row.id,
            row.name,
            row.starts_on,
            row.ends_on,
            _dates(work, row.starts_on, row.ends_on),
            row.location_id,
            location or "",
        )
        for row, location in work.session.exec(query)
    ]


@requires(Permission.STUDIO_CONFIGURE)
def regions(work: Work) -> dict[str, str]:
    """Parts of the studio's country with bank holidays of their own: code and name."""
    return regions_of(studio(work).country)


@requires(Permission.CALENDAR_VIEW)
def holidays_between(work: Work, first: date, until: date) -> list[HolidayRow]:
    """The bank holidays of the studio's country and region in [first, until)."""
    here = studio(work)
    ignored = set(work.session.exec(select(IgnoredHoliday.name)))
    return [
        HolidayRow(
            day,
            say_day(day, work.actor.locale),
            name,
            common_name(name),
            common_name(name) not in ignored,
        )
        for day, name in bank_holidays(here.country, here.region, first, until).items()
    ]


@requires(Permission.CALENDAR_VIEW)
def closure_ahead(
    work: Work, first_on: date, last_on: date, *, location_id: LocationId | None = None
) -> ClosureAhead:
    """How many lessons would be called off, before the studio is closed on these days."""
    days = local_days(first_on, last_on + timedelta(days=1), studio_zone(work))
    query = (
        select(func.count())
        .select_from(Lesson)
        .where(
            Lesson.starts_at >= days.starts_at,
            Lesson.starts_at < days.ends_at,
            col(Lesson.blocking),
        )
    )
    if location_id is not None:
        rooms = select(Room.id).where(Room.location_id == location_id)
        query = query.where(col(Lesson.room_id).in_(rooms))
    return ClosureAhead(work.session.exec(query).one())


def _dates(work: Work, first_on: date, last_on: date) -> str:
    first, last = say_date(first_on, work.actor.locale), say_date(last_on, work.actor.locale)
    return first if first_on == last_on else f"{first} – {last}"
