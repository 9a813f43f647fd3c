"""Harmony with hours that families may book in."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from studio_app.bookings.commands.booking import book
from studio_app.bookings.commands.settling import settle_booking
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.queries.bookings import BookingRow, booking_status
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.access import Actor
from studio_app.kit.ids import BookingId, LessonTypeId
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.rules.states import Confirming
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk_of, wall

FOUR = wall(TUESDAY, 16)
HOURS = TeachingHours(15 * 60, 18 * 60, weekday=2)


@dataclass(frozen=True)
class Counter:
    """What families have in front of them when they book."""

    desk: Desk

    @property
    def world(self) -> World:
        return self.desk.world

    @property
    def wish(self) -> BookingWish:
        world = self.world
        return BookingWish(world.student_id, self.desk.piano, world.teacher_id, FOUR)

    def book(self, actor: Actor | None = None, at: datetime = FOUR, **wishes: Any) -> BookingId:
        wish = replace(self.wish, starts_at=at, **wishes)
        return self.world.run(actor or self.world.grace, book, wish)

    def settled(self, booking_id: BookingId) -> BookingRow:
        """What the family reads once the background has looked at it."""
        world = self.world
        world.run(Actor.system(world.harmony), settle_booking, booking_id)
        return self.status(booking_id)

    def status(self, booking_id: BookingId) -> BookingRow:
        return self.world.run(self.world.grace, booking_status, booking_id)

    def row(self, booking_id: BookingId) -> Booking:
        return self.world.as_(self.world.olivia).session.get_one(Booking, booking_id)

    def rules(self, lesson_type_id: LessonTypeId | None = None, **rules: Any) -> None:
        change = RuleChange(**rules)
        world = self.world
        world.run(world.olivia, set_booking_rules, change, lesson_type_id=lesson_type_id)

    def reviewing(self) -> "Counter":
        self.rules(confirming=Confirming.REVIEW)
        return self

    def weekly(self, at: datetime = FOUR) -> BookingId:
        return self.book(at=at, kind=BookingKind.WEEKLY)

    def later(self, days: float) -> "Counter":
        world = self.world
        return Counter(replace(self.desk, world=world.at(world.now + timedelta(days=days))))


@pytest.fixture
def counter(world: World) -> Counter:
    """Tom offers Tuesdays from three to six, in half hours, at the school."""
    desk = desk_of(world)
    hours = replace(HOURS, location_id=desk.location_id, slot_minutes=30)
    world.run(world.tom, offer_hours, world.teacher_id, hours)
    return Counter(desk)


@pytest.fixture
def choir(counter: Counter) -> Any:
    """A group of two."""
    world = counter.world
    details = LessonTypeDetails("Choir", minutes=60, capacity=2)
    return world.run(world.olivia, add_lesson_type, details)
