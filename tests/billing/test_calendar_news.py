"""Whatever becomes of a lesson on the calendar, it is owed once if it is held and else not."""

from datetime import date

import pytest

from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.billing_run import Billed, bill_term
from studio_app.billing.commands.invoices import void_invoice
from studio_app.billing.rules.pricing import Per, Scope
from studio_app.kit.money import Money
from studio_app.people.commands.students import move_student_to_family
from studio_app.scheduling.commands.covering import assign_cover
from studio_app.scheduling.commands.enrolments import seat_student, unseat_student
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson, restore_lesson
from studio_app.scheduling.commands.year import close_studio_on, reopen_studio
from tests.attendance.lessons import Lessons
from tests.billing.month import OCTOBER, WEEK, Month
from tests.billing.till import Till, pounds
from tests.scheduling.conftest import TUESDAY, wall


def test_a_lesson_put_back_is_owed_again_once(month: Month, till: Till) -> None:
    month.hold(0)
    month.do(cancel_lesson, month.lesson(0))
    assert till.balance() == 0
    month.do(restore_lesson, month.lesson(0))
    assert till.balance() == 2500
    month.hold(0)
    assert till.balance() == 2500


def test_what_was_given_back_on_paper_is_billed_again_once(month: Month, till: Till) -> None:
    month.hold(0, 1, 2, 3)
    assert till.settlement(month.till.bill().invoice_ids[0]).total == 10000
    month.do(cancel_lesson, month.lesson(0))
    assert till.settlement(month.till.bill(month=OCTOBER).invoice_ids[0]).total == -2500
    month.do(restore_lesson, month.lesson(0))
    assert till.settlement(month.till.bill(month=OCTOBER).invoice_ids[0]).total == 2500
    assert month.till.bill() == month.till.bill(month=OCTOBER) == Billed()
    assert till.balance() == 10000


def test_a_closure_taken_back_owes_its_lessons_again_once(month: Month, till: Till) -> None:
    month.hold(0, 1)
    closed = month.do(close_studio_on, name="Flood", first_on=TUESDAY, last_on=TUESDAY)
    assert till.balance() == 2500
    month.do(reopen_studio, closed)
    assert till.balance() == 5000


def test_a_guest_is_owed_for_while_they_have_their_seat(
    month: Month, till: Till, lessons: Lessons
) -> None:
    guest = lessons.student("Gil Guest")
    band = month.desk.lesson(wall(TUESDAY, 18), lesson_type_id=month.desk.band)
    month.do(seat_student, band, guest.id)
    [seat] = month.desk.seats(band)
    month.till.mark(seat.id)
    month.till.hear()
    assert till.balance(guest.family_id) == 2500
    month.do(unseat_student, band, guest.id)
    assert till.balance(guest.family_id) == 0
    month.do(seat_student, band, guest.id)
    assert till.balance(guest.family_id) == 2500


def test_a_sold_lesson_put_back_is_owed_before_it_is_held(month: Month, till: Till) -> None:
    month.sell()
    month.do(cancel_lesson, month.lesson(1), early=True)
    assert (till.balance(), till.account("deferred_income")) == (7500, -7500)
    month.do(restore_lesson, month.lesson(1), early=True)
    assert (till.balance(), till.account("deferred_income")) == (10000, -10000)
    month.hold(0, 1, 2, 3)
    assert (till.balance(), till.account("income")) == (10000, -10000)


def test_a_sold_lesson_put_back_costs_what_it_was_sold_for(month: Month, till: Till) -> None:
    month.sell()
    till.price(pounds(35), from_on=TUESDAY)
    month.do(cancel_lesson, month.lesson(1), early=True)
    month.do(restore_lesson, month.lesson(1), early=True)
    assert (till.balance(), till.account("deferred_income")) == (10000, -10000)
    said = till.rows(
        "select about_id, nth, words, price_plan_id, tax_bp, tax_included, student_id "
        "from ledger_transaction where kind = 'charge' order by nth"
    )
    first, again = [row for row in said if row[0] == month.seat(1)]
    assert (first[1], again[1], first[2:]) == (1, 2, again[2:])


def test_a_part_of_a_sold_term_put_back_costs_its_part_to_the_penny(
    month: Month, till: Till
) -> None:
    till.price(Money(10003, "GBP"), per=Per.TERM, from_on=TUESDAY)
    month.sell()
    assert till.balance() == 8002  # four of its five Tuesdays, which is not four times anything
    for nth in range(4):
        month.do(cancel_lesson, month.lesson(nth), early=True)
        month.do(restore_lesson, month.lesson(nth), early=True)
    assert (till.balance(), till.account("deferred_income")) == (8002, -8002)


