"""Harmony where lessons cost £20, and Grace calls Sam off."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.billing.queries.credits import family_credits
from studio_app.bookings.commands.cancelling import (
    Absence,
    cancel_for_family,
    undo_cancelling,
)
from studio_app.bookings.queries.cancelling import Choice, cancelling_choices
from studio_app.credits.commands.using import use_credit
from studio_app.credits.rules.lots import CreditKind, GoodFor, Need
from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.models.lessons import Lesson, Seat
from tests.billing.till import Till, pounds
from tests.bookings.policies.desk import Office
from tests.scheduling.conftest import TUESDAY, desk_of, wall

FOUR = wall(TUESDAY, 16)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE: dict[str, Any] = {"id": "late", "when": {"notice": {"less_than": "24 h"}}}
CREDIT: dict[str, Any] = {"charge": {"how": "full"}, "credit": {"valid": {"days": 30}}}
IN_TIME = {"rules": [{**LATE, "then": {"charge": {"how": "full"}}}, {"id": "rest", "then": CREDIT}]}
HALF: dict[str, Any] = {
    "rules": [{"id": "rest", "then": {"charge": {"how": "percent", "percent": 50}}}]
}
FEE: dict[str, Any] = {"rules": [{"id": "rest", "then": {"fee": {"minor": 700}}}]}
MONEY: dict[str, Any] = {
    "rules": [
        {
            "id": "rest",
            "then": {"charge": {"how": "full"}, "credit": {"kind": "money", "percent": 100}},
        }
    ]
}
NEVER: dict[str, Any] = {
    "rules": [{**LATE, "then": {"allowed": False}}, {"id": "rest", "then": {}}]
}


@requires(Permission.JOBS_RUN)
def spend(work: Work, office: Office, target: SeatId) -> None:
    world = office.world
    lesson = GoodFor(office.desk.piano)
    day = work.now.date()
    kinds = frozenset({CreditKind.LESSON, CreditKind.SESSION})
    need = Need(world.family_id, day, kinds, student_id=world.student_id, lesson=lesson)
    use_credit(work, need, target, booked=True)


class House:
    """Harmony's lessons cost £20; Grace cancels for Sam."""

    def __init__(self, office: Office) -> None:
        self.office, self.world = office, office.world
        self.till = Till(office.world)

    def means(self, *seats: SeatId, actor: Actor | None = None, reason: str = "other") -> Choice:
        found = self.world.run(actor or self.world.grace, cancelling_choices, seats)
        return next(one for one in found if one.reason == reason)

    def cancel(self, *seats: SeatId, seen: str | None = None, actor: Actor | None = None) -> str:
        stamp = self.means(*seats).stamp if seen is None else seen
        said = self.world.run(actor or self.world.grace, cancel_for_family, Absence(seats, stamp))
        self.till.hear()
        return said

    def undo(self, *seats: SeatId, actor: Actor | None = None, **how: Any) -> None:
        self.world.run(actor or self.world.grace, undo_cancelling, seats, **how)
        self.till.hear()

    def lesson(self, seat_id: SeatId) -> Lesson:
        session = self.world.as_(self.world.olivia).session
        return session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)

    def left(self) -> int:
        return sum(c.left for c in self.world.run(self.world.olivia, family_credits, self.fam))

    def bookable(self) -> int:
        """What is left and no lesson to come is booked with."""
        cards = self.world.run(self.world.olivia, family_credits, self.fam)
        return sum(card.bookable for card in cards)

    @property
    def fam(self) -> Any:
        return self.world.family_id

    def at(self, moment: Any) -> "House":
        world = self.world.at(moment)
        later = House(Office(replace(self.office.desk, world=world)))
        later.till.heard = self.till.heard
        return later


@pytest.fixture
def house(office: Office) -> House:
    made = House(office)
    made.till.price(pounds(20))
    return made


@pytest.fixture
def office(world: Any) -> Office:
    return Office(desk_of(world))


def packed(house: House) -> SeatId:
    """Three sessions were sold for £50, and one of them pays for the lesson."""
    price = pounds(50)
    offer = Offer("Three lessons", 3, price, house.office.desk.piano)
    package_id = house.world.run(house.world.olivia, offer_package, offer)
    house.world.run(house.world.olivia, sell_package, package_id, house.fam)
    seat = house.office.seat(FOUR)
    house.world.run(Actor.system(house.world.harmony), spend, house.office, seat)
    return seat
