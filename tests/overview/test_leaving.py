"""A student leaves: what depends on them, what is freed, and that it can be taken back."""

import pytest

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.overview.commands.leaving import let_student_go, take_student_back
from studio_app.overview.queries.leaving import what_depends_on_student
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.queries.students import StudentStatus, student_card
from studio_app.scheduling.rules.states import LessonStatus
from tests.scheduling.conftest import Desk


def test_it_says_what_still_depends(desk: Desk) -> None:
    world = desk.world
    desk.series(count=3)

    found = world.run(world.olivia, what_depends_on_student, world.student_id)

    assert (found.lessons, found.series, found.owed) == (3, 1, "")
    assert found.first_lesson == "Tue 8 Sept, 16:00"
    assert found.is_last_of_family


def test_leaving_frees_the_times_and_can_be_taken_back(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series(count=3)

    was = world.run(world.olivia, let_student_go, world.student_id)

    assert {row.status for row in desk.lessons(series_id)} == {LessonStatus.CANCELLED}
    card = world.run(world.olivia, student_card, world.student_id)
    assert (card.status, card.is_archived) == (StudentStatus.LEFT, True)
    assert world.run(world.olivia, what_depends_on_student, world.student_id).lessons == 0

    world.run(world.olivia, take_student_back, world.student_id, was)

    assert {row.status for row in desk.lessons(series_id)} == {LessonStatus.SCHEDULED}
    assert world.run(world.olivia, what_depends_on_student, world.student_id).lessons == 3


def test_the_others_of_a_class_keep_their_lessons(desk: Desk) -> None:
    world = desk.world
    other = world.run(world.olivia, add_student, StudentDetails("Mia", "Novak")).student_id
    assert other is not None
    series_id = desk.series(
        lesson_type_id=desk.band, student_ids=(world.student_id, other), count=3
    )

    was = world.run(world.olivia, let_student_go, world.student_id)

    lessons = desk.lessons(series_id)
    assert {row.status for row in lessons} == {LessonStatus.SCHEDULED}
    seated = {s.student_id for row in lessons for s in desk.seats(row.id) if not s.left_at}
    assert seated == {other}

    world.run(world.olivia, take_student_back, world.student_id, was)
    seated = {s.student_id for row in lessons for s in desk.seats(row.id) if not s.left_at}
    assert seated == {other, world.student_id}


def test_a_teacher_may_not_let_a_student_go(desk: Desk) -> None:
    world = desk.world
    with pytest.raises(Forbidden):
        world.run(world.tom, let_student_go, world.student_id)


def test_a_stranger_does_not_find_the_student(desk: Desk) -> None:
    world = desk.world
    with pytest.raises(NotFound):
        world.run(world.rita, what_depends_on_student, world.student_id)
    with pytest.raises(NotFound):
        world.run(world.rita, let_student_go, world.student_id)
