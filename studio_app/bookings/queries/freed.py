"""What became free and what came of it: who was asked, when, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from studio_app.bookings.fitting import fitting
from studio_app.bookings.models.waiting import Freed, Offer
from studio_app.bookings.queries.bookings import when
from studio_app.bookings.queries.offered import Reader, offer_row, offers
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.rules.waiting import FreedState, OfferState
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_date
from studio_app.kit.ids import FreedId, OfferId, WaitingId
from studio_app.kit.tables import table_of
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher

LATELY = timedelta(days=14)
MOST = 50


@dataclass(frozen=True, slots=True)
class Asking:
    """One question: who was asked, when, and what came of it."""

    id: OfferId
    student: str
    state: OfferState
    sentence: str
    stands: bool
    until: str


@dataclass(frozen=True, slots=True)
class FreedRow:
    """A time that became free, with everybody who was asked about it."""

    id: FreedId
    state: FreedState
    sentence: str
    when: str
    teacher: str
    needs_somebody: bool
    """Nobody took it, or the office has to choose: and it is still to come"""
    can_be_offered: bool
    asked: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class Suited:
    """Somebody who waits and could take it."""

    waiting_id: WaitingId
    student: str
    since: str


@requires(Permission.CALENDAR_MANAGE)
def freed_that_need_somebody(work: Work) -> list[FreedRow]:
    return [one for one in freed_lately(work) if one.needs_somebody]


@requires(Permission.CALENDAR_MANAGE)
def whom_it_suits(work: Work, freed_id: FreedId) -> list[Suited]:
    """Who could take it now, the first first; nobody who has been asked already."""
    freed = work.session.get(Freed, freed_id)
    if freed is None:
        raise NotFound
    zone, locale = studio_zone(work), work.actor.locale
    return [
        Suited(
            one.entry.id,
            work.session.get_one(Student, one.entry.student_id).name,
            say_date(local_date(one.entry.submitted_at, zone), locale),
        )
        for one in fitting(work, freed)
    ]


@requires(Permission.CALENDAR_MANAGE)
def freed_lately(work: Work) -> Sequence[FreedRow]:
    """The newest first, each with everybody who was asked about it."""
    query: Select[Any] = (
        select(*table_of(Freed).c, col(Teacher.name).label("teacher"))
        .join(Teacher, col(Teacher.id) == col(Freed.teacher_id))
        .where(col(Freed.freed_at) > work.now - LATELY)
        .order_by(col(Freed.freed_at).desc())
        .limit(MOST)
    )
    rows = work.session.connection().execute(query).all()
    asked = _asked(work, [row.id for row in rows])
    return [_freed_row(work, row, asked.get(row.id, [])) for row in rows]


def _freed_row(work: Work, row: Any, asked: list[Asking]) -> FreedRow:
    zone, locale = studio_zone(work), work.actor.locale
    ahead, state = row.starts_at > work.now, FreedState(row.state)
    standing = any(one.stands for one in asked)
    loose = ahead and not standing and state in {FreedState.OPEN, FreedState.NOBODY}
    kind = BookingKind.WEEKLY if row.weekly else BookingKind.SINGLE
    return FreedRow(
        id=row.id,
        state=state,
        sentence=_said_of_freed(state, standing=standing).say(locale),
        when=when(kind, row.starts_at, zone, locale),
        teacher=row.teacher,
        needs_somebody=loose and row.seen_to_at is None,
        can_be_offered=loose,
        asked=tuple(asked),
    )


def _said_of_freed(state: FreedState, *, standing: bool) -> Text:
    match state:
        case FreedState.TAKEN:
            return _("Taken.")
        case FreedState.GONE:
            return _("Not free any more.")
        case FreedState.NOBODY:
            return _("Nobody took it.")
        case _ if standing:
            return _("Somebody is being asked.")
        case _:
            return _("Choose whom to ask.")


def _asked(work: Work, freed: Sequence[FreedId]) -> dict[FreedId, list[Asking]]:
    query = offers().where(col(Offer.freed_id).in_(freed)).order_by(col(Offer.offered_at))
    found: dict[FreedId, list[Asking]] = {}
    reader = Reader(studio_zone(work), work.actor.locale, work.now)
    for row in work.session.connection().execute(query):
        said = offer_row(row, reader)
        name = f"{row.first_name} {row.last_name}".strip()
        one = Asking(said.id, name, said.state, said.sentence, said.stands, said.until)
        found.setdefault(row.freed_id, []).append(one)
    return found
