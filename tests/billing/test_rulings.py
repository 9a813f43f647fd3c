"""A lesson that was cancelled costs what was decided: exactly that, once, no longer than that."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from studio_app.billing.commands.billing_run import bill_term
from studio_app.billing.commands.prices import bill_enrolment
from studio_app.billing.commands.ruling import Ruling, rule_on, withdraw_ruling
from studio_app.billing.rules.pricing import Mode
from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands.lessons import cancel_lesson, restore_lesson
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.models.setup import Term
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import World

DAY = timedelta(days=1)
HALF = Ruling(pounds(10))

pytestmark = pytest.mark.usefixtures("promises")


@requires(Permission.JOBS_RUN)
def decide(work: Work, seat_id: SeatId, ruling: Ruling) -> None:
    rule_on(work, seat_id, ruling)


@requires(Permission.JOBS_RUN)
def take_back(work: Work, seat_id: SeatId) -> None:
    withdraw_ruling(work, seat_id)


class Desk:
    def __init__(self, till: Till, lessons: Lessons) -> None:
        self.till, self.lessons, self.world = till, lessons, till.world
        self.system = Actor.system(self.world.harmony)

    def cancel(self, seat_id: SeatId, ruling: Ruling | None = None) -> None:
        if ruling:
            self.world.run(self.system, decide, seat_id, ruling)
        self._say(seat_id, cancel_lesson)

    def restore(self, seat_id: SeatId) -> None:
        self._say(seat_id, restore_lesson)

    def sold(self) -> list[SeatId]:
        """Four lessons at £20 that are billed before they are held."""
        first = self.world.now + DAY
        enrolment = self.lessons.enrolment(first)
        seats = [
            self.lessons.seat(first + n * timedelta(weeks=1), enrolment=enrolment) for n in range(4)
        ]
        term = Term(name="Autumn", starts_on=first.date(), ends_on=date(2027, 1, 31))
        self.lessons.save(term)
        self.world.run(self.world.olivia, bill_enrolment, enrolment.id, Mode.ADVANCE)
        self.world.run(self.world.olivia, bill_term, term.id, sending=True)
        return seats

    def _say(self, seat_id: SeatId, use_case: Callable[..., None]) -> None:
        seat = self.world.as_(self.world.olivia).session.get_one(Seat, seat_id)
        self.world.run(self.world.olivia, use_case, seat.lesson_id)
        self.till.hear()


@pytest.fixture
def desk(till: Till, lessons: Lessons) -> Desk:
    till.price(pounds(20))
    return Desk(till, lessons)


def test_without_a_decision_nothing_is_owed(desk: Desk) -> None:
    desk.cancel(desk.lessons.seat(desk.world.now + DAY))
    assert desk.till.balance() == 0


def test_it_may_cost_what_it_would_have_cost(desk: Desk) -> None:
    desk.cancel(desk.lessons.seat(desk.world.now + DAY), Ruling())
    assert desk.till.balance() == 2000
    assert desk.till.account("income") == -2000


def test_it_may_cost_a_part_and_is_charged_once(desk: Desk) -> None:
    seat = desk.lessons.seat(desk.world.now + DAY)
    desk.cancel(seat, HALF)
    desk.till.deliver(seat)
    assert desk.till.balance() == 1000
    [(words,)] = desk.till.rows("select words->>'msgid' from ledger_transaction")
    assert "cancelled" in words


def test_a_decision_that_is_taken_back_costs_nothing(desk: Desk) -> None:
    seat = desk.lessons.seat(desk.world.now + DAY)
    desk.cancel(seat, HALF)
    desk.world.run(desk.system, take_back, seat)
    desk.till.deliver(seat)
    assert desk.till.balance() == 0


def test_a_lesson_that_takes_place_after_all_costs_what_lessons_cost(desk: Desk) -> None:
    seat = desk.lessons.seat(desk.world.now + DAY)
    desk.cancel(seat, HALF)
    desk.restore(seat)
    assert desk.till.balance() == 0
    desk.till.at(desk.world.now + 2 * DAY).mark(seat)
    assert desk.till.balance() == 2000


def test_what_was_sold_stays_sold_and_is_earned(desk: Desk) -> None:
    first, *_others = desk.sold()
    assert (desk.till.balance(), desk.till.account("deferred_income")) == (8000, -8000)
    desk.cancel(first, Ruling())
    assert desk.till.balance() == 8000
    assert (desk.till.account("deferred_income"), desk.till.account("income")) == (-6000, -2000)


def test_of_what_was_sold_a_part_is_given_back(desk: Desk) -> None:
    first, *_others = desk.sold()
    desk.cancel(first, HALF)
    assert desk.till.balance() == 7000
    assert (desk.till.account("deferred_income"), desk.till.account("income")) == (-6000, -1000)
    desk.till.deliver(first)
    assert desk.till.balance() == 7000


def test_what_was_sold_and_decided_to_cost_nothing_is_given_back(desk: Desk) -> None:
    first, *_others = desk.sold()
    desk.cancel(first, Ruling(pounds(0)))
    assert desk.till.balance() == 6000


def test_what_was_sold_is_owed_in_full_where_it_takes_place_after_all(desk: Desk) -> None:
    first, *_others = desk.sold()
    desk.cancel(first, HALF)
    desk.restore(first)
    assert desk.till.balance() == 8000
    assert (desk.till.account("deferred_income"), desk.till.account("income")) == (-8000, 0)
    desk.till.at(desk.world.now + 2 * DAY).mark(first)
    assert desk.till.balance() == 8000
    assert (desk.till.account("deferred_income"), desk.till.account("income")) == (-6000, -2000)


def test_another_studio_cannot_be_ruled_on(desk: Desk, world: World) -> None:
    seat = desk.lessons.seat(world.now + DAY)
    with pytest.raises(Exception, match="foreign key"):
        world.run(Actor.system(world.rival), decide, seat, Ruling())
