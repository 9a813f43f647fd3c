"""The teacher's day on a phone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import Outcome, day_sheet
from studio_app.kit.access import Actor, Role
from studio_app.kit.ids import SeatId
from studio_app.people.models import Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.teacher import today as page_module
from studio_app.web.teacher.today_state import TodayState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
HALF = timedelta(minutes=30)


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


@pytest.fixture
def day(world: World, lessons: Lessons) -> dict[str, SeatId]:
    """Sam was here at nine, Mia is here now, Ben and Ida come later."""
    now = world.now - timedelta(minutes=10)
    return {
        "sam": lessons.seat(world.now - HOUR),
        "mia": lessons.seat(now, student_id=lessons.student("Mia").id),
        "ben": lessons.seat(world.now + HOUR, student_id=lessons.student("Ben").id),
        "ida": lessons.seat(world.now + 2 * HOUR, student_id=lessons.student("Ida").id),
    }


def outcomes(world: World, actor: Actor) -> list[str]:
    return [seat.outcome.value for seat in world.run(actor, day_sheet, world.now.date())]


async def test_the_day_is_sorted_into_now_next_and_earlier(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    state = visit(world.tom).open(TodayState)

    await state.load()

    assert ([line.name for line in state.current], state.is_now) == (["Mia"], True)
    assert [line.name for line in state.coming] == ["Ben", "Ida"]
    assert [line.name for line in state.earlier] == ["Sam Gray"]
    assert state.progress == "0 of 4 marked"


async def test_between_lessons_the_next_one_stands_first(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now + HOUR)
    state = visit(world.tom).open(TodayState)

    await state.load()

    assert ([line.name for line in state.current], state.is_now) == (["Sam Gray"], False)
    assert (state.coming, state.earlier, state.can_mark_all) == ([], [], False)


async def test_the_card_remembers_what_was_noted_last_time(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    before = lessons.seat(world.now - timedelta(days=7))
    session = world.as_(world.olivia).session
    noted = session.get_one(Lesson, session.get_one(Seat, before).lesson_id)
    noted.focus = "Left hand alone."
    session.commit()
    lessons.seat(world.now)
    state = visit(world.tom).open(TodayState)

    await state.load()

    [line] = state.current
    assert (line.note_from, line.note) == ("Tue 25 Aug", "Left hand alone.")


async def test_one_tap_marks_and_can_be_taken_back(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()

    await state.mark("late", str(day["sam"]))
    assert ([line.outcome for line in state.earlier], state.marked) == (["late"], 1)
    assert browser.notice.undoable

    await state.take_back(str(day["sam"]))
    assert ([line.outcome for line in state.earlier], state.marked) == (["unmarked"], 0)


async def test_a_mark_that_has_arrived_can_be_taken_back(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()
    before = state.shown_as
    world.run(world.tom, mark_seat, day["sam"], Outcome.LATE)

    await state.sent(1, str(day["sam"]), "late")

    assert ([line.outcome for line in state.earlier], state.marked) == (["late"], 1)
    assert (browser.notice.words, browser.notice.undoable) == ("Late", True)
    assert state.shown_as != before


async def test_many_marks_that_have_arrived_are_shown_without_a_notice(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    for name in ("sam", "mia"):
        world.run(world.tom, mark_seat, day[name], Outcome.PRESENT)

    await state.sent(2, str(day["sam"]), "present")

    assert (state.marked, browser.notice.words) == (2, "")


async def test_who_has_not_had_the_lesson_yet_cannot_be_present(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()

    await state.mark("present", str(day["ben"]))

    assert browser.notice.words == "This lesson has not begun yet."
    assert set(outcomes(world, world.tom)) == {"unmarked"}


async def test_all_present_marks_what_has_begun_and_comes_back_whole(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)
    await state.load()
    await state.mark("no_show", str(day["sam"]))

    await state.mark_all()
    assert outcomes(world, world.tom) == ["no_show", "present", "unmarked", "unmarked"]
    assert (browser.notice.words, browser.notice.undoable) == ("1 student marked present.", True)

    await state.take_all_back()
    assert outcomes(world, world.tom) == ["no_show", "unmarked", "unmarked", "unmarked"]


async def test_an_owner_who_teaches_marks_only_their_own_day(
    world: World, day: dict[str, SeatId], lessons: Lessons, visit: Visit
) -> None:
    own = lessons.save(Teacher(name="Olivia Owen", person_id=world.olivia.person_id))
    student = lessons.student("Zoe").id
    lessons.seat(world.now - HOUR, teacher_id=own.id, student_id=student)
    state = visit(world.olivia).open(TodayState)
    await state.load()
    assert [line.name for line in state.earlier] == ["Zoe"]
    assert state.progress == "0 of 1 marked"

    await state.mark_all()

    assert sorted(outcomes(world, world.olivia)) == ["present"] + ["unmarked"] * 4


async def test_lessons_of_earlier_days_wait_to_be_marked(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    forgotten = lessons.seat(world.now - timedelta(days=4))
    state = visit(world.tom).open(TodayState)
    await state.load()
    assert [(line.name, line.starts) for line in state.forgotten] == [
        ("Sam Gray", "Fri 28 Aug, 10:00")
    ]
    assert not state.anything

    await state.mark("present", str(forgotten))

    assert state.forgotten == []


async def test_a_cancelled_lesson_is_shown_and_not_counted(
    world: World, day: dict[str, SeatId], lessons: Lessons, visit: Visit
) -> None:
    lessons.cancel(day["ben"])
    state = visit(world.tom).open(TodayState)

    await state.load()

    assert [line.outcome for line in state.coming] == ["cancelled", "unmarked"]
    assert state.to_mark == 3


@pytest.mark.parametrize("who", ["rita", "grace"])
async def test_strangers_and_families_mark_nothing(
    world: World, day: dict[str, SeatId], visit: Visit, who: str
) -> None:
    browser = visit(getattr(world, who))
    state = browser.open(TodayState)
    await state.load()

    await state.mark("present", str(day["sam"]))

    assert (state.current, state.earlier) == ([], [])
    assert browser.notice.refused
    assert set(outcomes(world, world.tom)) == {"unmarked"}


async def test_another_teacher_cannot_mark_this_lesson(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    other = replace(world.olivia, roles=frozenset({Role.TEACHER}), grants=world.tom.grants)
    browser = visit(other)
    state = browser.open(TodayState)

    await state.mark("present", str(day["sam"]))

    assert browser.notice.refused
    assert set(outcomes(world, world.tom)) == {"unmarked"}


async def test_a_mark_that_does_not_exist_is_refused(
    world: World, day: dict[str, SeatId], visit: Visit
) -> None:
    browser = visit(world.tom)
    state = browser.open(TodayState)

    await state.mark("asleep", str(day["sam"]))

    assert browser.notice.refused


def test_the_page_renders() -> None:
    assert "Up next" in str(page_module.page())


async def test_the_history_of_a_mark_says_who_and_when(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    seat = lessons.seat(world.now - 2 * HOUR)
    state = visit(world.tom).open(TodayState)
    await state.load()
    await state.mark("late", str(seat))

    await state.look_back(str(seat))

    assert state.history_of == str(seat)
    [made] = state.history
    assert (made.words, made.when) == ("Late", "Tue 1 Sept, 10:00 · Tom Teal")


async def test_free_time_before_a_lesson_is_said(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now + HOUR)
    lessons.seat(world.now + 2 * HOUR)
    state = visit(world.tom).open(TodayState)
    await state.load()
    assert [line.gap for line in (*state.current, *state.coming)] == ["", "30 min free before"]
