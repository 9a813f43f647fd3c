"""New lessons: once, or weekly with every closure and conflict shown before saving."""

from datetime import date, timedelta
from typing import Any

import pytest

from studio_app.scheduling.commands.year import close_studio_on
from studio_app.web.office.calendar.adding_state import DIALOG, NewLessonState
from studio_app.web.office.calendar.state import CalendarState
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.web.office.conftest import Browser, Visit

pytestmark = pytest.mark.anyio

HERE = f"/office/calendar?date={TUESDAY}"
INSET = date(2026, 9, 15)


async def begun(visit: Visit, desk: Desk) -> tuple[Browser, Any]:
    browser = visit(desk.world.olivia)
    await browser.open(CalendarState, HERE).load()
    adding = browser.open(NewLessonState, HERE)
    await adding.open(DIALOG, True)
    return browser, adding


def asked(desk: Desk, **more: str) -> dict[str, str]:
    who = {"teacher_id": str(desk.world.teacher_id), "lesson_type_id": str(desk.piano)}
    when = {"on": TUESDAY.isoformat(), "at": "16:00", "every_weeks": "1"}
    return {**who, **when, "room_id": str(desk.room_id), "minutes": "", **more}


async def test_students_are_found_as_one_types(desk: Desk, visit: Visit) -> None:
    _browser, adding = await begun(visit, desk)

    await adding.search("sam")
    assert [one.name for one in adding.found] == ["Sam Gray"]
    await adding.pick(adding.found[0].id)
    await adding.search("sam")

    assert [one.name for one in adding.students] == ["Sam Gray"]
    assert adding.found == []


async def test_coming_from_a_student_only_their_time_is_missing(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.olivia)
    here = f"{HERE}&new=1&student={desk.world.student_id}"
    await browser.open(CalendarState, here).load()
    adding = browser.open(NewLessonState, here)

    await adding.come()

    assert (adding.opened, adding.repeat) == (DIALOG, "weekly")
    assert [one.name for one in adding.students] == ["Sam Gray"]


async def test_one_lesson_is_there_at_once(desk: Desk, visit: Visit) -> None:
    browser, adding = await begun(visit, desk)
    await adding.search("sam")
    await adding.pick(adding.found[0].id)

    await adding.save(asked(desk))

    [lesson] = desk.lessons()
    assert (lesson.starts_at, lesson.room_id) == (wall(TUESDAY, 16), desk.room_id)
    assert len(desk.seats(lesson.id)) == 1
    assert browser.notice.words == "Sam Gray is in the calendar."
    assert browser.open(CalendarState).patch["upsert"][0]["id"] == str(lesson.id)
    assert adding.opened == ""

    await adding.take_back(str(lesson.id))
    assert desk.lessons()[0].status == "cancelled"


async def test_a_taken_time_keeps_the_dialog_and_says_who(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY, 16))
    browser, adding = await begun(visit, desk)

    await adding.save(asked(desk))

    assert adding.opened == DIALOG
    assert "Tom Teal has another lesson then" in browser.notice.words
    assert len(desk.lessons()) == 1


async def test_missing_fields_are_marked(desk: Desk, visit: Visit) -> None:
    _browser, adding = await begun(visit, desk)

    await adding.save({"on": "", "at": "quarter past"})

    assert set(adding.faults) == {"teacher_id", "lesson_type_id", "on", "at"}


async def test_a_click_on_empty_time_fills_the_fields(desk: Desk, visit: Visit) -> None:
    browser, adding = await begun(visit, desk)
    await browser.open(CalendarState).show("teachers", "")
    here = {"start": "2026-09-09T10:15:00", "end": "2026-09-09T11:00:00"}

    await adding.at_slot({**here, "resource_id": str(desk.ruth), "all_day": False})

    start = adding.start
    assert (start.on, start.at, start.minutes) == ("2026-09-09", "10:15", "45")
    assert (start.teacher_id, adding.weekdays, adding.opened) == (str(desk.ruth), [3], DIALOG)


