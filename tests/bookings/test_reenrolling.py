"""What an answer does: a family's own, the office's for it, and those at the end."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from studio_app.bookings.access.rollover import RolloverIsClosed
from studio_app.bookings.commands.reenrolling import (
    EverybodyAnswered,
    GivenToSomebody,
    StillUnanswered,
    answer_rollover,
    close_rollover,
    remind_of_rollovers,
    remind_unanswered,
)
from studio_app.bookings.rules.rollover import Answer
from studio_app.kit.access import Actor
from studio_app.kit.errors import NotFound
from studio_app.scheduling.commands.enrolments import leave_series
from studio_app.scheduling.commands.lessons import cancel_lesson
from tests.bookings.rolling import AUTUMN, NO, YES, Turn, turn_of
from tests.conftest import World
from tests.scheduling.conftest import desk_of

WEEKS_OF_SPRING = 12


@pytest.fixture
def turn(world: World) -> Turn:
    return turn_of(desk_of(world))


def test_yes_makes_it_theirs(turn: Turn) -> None:
    turn.lesson()
    turn.send()
    turn.answer(YES)
    assert turn.states() == {"scheduled"}
    [place] = turn.enrolments(turn.next().id)
    assert (place.state, place.ends_on) == ("active", None)
    [said] = turn.places()
    assert (said.answer, said.answered_how) == ("yes", "family")


def test_no_gives_the_time_back_and_keeps_the_reason(turn: Turn) -> None:
    old = turn.lesson()
    turn.send()
    turn.answer(NO, reason=" We move away. ")
    assert turn.states() == {"declined"}
    assert turn.places()[0].reason == "We move away."
    other = turn.child("Ida")
    turn.desk.series(first_on=date(2027, 1, 5), student_ids=(other,), despite="Agreed")
    assert {one.status for one in turn.desk.lessons(old)} == {"scheduled"}
    assert turn.broken() == []


def test_an_answer_may_be_changed_until_the_run_is_closed(turn: Turn) -> None:
    turn.lesson()
    turn.send()
    for answer, state in (
        (NO, "declined"),
        (YES, "scheduled"),
        (NO, "declined"),
        (YES, "scheduled"),
    ):
        turn.answer(answer)
        assert turn.states() == {state}
        assert turn.broken() == []
    world = turn.desk.world
    assert world.run(world.olivia, close_rollover, turn.here) == 0
    with pytest.raises(RolloverIsClosed):
        turn.answer(NO)
    assert turn.states() == {"scheduled"}


def test_the_same_answer_twice_counts_once(turn: Turn) -> None:
    turn.lesson()
    turn.send()
    turn.answer(NO)
    at = turn.places()[0].answered_at
    world = turn.desk.world
    turn.desk = replace(turn.desk, world=world.at(world.now + timedelta(hours=1)))
    turn.answer(NO)
    assert turn.places()[0].answered_at == at


def test_yes_after_no_when_the_time_was_given_away(turn: Turn) -> None:
    turn.lesson()
    turn.send()
    turn.answer(NO)
    other = turn.child("Ida")
    turn.desk.series(first_on=date(2027, 1, 5), student_ids=(other,), despite="Agreed")
    with pytest.raises(GivenToSomebody) as refused:
        turn.answer(YES)
    assert "Ida" not in str(refused.value)
    assert turn.places()[0].answer == "no"
    assert turn.broken() == []


def test_what_has_no_end_goes_on_unless_they_say_no(turn: Turn) -> None:
    series = turn.lesson(term_id=None, first_on=date(2026, 11, 3))
    turn.send()
    assert turn.in_spring(series)
    turn.answer(YES)
    assert turn.states(series) == {"scheduled"}
    turn.answer(NO)
    assert turn.states(series) == {"cancelled"}
    kept = [one for one in turn.desk.lessons(series) if one.starts_at.date() <= AUTUMN[1]]
    assert {one.status for one in kept} == {"scheduled"}
    turn.answer(YES)
    assert turn.states(series) == {"scheduled"}
    assert turn.broken() == []


def test_a_lesson_cancelled_for_itself_stays_cancelled(turn: Turn) -> None:
    series = turn.lesson(term_id=None, first_on=date(2026, 11, 3))
    turn.send()
    [first, *_others] = turn.in_spring(series)
    world = turn.desk.world
    world.run(world.olivia, cancel_lesson, first.id)
    turn.answer(NO)
    turn.answer(YES)
    assert turn.desk.row(first.id).status == "cancelled"


def test_in_a_class_one_leaves_and_the_others_stay(turn: Turn) -> None:
    world = turn.desk.world
    ida = turn.child("Ida")
    both = (world.student_id, ida)
    turn.lesson(lesson_type_id=turn.desk.band, name="Rock band", student_ids=both)
    turn.send()
    held = turn.next().id
    assert turn.states(held) == {"provisional"}
    turn.by_telephone(YES, ida)
    turn.answer(NO)
    assert turn.states(held) == {"scheduled"}
    [lesson, *_later] = turn.in_spring(held)
    seated = {seat.student_id for seat in turn.desk.seats(lesson.id) if seat.left_at is None}
    assert seated == {ida}
    turn.answer(YES)
    seated = {seat.student_id for seat in turn.desk.seats(lesson.id) if seat.left_at is None}
    assert seated == {ida, world.student_id}
    assert turn.broken() == []


def test_two_who_share_a_lesson_both_say_no_and_one_comes_back(turn: Turn) -> None:
    world = turn.desk.world
    ida = turn.child("Ida")
    turn.lesson(lesson_type_id=turn.desk.band, student_ids=(world.student_id, ida))
    turn.send()
    held = turn.next().id
    turn.answer(NO)
    turn.by_telephone(NO, ida)
    assert turn.states(held) == {"declined"}
    turn.answer(YES)
    assert turn.states(held) == {"scheduled"}
    [lesson, *_later] = turn.in_spring(held)
    seated = {seat.student_id for seat in turn.desk.seats(lesson.id) if seat.left_at is None}
    assert seated == {world.student_id}
    assert turn.broken() == []


@pytest.mark.parametrize("rest", [YES, NO])
def test_closing_needs_a_decision_for_the_silent(turn: Turn, rest: Answer) -> None:
    turn.lesson()
    turn.send()
    world = turn.desk.world
    with pytest.raises(StillUnanswered, match="1 place has no answer"):
        world.run(world.olivia, close_rollover, turn.here)
    assert world.run(world.olivia, close_rollover, turn.here, rest=rest) == 1
    assert turn.states() == ({"scheduled"} if rest is YES else {"declined"})
    assert (turn.places()[0].answered_how, turn.row().state) == ("closing", "closed")
    assert turn.broken() == []


def test_families_are_reminded_once_three_days_before(turn: Turn) -> None:
    turn.lesson()
    turn.send()
    world, system = turn.desk.world, Actor.system(turn.desk.world.harmony)
    assert world.run(system, remind_of_rollovers) == "0 places"
    late = world.at(world.now + timedelta(days=11))
    assert late.run(system, remind_of_rollovers) == "1 places"
    assert late.run(system, remind_of_rollovers) == "0 places"
    assert late.run(late.olivia, remind_unanswered, turn.here) == 1
    turn.answer(YES)
    with pytest.raises(EverybodyAnswered):
        late.run(late.olivia, remind_unanswered, turn.here)


def test_strangers_find_nothing(turn: Turn) -> None:
    world = turn.desk.world
    turn.lesson()
    ida = turn.child("Ida")
    turn.lesson(at=time(17), student_ids=(ida,))
    turn.send()
    [hers] = turn.places(ida)
    with pytest.raises(NotFound):
        world.run(world.grace, answer_rollover, turn.here, {hers.id: NO})
    with pytest.raises(NotFound):
        world.run(world.rita, answer_rollover, turn.here, {hers.id: NO})


def test_who_was_taken_out_meanwhile_stays_out_whatever_is_answered(turn: Turn) -> None:
    world = turn.desk.world
    ida = turn.child("Ida")
    both = (world.student_id, ida)
    series = turn.lesson(term_id=None, name="Duo", lesson_type_id=turn.desk.band, student_ids=both)
    turn.send()
    place = next(one for one in turn.enrolments(series) if one.student_id == world.student_id)
    world.run(world.olivia, leave_series, place.id, last_on=date(2026, 11, 3))
    turn.answer(NO)
    turn.answer(YES)
    [kept] = [one for one in turn.enrolments(series) if one.id == place.id]
    assert kept.ends_on == date(2026, 11, 3)
    assert turn.broken() == []
