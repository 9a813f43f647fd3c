"""A family said that they will come: the calendar, the panel and the teacher's phone show it."""

from typing import Any

import pytest

from studio_app.kit.ids import LessonId
from studio_app.scheduling.commands.confirming import confirm_seats
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.teacher.today_state import TodayState
from tests.conftest import HOUR
from tests.scheduling.conftest import Desk
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


def confirm(desk: Desk, lesson_id: LessonId) -> None:
    seats = [seat.id for seat in desk.seats(lesson_id)]
    desk.world.run(desk.world.grace, confirm_seats, seats)


async def shown(desk: Desk, visit: Visit, lesson_id: LessonId) -> tuple[str, str, list[bool]]:
    here = f"/office/calendar?date={desk.world.now.date()}&lesson={lesson_id}"
    browser = visit(desk.world.olivia)
    calendar, panel = browser.open(CalendarState, here), browser.open(LessonState, here)
    await calendar.load()
    await panel.come()
    about: dict[str, Any] = calendar.events[0]["extendedProps"]
    return about["status"], about["status_label"], [seat.will_come for seat in panel.seats]


async def test_a_confirmed_lesson_has_its_mark_until_it_is_moved(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(desk.world.now + HOUR, student_ids=(desk.world.student_id,))
    assert await shown(desk, visit, lesson_id) == ("scheduled", "Scheduled", [False])

    confirm(desk, lesson_id)
    assert await shown(desk, visit, lesson_id) == ("confirmed", "Confirmed", [True])

    desk.world.run(desk.world.olivia, move_lesson, lesson_id, to=desk.world.now + 2 * HOUR)
    assert await shown(desk, visit, lesson_id) == ("scheduled", "Scheduled", [False])


async def test_a_lesson_nobody_sits_in_is_not_confirmed(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(desk.world.now + HOUR)
    assert (await shown(desk, visit, lesson_id))[0] == "scheduled"


async def test_the_teacher_s_phone_says_who_will_come(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(desk.world.now + HOUR, student_ids=(desk.world.student_id,))
    today = visit(desk.world.tom).open(TodayState)
    await today.load()
    assert [line.will_come for line in today.current] == [False]

    confirm(desk, lesson_id)
    await today.look_again()
    assert [line.will_come for line in today.current] == [True]
