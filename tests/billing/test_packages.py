"""Ten lessons are sold at once: each that is held takes one, and earns its part of the price."""

from datetime import date, timedelta

import pytest

from studio_app.attendance.commands import mark_day_present, mark_seat, undo_mark
from studio_app.attendance.completing import choose_completion, complete_lessons
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.charging import put_charges_right
from studio_app.billing.commands.credits import PaidFor, expire_credits, void_credit
from studio_app.billing.commands.packages import (
    AlreadyUsed,
    NotAPackage,
    NotOnOffer,
    Offer,
    offer_package,
    sell_package,
    take_back_package,
    withdraw_package,
)
from studio_app.billing.queries.computed import how_computed
from studio_app.billing.queries.credits import CreditCard, family_credits
from studio_app.billing.queries.invoices import invoice
from studio_app.billing.queries.statement import family_statement
from studio_app.billing.rules.ledger import TaxRate
from studio_app.kit.access import Actor
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import PackageId, SaleId, SeatId
from studio_app.kit.money import Money
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.models.lessons import Seat
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR

DAY = timedelta(days=1)
PRICE = Money(10_000, "GBP")


class Shop:
    def __init__(self, till: Till, lessons: Lessons) -> None:
        self.till, self.lessons, self.world = till, lessons, till.world

    def offer(self, **more: object) -> PackageId:
        offer = Offer("Three lessons", 3, PRICE, self.lessons.type_id, **more)  # type: ignore[arg-type]
        return self.world.run(self.world.olivia, offer_package, offer)

    def sell(self, **more: object) -> SaleId:
        world = self.world
        return world.run(world.olivia, sell_package, self.offer(**more), world.family_id)

    def card(self) -> CreditCard:
        [card] = self.world.run(self.world.olivia, family_credits, self.world.family_id)
        return card

    def stands(self) -> tuple[int, int, int]:
        card = self.card()
        return card.left, card.booked, card.bookable

    def at(self, now: object) -> "Shop":
        return Shop(self.till.at(now), self.lessons)  # type: ignore[arg-type]

    def lesson_of(self, seat_id: SeatId) -> object:
        return self.world.as_(self.world.olivia).session.get_one(Seat, seat_id).lesson_id


@pytest.fixture
def shop(till: Till, lessons: Lessons, promises: None) -> Shop:
    till.price(pounds(40))
    return Shop(till, lessons)


def test_the_price_is_owed_and_not_earned_until_the_lessons_are_held(shop: Shop) -> None:
    shop.sell()
    till = shop.till
    assert (till.balance(), till.account("deferred_income"), till.account("income")) == (
        10_000,
        -10_000,
        0,
    )
    earned = list[int]()
    for hours in (1, 2, 3):
        till.mark(shop.lessons.seat(shop.world.now - hours * HOUR))
        earned.append(-till.account("income"))
    assert earned == [3333, 6667, 10_000]
    assert (till.balance(), till.account("deferred_income")) == (10_000, 0)


def test_what_is_held_after_the_last_one_is_charged(shop: Shop) -> None:
    shop.sell()
    for hours in (1, 2, 3, 4):
        shop.till.mark(shop.lessons.seat(shop.world.now - hours * HOUR))
    assert shop.till.balance() == 10_000 + 4_000


def test_exactly_one_is_used_however_often_it_is_said(shop: Shop) -> None:
    shop.sell()
    world, seat = shop.world, shop.lessons.seat(shop.world.now - HOUR)
    for _tab in range(3):
        world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
        shop.till.deliver(seat)
        shop.till.deliver(seat)
    world.run(world.tom, mark_seat, seat, Outcome.LATE)
    shop.till.deliver(seat)
    world.run(Actor.system(world.harmony), put_charges_right)
    assert shop.stands() == (2, 0, 2)
    world.run(world.tom, mark_seat, seat, Outcome.UNMARKED)
    shop.till.deliver(seat)
    shop.till.deliver(seat)
    assert shop.stands() == (3, 0, 3)
    assert shop.till.account("income") == 0


def test_who_did_not_come_has_used_one_and_who_was_excused_has_not(shop: Shop) -> None:
    shop.sell()
    gone, excused = (shop.lessons.seat(shop.world.now - hours * HOUR) for hours in (1, 2))
    shop.till.mark(gone, Outcome.NO_SHOW)
    shop.till.mark(excused, Outcome.EXCUSED)
    assert shop.stands() == (2, 0, 2)


def test_lessons_to_come_are_spoken_for(shop: Shop) -> None:
    shop.sell()
    seats = [shop.lessons.seat(shop.world.now + n * DAY) for n in (1, 2)]
    assert shop.stands() == (3, 2, 1)
    assert shop.card().standing == "3 of 3 left, 2 booked"
    shop.world.run(shop.world.olivia, cancel_lesson, shop.lesson_of(seats[0]))  # type: ignore[arg-type]
    assert shop.stands() == (3, 1, 2)


def test_a_package_of_one_kind_does_not_pay_for_another(shop: Shop) -> None:
    shop.sell(minutes=60)
    shop.till.mark(shop.lessons.seat(shop.world.now - HOUR))
    assert shop.stands() == (3, 0, 3)
    assert shop.till.balance() == 14_000


