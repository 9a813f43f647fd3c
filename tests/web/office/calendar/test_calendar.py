"""The office calendar: what it shows, and the answer to a drag."""

import json
from datetime import timedelta
from typing import Any

import pytest

from studio_app.attendance.commands import Outcome, mark_seat
from studio_app.kit.clock import utc_now
from studio_app.scheduling.commands.availability import Absence, take_time_off
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.moving import MovingState
from studio_app.web.office.calendar.page import page
from studio_app.web.office.calendar.state import CalendarState
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio

HERE = f"/office/calendar?date={TUESDAY}"


def moved(event: dict[str, Any], start: str, end: str, **more: Any) -> dict[str, Any]:
    """What the browser sends when this block has been put there."""
    soon = (utc_now() + timedelta(seconds=8)).timestamp() * 1000
    here = {"id": event["id"], "start": start, "end": end, "resource_ids": event["resourceIds"]}
    was = {"old_start": event["start"], "old_end": event["end"]}
    return {**here, **was, "old_resource_ids": event["resourceIds"], "deadline": soon, **more}


async def test_it_shows_the_week_on_the_studios_wall(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))
    desk.lesson(wall(TUESDAY + timedelta(days=7), 16))
    state = visit(desk.world.olivia).open(CalendarState, HERE)

    await state.load()

    [event] = state.events
    assert (event["title"], event["start"], event["end"]) == (
        "Sam Gray",
        "2026-09-08T16:00:00",
        "2026-09-08T16:30:00",
    )
    assert (state.title, state.zone, state.counts) == (
        "September 2026",
        "Europe/London",
        "1 lesson · 0.5 h",
    )
    assert state.address == "view=week&date=2026-09-08"


async def test_a_stranger_sees_nothing(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY, 16))
    state = visit(desk.world.rita).open(CalendarState, HERE)

    await state.load()

    assert state.events == []


async def test_a_parent_is_refused_in_place(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.grace).open(CalendarState, HERE)

    await state.load()

    assert "permission" in state.trouble


async def test_teachers_narrow_it_and_make_its_columns(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY, 16))
    desk.lesson(wall(TUESDAY, 16), teacher_id=desk.ruth)
    state = visit(desk.world.olivia).open(CalendarState, HERE)
    await state.load()

    await state.show("teachers", "")
    assert [one["title"] for one in state.resources] == ["Ruth Roe", "Tom Teal"]

    await state.choose_teacher(str(desk.ruth))
    assert [event["resourceIds"] for event in state.events] == [[str(desk.ruth)]]
    assert [one["title"] for one in state.resources] == ["Ruth Roe"]
    assert str(desk.ruth) in state.address


async def test_stepping_and_today(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.olivia).open(CalendarState, HERE)
    await state.load()

    await state.step(1)
    assert state.date == "2026-09-15"
    await state.show("month", "")
    await state.step(1)
    assert (state.date, state.title) == ("2026-10-01", "October 2026")
    await state.go_to_today()
    assert state.date == "2026-09-01"


async def test_a_drag_is_answered_by_that_lesson_alone(desk: Desk, visit: Visit) -> None:
    for hour in range(8, 20):
        desk.lesson(wall(TUESDAY, hour))
    browser = visit(desk.world.olivia)
    state = browser.open(CalendarState, HERE)
    await state.load()
    event = state.events[3]
    state._clean()

    await state.move(moved(event, "2026-09-09T16:15:00", "2026-09-09T17:00:00"))

    assert "events" not in state.dirty_vars
    assert len(json.dumps(state.get_delta(), default=str)) < 1500
    [sent] = state.patch["upsert"]
    assert (sent["id"], sent["start"]) == (event["id"], "2026-09-09T16:15:00")
    assert len(json.dumps(state.patch)) < 500
    details = desk.world.run(desk.world.olivia, lesson_details, desk.lessons()[-1].id)
    assert (details.starts, details.minutes) == ("2026-09-09T16:15", 45)
    assert browser.notice.undoable


async def test_undo_puts_it_back(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16), room_id=desk.room_id)
    state = visit(desk.world.olivia).open(CalendarState, HERE)
    await state.load()
    await state.move(moved(state.events[0], "2026-09-09T09:00:00", "2026-09-09T10:00:00"))
    before = {
        "at": wall(TUESDAY, 16).isoformat(),
        "minutes": "30",
        "teacher_id": str(desk.world.teacher_id),
        "room_id": str(desk.room_id),
    }

    await state.put_back(str(lesson_id), before)

    row = desk.row(lesson_id)
    assert (row.starts_at, row.room_id) == (wall(TUESDAY, 16), desk.room_id)
    assert state.patch["upsert"][0]["start"] == "2026-09-08T16:00:00"


async def test_a_taken_time_sends_it_back_and_says_who(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))
    desk.lesson(wall(TUESDAY, 18))
    browser = visit(desk.world.olivia)
    state = browser.open(CalendarState, HERE)
    await state.load()
    event = state.events[1]

    await state.move(moved(event, "2026-09-08T16:15:00", "2026-09-08T16:45:00"))

    assert state.patch["revert"] == [event["id"]]
    assert "upsert" not in state.patch
    assert "Tom Teal teaches Sam Gray then" in browser.notice.words
    assert desk.lessons()[-1].starts_at == wall(TUESDAY, 18)


