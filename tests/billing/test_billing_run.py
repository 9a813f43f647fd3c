"""A month is billed: what is on it, what must be decided, and that it happens once."""

from datetime import date, timedelta

import pytest

from studio_app.attendance.commands import leave_for_later
from studio_app.billing.commands.billing_run import Undecided
from studio_app.billing.commands.payments import (
    post_opening_balance,
)
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.billing_run import month_preview, unbilled_held_lessons
from studio_app.billing.queries.invoices import invoice
from studio_app.billing.rules.charging import Problem
from studio_app.billing.rules.ledger import TaxRate
from studio_app.kit.ids import InvoiceId
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World


def test_a_month_is_billed_in_one_line_per_kind_of_lesson(
    world: World, till: Till, sent: InvoiceId
) -> None:
    shown = world.run(world.olivia, invoice, sent)
    assert [(line.title, line.quantity, line.unit, line.amount) for line in shown.lines] == [
        ("Piano, 30 min · Sam Gray", 2, "£25.00", "£50.00")
    ]
    assert (shown.card.number, shown.total, shown.balance_due) == (1, "£50.00", "£50.00")
    assert shown.card.period == "September 2026"
    assert till.balance() == 5000


def test_a_run_that_is_run_again_writes_nothing(till: Till, sent: InvoiceId) -> None:
    again = till.bill()
    assert (again.invoice_ids, again.charges) == ((), 0)
    assert till.rows("select count(*) from invoice") == [(1,)]


def test_numbers_are_consecutive(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    other = lessons.student("Ann")
    till.mark(lessons.seat(world.now - HOUR))
    till.mark(lessons.seat(world.now - 2 * HOUR, student_id=other.id))
    till.bill()
    till.mark(lessons.seat(world.now - 3 * HOUR))
    till.bill()
    assert till.rows("select number from invoice order by number") == [(1,), (2,), (3,)]


def test_an_unrecorded_lesson_must_be_decided(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - 2 * HOUR))
    forgotten = lessons.seat(world.now - HOUR)

    preview = world.run(world.olivia, month_preview, date(2026, 9, 1))
    assert [(d.seat_id, d.problem) for d in preview.to_decide] == [(forgotten, Problem.UNRECORDED)]
    with pytest.raises(Undecided, match="1 lesson is not recorded"):
        till.bill()
    billed = till.bill(leaving=[forgotten])
    assert till.settlement(billed.invoice_ids[0]).total == 2500


def test_what_is_left_for_later_is_left_in_every_run_and_listed(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - 2 * HOUR))
    forgotten = lessons.seat(world.now - HOUR)
    world.run(world.olivia, leave_for_later, [forgotten])

    preview = world.run(world.olivia, month_preview, date(2026, 9, 1))
    assert ([d.seat_id for d in preview.left], preview.to_decide) == ([forgotten], ())
    till.bill()
    till.mark(forgotten)
    again = world.run(world.olivia, month_preview, date(2026, 9, 1))
    assert (again.left, again.total_minor) == ((), 2500)


def test_a_lesson_left_for_later_comes_back_the_month_after(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - 2 * HOUR))
    in_august = lessons.seat(world.now - timedelta(days=5))
    till.mark(lessons.seat(world.now - timedelta(days=6)))

    preview = world.run(world.olivia, month_preview, date(2026, 9, 1))
    assert [one.seat_id for one in preview.to_decide] == [in_august]
    with pytest.raises(Undecided, match="1 lesson is not recorded"):
        till.bill()
    till.mark(in_august)
    [invoice_id] = till.bill().invoice_ids
    assert till.settlement(invoice_id).total == 3 * 2500


def test_a_lesson_without_a_price_must_be_decided(
    world: World, lessons: Lessons, till: Till
) -> None:
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    with pytest.raises(Undecided, match="no price"):
        till.bill()
    assert [each.seat_id for each in world.run(world.olivia, unbilled_held_lessons)] == [seat]
    till.price(pounds(25))
    assert world.run(world.olivia, unbilled_held_lessons) == []
    assert len(till.bill().invoice_ids) == 1


def test_the_preview_shows_what_the_run_writes(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    preview = world.run(world.olivia, month_preview, date(2026, 9, 1))
    family = preview.families[0]
    assert (family.family, family.total, family.changes) == ("Gray", "£25.00", ("First invoice",))
    assert till.rows("select count(*) from invoice") == [(0,)]
    billed = till.bill()
    assert till.settlement(billed.invoice_ids[0]).total == preview.total_minor


def test_the_preview_says_what_is_other_than_last_time(
    world: World, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    preview = world.run(world.olivia, month_preview, date(2026, 9, 1))
    assert preview.families[0].changes == ("Piano, 30 min · Sam Gray: 1 instead of 2",)
    assert preview.families[0].last_total == "£50.00"


def test_what_was_owed_before_is_on_the_first_invoice(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    world.run(world.olivia, post_opening_balance, world.family_id, pounds(40), date(2026, 9, 1))
    till.mark(lessons.seat(world.now - HOUR))
    billed = till.bill().invoice_ids[0]
    titles = [line.title for line in world.run(world.olivia, invoice, billed).lines]
    assert titles == ["Balance brought forward from before Cadenza", "Piano, 30 min · Sam Gray"]
    assert till.settlement(billed).total == 6500


def test_tax_is_worked_out_once_per_rate_and_adds_up(
    world: World, lessons: Lessons, till: Till
) -> None:
    rate = TaxRate(2000, included=False)
    till.price(pounds(25), tax=rate)
    till.mark(lessons.seat(world.now - HOUR))
    for amount in (33, 33, 34):
        world.run(
            world.olivia,
            charge_fee,
            world.family_id,
            pounds(1).share(amount, 1000),
            description=f"Copies {amount}",
            tax=rate,
        )
    billed = till.bill().invoice_ids[0]
    shown = world.run(world.olivia, invoice, billed)
    assert [(tax.label, tax.amount) for tax in shown.taxes] == [("Tax 20%", "£5.02")]
    assert shown.total == "£30.11"
    assert (till.balance(), till.account("tax")) == (3011, -502)
