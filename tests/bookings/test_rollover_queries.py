"""What the office sees before and while families are asked, and what a family sees."""

from datetime import date, time

import pytest

from studio_app.billing.commands.prices import set_price
from studio_app.billing.rules.pricing import Per
from studio_app.bookings.commands.rollover import leave_out, plan_next
from studio_app.bookings.queries.my_rollovers import my_rollover, my_rollovers
from studio_app.bookings.queries.rollover import families_waited_for, rollover_run, rollovers
from studio_app.bookings.queries.rollover_checks import rollover_checks
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.money import Money
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.year import close_studio_on
from tests.bookings.rolling import NO, SPRING, YES, Turn, turn_of
from tests.conftest import World
from tests.scheduling.conftest import desk_of


@pytest.fixture
def turn(world: World) -> Turn:
    return turn_of(desk_of(world))


def test_before_families_are_asked_everything_in_the_way_is_said(turn: Turn) -> None:
    world = turn.desk.world
    turn.lesson()
    other = turn.child("Ida")
    until = date(2027, 1, 19)
    first = date(2027, 1, 12)
    turn.desk.series(first_on=first, until_on=until, student_ids=(other,), despite="Agreed")
    world.run(
        world.olivia, close_studio_on, name="Snow", first_on=SPRING[0], last_on=date(2027, 1, 6)
    )
    hours = TeachingHours(9 * 60, 12 * 60, weekday=2)
    world.run(world.tom, offer_hours, world.teacher_id, hours)
    world.run(world.olivia, set_price, Money(21600, "GBP"), from_on=date(2026, 9, 1), per=Per.TERM)
    turn.prepare()
    checked = world.run(world.olivia, rollover_checks, turn.here)
    [check] = checked.lessons.values()
    assert check.lessons == 9
    assert check.closed == "1 day is closed: Snow"
    assert len(check.conflicts) == 2
    assert "Ida Other" in check.conflicts[0]
    assert check.cautions == ("11 lessons are outside of the hours of Tom Teal.",)
    assert list(checked.prices.values()) == ["£216.00 a term"]
    assert (checked.conflicts, checked.impossible) == (1, 0)
    turn.send()
    assert len(turn.in_spring(turn.next().id)) == check.lessons


def test_two_lessons_of_a_run_put_onto_each_other_are_said(turn: Turn) -> None:
    world = turn.desk.world
    ida = turn.child("Ida")
    turn.lesson()
    turn.lesson(at=time(17), student_ids=(ida,))
    turn.prepare()
    [hers] = turn.places(ida)
    world.run(world.olivia, plan_next, turn.here, hers.lesson_id, weekday=2, at=time(16))
    checked = world.run(world.olivia, rollover_checks, turn.here)
    assert checked.impossible == 1
    assert "Sam Gray" in checked.lessons[hers.lesson_id].conflicts[0]


def test_the_office_counts_places_and_families(turn: Turn) -> None:
    world = turn.desk.world
    ida, max_ = turn.child("Ida"), turn.child("Max")
    turn.lesson()
    turn.lesson(at=time(17))
    turn.lesson(at=time(18), student_ids=(ida,))
    turn.lesson(at=time(19), student_ids=(max_,))
    turn.prepare()
    world.run(world.olivia, leave_out, turn.here, [one.id for one in turn.places(max_)])
    turn.send()
    [[row, names]] = world.run(world.olivia, families_waited_for)
    assert (row.counts.asked, row.counts.families_waiting) == (3, 2)
    assert len(names) == 2
    turn.answer(YES)
    turn.by_telephone(NO, ida)
    row, places = world.run(world.olivia, rollover_run, turn.here)
    assert (row.counts.yes, row.counts.no, row.counts.waiting) == (2, 1, 0)
    assert row.counts.left_out == 1
    said = {one.student: one.said for one in places}
    assert said["Sam Gray"].startswith("Yes, Tue")
    assert said["Ida Other"].startswith("No, written down by the studio, Tue")
    assert world.run(world.olivia, families_waited_for) == []
    assert [one.id for one in world.run(world.olivia, rollovers)] == [turn.here]


def test_a_family_sees_its_own_and_only_when_it_is_asked(turn: Turn) -> None:
    world = turn.desk.world
    ida = turn.child("Ida")
    turn.lesson()
    turn.lesson(at=time(17), student_ids=(ida,))
    turn.prepare()
    with pytest.raises(NotFound):
        world.run(world.grace, my_rollover, turn.here)
    assert world.run(world.grace, my_rollovers) == []
    turn.send()
    mine = world.run(world.grace, my_rollover, turn.here)
    assert [one.student for one in mine.places] == ["Sam"]
    assert (mine.waiting, mine.may_answer, mine.term) == (1, True, "Spring")
    assert mine.places[0].rhythm == "Every Tuesday, 16:00"
    assert world.run(world.grace, my_rollovers) == [mine]
    for stranger, refusal in ((world.tom, Forbidden), (world.rita, NotFound)):
        with pytest.raises(refusal):
            world.run(stranger, my_rollover, turn.here)
