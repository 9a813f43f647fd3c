"""What families were told of a lesson, beside it: for who may read messages."""

from typing import Any

import pytest

from studio_app.kit.access import Actor
from studio_app.kit.ids import LessonId
from studio_app.messaging.access import contacts
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.commands.settings import begin_telling
from studio_app.web.office.calendar.lesson_messages import LessonMessagesState
from studio_app.web.office.calendar.lesson_state import LessonState
from tests.conftest import HOUR, World
from tests.scheduling.conftest import Desk
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


def told(world: World, lesson_id: LessonId) -> None:
    world.run(world.olivia, begin_telling)
    work = world.as_(Actor.system(world.harmony))
    grace = contacts.of_guardians(work, [world.guardian_id])
    occasion = Occasion(
        "lesson_booked", (lesson_id,), world.now, key=str(lesson_id), lesson_id=lesson_id
    )
    assert post(work, occasion, grace) > 0
    work.session.commit()


async def opened(desk: Desk, visit: Visit, actor: Actor, lesson_id: LessonId) -> Any:
    browser = visit(actor)
    panel = browser.open(LessonState, f"/office/calendar?lesson={lesson_id}")
    await panel.come()
    return browser.open(LessonMessagesState)


async def test_the_office_sees_who_was_told(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(desk.world.now + HOUR, student_ids=(desk.world.student_id,))
    told(desk.world, lesson_id)

    state = await opened(desk, visit, desk.world.olivia, lesson_id)

    assert {(line.who, line.status) for line in state.told} == {("Grace Gray", "waiting")}
    assert "A lesson is booked, E-mail" in {line.what for line in state.told}
    assert state.counted == f"{len(state.told)} messages"


async def test_a_teacher_sees_the_lesson_without_its_messages(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(desk.world.now + HOUR, student_ids=(desk.world.student_id,))
    told(desk.world, lesson_id)

    state = await opened(desk, visit, desk.world.tom, lesson_id)

    assert (state.told, state.answers, state.counted) == ([], [], "")
