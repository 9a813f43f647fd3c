"""The week on a phone: own lessons, moved by dragging or by the dialog, and put back."""

from datetime import timedelta
from typing import Any

import pytest

from studio_app.kit.access import Actor, Role
from studio_app.kit.ids import SeatId
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.teacher import week as page_module
from studio_app.web.teacher.week_state import MyWeekState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


@pytest.fixture
def seat(world: World, lessons: Lessons) -> SeatId:
    """Today at 12 on London's wall, half an hour."""
    return lessons.seat(world.now + 2 * HOUR)


def lesson_of(world: World, seat: SeatId) -> Lesson:
    session = world.as_(world.tom).session
    return session.get_one(Lesson, session.get_one(Seat, seat).lesson_id)


def dragged(lesson: Lesson, start: str, end: str, **more: Any) -> dict[str, Any]:
    old = {"old_start": "2026-09-01T12:00:00", "old_end": "2026-09-01T12:30:00"}
    whose = {"resource_ids": [], "old_resource_ids": []}
    shape = {"id": str(lesson.id), "start": start, "end": end, "deadline": 1e15}
    return {**shape, **old, **whose, **more}


async def test_the_strip_and_the_grid_show_ones_own_lessons(
    world: World, visit: Visit, seat: SeatId, lessons: Lessons
) -> None:
    lessons.seat(world.now + HOUR, teacher_id=lessons.teacher("Ruth"))
    state = visit(world.tom).open(MyWeekState)

    await state.load()

    assert [event["title"] for event in state.events] == ["Sam Gray"]
    assert [day["bold"] for day in state.days] == ["31", "1", "2", "3", "4", "5", "6"]
    assert state.days[1]["aria"] == "Tue 1 Sept, 1 lesson"
    assert (state.month, state.day_said, state.count) == (
        "September 2026",
        "Tue 1 Sept",
        "1 lesson",
    )
    assert (state.zone, state.events[0]["start"]) == ("Europe/London", "2026-09-01T12:00:00")


async def test_a_lesson_is_dragged_and_the_undo_puts_it_back(
    world: World, visit: Visit, seat: SeatId
) -> None:
    browser = visit(world.tom)
    state = browser.open(MyWeekState)
    await state.load()
    lesson = lesson_of(world, seat)

    await state.drop(dragged(lesson, "2026-09-01T13:00:00", "2026-09-01T13:45:00"))
    assert browser.notice.words == "Sam Gray is now Tue 1 Sept, 13:00–13:45."
    assert state.patch["upsert"][0]["end"] == "2026-09-01T13:45:00"

    await state.put_back(str(lesson.id), lesson.starts_at.isoformat(), 30)
    assert lesson_of(world, seat).slot == lesson.slot


async def test_a_refused_drag_goes_back(
    world: World, visit: Visit, seat: SeatId, lessons: Lessons
) -> None:
    other = lessons.seat(world.now + 3 * HOUR, student_id=lessons.student("Una").id)
    browser = visit(world.tom)
    state = browser.open(MyWeekState)
    await state.load()
    lesson = lesson_of(world, seat)

    await state.drop(dragged(lesson, "2026-09-01T13:15:00", "2026-09-01T13:45:00"))

    assert lesson_of(world, other).starts_at == world.now + 3 * HOUR
    assert state.patch["revert"] == [str(lesson.id)]
    assert "upsert" not in state.patch
    assert browser.notice.refused


async def test_an_answer_after_the_deadline_moves_nothing(
    world: World, visit: Visit, seat: SeatId
) -> None:
    browser = visit(world.tom)
    state = browser.open(MyWeekState)
    await state.load()
    lesson = lesson_of(world, seat)

    await state.drop(dragged(lesson, "2026-09-01T13:00:00", "2026-09-01T13:30:00", deadline=1.0))

    assert lesson_of(world, seat).slot == lesson.slot
    assert browser.notice.refused


async def test_the_dialog_moves_without_dragging_and_warns_before(
    world: World, visit: Visit, seat: SeatId, lessons: Lessons
) -> None:
    una = lessons.student("Una").id
    lessons.seat(world.now + DAY, student_id=una)
    state = visit(world.tom).open(MyWeekState)
    await state.load()
    lesson = lesson_of(world, seat)
    await state.look(dragged(lesson, "", ""))
    assert (state.opened, state.lesson.on, state.lesson.at) == ("lesson", "2026-09-01", "12:00")

    await state.wish("2026-09-02", "10:00")
    assert len(state.conflicts) == 1
    await state.wish("", "16:00")
    assert state.conflicts == []
    await state.reschedule({"on": "2026-09-02", "at": "16:00", "minutes": "30"})

    assert lesson_of(world, seat).starts_at == world.now + DAY + 6 * HOUR
    assert (state.opened, state.day) == ("", "2026-09-02")


async def test_the_dialog_keeps_what_was_typed_wrongly(
    world: World, visit: Visit, seat: SeatId
) -> None:
    state = visit(world.tom).open(MyWeekState)
    await state.look(dragged(lesson_of(world, seat), "", ""))

    await state.reschedule({"on": "soon", "at": "", "minutes": "0"})

    assert set(state.faults) == {"on", "at", "minutes"}
    assert state.opened == "lesson"


async def test_what_to_practise_is_written_on_the_lesson(
    world: World, visit: Visit, seat: SeatId
) -> None:
    state = visit(world.tom).open(MyWeekState)
    await state.look(dragged(lesson_of(world, seat), "", ""))
    await state.save_notes({"focus": "Bars 1 to 16", "notes": "Shy today"})
    await state.look(dragged(lesson_of(world, seat), "", ""))
    assert (state.lesson.focus, state.lesson.notes) == ("Bars 1 to 16", "Shy today")


async def test_days_and_weeks_are_turned(world: World, visit: Visit, seat: SeatId) -> None:
    state = visit(world.tom).open(MyWeekState)
    await state.load()
    await state.choose_day("2026-09-03", "")
    await state.turn(1)
    assert (state.day, state.days[0]["bold"]) == ("2026-09-10", "7")
    await state.go_to_today()
    assert state.day == "2026-09-01"


async def test_strangers_find_nothing_to_move(world: World, visit: Visit, seat: SeatId) -> None:
    lesson = lesson_of(world, seat)
    for stranger in (Actor.of(world.rita.person_id, world.rival, Role.TEACHER), world.grace):
        browser = visit(stranger)
        state = browser.open(MyWeekState)
        await state.load()
        await state.drop(dragged(lesson, "2026-09-01T13:00:00", "2026-09-01T13:30:00"))
        assert state.events == []
        assert browser.notice.refused
    assert lesson_of(world, seat).slot == lesson.slot


def test_the_page_renders() -> None:
    assert "Move the lesson" in str(page_module.page())
