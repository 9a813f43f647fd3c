"""The panel of a lesson: marks, notes, rescheduling, cancelling, and taking it all back."""

from datetime import timedelta
from typing import Any

import pytest

from studio_app.attendance.queries import lesson_sheet
from studio_app.scheduling.commands.lessons import note_on_lesson
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.web.office.calendar.cancelling import CancellingState
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.moving import MovingState
from studio_app.web.office.calendar.state import CalendarState
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.web.office.conftest import Browser, Visit

pytestmark = pytest.mark.anyio

EARLIER = TUESDAY - timedelta(days=8)  # the day before the world's now
FIELDS = {"on": "2026-09-09", "at": "17:15", "minutes": "45"}


async def opened(visit: Visit, desk: Desk, lesson_id: Any) -> tuple[Browser, Any]:
    browser = visit(desk.world.olivia)
    here = f"/office/calendar?date={TUESDAY}&lesson={lesson_id}"
    await browser.open(CalendarState, here).load()
    panel = browser.open(LessonState, here)
    await panel.come()
    return browser, panel


async def test_the_address_opens_a_lesson(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))

    _browser, panel = await opened(visit, desk, lesson_id)

    assert (panel.lesson.title, panel.lesson.when) == ("Sam Gray", "Tue 8 Sept, 16:00–16:30")
    assert [(seat.name, seat.outcome) for seat in panel.seats] == [("Sam Gray", "")]
    assert [line.words for line in panel.history] == ["Put into the calendar"]


async def test_a_stranger_finds_no_lesson(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    browser = visit(desk.world.rita)
    panel = browser.open(LessonState, f"/office/calendar?lesson={lesson_id}")

    await panel.come()

    assert panel.lesson.id == ""
    assert browser.notice.refused


async def test_a_mark_shows_on_the_calendar_and_can_be_taken_back(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(EARLIER, 16), student_ids=(desk.world.student_id,))
    browser, panel = await opened(visit, desk, lesson_id)
    calendar = browser.open(CalendarState)

    await panel.mark("present", panel.seats[0].id)
    assert panel.seats[0].outcome == "present"
    assert calendar.patch["upsert"][0]["extendedProps"]["status"] == "completed"
    assert browser.notice.words == "Sam Gray: Present."

    await panel.unmark(panel.seats[0].id)
    [mark] = desk.world.run(desk.world.olivia, lesson_sheet, lesson_id)
    assert (mark.outcome, panel.seats[0].outcome) == ("unmarked", "")


async def test_a_mark_before_its_time_is_refused_and_shown_as_before(
    desk: Desk, visit: Visit
) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))
    browser, panel = await opened(visit, desk, lesson_id)
    before = panel.marks_asked

    await panel.mark("present", panel.seats[0].id)

    assert browser.notice.words == "This lesson has not begun yet."
    assert (panel.marks_asked, panel.seats[0].outcome) == (before + 1, "")


async def test_notes_are_kept(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    _browser, panel = await opened(visit, desk, lesson_id)

    await panel.save_notes({"notes": "Shy today", "focus": "Bring the blue book"})

    assert (panel.lesson.focus, panel.lesson.notes) == ("Bring the blue book", "Shy today")


async def test_what_somebody_else_wrote_meanwhile_stays(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    _browser, panel = await opened(visit, desk, lesson_id)
    desk.world.run(desk.world.olivia, note_on_lesson, lesson_id, notes="Ask about the exam")

    await panel.save_notes({"notes": "", "focus": "Bars 1 to 16"})

    assert (panel.lesson.focus, panel.lesson.notes) == ("Bars 1 to 16", "Ask about the exam")


async def test_rescheduling_by_fields_and_back(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16), room_id=desk.room_id)
    browser, panel = await opened(visit, desk, lesson_id)
    moving = browser.open(MovingState)
    await moving.open("move", True)
    assert moving.action == "Move to Tue 8 Sept, 16:00"
    before = await moving._as_it_was()

    sent = {**FIELDS, "teacher_id": str(desk.ruth), "room_id": ""}
    await moving.save(sent)
    row = desk.row(lesson_id)
    assert (row.starts_at, row.teacher_id, row.room_id) == (
        wall(TUESDAY + timedelta(days=1), 17, 15),
        desk.ruth,
        None,
    )
    assert browser.notice.words == "Moved to Wed 9 Sept, 17:15."
    assert panel.lesson.teacher == "Ruth Roe"

    await moving.take_back("this", before)
    row = desk.row(lesson_id)
    assert (row.starts_at, row.teacher_id, row.room_id) == (
        wall(TUESDAY, 16),
        desk.world.teacher_id,
        desk.room_id,
    )


async def test_what_is_in_the_way_is_said_before_saving(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY, 18), student_ids=(desk.world.student_id,))
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    browser, _panel = await opened(visit, desk, lesson_id)
    moving = browser.open(MovingState)
    await moving.open("move", True)

    await moving.weigh("at", "18:00")

    assert moving.conflicts == ["Tom Teal teaches Sam Gray then (Tue 8 Sept, 18:00–18:30)."]
    assert moving.action == "Move to Tue 8 Sept, 18:00"


