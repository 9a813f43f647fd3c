"""Cash and transfers: partial, too much, twice, taken back, and seen by nobody else."""

from datetime import date

import pytest

from studio_app.billing.access.sums import balances
from studio_app.billing.commands.ledger import OtherCurrency
from studio_app.billing.commands.payments import (
    NothingToPay,
    NotYetReceived,
    OpeningBalanceDiffers,
    PaymentAlreadyReversed,
    post_opening_balance,
    record_payment,
    reverse_opening_balance,
    reverse_payment,
)
from studio_app.billing.rules.status import Method
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.idempotency import KeyReused
from studio_app.kit.ids import PaymentId
from studio_app.kit.money import Money
from tests.conftest import World

DAY = date(2026, 9, 1)


def pounds(amount: int) -> Money:
    return Money(amount * 100, "GBP")


def pay(world: World, amount: Money, *, key: str = "k1", on: date = DAY) -> PaymentId:
    return world.run(
        world.olivia,
        record_payment,
        world.family_id,
        amount,
        method=Method.CASH,
        received_on=on,
        key=key,
    )


def balance(world: World) -> int:
    return balances(world.as_(world.olivia), [world.family_id])[world.family_id]


def test_a_payment_lowers_what_is_owed(world: World) -> None:
    world.run(world.olivia, post_opening_balance, world.family_id, pounds(50), DAY)
    pay(world, pounds(20))
    assert balance(world) == 3000


def test_too_much_is_credit(world: World) -> None:
    pay(world, pounds(20))
    assert balance(world) == -2000


def test_the_same_payment_sent_twice_is_one(world: World) -> None:
    assert pay(world, pounds(20)) == pay(world, pounds(20))
    assert balance(world) == -2000


def test_the_key_of_another_payment_is_refused(world: World) -> None:
    pay(world, pounds(20))
    with pytest.raises(KeyReused):
        pay(world, pounds(21))


def test_a_reversed_payment_is_owed_again(world: World) -> None:
    payment_id = pay(world, pounds(20))
    world.run(world.olivia, reverse_payment, payment_id)
    assert balance(world) == 0
    with pytest.raises(PaymentAlreadyReversed):
        world.run(world.olivia, reverse_payment, payment_id)


def test_it_refuses_nothing_the_future_and_other_money(world: World) -> None:
    with pytest.raises(NothingToPay):
        pay(world, pounds(0))
    with pytest.raises(NotYetReceived):
        pay(world, pounds(1), on=date(2026, 9, 2))
    with pytest.raises(OtherCurrency):
        pay(world, Money(100, "EUR"))


def test_an_opening_balance_is_posted_once(world: World) -> None:
    first = world.run(world.olivia, post_opening_balance, world.family_id, pounds(50), DAY)
    again = world.run(world.olivia, post_opening_balance, world.family_id, pounds(50), DAY)
    assert first == again
    assert balance(world) == 5000
    with pytest.raises(OpeningBalanceDiffers):
        world.run(world.olivia, post_opening_balance, world.family_id, pounds(51), DAY)


def test_an_opening_balance_can_be_taken_back_and_posted_anew(world: World) -> None:
    world.run(world.olivia, post_opening_balance, world.family_id, pounds(50), DAY)
    world.run(world.olivia, reverse_opening_balance, world.family_id)
    world.run(world.olivia, post_opening_balance, world.family_id, -pounds(8), DAY)
    assert balance(world) == -800


def test_strangers_find_nothing_and_parents_may_not(world: World) -> None:
    payment_id = pay(world, pounds(20))
    with pytest.raises(NotFound):
        world.run(world.rita, reverse_payment, payment_id)
    with pytest.raises(NotFound):
        world.run(world.rita, post_opening_balance, world.family_id, pounds(1), DAY)
    for actor in (world.grace, world.tom):
        with pytest.raises(Forbidden):
            world.run(actor, reverse_payment, payment_id)
