"""Money that a family has in credit: owed to it, spent on invoices, and never lost in the books."""

from datetime import timedelta

import pytest

from studio_app.billing.commands.credits import (
    OfAnotherFamily,
    expire_credits,
    give_credit,
    restore_credit,
    void_credit,
)
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.credits import my_credits
from studio_app.billing.queries.invoices import invoice
from studio_app.credits.commands.giving import NothingLeft
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.access import Actor
from studio_app.kit.ids import CreditLotId, InvoiceId
from studio_app.overview.queries.running_low import packages_running_low
from tests.attendance.lessons import Lessons
from tests.billing.test_packages import Shop
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World

DAY = timedelta(days=1)


@pytest.fixture
def purse(till: Till, promises: None) -> Till:
    return till


def give(till: Till, amount: int, *, days: int = 30) -> CreditLotId:
    world = till.world
    until = world.now.date() + days * DAY
    given = (world.family_id, CreditKind.MONEY, amount * 100)
    return world.run(world.olivia, give_credit, *given, reason="Sorry", valid_until=until)


def bill(till: Till, amount: int) -> InvoiceId:
    world = till.world
    fee = pounds(amount)
    world.run(world.olivia, charge_fee, world.family_id, fee, description="A book")
    return till.bill().invoice_ids[0]


def accounts(till: Till) -> tuple[int, int, int]:
    named = ("credit_given", "credit_owed", "expired_credit")
    given, owed, expired = (till.account(name) for name in named)
    return given, owed, expired


def test_it_is_owed_to_the_family_until_it_is_spent(purse: Till) -> None:
    give(purse, 30)
    assert accounts(purse) == (3_000, -3_000, 0)
    assert purse.balance() == 0
    invoice_id = bill(purse, 20)
    assert accounts(purse) == (3_000, -1_000, 0)
    assert (purse.balance(), purse.settlement(invoice_id).balance_due) == (0, 0)
    [card] = purse.world.run(purse.world.grace, my_credits)
    assert card.standing == "£10.00 of £30.00 left"
    assert [line.what for line in card.lines] == ["Used: Invoice 1"]


def test_what_runs_out_first_is_spent_first_and_a_bill_may_take_several(purse: Till) -> None:
    later, sooner = give(purse, 10, days=90), give(purse, 10, days=30)
    bill(purse, 15)
    left = {one.lot_id: one.left for one in purse.world.run(purse.world.grace, my_credits)}
    assert left == {sooner: 0, later: 500}


def test_it_pays_at_once_for_what_is_owed_already(purse: Till) -> None:
    invoice_id = bill(purse, 25)
    give(purse, 30)
    view = purse.world.run(purse.world.grace, invoice, invoice_id)
    assert (view.balance_due, view.credited) == ("£0.00", "£25.00")
    assert purse.account("credit_owed") == -500


def test_what_is_left_can_be_voided_and_restored(purse: Till) -> None:
    world, lot_id = purse.world, give(purse, 30)
    bill(purse, 20)
    entry_id = world.run(world.olivia, void_credit, lot_id, reason="A mistake")
    assert accounts(purse) == (2_000, 0, 0)
    with pytest.raises(NothingLeft):
        world.run(world.olivia, void_credit, lot_id, reason="A mistake")
    invoice_id = bill(purse, 5)
    world.run(world.olivia, restore_credit, entry_id)
    assert accounts(purse) == (3_000, -500, 0)
    assert purse.settlement(invoice_id).balance_due == 0


def test_what_runs_out_is_nobodys(purse: Till) -> None:
    give(purse, 30, days=10)
    later = purse.at(purse.world.now + 11 * DAY)
    later.world.run(Actor.system(later.world.harmony), expire_credits)
    assert accounts(later) == (3_000, 0, -3_000)
    bill(later, 20)
    assert later.balance() == 2_000


def test_a_student_of_another_family_cannot_be_named(
    purse: Till, world: World, lessons: Lessons
) -> None:
    eve = lessons.student("Eve")
    given = (world.family_id, CreditKind.LESSON, 1)
    with pytest.raises(OfAnotherFamily):
        world.run(world.olivia, give_credit, *given, reason="Sorry", student_id=eve.id)


def test_the_office_sees_whose_package_is_nearly_used_up(purse: Till, lessons: Lessons) -> None:
    shop = Shop(purse, lessons)
    shop.sell()
    world = purse.world
    assert world.run(world.olivia, packages_running_low) == []
    purse.mark(lessons.seat(world.now - HOUR))
    [low] = world.run(world.olivia, packages_running_low)
    assert (low.family, low.left) == ("Gray", 2)
