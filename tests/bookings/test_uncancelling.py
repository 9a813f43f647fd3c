"""What a family cancelled takes place after all: nothing is left of it, whatever came of it."""

import pytest

from studio_app.bookings.commands.cancelling import (
    UndoIsOver,
)
from studio_app.bookings.commands.unspending import CreditSpent, Instead
from studio_app.bookings.queries.cancelling import cancelling_choices
from studio_app.bookings.queries.consequences import policy_decisions
from studio_app.kit.access import Actor
from studio_app.scheduling.commands.enrolments import unseat_student
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.rules.states import LessonStatus
from tests.attendance.lessons import Lessons
from tests.bookings.calling_off import (
    DAY,
    FOUR,
    HOUR,
    IN_TIME,
    House,
    house,
    office,
    spend,
)

__all__ = ["house", "office"]


def test_undone_everything_is_as_it_was(house: House) -> None:
    house.office.policy(IN_TIME)
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    house.undo(seat)
    assert house.lesson(seat).status == LessonStatus.SCHEDULED
    assert (house.till.balance(), house.left()) == (0, 0)
    [row] = house.world.run(house.world.grace, policy_decisions, house.world.student_id)
    assert row.is_undone
    house.cancel(seat)
    assert (house.till.balance(), house.left()) == (2000, 1)


def test_a_credit_that_was_spent_says_where_and_offers_two_ways_out(house: House) -> None:
    house.office.policy(IN_TIME)
    seat, other = house.office.seat(FOUR), house.office.seat(FOUR + 7 * DAY)
    house.cancel(seat)
    system = Actor.system(house.world.harmony)
    house.world.run(system, spend, house.office, other)
    with pytest.raises(CreditSpent) as said:
        house.undo(seat)
    assert said.value.seats == (other,)
    assert house.lesson(seat).status == LessonStatus.CANCELLED
    house.undo(seat, instead=Instead.PAY_FOR_THE_OTHER)
    assert house.lesson(other).status == LessonStatus.SCHEDULED
    assert house.left() == 0


def test_the_lesson_booked_with_the_credit_can_be_given_up_too(house: House) -> None:
    house.office.policy(IN_TIME)
    seat, other = house.office.seat(FOUR), house.office.seat(FOUR + 7 * DAY)
    house.cancel(seat)
    house.world.run(Actor.system(house.world.harmony), spend, house.office, other)
    house.undo(seat, instead=Instead.CANCEL_THE_OTHER)
    assert house.lesson(other).status == LessonStatus.CANCELLED
    assert (house.left(), house.till.balance()) == (0, 0)


def test_a_family_undoes_soon_and_the_office_until_the_lesson(house: House) -> None:
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    later = house.at(house.world.now + HOUR)
    with pytest.raises(UndoIsOver):
        later.undo(seat)
    later.undo(seat, actor=house.world.olivia)
    assert house.lesson(seat).status == LessonStatus.SCHEDULED


def test_a_time_that_was_taken_meanwhile_is_said_without_names(house: House) -> None:
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    other = Lessons(house.world).student("Zelda").id
    house.office.desk.lesson(FOUR, student_ids=(other,))
    with pytest.raises(SlotTaken) as said:
        house.undo(seat)
    assert "Zelda" not in str(said.value)
    assert house.lesson(seat).status == LessonStatus.CANCELLED


def test_what_the_office_took_away_is_not_the_familys_to_undo(house: House) -> None:
    seat = house.office.seat(FOUR)
    lesson_id = house.lesson(seat).id
    office, student = house.world.olivia, house.world.student_id
    house.world.run(office, unseat_student, lesson_id, student)
    with pytest.raises(UndoIsOver):
        house.undo(seat)
    house.undo(seat, actor=office)
    assert house.world.run(house.world.grace, cancelling_choices, [seat])
