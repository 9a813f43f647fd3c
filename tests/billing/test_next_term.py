"""A term that is sold in advance: who goes on is billed once, who does not is not billed."""

from datetime import date, time

import pytest

from studio_app.billing.commands.billing_run import Billed, bill_term
from studio_app.billing.commands.prices import bill_enrolment
from studio_app.billing.rules.pricing import Mode, Per
from studio_app.bookings.commands.reenrolling import close_rollover
from tests.billing.till import Till, pounds
from tests.bookings.rolling import NO, YES, Turn, turn_of
from tests.conftest import World
from tests.scheduling.conftest import desk_of

LESSONS = 12


@pytest.fixture
def turn(world: World) -> Turn:
    """Sam's lessons are sold by the term, at £120 for each."""
    made = turn_of(desk_of(world))
    Till(world).price(pounds(120), per=Per.TERM)
    old = made.lesson()
    [enrolment] = made.enrolments(old)
    world.run(world.olivia, bill_enrolment, enrolment.id, Mode.ADVANCE)
    made.send()
    return made


def bill(turn: Turn) -> Billed:
    world = turn.desk.world
    return world.run(world.olivia, bill_term, turn.spring, sending=True)


def owed(turn: Turn) -> int:
    return Till(turn.desk.world).balance()


def test_a_place_that_is_only_held_is_not_sold(turn: Turn) -> None:
    assert bill(turn).charges == 0
    assert owed(turn) == 0


def test_yes_is_billed_once_as_it_was_before(turn: Turn) -> None:
    bill(turn)
    turn.answer(YES)
    assert bill(turn).charges == LESSONS
    assert bill(turn).charges == 0
    assert owed(turn) == 12000


def test_no_is_never_billed(turn: Turn) -> None:
    turn.answer(NO)
    assert bill(turn).charges == 0
    assert owed(turn) == 0


def test_a_change_of_mind_gives_back_what_was_billed_and_asks_for_it_again(turn: Turn) -> None:
    till = Till(turn.desk.world)
    turn.answer(YES)
    bill(turn)
    turn.answer(NO)
    till.hear()
    assert owed(turn) == 0
    turn.answer(YES)
    till.hear()
    assert owed(turn) == 12000
    assert bill(turn).charges == 0
    assert owed(turn) == 12000


def test_what_goes_on_by_itself_is_billed_once_and_given_back_after_a_no(turn: Turn) -> None:
    world = turn.desk.world
    till = Till(world)
    world.run(world.olivia, close_rollover, turn.here, rest=NO)
    endless = turn.lesson(term_id=None, first_on=date(2026, 11, 3), at=time(17))
    [enrolment] = turn.enrolments(endless)
    world.run(world.olivia, bill_enrolment, enrolment.id, Mode.ADVANCE)
    turn.run_id = None
    turn.send()
    turn.answer(YES)
    later = world.at(turn.in_spring(endless)[0].starts_at)
    assert later.now.year == 2027
    charges = bill(turn).charges
    assert charges == len(turn.in_spring(endless))
    assert bill(turn).charges == 0
    turn.answer(NO)
    till.hear()
    assert owed(turn) == 0
