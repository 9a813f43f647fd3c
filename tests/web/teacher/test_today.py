"""Today on a phone, driven as the browser drives it."""

from datetime import timedelta

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Refused
from studio_app.kit.ids import SeatId
from studio_app.scheduling.models.lessons import Seat
from studio_app.web.teacher import today as page_module
from studio_app.web.teacher.today_state import TodayState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)
QUARTER = HOUR / 4


@pytest.fixture
def seats(world: World, lessons: Lessons) -> list[SeatId]:
    """One over, one on, one to come."""
    starts = (world.now - 2 * HOUR, world.now - QUARTER, world.now + HOUR)
    return [lessons.seat(at) for at in starts]


async def test_the_day_stands_in_order_of_now_soon_and_earlier(
    world: World, visit: Visit, seats: list[SeatId]
) -> None:
    state = visit(world.tom).open(TodayState)

    await state.load()

    shown = [state.earlier, state.now, state.soon]
    assert [[one.id for one in part] for part in shown] == [[str(seat)] for seat in seats]
    assert (state.day, state.marked, state.total, state.to_mark) == ("Tuesday 1 September", 0, 3, 2)
    assert state.now[0].left == "Now, 15 min left"
    assert state.soon[0].gap == "45 min free before"


async def test_one_tap_marks_and_the_notice_takes_it_back(
    world: World, visit: Visit, seats: list[SeatId]
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()

    await state.mark("present", str(seats[1]))
    assert (state.now[0].outcome, state.marked) == ("present", 1)
    assert browser.notice.words == "Sam Gray: present"
    assert browser.notice.undoable

    await state.take_back(str(seats[1]))
    assert (state.now[0].outcome, state.marked) == ("unmarked", 0)


@pytest.mark.parametrize("outcome", ["late", "no_show", "excused"])
async def test_other_outcomes_are_one_tap_too(
    world: World, visit: Visit, seats: list[SeatId], outcome: str
) -> None:
    state = visit(world.tom).open(TodayState)
    await state.mark(outcome, str(seats[0]))
    assert state.earlier[0].outcome == outcome


async def test_the_whole_day_is_one_tap_and_one_undo(
    world: World, visit: Visit, seats: list[SeatId]
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()

    await state.mark_all()
    assert (state.marked, state.to_mark) == (2, 0)
    assert browser.notice.words == "2 lessons marked present"
    await state.mark_all()  # a double tap
    await state.take_all_back()

    assert state.marked == 0


async def test_a_mark_that_is_refused_comes_back_at_once(
    world: World, visit: Visit, seats: list[SeatId]
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()
    before = state.rev

    await state.mark("present", str(seats[2]))

    assert browser.notice.words == "This lesson has not begun yet."
    assert (state.rev, state.soon[0].outcome) == (before + 1, "unmarked")


@pytest.mark.parametrize("outcome", ["", "absent"])
async def test_nonsense_is_refused(
    world: World, visit: Visit, seats: list[SeatId], outcome: str
) -> None:
    browser = visit(world.tom)
    await browser.open(TodayState).mark(outcome, str(seats[0]))
    assert browser.notice.refused


async def test_yesterdays_unmarked_lessons_are_counted_and_marked_here(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    yesterday = lessons.seat(world.now - DAY)
    state = visit(world.tom).open(TodayState)
    await state.load()
    assert [(one.id, one.detail) for one in state.waiting] == [
        (str(yesterday), "Mon 31 Aug, 10:00 · Piano")
    ]

    await state.mark("present", str(yesterday))
    assert state.waiting == []


async def test_a_lesson_that_is_called_off_is_shown_and_not_counted(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    lessons.cancel(lessons.seat(world.now + HOUR))
    state = visit(world.tom).open(TodayState)
    await state.load()
    assert [(one.name, one.standing) for one in state.soon] == [("Sam Gray", "cancelled")]
    assert state.total == 0


async def test_the_sheet_of_a_lesson_says_who_marked_what(
    world: World, visit: Visit, seats: list[SeatId]
) -> None:
    world.run(world.olivia, mark_seat, seats[0], Outcome.LATE)
    state = visit(world.tom).open(TodayState)

    await state.open(f"seat {seats[0]}", True)

    [made] = state.history
    assert (made.words, made.when) == ("Late", "Tue 1 Sept, 10:00 · Olivia Owen")


async def test_what_to_practise_is_shown_at_the_next_lesson(
    world: World, visit: Visit, seats: list[SeatId], lessons: Lessons
) -> None:
    state = visit(world.tom).open(TodayState)
    lesson_id = world.as_(world.tom).session.get_one(Seat, seats[0]).lesson_id
    await state.note({"lesson_id": str(lesson_id), "focus": "Bars 1 to 16"})
    await state.mark("present", str(seats[0]))

    assert state.soon[0].focus == "Bars 1 to 16"


async def test_another_teacher_sees_and_changes_nothing(
    world: World, visit: Visit, seats: list[SeatId]
) -> None:
    browser = visit(Actor.of(world.rita.person_id, world.rival, Role.TEACHER))
    state = browser.open(TodayState)

    await state.load()
    await state.mark("present", str(seats[0]))
    await state.take_back(str(seats[0]))

    assert (state.now, state.soon, state.earlier, state.waiting) == ([], [], [], [])
    assert browser.notice.words == "We could not find that."


async def test_a_parent_may_not_mark(world: World, visit: Visit, seats: list[SeatId]) -> None:
    browser = visit(world.grace)
    await browser.open(TodayState).mark("present", str(seats[0]))
    assert browser.notice.refused
    with pytest.raises(Refused):
        world.run(world.grace, mark_seat, seats[0], Outcome.PRESENT)


def test_the_page_renders() -> None:
    assert "All present" in str(page_module.page())