async def test_nonsense_in_the_fields_is_marked(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    browser, _panel = await opened(visit, desk, lesson_id)
    moving = browser.open(MovingState)
    await moving.open("move", True)

    await moving.save({"on": "soon", "at": "", "minutes": "2"})

    assert set(moving.faults) == {"on", "at", "minutes"}
    assert moving.opened == "move"
    assert desk.row(lesson_id).starts_at == wall(TUESDAY, 16)


async def test_this_and_the_following_move_together_and_back(desk: Desk, visit: Visit) -> None:
    series_id = desk.series(count=4)
    second = desk.lessons(series_id)[1]
    browser, _panel = await opened(visit, desk, second.id)
    moving = browser.open(MovingState)
    await moving.open("move", True)
    before = await moving._as_it_was()
    sent = {**FIELDS, "on": "2026-09-15", "minutes": "30", "teacher_id": before["teacher_id"]}

    await moving.save({**sent, "room_id": before["room_id"], "scope": "following"})
    assert [lesson.starts_at.hour for lesson in desk.lessons()] == [15, 16, 16, 16]

    await moving.take_back("following", before)
    assert [lesson.starts_at for lesson in desk.lessons()] == [
        wall(TUESDAY + timedelta(weeks=n), 16) for n in range(4)
    ]


async def test_cancelling_one_keeps_the_reason_and_can_be_undone(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    browser, panel = await opened(visit, desk, lesson_id)
    cancelling = browser.open(CancellingState)
    await cancelling.open("cancel", True)

    await cancelling.save({"by": "family", "reason": "A cold"})
    assert panel.lesson.is_cancelled
    assert panel.lesson.cancelled == "Family: A cold"

    await panel.restore()
    assert desk.world.run(desk.world.olivia, lesson_details, lesson_id).status == "scheduled"


async def test_cancelling_the_following_and_taking_them_up_again(desk: Desk, visit: Visit) -> None:
    series_id = desk.series(count=4)
    second = desk.lessons(series_id)[1]
    browser, _panel = await opened(visit, desk, second.id)
    cancelling = browser.open(CancellingState)
    await cancelling.open("cancel", True)

    await cancelling.save({"by": "school", "scope": "following"})
    assert browser.notice.words == "3 lessons cancelled."
    states = [lesson.status for lesson in desk.lessons()]
    assert states == ["scheduled", "cancelled", "cancelled", "cancelled"]

    await cancelling.resume()
    assert {lesson.status for lesson in desk.lessons()} == {"scheduled"}


async def test_somebody_elses_change_reaches_the_open_panel(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))
    browser, panel = await opened(visit, desk, lesson_id)
    cancelling = visit(desk.world.olivia).open(CancellingState)
    await browser.open(LessonState).look_again()
    assert not panel.lesson.is_cancelled
    other = await opened(visit, desk, lesson_id)
    cancelling = other[0].open(CancellingState)
    await cancelling.open("cancel", True)
    await cancelling.save({"by": "teacher"})

    await panel.look_again()

    assert panel.lesson.is_cancelled
