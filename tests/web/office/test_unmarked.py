"""Lessons without a mark: one tap each, one for a day, left for later, and everything undone."""

from datetime import timedelta

import pytest

from studio_app.scheduling.models.setup import LessonType
from studio_app.web.office import unmarked as module
from studio_app.web.office.unmarked import UnmarkedState
from tests.attendance.conftest import lessons
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Browser, Visit

__all__ = ["lessons"]
pytestmark = pytest.mark.anyio


async def opened(browser: Browser) -> UnmarkedState:
    state: UnmarkedState = browser.open(UnmarkedState)
    await state.load()
    return state


def shown(state: UnmarkedState) -> list[tuple[str, str]]:
    return [(one.time, one.who) for day in state.days for one in day.lessons]


async def test_a_lesson_is_marked_with_one_tap_and_taken_back(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    lessons.seat(world.now - HOUR)
    browser = visit(world.olivia)
    state = await opened(browser)
    [day] = state.days
    [line] = day.lessons
    assert (day.day, line.about) == ("Tuesday 1 September", "Piano · Tom Teal")
    await state.mark("present", line.id)
    assert (state.days, browser.notice.words) == ([], "1 student: Present")
    await browser.undo(state)
    assert shown(state) == [("09:00–09:30", "Sam Gray")]


async def test_a_whole_day_is_one_tap(world: World, visit: Visit, lessons: Lessons) -> None:
    for hours in (1, 2, 25):
        lessons.seat(world.now - hours * HOUR)
    browser = visit(world.olivia)
    state = await opened(browser)
    assert [len(day.lessons) for day in state.days] == [1, 2]
    await state.mark_day(state.days[1].on)
    assert ([len(day.lessons) for day in state.days]) == [1]
    assert browser.notice.words == "2 students: Present"
    await browser.undo(state)
    assert [len(day.lessons) for day in state.days] == [1, 2]


async def test_what_is_left_for_later_is_listed_and_taken_up_again(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    lessons.seat(world.now - HOUR)
    browser = visit(world.olivia)
    state = await opened(browser)
    await state.leave(state.days[0].lessons[0].id)
    [left] = state.left
    assert (state.days, left.who) == ([], "Sam Gray · Tue 1 Sept, 09:00")
    assert "Left by Olivia Owen, asked about again on Tue 15 Sept" in left.about
    await state.load()
    assert len(state.left) == 1
    await state.take_up([left.id])
    assert (state.left, len(state.days)) == ([], 1)


async def test_a_day_of_one_teacher_is_marked_without_the_others(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    una = lessons.teacher("Una Unger")
    lessons.seat(world.now - HOUR)
    lessons.seat(world.now - 2 * HOUR, teacher_id=una)
    state = await opened(visit(world.olivia))
    assert [chip.words for chip in state.teachers] == ["Tom Teal 1", "Una Unger 1"]
    await state.choose(str(una))
    assert shown(state) == [("08:00–08:30", "Sam Gray")]
    await state.mark_day(state.days[0].on)
    await state.choose(str(una))
    assert shown(state) == [("09:00–09:30", "Sam Gray")]


async def test_one_student_of_a_class_is_marked_apart(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    choir = lessons.save(LessonType(name="Choir", minutes=30, capacity=4)).id
    seat = lessons.seat(world.now - HOUR, type_id=choir)
    lessons.beside(seat, lessons.student("Ann").id)
    browser = visit(world.olivia)
    state = await opened(browser)
    [line] = state.days[0].lessons
    assert (line.several, [one.student for one in line.seats]) == (True, ["Ann", "Sam Gray"])
    await state.mark_one("no_show", line.seats[0].id)
    assert shown(state) == [("09:00–09:30", "Sam Gray")]
    await state.mark("present", line.id)
    assert state.days == []


async def test_nonsense_and_a_teacher_are_refused(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    seat = lessons.seat(world.now - HOUR)
    browser = visit(world.olivia)
    state = await opened(browser)
    await state.mark("asleep", state.days[0].lessons[0].id)
    assert browser.notice.refused
    await state.leave(str(seat))
    assert len(state.days) == 1
    theirs = await opened(visit(world.tom))
    assert (theirs.ready, theirs.days) == (False, [])


async def test_every_lesson_marked_is_said(world: World, visit: Visit, lessons: Lessons) -> None:
    lessons.seat(world.now + timedelta(hours=2))
    state = await opened(visit(world.olivia))
    assert (state.ready, state.days) == (True, [])
    assert "Every lesson is marked" in str(module.page())