async def test_a_drag_that_comes_too_late_changes_nothing(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    browser = visit(desk.world.olivia)
    state = browser.open(CalendarState, HERE)
    await state.load()

    late = moved(state.events[0], "2026-09-09T09:00:00", "2026-09-09T10:00:00", deadline=1.0)
    await state.move(late)

    assert browser.notice.refused
    assert desk.row(lesson_id).starts_at == wall(TUESDAY, 16)


async def test_the_same_drag_sent_twice_moves_once(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    browser = visit(desk.world.olivia)
    state = browser.open(CalendarState, HERE)
    await state.load()
    drag = moved(state.events[0], "2026-09-09T09:00:00", "2026-09-09T09:30:00")

    await state.move(drag)
    await state.move(drag)

    assert not browser.notice.refused
    assert desk.row(lesson_id).starts_at == wall(TUESDAY + timedelta(days=1), 9)


async def test_another_column_is_another_teacher(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    state = visit(desk.world.olivia).open(CalendarState, f"{HERE}&view=teachers")
    await state.load()
    event = state.events[0]

    await state.move(moved(event, event["start"], event["end"], resource_ids=[str(desk.ruth)]))

    assert desk.row(lesson_id).teacher_id == desk.ruth


async def test_the_column_without_room_takes_the_room_away(desk: Desk, visit: Visit) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16), room_id=desk.room_id)
    state = visit(desk.world.olivia).open(CalendarState, f"{HERE}&view=rooms")
    await state.load()
    [event] = state.events
    assert event["resourceIds"] == [str(desk.room_id)]

    await state.move(moved(event, event["start"], event["end"], resource_ids=["none"]))

    assert desk.row(lesson_id).room_id is None


async def test_what_others_change_arrives_alone(desk: Desk, visit: Visit) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    first, second = desk.lesson(wall(TUESDAY, 16)), desk.lesson(wall(TUESDAY, 18))
    state = visit(olivia).open(CalendarState, HERE)
    await state.load()

    await state.look_again()
    assert state.patch == {}
    run(olivia, cancel_lesson, first)
    run(olivia, move_lesson, second, to=wall(TUESDAY + timedelta(days=7), 18))
    state._clean()
    await state.look_again()

    assert "events" not in state.dirty_vars
    assert [one["id"] for one in state.patch["upsert"]] == [str(first)]
    assert state.patch["upsert"][0]["extendedProps"]["status"] == "cancelled"
    assert state.patch["remove"] == [str(second)]


async def test_marks_and_colours_are_drawn(desk: Desk, visit: Visit) -> None:
    earlier = TUESDAY - timedelta(days=8)  # the day before the world's now
    students = (desk.world.student_id,)
    desk.lesson(wall(earlier, 15), student_ids=students)
    marked = desk.lesson(wall(earlier, 16), student_ids=students)
    [seat] = desk.seats(marked)
    desk.world.run(desk.world.olivia, mark_seat, seat.id, Outcome.LATE)
    state = visit(desk.world.olivia).open(CalendarState, f"/office/calendar?date={earlier}")

    await state.load()
    shown = [event["extendedProps"]["status"] for event in state.events]
    await state.colour("status")

    assert shown == ["unmarked", "completed"]
    assert state.counts == "2 lessons · 1 h · 1 not marked"
    assert state.events[1]["extendedProps"]["color"] == "k2"
    assert state.events[1]["extendedProps"]["locked"]


def test_the_page_renders() -> None:
    assert "New lesson" in str(page())


async def test_a_drag_that_needs_a_reason_opens_the_dialog_with_the_new_time(
    desk: Desk, visit: Visit
) -> None:
    """Tom is away on Wednesday: the block goes back, and the reason is asked for."""
    day_off = TUESDAY + timedelta(days=1)
    world = desk.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(day_off, day_off))
    lesson_id = desk.lesson(wall(TUESDAY, 16), student_ids=(world.student_id,))
    browser = visit(world.olivia)
    state = browser.open(CalendarState, HERE)
    await state.load()

    await state.move(moved(state.events[0], "2026-09-09T17:15:00", "2026-09-09T18:00:00"))

    assert state.patch["revert"] == [str(lesson_id)]
    dialog = browser.open(MovingState)
    assert (dialog.opened, dialog.caution) == ("move", "Tom Teal is away then.")
    draft = dialog.draft
    assert (draft.on, draft.at, draft.minutes) == ("2026-09-09", "17:15", "45")
    assert draft.teacher_id == str(world.teacher_id)
    assert browser.open(LessonState).lesson.id == str(lesson_id)

    await dialog.save({**vars(draft), "despite": "He comes for this one"})
    assert (dialog.opened, desk.row(lesson_id).starts_at) == ("", wall(day_off, 17, 15))
    assert desk.row(lesson_id).despite == "He comes for this one"


async def test_a_drag_onto_another_lesson_is_no_question_of_reasons(
    desk: Desk, visit: Visit
) -> None:
    desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))
    desk.lesson(wall(TUESDAY, 18))
    browser = visit(desk.world.olivia)
    state = browser.open(CalendarState, HERE)
    await state.load()
    await state.move(moved(state.events[0], "2026-09-08T18:15:00", "2026-09-08T18:45:00"))
    assert browser.notice.refused
    assert browser.open(MovingState).opened == ""
