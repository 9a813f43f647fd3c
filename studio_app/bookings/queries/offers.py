"""Which times can be booked: said in the words of whoever asks, without anybody's names but
the teachers'."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, union_all
from sqlmodel import col

from studio_app.bookings.access import bookings as access
from studio_app.bookings.access.standing import without_offered
from studio_app.bookings.wishes import Asked
from studio_app.kit.access import Permission
from studio_app.kit.formats import (
    say_date,
    say_day,
    say_list,
    say_long_day,
    say_time,
    say_when,
    say_zone,
)
from studio_app.kit.ids import LessonId, LocationId, TeacherId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.models import Teacher
from studio_app.scheduling import slots, weekly_slots
from studio_app.scheduling.models.setup import Location
from studio_app.scheduling.phrases import closed_text
from studio_app.scheduling.rules.booking import BookingRules
from studio_app.scheduling.rules.every_week import Weekly
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
    weekly_but: str = ""
    """3 of your 16 lessons fall on closure dates; empty if none does"""
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
    as_family = not access.is_office(work)
    found = weekly_slots.find(work, search, as_family=as_family)
    if as_family:
        found = without_offered(work, found, asked.student_id)
    return _Saying(work, found).offers()


class _Saying:
    """Open times with their names."""

    def __init__(self, work: Work, found: slots.OpenTimes) -> None:
        self.found, self.zone, self.locale = found, found.zone, work.actor.locale
        every = [*found.openings, *found.places]
        teachers = {one.teacher_id for one in every}
        self.names = _names(work, teachers, {one.location_id for one in every if one.location_id})

    def offers(self) -> Offers:
        return Offers(
            tuple(self._opening(one) for one in self.found.openings),
            tuple(self._place(one) for one in self.found.places),
            meaning(self.found.rules).say(self.locale),
            say_zone(self.zone, self.locale),
        )

    def _opening(self, one: Opening) -> Offer:
        return self._offer(one, weekly=self.found.weekly.get(one))

    def _place(self, one: Place) -> Offer:
        return self._offer(one, lesson_id=one.lesson_id, places=one.places)

    def _offer(
        self,
        one: Opening | Place,
        *,
        weekly: Weekly | None = None,
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
            weekly=weekly is not None,
            weekly_but=_but(weekly, self.locale) if weekly else "",
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


def _but(weekly: Weekly, locale: str) -> str:
    """On which of the days to come there is no lesson all the same, and when it ends."""
    said: list[Text] = []
    if weekly.closed:
        said.append(closed_text(weekly.closed, weekly.of))
    if weekly.away:
        days = say_list([say_day(day, locale) for day in weekly.away], locale)
        said.append(_("There is no lesson on {days}: the teacher is away.", days=days))
    if weekly.until_on:
        said.append(_("It ends on {day}.", day=say_date(weekly.until_on, locale)))
    return " ".join(one.say(locale) for one in said)


def _names(
    work: Work, teachers: Collection[UUID], locations: Collection[UUID]
) -> Mapping[UUID, str]:
    named = union_all(
        select(col(Teacher.id), col(Teacher.name)).where(col(Teacher.id).in_(teachers)),
        select(col(Location.id), col(Location.name)).where(col(Location.id).in_(locations)),
    )
    return {row[0]: row[1] for row in work.session.connection().execute(named)}
