"""A lesson is charged once it is held, at the price of its day, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from studio_app.attendance.commands import undo_mark
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.billing_run import bill_term
from studio_app.billing.commands.prices import (
    NegativePrice,
    PriceInUse,
    bill_enrolment,
    charge_fee,
    set_price,
)
from studio_app.billing.rules.ledger import TaxRate
from studio_app.billing.rules.pricing import Mode, Per, Scope
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import SeatId
from studio_app.scheduling.models.setup import Term
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World


@pytest.mark.parametrize("outcome", [Outcome.PRESENT, Outcome.LATE, Outcome.NO_SHOW])
def test_a_billable_lesson_is_owed(
    world: World, lessons: Lessons, till: Till, outcome: Outcome
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR), outcome)
    assert till.balance() == 2500
    assert till.account("income") == -2500


def test_an_excused_lesson_is_not_owed(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR), Outcome.EXCUSED)
    assert till.balance() == 0


def test_a_change_of_mind_is_reversed_and_charged_again(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    till.mark(seat, Outcome.EXCUSED)
    assert till.balance() == 0
    till.mark(seat, Outcome.LATE)
    assert till.balance() == 2500
    kinds = till.rows("select kind, nth from ledger_transaction order by kind, nth")
    assert kinds == [("charge", 1), ("charge", 2), ("reversal", 1)]


def test_an_undone_mark_is_not_owed(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    world.run(world.tom, undo_mark, seat)
    till.deliver(seat)
    assert till.balance() == 0


def test_the_same_news_twice_charges_once(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    till.deliver(seat)
    assert till.balance() == 2500


def test_a_lesson_cancelled_after_the_mark_is_given_back(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    lessons.cancel(seat)
    till.deliver(seat)
    assert till.balance() == 0


def test_the_price_of_the_day_counts(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.price(pounds(28), from_on=date(2026, 9, 1))
    till.mark(lessons.seat(world.now - timedelta(days=1)))
    till.mark(lessons.seat(world.now - HOUR))
    assert till.balance() == 2500 + 2800


def test_the_most_specific_price_wins(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.price(pounds(22), scope=Scope(student_id=world.student_id))
    till.price(pounds(30), scope=Scope(teacher_id=world.teacher_id))
    till.mark(lessons.seat(world.now - HOUR))
    assert till.balance() == 2200


def test_what_was_held_without_a_price_is_charged_once_it_has_one(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.mark(lessons.seat(world.now - HOUR))
    assert till.balance() == 0
    till.price(pounds(25))
    assert till.balance() == 2500


def test_a_price_that_was_billed_is_not_rewritten(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.price(pounds(26))  # nobody was billed yet: a slip of the hand is mended
    till.mark(lessons.seat(world.now - HOUR))
    assert till.balance() == 2600
    with pytest.raises(PriceInUse):
        till.price(pounds(27))


def test_prices_are_the_offices_and_their_scope_is_known(world: World) -> None:
    day = date(2026, 9, 1)
    with pytest.raises(NegativePrice):
        world.run(world.olivia, set_price, -pounds(1), from_on=day)
    with pytest.raises(Forbidden):
        world.run(world.tom, set_price, pounds(1), from_on=day)
    scope = Scope(student_id=world.student_id)
    with pytest.raises(NotFound):
        world.run(world.rita, set_price, pounds(1), from_on=day, scope=scope)


def test_a_fee_is_owed(world: World, till: Till) -> None:
    world.run(world.olivia, charge_fee, world.family_id, pounds(9), description="Piano book")
    assert till.balance() == 900
    with pytest.raises(NotFound):
        world.run(world.rita, charge_fee, world.family_id, pounds(9), description="Book")


@pytest.fixture
def autumn(world: World, lessons: Lessons) -> Term:
    term = Term(name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 9))
    return lessons.save(term)


@pytest.fixture
def in_advance(world: World, lessons: Lessons) -> list[SeatId]:
    """Tuesdays from the sixth week of a ten-week term, sold before they are held."""
    first = datetime(2026, 10, 6, 15, tzinfo=UTC)
    enrolment = lessons.enrolment(first)
    world.run(world.olivia, bill_enrolment, enrolment.id, Mode.ADVANCE)
    return [lessons.seat(first + timedelta(weeks=i), enrolment=enrolment) for i in range(5)]


def test_a_term_is_deferred_until_it_is_held(
    world: World, lessons: Lessons, till: Till, autumn: Term, in_advance: list[SeatId]
) -> None:
    till.price(pounds(25))
    world.run(world.olivia, bill_term, autumn.id)
    assert (till.balance(), till.account("deferred_income")) == (12500, -12500)

    later = world.at(datetime(2026, 10, 6, 16, tzinfo=UTC))
    Till(later).mark(in_advance[0])
    assert (till.balance(), till.account("deferred_income")) == (12500, -10000)
    assert till.account("income") == -2500


def test_starting_mid_term_pays_for_what_is_left(
    world: World, till: Till, autumn: Term, in_advance: list[SeatId]
) -> None:
    till.price(pounds(333), per=Per.TERM)
    world.run(world.olivia, bill_term, autumn.id)
    assert till.balance() == 16650
    words = till.rows(
        "select distinct words->'params'->>'n', words->'params'->>'of' "
        "from ledger_transaction where kind = 'charge'"
    )
    assert words == [("5", "10")]


def test_who_is_excused_from_a_sold_lesson_gets_it_back_once(
    world: World, till: Till, autumn: Term, in_advance: list[SeatId]
) -> None:
    till.price(pounds(25))
    world.run(world.olivia, bill_term, autumn.id)
    later = Till(world.at(datetime(2026, 10, 6, 16, tzinfo=UTC)))
    later.mark(in_advance[0], Outcome.EXCUSED)
    assert (till.balance(), till.account("deferred_income")) == (10000, -10000)
    later.deliver(in_advance[0])
    assert till.balance() == 10000


def test_a_term_is_sold_once(
    world: World, till: Till, autumn: Term, in_advance: list[SeatId]
) -> None:
    till.price(pounds(25))
    first = world.run(world.olivia, bill_term, autumn.id)
    again = world.run(world.olivia, bill_term, autumn.id)
    assert len(first.invoice_ids) == 1
    assert (again.invoice_ids, again.charges) == ((), 0)


def test_tax_inside_a_sold_term_never_becomes_income(
    world: World, till: Till, autumn: Term, in_advance: list[SeatId]
) -> None:
    till.price(pounds(25), tax=TaxRate(2000, included=True))
    world.run(world.olivia, bill_term, autumn.id)
    later = Till(world.at(datetime(2026, 11, 30, tzinfo=UTC)))
    for seat in in_advance:
        later.mark(seat)
    assert till.account("deferred_income") == 0
    assert (till.account("tax"), till.account("income")) == (-2083, -10417)