async def test_a_weekly_lesson_shows_closures_and_conflicts_first(desk: Desk, visit: Visit) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    run(olivia, close_studio_on, name="Inset day", first_on=INSET, last_on=INSET)
    desk.lesson(wall(date(2026, 9, 22), 16), student_ids=(desk.world.student_id,))
    _browser, adding = await begun(visit, desk)
    await adding.choose_repeat("weekly", "")
    await adding.choose_end("count")

    await adding.save(asked(desk, count="4"))

    assert adding.previewing
    assert adding.preview.sentences[:2] == (
        "1 of your 4 lessons falls on a closure date.",
        "1 of your 4 lessons meets another lesson.",
    )
    closed, taken = adding.lines
    assert (closed.problems, closed.options) == (("Closed: Inset day",), ("skip", "keep", "move"))
    assert taken.options == ("skip", "move")
    assert "Sam Gray" in taken.problems[0]
    assert (adding.preview.clear, adding.action) == ("2 lessons fit as they are.", "Save 2 lessons")
    assert len(desk.lessons()) == 1


async def test_days_are_kept_moved_and_skipped_as_decided(desk: Desk, visit: Visit) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    run(olivia, close_studio_on, name="Inset day", first_on=INSET, last_on=INSET)
    desk.lesson(wall(date(2026, 9, 22), 16), student_ids=(desk.world.student_id,))
    browser, adding = await begun(visit, desk)
    await adding.choose_repeat("weekly", "")
    await adding.choose_end("count")
    await adding.save(asked(desk, count="4"))

    await adding.decide("keep", "2026-09-15")
    await adding.decide("move", "2026-09-22")
    await adding.move_day("2026-09-22", "day", "2026-09-23")
    await adding.move_day("2026-09-22", "time", "17:30")
    assert adding.action == "Save 4 lessons"
    await adding.save_series({})

    starts = [lesson.starts_at for lesson in desk.lessons() if lesson.series_id]
    assert starts == [
        wall(TUESDAY, 16),
        wall(date(2026, 9, 15), 16),
        wall(date(2026, 9, 23), 17, 30),
        wall(date(2026, 9, 29), 16),
    ]
    assert browser.notice.undoable
    assert [one["start"][:10] for one in browser.open(CalendarState).patch["upsert"]] == [
        "2026-09-08"
    ]

    first = next(lesson for lesson in desk.lessons() if lesson.series_id)
    await adding.take_back_series(str(first.id))
    assert {one.status for one in desk.lessons() if one.series_id} == {"cancelled"}


async def test_a_taken_day_cannot_be_kept(desk: Desk, visit: Visit) -> None:
    desk.lesson(wall(TUESDAY + timedelta(weeks=1), 16))
    _browser, adding = await begun(visit, desk)
    await adding.choose_repeat("weekly", "")
    await adding.choose_end("count")
    await adding.save(asked(desk, count="3"))

    await adding.decide("keep", adding.lines[0].on)

    assert adding.lines[0].choice == "skip"


async def test_several_weekdays_and_every_other_week(desk: Desk, visit: Visit) -> None:
    _browser, adding = await begun(visit, desk)
    await adding.choose_repeat("weekly", "")
    await adding.choose_weekday(4)
    await adding.choose_end("count")

    await adding.save(asked(desk, count="4", every_weeks="2"))
    await adding.save_series({})

    days = [lesson.starts_at.date().isoformat() for lesson in desk.lessons()]
    assert days == ["2026-09-08", "2026-09-10", "2026-09-22", "2026-09-24"]


async def test_a_stranger_reaches_nothing(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.rita)
    await browser.open(CalendarState, HERE).load()
    adding = browser.open(NewLessonState, HERE)

    await adding.search("sam")
    await adding.save(asked(desk))

    assert adding.found == []
    assert browser.notice.refused
    assert desk.lessons() == []
