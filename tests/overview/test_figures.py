"""How the studio is doing, and what waits for the office: from what is really there."""

from datetime import timedelta
from typing import Any

import pytest

from studio_app.attendance.commands import Outcome, mark_seat
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.rules.status import Method
from studio_app.kit.errors import Forbidden
from studio_app.kit.work import UseCase
from studio_app.overview.queries.figures import studio_figures
from studio_app.overview.queries.lanes import todays_lanes
from studio_app.overview.queries.money import money_by_month
from studio_app.overview.queries.needs_you import Matter, needs_you
from studio_app.scheduling.commands.proposing import decline_times, propose_times
from tests.billing.till import Till, pounds
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, wall

TODAY = TUESDAY - timedelta(days=7)  # the world's now is ten in the morning of that day
DAY = timedelta(days=1)
MONDAY = TODAY - DAY


def test_a_new_studio_has_figures_and_no_needs(world: World) -> None:
    figures = world.run(world.olivia, studio_figures)

    assert [(one.name, one.said, one.note) for one in figures] == [
        ("Collected in September 2026", "£0.00", "Nothing to compare with yet"),
        ("Outstanding", "£0.00", "Nothing is overdue"),
        ("Attendance", "–", "No marks in August 2026 to compare with"),
        ("Active students", "1", "1 new this month, 0 left"),
    ]
    assert world.run(world.olivia, needs_you) == []


def test_money_that_came_in_is_counted_in_its_month(world: World) -> None:
    till = Till(world)
    till.pay(pounds(30))
    for key, day, amount in (("k2", -1, 20), ("k3", -20, 15)):
        received = world.now.date() + timedelta(days=day)
        world.run(
            world.olivia,
            record_payment,
            world.family_id,
            pounds(amount),
            method=Method.CASH,
            received_on=received,
            key=key,
        )

    collected = world.run(world.olivia, studio_figures)[0]
    months = world.run(world.olivia, money_by_month)

    assert (collected.said, collected.trend[-2:]) == ("£30.00", (3500.0, 3000.0))
    assert [(one.month, one.collected) for one in months][-2:] == [
        ("Aug", "£35.00"),
        ("Sept", "£30.00"),
    ]
    assert len(months) == 6


def test_what_is_still_open_of_invoices_stands_beside_it(desk: Desk) -> None:
    till = Till(desk.world)
    till.price(pounds(25))
    desk.lesson(wall(TODAY, 9), student_ids=(desk.world.student_id,))
    [seat] = desk.seats(desk.lessons()[0].id)
    till.mark(seat.id)
    till.bill()
    till.pay(pounds(10))

    outstanding = desk.world.run(desk.world.olivia, studio_figures)[1]
    now = desk.world.run(desk.world.olivia, money_by_month)[-1]

    assert outstanding.said == "£15.00"
    assert (now.collected_minor, now.open_minor) == (1000, 1500)


def test_attendance_leaves_out_who_was_excused(desk: Desk) -> None:
    for hour, outcome in ((7, Outcome.PRESENT), (8, Outcome.NO_SHOW), (9, Outcome.EXCUSED)):
        lesson_id = desk.lesson(wall(TODAY, hour), student_ids=(desk.world.student_id,))
        [seat] = desk.seats(lesson_id)
        desk.world.run(desk.world.olivia, mark_seat, seat.id, outcome)

    assert desk.world.run(desk.world.olivia, studio_figures)[2].said == "50%"


def test_lessons_that_nobody_marked_wait_with_the_first_of_them(desk: Desk) -> None:
    desk.lesson(wall(MONDAY, 15), student_ids=(desk.world.student_id,))
    desk.lesson(wall(MONDAY, 16), student_ids=(desk.world.student_id,))
    desk.lesson(wall(TODAY, 12), student_ids=(desk.world.student_id,))

    need, *others = desk.world.run(desk.world.olivia, needs_you)

    assert [one.matter for one in others] == [Matter.SILENT]
    assert (need.matter, need.n) == (Matter.UNMARKED, 2)
    assert need.words == "2 lessons not marked"
    assert "Tom Teal, Mon 31 Aug: Sam Gray" in need.detail


def test_a_held_lesson_without_a_price_waits(desk: Desk) -> None:
    lesson_id = desk.lesson(wall(MONDAY, 15), student_ids=(desk.world.student_id,))
    [seat] = desk.seats(lesson_id)
    Till(desk.world).mark(seat.id)

    [need] = desk.world.run(desk.world.olivia, needs_you)

    assert (need.matter, need.about) == (Matter.UNPRICED, desk.world.student_id)


def test_today_is_lanes_with_the_present_in_them(desk: Desk) -> None:
    desk.lesson(wall(TODAY, 9), student_ids=(desk.world.student_id,))
    desk.lesson(wall(TODAY, 13), teacher_id=desk.ruth)
    desk.lesson(wall(TUESDAY, 13))

    shown = desk.world.run(desk.world.olivia, todays_lanes)

    assert [(lane.teacher, len(lane.lessons)) for lane in shown.lanes] == [
        ("Ruth Roe", 1),
        ("Tom Teal", 1),
    ]
    assert shown.hours == ("09", "10", "11", "12", "13")
    tom = shown.lanes[1].lessons[0]
    assert (tom.left, tom.width, shown.now) == (0, pytest.approx(0.1), pytest.approx(0.2))


def test_another_studio_sees_none_of_it(desk: Desk) -> None:
    desk.lesson(wall(MONDAY, 15), student_ids=(desk.world.student_id,))
    desk.lesson(wall(TODAY, 9))
    rita = desk.world.rita

    assert desk.world.run(rita, needs_you) == []
    assert desk.world.run(rita, todays_lanes).lanes == ()
    assert desk.world.run(rita, studio_figures)[3].said == "0"


@pytest.mark.parametrize("query", [studio_figures, money_by_month, needs_you, todays_lanes])
def test_a_parent_may_not_ask(world: World, query: UseCase[[], Any]) -> None:
    with pytest.raises(Forbidden):
        world.run(world.grace, query)


def test_proposals_that_nobody_wants_or_answers_wait(desk: Desk) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TODAY + 6 * DAY, 15), student_ids=(world.student_id,))
    times = [wall(TODAY + 7 * DAY, 15), wall(TODAY + 7 * DAY, 16)]
    proposal_id = world.run(world.tom, propose_times, lesson_id, times)

    def waits(here: World) -> list[tuple[str, str]]:
        found = here.run(here.olivia, needs_you)
        return [(one.words, one.detail) for one in found if one.matter is Matter.PROPOSED]

    assert waits(world) == []
    assert waits(world.at(world.now + DAY)) == [
        ("1 proposal of times without a yes", "Sam Gray, Mon 7 Sept, 15:00")
    ]
    world.run(world.grace, decline_times, proposal_id)
    assert waits(world) == [
        ("1 proposal of times without a yes", "Sam Gray, Mon 7 Sept, 15:00: none suits")
    ]
