"""Other times, from the teacher's phone to the family's and the office's list."""

from datetime import timedelta

import pytest

from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.office.unanswered import UnansweredState
from studio_app.web.portal import home, schedule
from studio_app.web.portal.proposals import ProposalsState
from studio_app.web.proposing import ProposingState
from studio_app.web.teacher import week
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


@pytest.fixture
def lesson(world: World) -> Lesson:
    seat = Lessons(world).seat(world.now + 30 * HOUR)
    return lesson_of(world, seat)


def lesson_of(world: World, seat: object) -> Lesson:
    session = world.as_(world.tom).session
    return session.get_one(Lesson, session.get_one(Seat, seat).lesson_id)


async def proposed(visit: Visit, world: World, lesson: Lesson) -> None:
    browser = visit(world.tom)
    state = browser.open(ProposingState)
    await state.open(f"propose {lesson.id}", True)
    await state.send({"words": "The hall is booked."})
    assert browser.notice.words == "The family is asked."
    assert browser.notice.undoable


def test_the_pages_are_built() -> None:
    assert all([home.page(), schedule.page(), week.page()])


async def test_two_times_are_chosen_already_and_can_be_others(
    world: World, visit: Visit, lesson: Lesson
) -> None:
    state = visit(world.tom).open(ProposingState)
    await state.open(f"propose {lesson.id}", True)
    assert [one.chosen for one in state.times[:3]] == [True, True, False]
    assert (state.action, state.ready_to_send) == ("Propose 2 times", True)
    await state.toggle(state.times[0].at)
    assert (state.action, state.ready_to_send) == ("Propose 1 time", False)


async def test_one_tap_of_the_family_moves_the_lesson(
    world: World, visit: Visit, lesson: Lesson
) -> None:
    await proposed(visit, world, lesson)
    browser = visit(world.grace)
    state = browser.open(ProposalsState)
    await state.load()
    [question] = state.questions
    assert (question.title, question.words) == ("Sam Gray: another time?", "The hall is booked.")

    offer = question.offers[1]
    await state.accept(question.id, offer.at)

    assert browser.notice.words == f"Piano is now {offer.when}."
    assert state.questions == []
    session = world.as_(world.tom).session
    moved = session.get_one(Lesson, lesson.id)
    assert moved.starts_at.isoformat() != lesson.starts_at.isoformat()
    assert moved.starts_at - lesson.starts_at >= timedelta(days=1)


async def test_the_office_sees_what_nobody_has_taken(
    world: World, visit: Visit, lesson: Lesson
) -> None:
    await proposed(visit, world, lesson)
    office = visit(world.olivia).open(UnansweredState)
    await office.load()
    assert [line.declined for line in office.lines] == [False]

    family = visit(world.grace).open(ProposalsState)
    await family.load()
    await family.decline(family.questions[0].id)
    assert family.questions == []
    office = visit(world.olivia).open(UnansweredState)
    await office.load()
    assert [line.declined for line in office.lines] == [True]
    await office.withdraw(office.lines[0].id)
    assert office.lines == []
