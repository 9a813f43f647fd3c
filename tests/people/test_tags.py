"""Tags: put on, taken off, found by."""

import pytest

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.tags import NoTag, tag_student, untag_student
from studio_app.people.queries.students import students
from studio_app.people.queries.tags import TagCount, tags_in_use, tags_of_student
from tests.conftest import World


def test_a_tag_is_put_on_once_and_taken_off(world: World) -> None:
    sam = world.student_id
    assert world.run(world.olivia, tag_student, sam, "  Grade 5   exam ")
    assert not world.run(world.olivia, tag_student, sam, "Grade 5 exam")
    assert world.run(world.tom, tags_of_student, sam) == ["Grade 5 exam"]
    assert world.run(world.olivia, untag_student, sam, "grade 5 exam")
    assert not world.run(world.olivia, untag_student, sam, "grade 5 exam")
    assert world.run(world.tom, tags_of_student, sam) == []


def test_a_tag_is_written_as_the_studio_writes_it(world: World) -> None:
    added = world.run(world.olivia, add_student, StudentDetails("Ada"))
    assert added.student_id
    world.run(world.olivia, tag_student, world.student_id, "Choir")
    world.run(world.olivia, tag_student, added.student_id, "choir")
    assert world.run(world.olivia, tags_in_use) == [TagCount("Choir", 2)]


def test_students_are_found_by_their_tag(world: World) -> None:
    world.run(world.olivia, add_student, StudentDetails("Ada"))
    world.run(world.olivia, tag_student, world.student_id, "choir")
    found = world.run(world.tom, students, tag="choir").rows
    assert [row.id for row in found] == [world.student_id]
    assert world.run(world.tom, students, tag="band").rows == []


@pytest.mark.parametrize("tag", ["", "   ", "x" * 41])
def test_a_tag_is_a_word_or_two(world: World, tag: str) -> None:
    with pytest.raises(NoTag):
        world.run(world.olivia, tag_student, world.student_id, tag)


def test_a_teacher_sees_tags_but_does_not_put_them_on(world: World) -> None:
    with pytest.raises(Forbidden):
        world.run(world.tom, tag_student, world.student_id, "choir")


def test_a_stranger_does_not_find_the_student(world: World) -> None:
    with pytest.raises(NotFound):
        world.run(world.rita, tag_student, world.student_id, "choir")
    assert world.run(world.rita, tags_in_use) == []
