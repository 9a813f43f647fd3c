"""A booking is paid for by credit: said before, done with it, given back with its time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.billing.queries.credits import my_credits
from studio_app.bookings.access.bookings import seat_of
from studio_app.bookings.commands.deciding import decline_booking, withdraw_booking
from studio_app.bookings.commands.expiring import expire_bookings
from studio_app.bookings.commands.reopening import reopen_booking
from studio_app.bookings.queries.paying import paid_by_credit
from studio_app.bookings.rules.states import BookingKind
from studio_app.credits.rules.lots import GoodFor
from studio_app.kit.access import Actor
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import BookingId, SeatId
from studio_app.scheduling.commands.lessons import cancel_lesson, restore_lesson
from tests.billing.till import Till, pounds
from tests.bookings.conftest import FOUR, Counter
from tests.conftest import HOUR, World
from tests.credits.purse import Purse

DAY = timedelta(days=1)


@pytest.fixture
def purse(world: World) -> Purse:
    return Purse(world)


def stands(world: World) -> list[tuple[int, int, int]]:
    return [(one.left, one.booked, one.bookable) for one in world.run(world.grace, my_credits)]


def seat_of_booking(counter: Counter, booking_id: BookingId) -> SeatId:
    world, row = counter.world, counter.row(booking_id)
    found = seat_of(world.as_(world.olivia), row.lesson_id, row.student_id)
    assert found
    return found


def test_what_pays_is_said_before_and_after(counter: Counter, purse: Purse, world: World) -> None:
    asked = (paid_by_credit, counter.wish, FOUR + HOUR / 2)
    assert world.run(world.grace, *asked).words == ""
    purse.give(3, until=purse.today + 30 * DAY)
    said = world.run(world.grace, *asked)
    assert said.words == "Paid by 1 of your 3 credits; 2 left after it."
    booking_id = counter.book()
    assert stands(world) == [(3, 1, 2)]
    assert counter.status(booking_id).paid_by == "Paid by credit. Given by the studio: Sorry"


def test_what_runs_out_first_is_taken_and_what_does_not_fit_is_left(
    counter: Counter, purse: Purse
) -> None:
    other = purse.give(until=purse.today + DAY, good_for=GoodFor(minutes=45))
    later = purse.give(until=purse.today + 9 * DAY)
    soon = purse.give(until=purse.today + 3 * DAY)
    counter.book()
    world = counter.world
    left = {one.lot_id: one.bookable for one in world.run(world.grace, my_credits)}
    assert left == {soon: 0, later: 1, other: 1}


def test_it_is_given_back_when_the_booking_ends(
    counter: Counter, purse: Purse, world: World
) -> None:
    purse.give()
    counter.reviewing()
    taken_back = counter.book()
    world.run(world.grace, withdraw_booking, taken_back)
    assert stands(world) == [(1, 0, 1)]
    declined = counter.book()
    counter.settled(declined)
    assert stands(world) == [(1, 1, 0)]
    world.run(world.olivia, decline_booking, declined)
    assert stands(world) == [(1, 0, 1)]
    world.run(world.olivia, reopen_booking, declined)
    assert stands(world) == [(1, 1, 0)]
    later = counter.later(30)
    later.world.run(Actor.system(world.harmony), expire_bookings)
    assert stands(later.world) == [(1, 0, 1)]


def test_it_is_never_charged_and_comes_back_with_the_lesson(
    counter: Counter, purse: Purse, world: World
) -> None:
    till = Till(world)
    till.price(pounds(40))
    purse.give(until=purse.today + 20 * DAY)
    booking_id = counter.book()
    counter.settled(booking_id)
    lesson_id = counter.row(booking_id).lesson_id
    till.hear()
    world.run(world.olivia, cancel_lesson, lesson_id)
    till.hear()
    assert stands(world) == [(1, 0, 1)]
    world.run(world.olivia, restore_lesson, lesson_id)
    till.hear()
    assert stands(world) == [(1, 1, 0)]
    after = till.at(FOUR + HOUR)
    seat_id = seat_of_booking(counter, booking_id)
    after.world.run(world.tom, mark_seat, seat_id, Outcome.PRESENT)
    after.hear()
    assert (after.balance(), stands(after.world)) == (0, [(0, 0, 0)])


def test_a_weekly_place_and_strangers_have_none(
    counter: Counter, purse: Purse, world: World
) -> None:
    purse.give()
    weekly = replace(counter.wish, kind=BookingKind.WEEKLY)
    assert world.run(world.grace, paid_by_credit, weekly, FOUR + HOUR).lot_id is None
    counter.weekly()
    assert stands(world) == [(1, 0, 1)]
    with pytest.raises(NotFound):
        world.run(world.rita, paid_by_credit, counter.wish, FOUR + HOUR)