def test_another_students_lesson_is_not_paid_for(shop: Shop) -> None:
    world = shop.world
    stranger = shop.lessons.student("Eve")
    with pytest.raises(NotFound):
        world.run(world.rita, sell_package, shop.offer(), world.family_id)
    package = shop.offer()
    world.run(world.olivia, sell_package, package, world.family_id, student_id=world.student_id)
    shop.till.mark(shop.lessons.seat(world.now - HOUR, student_id=stranger.id))
    assert shop.stands() == (3, 0, 3)


def test_it_is_on_the_next_invoice_with_its_tax(shop: Shop) -> None:
    shop.sell(tax=TaxRate(2000))
    for hours in (1, 2, 3):
        shop.till.mark(shop.lessons.seat(shop.world.now - hours * HOUR))
    billed = shop.till.bill()
    view = shop.world.run(shop.world.olivia, invoice, billed.invoice_ids[0])
    assert [line.title for line in view.lines] == ["Three lessons"]
    assert (view.card.total, shop.till.account("tax")) == ("£100.00", -1_667)
    assert (shop.till.account("income"), shop.till.account("deferred_income")) == (-8_333, 0)


def test_what_is_unused_can_be_taken_back_and_what_is_used_cannot(shop: Shop) -> None:
    sale = shop.sell()
    world = shop.world
    seat = shop.lessons.seat(world.now - HOUR)
    shop.till.mark(seat)
    with pytest.raises(AlreadyUsed, match="1 of its sessions is used"):
        world.run(world.olivia, take_back_package, sale, reason="A mistake")
    shop.till.mark(seat, Outcome.EXCUSED)
    with pytest.raises(PaidFor):
        world.run(world.olivia, void_credit, shop.card().lot_id, reason="A mistake")
    world.run(world.olivia, take_back_package, sale, reason="A mistake")
    assert (shop.till.balance(), shop.till.account("deferred_income")) == (0, 0)
    assert not shop.card().is_open


def test_what_runs_out_is_nobodys_and_the_books_say_so(shop: Shop) -> None:
    shop.sell(months=1)
    shop.till.mark(shop.lessons.seat(shop.world.now - HOUR))
    later = shop.at(shop.world.now + 40 * DAY)
    system = Actor.system(shop.world.harmony)
    assert later.world.run(system, expire_credits).endswith("1 run out")
    assert (later.till.account("deferred_income"), later.till.account("expired_credit")) == (
        0,
        -6_667,
    )


def test_it_does_not_run_out_while_somebody_has_to_say_what_became_of_a_lesson(shop: Shop) -> None:
    shop.sell(months=1)
    seat = shop.lessons.seat(shop.world.now + 20 * DAY)
    later = shop.at(shop.world.now + 40 * DAY)
    system = Actor.system(shop.world.harmony)
    assert later.world.run(system, expire_credits).endswith("0 run out")
    later.till.mark(seat)
    assert later.till.balance() == 10_000
    assert later.world.run(system, expire_credits).endswith("1 run out")


def test_only_the_office_sells_and_only_what_is_on_offer(shop: Shop) -> None:
    world, package = shop.world, shop.offer()
    with pytest.raises(Forbidden):
        world.run(world.grace, sell_package, package, world.family_id)
    world.run(world.olivia, withdraw_package, package)
    with pytest.raises(NotOnOffer):
        world.run(world.olivia, sell_package, package, world.family_id)
    with pytest.raises(NotAPackage):
        world.run(world.olivia, offer_package, Offer(" ", 10, PRICE))


def test_lessons_complete_themselves_once_where_the_studio_wants_that(shop: Shop) -> None:
    shop.sell()
    world = shop.world
    system = Actor.system(world.harmony)
    over, to_come = (shop.lessons.seat(world.now + n * HOUR) for n in (-1, 1))
    assert world.run(system, complete_lessons) == "0 completed"
    world.run(world.olivia, choose_completion, completes=True)
    assert world.run(system, complete_lessons) == "1 completed"
    world.run(world.tom, mark_day_present, date(2026, 9, 1))
    shop.till.hear()
    assert world.run(system, complete_lessons) == "0 completed"
    assert shop.stands() == (2, 1, 1)
    world.run(world.tom, undo_mark, over)
    assert world.run(system, complete_lessons) == "0 completed"  # somebody said otherwise
    assert to_come


def test_a_statement_names_the_lessons_that_credit_paid_for(shop: Shop) -> None:
    shop.sell()
    shop.till.mark(shop.lessons.seat(shop.world.now - HOUR))
    billed = shop.till.bill()
    world = shop.world
    found = world.run(world.grace, family_statement, world.family_id)
    [line] = found.lines
    [lesson] = found.by_credit
    assert (line.title, line.amount_minor) == ("Three lessons", 10_000)
    assert (lesson.lesson, lesson.student) == ("Piano, Tue 1 Sept, 09:00", "Sam Gray")
    assert lesson.paid_by == "Paid by credit. Bought: Three lessons"
    computed = world.run(world.grace, how_computed, billed.invoice_ids[0])
    assert computed.matches
    assert [one.paid_by for one in computed.by_credit] == [lesson.paid_by]