def test_a_sold_lesson_given_back_and_put_back_is_billed_once(month: Month, till: Till) -> None:
    month.sell()
    month.do(cancel_lesson, month.lesson(1), early=True)
    assert till.settlement(month.bill_the_rest().invoice_ids[0]).total == -2500
    month.do(restore_lesson, month.lesson(1), early=True)
    assert till.settlement(month.bill_the_rest().invoice_ids[0]).total == 2500
    assert month.bill_the_rest() == Billed()
    assert till.balance() == 10000


def test_a_sold_lesson_no_longer_excused_is_owed_again(month: Month, till: Till) -> None:
    month.sell()
    month.till.mark(month.seat(0), Outcome.EXCUSED)
    assert till.balance() == 7500
    month.till.mark(month.seat(0), Outcome.UNMARKED)
    assert till.balance() == 10000


def test_what_was_sold_on_a_void_invoice_is_not_owed_when_put_back(
    month: Month, till: Till
) -> None:
    month.do(cancel_lesson, month.lesson(0), early=True)
    billed = month.sell()
    month.do(cancel_lesson, month.lesson(1), early=True)
    month.do(void_invoice, billed.invoice_ids[0])
    month.do(restore_lesson, month.lesson(1), early=True)
    assert till.balance() == 0


def test_a_lesson_moved_to_the_next_month_is_billed_there(month: Month, till: Till) -> None:
    month.hold(0, 1, 2)
    month.do(move_lesson, month.lesson(3), to=wall(date(2026, 10, 1), 16), early=True)
    assert till.settlement(month.till.bill().invoice_ids[0]).total == 7500
    month.hold(3)
    assert till.settlement(month.till.bill(month=OCTOBER).invoice_ids[0]).total == 2500
    assert till.balance() == 10000


def test_a_billed_lesson_moved_to_the_next_month_is_not_billed_again(
    month: Month, till: Till
) -> None:
    month.hold(0, 1, 2, 3)
    month.till.bill()
    month.do(move_lesson, month.lesson(3), to=wall(date(2026, 10, 1), 16))
    assert month.till.bill(month=OCTOBER) == Billed()
    assert till.balance() == 10000


def test_a_sold_lesson_moved_into_the_next_term_is_not_sold_with_that(
    month: Month, till: Till
) -> None:
    month.sell()
    winter = month.term(OCTOBER, date(2026, 12, 18))
    month.do(move_lesson, month.lesson(3), to=wall(date(2026, 10, 1), 16), early=True)
    assert month.do(bill_term, winter, early=True) == Billed()
    month.hold(3)
    assert (till.balance(), till.account("income")) == (10000, -2500)


@pytest.mark.parametrize("billed", [False, True])
def test_another_teacher_is_another_price_until_it_is_billed(
    month: Month, till: Till, billed: bool
) -> None:
    till.price(pounds(40), scope=Scope(teacher_id=month.desk.ruth))
    month.hold(0, 1)
    if billed:
        month.till.bill(leaving=[month.seat(2), month.seat(3)])
    at = month.lessons[0].starts_at
    month.do(move_lesson, month.lesson(0), to=at, teacher_id=month.desk.ruth)
    assert till.balance() == (5000 if billed else 6500)


def test_a_longer_lesson_costs_more(month: Month, till: Till) -> None:
    till.price(pounds(35), scope=Scope(minutes=45))
    month.hold(0)
    month.do(move_lesson, month.lesson(0), to=month.lessons[0].starts_at, minutes=45)
    assert till.balance() == 3500


def test_a_price_said_later_is_that_of_what_is_not_billed_yet(month: Month, till: Till) -> None:
    month.hold(0, 1)
    sam = Scope(student_id=month.desk.world.student_id)
    month.till.price(pounds(20), scope=sam, from_on=TUESDAY + WEEK)
    assert till.balance() == 2500 + 2000


def test_who_was_charged_gets_it_back_whoever_pays_now(
    month: Month, till: Till, lessons: Lessons
) -> None:
    month.hold(0)
    other = lessons.student("Ben").family_id
    world = month.till.world
    world.run(world.olivia, move_student_to_family, world.student_id, other)
    month.do(cancel_lesson, month.lesson(0))
    assert (till.balance(), till.balance(other)) == (0, 0)


def test_a_substitute_does_not_change_the_price(month: Month, till: Till) -> None:
    till.price(pounds(40), scope=Scope(teacher_id=month.desk.ruth))
    month.hold(0)
    month.do(assign_cover, {month.lesson(0): month.desk.ruth})
    assert till.balance() == 2500
