"""The audit in words."""

import pytest

from studio_app.kit.errors import Forbidden
from studio_app.overview.queries.changes import what_changed
from studio_app.overview.rules.things import thing
from studio_app.people.commands.students import StudentDetails, edit_student
from studio_app.scheduling.commands.lessons import move_lesson
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk, wall

__all__ = ["desk"]


def test_it_says_what_was_changed_field_by_field(world: World) -> None:
    details = StudentDetails("Samuel", "Gray", instrument="Piano")
    world.run(world.olivia, edit_student, world.student_id, details)

    latest = world.run(world.olivia, what_changed).rows[0]

    assert (latest.who, latest.when) == ("Olivia Owen", "Tue 1 Sept, 10:00")
    assert latest.what == ("Student changed",)
    assert "First name: Sam → Samuel" in latest.details


def test_times_are_those_of_the_studio_and_rows_of_a_kind_are_counted(desk: Desk) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TUESDAY, 16), student_ids=(world.student_id,))
    world.run(world.olivia, move_lesson, lesson_id, to=wall(TUESDAY, 17))

    latest = world.run(world.olivia, what_changed).rows[0]

    assert set(latest.what) == {"Lesson changed", "Seat changed"}
    assert "Begins: Tue 8 Sept, 16:00 → Tue 8 Sept, 17:00" in latest.details


def test_each_page_goes_on_where_the_last_one_ended(desk: Desk) -> None:
    world = desk.world
    for hour in (9, 10, 11):
        desk.lesson(wall(TUESDAY, hour))
    first = world.run(world.olivia, what_changed, limit=2)
    second = world.run(world.olivia, what_changed, after=first.next_after, limit=2)

    assert {one.id for one in first.rows}.isdisjoint(one.id for one in second.rows)
    assert first.rows[-1].id > second.rows[0].id


def test_strangers_see_their_own_and_teachers_nothing(world: World) -> None:
    details = StudentDetails("Samuel", "Gray")
    world.run(world.olivia, edit_student, world.student_id, details)

    theirs = world.run(world.rita, what_changed).rows
    assert "Samuel" not in str(theirs)
    with pytest.raises(Forbidden):
        world.run(world.tom, what_changed)


def test_what_has_no_word_is_a_record() -> None:
    assert str(thing("something_new")) == "Record"
