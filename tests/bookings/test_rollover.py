"""A term ends: which weekly lessons go on, and what is held when families are asked."""

from datetime import date, time, timedelta

import pytest

from studio_app.bookings.access.rollover import AlreadySent, NotSentYet
from studio_app.bookings.commands.reenrolling import (
    answer_rollover,
    close_rollover,
)
from studio_app.bookings.commands.rollover import (
    DatesDoNotFit,
    HasNoTimeOfItsOwn,
    NewTerm,
    NothingToContinue,
    RunsAlready,
    change_answer_by,
    discard_rollover,
    leave_out,
    plan_next,
    prepare_rollover,
)
from studio_app.bookings.commands.sending_rollover import (
    DoesNotGo,
    LeavesMeanwhile,
    NobodyToAsk,
    send_rollover,
)
from studio_app.kit.errors import NotFound, Refused
from studio_app.scheduling.commands.enrolments import leave_series
from studio_app.scheduling.commands.series import end_series
from studio_app.scheduling.commands.year import WasAskedAbout, close_studio_on, remove_term
from tests.bookings.rolling import SPRING, YES, Turn, turn_of
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, desk_of

WEEKS_OF_SPRING = 12


@pytest.fixture
def turn(world: World) -> Turn:
    return turn_of(desk_of(world))


def test_a_lesson_that_ends_with_its_term_is_held_when_families_are_asked(turn: Turn) -> None:
    turn.lesson()
    turn.prepare()
    assert turn.in_spring() == []
    turn.send()
    held = turn.next()
    assert (held.first_on, held.at, held.term_id) == (date(2027, 1, 5), time(16), turn.spring)
    assert len(turn.in_spring(held.id)) == WEEKS_OF_SPRING
    assert turn.states() == {"provisional"}
    assert turn.broken() == []


def test_who_leaves_or_was_ended_is_not_asked(turn: Turn) -> None:
    world = turn.desk.world
    left = turn.lesson()
    turn.lesson(at=time(17), until_on=date(2026, 10, 20), term_id=None)
    ended = turn.lesson(at=time(18))
    [place] = turn.enrolments(left)
    world.run(world.olivia, leave_series, place.id, last_on=date(2026, 11, 3))
    world.run(world.olivia, end_series, turn.desk.lessons(ended)[5].id)
    with pytest.raises(NothingToContinue):
        turn.prepare()


def test_a_lesson_until_the_last_tuesday_of_term_counts_as_one_to_its_end(turn: Turn) -> None:
    turn.lesson(term_id=None, until_on=date(2026, 12, 15))
    turn.send()
    assert turn.next().first_on == date(2027, 1, 5)


def test_every_other_week_keeps_its_rhythm(turn: Turn) -> None:
    turn.lesson(every_weeks=2)
    turn.send()
    first = turn.next().first_on
    assert (first - TUESDAY).days % 14 == 0
    assert first >= SPRING[0]


def test_some_are_left_out_and_some_get_another_time(turn: Turn) -> None:
    world = turn.desk.world
    ida = turn.child("Ida")
    turn.lesson()
    turn.lesson(at=time(17), student_ids=(ida,))
    turn.prepare()
    [mine] = turn.places(world.student_id)
    [hers] = turn.places(ida)
    world.run(world.olivia, plan_next, turn.here, mine.lesson_id, weekday=3, at=time(15, 30))
    world.run(world.olivia, leave_out, turn.here, [hers.id])
    turn.send()
    held = turn.next()
    assert (held.first_on, held.weekdays, held.at) == (date(2027, 1, 6), [3], time(15, 30))
    with pytest.raises(NotFound):
        turn.by_telephone(YES, ida)


def test_what_goes_on_by_itself_is_changed_in_the_calendar(turn: Turn) -> None:
    world = turn.desk.world
    turn.lesson(term_id=None)
    turn.prepare()
    [lesson] = turn.weekly()
    with pytest.raises(HasNoTimeOfItsOwn):
        world.run(world.olivia, plan_next, turn.here, lesson.id, weekday=3, at=None)


def test_closed_days_are_left_out_and_a_lesson_without_any_day_is_named(turn: Turn) -> None:
    world = turn.desk.world
    turn.lesson()
    world.run(
        world.olivia,
        close_studio_on,
        name="Snow",
        first_on=SPRING[0],
        last_on=SPRING[0] + timedelta(7),
    )
    turn.prepare()
    other = turn.child("Ida")
    busy = {"first_on": date(2027, 1, 12), "until_on": SPRING[1], "student_ids": (other,)}
    turn.desk.series(**busy, despite="Agreed")
    with pytest.raises(DoesNotGo, match="Tom Teal, Every Tuesday, 16:00"):
        turn.send()
    assert turn.row().state == "prepared"
    [lesson] = turn.weekly()
    world.run(world.olivia, plan_next, turn.here, lesson.id, weekday=2, at=time(17))
    turn.send()
    assert len(turn.in_spring(turn.next().id)) == WEEKS_OF_SPRING - 1


@pytest.mark.parametrize(
    ("first", "last", "answer_by", "why"),
    [
        (date(2026, 12, 18), date(2027, 3, 1), None, "after the old one has ended"),
        (date(2027, 1, 4), date(2027, 3, 1), date(2026, 9, 1), "at least a day"),
        (date(2027, 1, 4), date(2027, 3, 1), date(2027, 3, 2), "the new term is over"),
        (date(2027, 3, 4), date(2027, 3, 1), None, "end after it starts"),
    ],
)
def test_dates_that_do_not_fit_are_said(
    turn: Turn, first: date, last: date, answer_by: date | None, why: str
) -> None:
    world = turn.desk.world
    turn.lesson()
    with pytest.raises(Refused, match=why):
        world.run(
            world.olivia, prepare_rollover, turn.autumn, NewTerm("New", first, last),
            answer_by=answer_by,
        )  # fmt: skip


def test_one_run_at_a_time_between_two_terms(turn: Turn) -> None:
    world = turn.desk.world
    turn.lesson(term_id=None, until_on=date(2026, 12, 15))
    run_id = turn.prepare()
    with pytest.raises(RunsAlready):
        turn.prepare()
    with pytest.raises(NotSentYet):
        world.run(world.grace, answer_rollover, run_id, {})
    world.run(world.olivia, discard_rollover, run_id)
    turn.prepare()
    turn.send()
    with pytest.raises(AlreadySent):
        world.run(world.olivia, send_rollover, turn.here)
    with pytest.raises(DatesDoNotFit):
        world.run(world.olivia, change_answer_by, turn.here, date(2026, 9, 1))
    world.run(world.olivia, change_answer_by, turn.here, date(2026, 10, 1))
    world.run(world.olivia, close_rollover, turn.here, rest=YES)
    with pytest.raises(NothingToContinue):
        turn.prepare()
    with pytest.raises(WasAskedAbout):
        world.run(world.olivia, remove_term, turn.autumn)


def test_with_everybody_left_out_there_is_nobody_to_ask(turn: Turn) -> None:
    world = turn.desk.world
    turn.lesson()
    turn.prepare()
    world.run(world.olivia, leave_out, turn.here, [place.id for place in turn.places()])
    with pytest.raises(NobodyToAsk):
        turn.send()


def test_who_leaves_after_it_was_prepared_is_named(turn: Turn) -> None:
    world = turn.desk.world
    old = turn.lesson()
    turn.prepare()
    [place] = turn.enrolments(old)
    world.run(world.olivia, leave_series, place.id, last_on=date(2026, 11, 3))
    with pytest.raises(LeavesMeanwhile, match="Sam Gray"):
        turn.send()
    assert turn.in_spring() == []
