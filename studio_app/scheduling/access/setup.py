"""Places, lesson types and the school year."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.identity.access import studio
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import LocationId, RoomId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.scheduling.bank_holidays_gateway import bank_holidays
from studio_app.scheduling.models.setup import (
    Closure,
    IgnoredHoliday,
    LessonType,
    Location,
    Room,
    Term,
)
from studio_app.scheduling.rules.year import ClosedDays, SchoolYear, TermDays, observed

U = TypeVar("U", Room, LessonType)
T = TypeVar("T", Location, Room, LessonType, Term, Closure)


class EndsBeforeItStarts(Refused):
    message = _("It has to end after it starts.")


class PutAway(Refused):
    message = _("That has been put away. Choose another.")


def row(work: Work, table: type[T], row_id: UUID, *, lock: bool = False) -> T:
    """One row of the studio's own set-up. Lock it to change it."""
    return one(work, select(table).where(table.id == row_id), lock=lock)


def usable(work: Work, table: type[U], row_id: UUID) -> U:
    """A place or kind of lesson for something new; not one that was put away."""
    found = row(work, table, row_id)
    if found.archived_at is not None:
        raise put_away(found.name)
    return found


def put_away(name: str) -> PutAway:
    return PutAway(_("{name} has been put away. Choose another.", name=name))


def room_if_any(work: Work, room_id: RoomId | None) -> Room | None:
    return None if room_id is None else row(work, Room, room_id)


def location_of(work: Work, room_id: RoomId | None) -> LocationId | None:
    room = room_if_any(work, room_id)
    return room and room.location_id


def school_year(work: Work, first: date, until: date) -> SchoolYear:
    """What stands in the way of lessons in [first, until). Terms are all the studio has."""
    closures = select(Closure).where(Closure.starts_on < until, Closure.ends_on >= first)
    closed = [
        ClosedDays(c.id, c.name, c.starts_on, c.ends_on, c.location_id)
        for c in work.session.exec(closures.order_by(col(Closure.starts_on)))
    ]
    terms = work.session.exec(select(Term).order_by(col(Term.starts_on)))
    days = [TermDays(t.name, t.starts_on, t.ends_on) for t in terms]
    return SchoolYear(closed, observed_holidays(work, first, until), days)


def observed_holidays(work: Work, first: date, until: date) -> dict[date, str]:
    here = studio(work)
    ignored = set(work.session.exec(select(IgnoredHoliday.name)))
    return observed(bank_holidays(here.country, here.region, first, until), ignored)


def is_online() -> ColumnElement[bool]:
    """Whether a lesson is over the wire: by its kind, or by its place. For a query that has
    LessonType and, joined where there is one, Location."""
    return or_(col(LessonType.is_online), func.coalesce(col(Location.is_online), False))


S = TypeVar("S", bound=SQLModel)


def one(work: Work, query: SelectOfScalar[S], *, lock: bool) -> S:
    """The row this finds, or NotFound: unknown and invisible look the same."""
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = work.session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found
