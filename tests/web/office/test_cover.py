"""The cover assistant: whose lessons, which days, who gives each, one button."""

from datetime import timedelta

import pytest

from studio_app.people.models import Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.office.cover import page
from studio_app.web.office.cover_state import CoverState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
WEEK = timedelta(days=7)


def lesson_of(world: World, seat: object) -> Lesson:
    session = world.as_(world.olivia).session
    return session.get_one(Lesson, session.get_one(Seat, seat).lesson_id)


def test_the_page_is_built() -> None:
    assert page()


async def test_next_weeks_lessons_are_assigned_with_one_tap_and_taken_back(
    world: World, visit: Visit
) -> None:
    lessons = Lessons(world)
    pia = lessons.save(Teacher(name="Pia Pike", instruments=["Piano"]))
    seat = lessons.seat(world.now + WEEK)
    this_week = lessons.seat(world.now + HOUR)
    browser = visit(world.olivia)
    state = browser.open(CoverState)

    await state.load()
    assert (state.teacher_id, state.needs) == ("", [])
    await state.choose_teacher(str(world.teacher_id))
    [line] = state.needs
    assert (line.title, line.chosen, state.action) == ("Sam Gray", str(pia.id), "Assign 1 lesson")
    assert line.why == "free, outside their hours"

    await state.assign({})
    assert browser.notice.words == "1 lesson is covered."
    assert (state.needs, state.can_cancel) == ([], False)
    assert lesson_of(world, seat).teacher_id == pia.id
    assert lesson_of(world, this_week).teacher_id == world.teacher_id

    await state.take_back()
    assert lesson_of(world, seat).teacher_id == world.teacher_id


async def test_a_lesson_nobody_can_take_is_left_or_cancelled(world: World, visit: Visit) -> None:
    lessons = Lessons(world)
    seat = lessons.seat(world.now + HOUR)
    browser = visit(world.olivia)
    state = browser.open(CoverState)
    await state.load()
    await state.choose_teacher(str(world.teacher_id))
    await state.choose_span("today", "")
    [line] = state.nobody
    assert (line.chosen, state.action) == ("leave", "")

    await state.choose(line.lesson_id, "somebody")
    assert state.nobody[0].chosen == "leave"
    await state.choose(line.lesson_id, "cancel")
    assert state.action == "cancel 1"
    await state.assign({})
    lesson = lesson_of(world, seat)
    assert (lesson.status, lesson.cancel_reason) == ("cancelled", "Tom Teal is away")


async def test_all_of_them_can_be_cancelled_and_put_back(world: World, visit: Visit) -> None:
    seat = Lessons(world).seat(world.now + WEEK)
    browser = visit(world.olivia)
    state = browser.open(CoverState)
    await state.load()
    await state.choose_teacher(str(world.teacher_id))
    await state.cancel_all()
    assert browser.notice.words == "1 lesson is cancelled."
    assert lesson_of(world, seat).status == "cancelled"
    await state.come_back()
    assert lesson_of(world, seat).status == "scheduled"


async def test_a_teacher_does_not_get_it(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(CoverState)
    await state.load()
    assert (state.teachers, state.trouble) == (
        [],
        "You do not have permission to do that.",
    )
