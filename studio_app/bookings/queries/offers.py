"""Which times can be booked: said in the words of whoever asks, without anybody's names but
the teachers'."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, union_all
from sqlmodel import col

from studio_app.bookings.access import bookings as access
from studio_app.bookings.access.weekly import is_weekly, published
from studio_app.bookings.wishes import Asked
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_long_day, say_time, say_when, say_zone
from studio_app.kit.ids import LessonId, LocationId, TeacherId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.models import Teacher
from studio_app.scheduling import slots
from studio_app.scheduling.models.setup import Location
from studio_app.scheduling.rules.booking import BookingRules
from studio_app.scheduling.rules.openings import Opening
from studio_app.scheduling.rules.states import Confirming
from studio_app.scheduling.slots import Place
from studio_app.scheduling.wishes import SlotSearch


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that can be booked as it stands: a lesson of one's own, or a place in a group."""

    starts_at: datetime
    ends_at: datetime
    on: date
    """The day on the studio's wall"""
    day: str
    """Tuesday 8 September"""
    time: str
    """16:00"""
    when: str
    """Tue 8 Sept, 16:00"""
    teacher_id: TeacherId
    teacher: str
    location_id: LocationId | None
    location: str
    weekly: bool = False
    """It can be had every week from then on"""
    lesson_id: LessonId | None = None
    """The group this is a place in"""
    places: int | None = None
    """How many are left in the group; None: not limited"""


@dataclass(frozen=True, slots=True)
class Offers:
    """The earliest first. `meaning` says what becomes of a booking."""

    openings: tuple[Offer, ...]
    places: tuple[Offer, ...]
    meaning: str
    zone: str


@requires(Permission.LESSON_BOOK)
def offers(work: Work, asked: Asked) -> Offers:
    """What is open to this student: a family hears only what the rules let it book."""
    access.require_bookable(work, asked.student_id)
    search = SlotSearch(
        asked.lesson_type_id,
        asked.first_on,
        asked.until,
        asked.teacher_id,
        asked.instrument,
        asked.location_id,
        frozenset({asked.student_id}),
    )
    found = slots.find(work, search, as_family=not access.is_office(work))
    return _Saying(work, found).offers()


class _Saying:
    """Open times with their names."""

    def __init__(self, work: Work, found: slots.OpenTimes) -> None:
        self.found, self.zone, self.locale = found, found.zone, work.actor.locale
        every = [*found.openings, *found.places]
        teachers = {one.teacher_id for one in every}
        self.names = _names(work, teachers, {one.location_id for one in every if one.location_id})
        self.blocks = published(work, teachers) if found.openings else []

    def offers(self) -> Offers:
        return Offers(
            tuple(self._opening(one) for one in self.found.openings),
            tuple(self._place(one) for one in self.found.places),
            meaning(self.found.rules).say(self.locale),
            say_zone(self.zone, self.locale),
        )

    def _opening(self, one: Opening) -> Offer:
        weekly = is_weekly(self.blocks, one.teacher_id, one.starts_at, self.zone)
        return self._offer(one, weekly=weekly)

    def _place(self, one: Place) -> Offer:
        return self._offer(one, lesson_id=one.lesson_id, places=one.places)

    def _offer(
        self,
        one: Opening | Place,
        *,
        weekly: bool = False,
        lesson_id: LessonId | None = None,
        places: int | None = None,
    ) -> Offer:
        on = one.starts_at.astimezone(self.zone).date()
        return Offer(
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            on=on,
            day=say_long_day(on, self.locale),
            time=say_time(one.starts_at, self.zone, self.locale),
            when=say_when(one.starts_at, self.zone, self.locale),
            teacher_id=one.teacher_id,
            teacher=self.names.get(one.teacher_id, ""),
            location_id=one.location_id,
            location=self.names.get(one.location_id, "") if one.location_id else "",
            weekly=weekly,
            lesson_id=lesson_id,
            places=places,
        )


def meaning(rules: BookingRules) -> Text:
    """What becomes of a booking, before it is made."""
    if rules.confirming is Confirming.AT_ONCE:
        return _("It is yours as soon as you book it.")
    return many(
        "The studio says yes or no to it. The time is kept for you meanwhile, for a day at most.",
        "The studio says yes or no to it. The time is kept for you meanwhile, for {n} days at"
        " most.",
        n=rules.expire_days,
    )


def _names(
    work: Work, teachers: Collection[UUID], locations: Collection[UUID]
) -> Mapping[UUID, str]:
    named = union_all(
        select(col(Teacher.id), col(Teacher.name)).where(col(Teacher.id).in_(teachers)),
        select(col(Location.id), col(Location.name)).where(col(Location.id).in_(locations)),
    )
    return {row[0]: row[1] for row in work.session.connection().execute(named)}
