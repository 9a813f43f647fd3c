"""What has happened to a lesson, told from the audit."""

from datetime import timedelta

import pytest

from studio_app.kit.errors import NotFound
from studio_app.scheduling.commands.lessons import (
    cancel_lesson,
    move_lesson,
    note_on_lesson,
    restore_lesson,
)
from studio_app.scheduling.queries.history import lesson_history
from studio_app.scheduling.queries.lessons import lesson_details
from tests.scheduling.conftest import TUESDAY, Desk, wall


def test_it_tells_what_was_done_by_whom_the_newest_first(desk: Desk) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    run(olivia, move_lesson, lesson_id, to=wall(TUESDAY, 17))
    run(olivia, note_on_lesson, lesson_id, notes="Bring the blue book")
    run(olivia, cancel_lesson, lesson_id)
    run(olivia, restore_lesson, lesson_id)
    run(olivia, move_lesson, lesson_id, to=wall(TUESDAY, 17), teacher_id=desk.ruth)

    told = run(olivia, lesson_history, lesson_id)

    assert [(one.what, one.by) for one in told] == [
        ("Given to another teacher", "Olivia Owen"),
        ("Put back", "Olivia Owen"),
        ("Cancelled", "Olivia Owen"),
        ("Moved from Tue 8 Sept, 16:00", "Olivia Owen"),
        ("Put into the calendar", "Olivia Owen"),
    ]


def test_a_changed_length_is_told(desk: Desk) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    run(olivia, move_lesson, lesson_id, to=wall(TUESDAY, 16), minutes=45)

    newest = run(olivia, lesson_history, lesson_id)[0]

    assert newest.what == "Made longer or shorter"


def test_a_stranger_does_not_find_it(desk: Desk) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 16) + timedelta(hours=1))

    with pytest.raises(NotFound):
        desk.world.run(desk.world.rita, lesson_history, lesson_id)


def test_each_note_is_changed_without_the_other(desk: Desk) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    run(olivia, note_on_lesson, lesson_id, notes="Shy today", focus="Bars 1 to 16")

    run(olivia, note_on_lesson, lesson_id, notes=" Better ")

    details = run(olivia, lesson_details, lesson_id)
    assert (details.notes, details.focus) == ("Better", "Bars 1 to 16")


def test_a_family_reads_neither_with_the_lesson(desk: Desk) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    lesson_id = desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,))
    run(olivia, note_on_lesson, lesson_id, notes="Shy today", focus="Bars 1 to 16")

    details = run(desk.world.grace, lesson_details, lesson_id)

    assert (details.notes, details.focus) == ("", "")
