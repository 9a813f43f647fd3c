"""Who takes part in a series, from when and until when."""

from datetime import timedelta

import pytest
from sqlmodel import select

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import StudentId
from studio_app.people.models import Student
from studio_app.scheduling.commands.enrolments import (
    AlreadyEnrolled,
    LeavesBeforeJoining,
    TooLateToUndo,
    join_series,
    leave_series,
    seat_student,
    stay_in_series,
    take_joining_back,
    unseat_student,
)
from studio_app.scheduling.commands.series import extend_series
from studio_app.scheduling.diary import Full, SlotTaken
from studio_app.scheduling.models.series import Enrolment
from tests.scheduling.conftest import TUESDAY, Desk, wall

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@pytest.fixture
def eve(desk: Desk) -> StudentId:
    session = desk.world.as_(desk.world.olivia).session
    student = Student(family_id=desk.world.family_id, first_name="Eve", last_name="Gray")
    session.add(student)
    session.commit()
    return student.id


def enrolments(desk: Desk, series_id: object) -> list[Enrolment]:
    query = select(Enrolment).where(Enrolment.series_id == series_id)
    return list(desk.world.as_(desk.world.olivia).session.exec(query))


def test_joining_seats_a_student_from_a_date_on(desk: Desk, eve: StudentId) -> None:
    world = desk.world
    series_id = desk.series(count=4, lesson_type_id=desk.band)
    day = TUESDAY + WEEK
    world.run(world.olivia, join_series, series_id, eve, starts_on=day, ends_on=day + WEEK)
    seated = [len(desk.seats(row.id)) for row in desk.lessons(series_id)]
    assert seated == [1, 2, 2, 1]
    with pytest.raises(AlreadyEnrolled):
        world.run(world.olivia, join_series, series_id, eve, starts_on=day + WEEK)
    with pytest.raises(LeavesBeforeJoining):
        world.run(world.olivia, join_series, series_id, eve, starts_on=day, ends_on=TUESDAY)


def test_leaving_gives_later_seats_back_and_can_be_undone(desk: Desk, eve: StudentId) -> None:
    world = desk.world
    series_id = desk.series(lesson_type_id=desk.band)
    enrolment = world.run(world.olivia, join_series, series_id, eve, starts_on=TUESDAY)

    def seats() -> int:
        found = [seat for row in desk.lessons(series_id) for seat in desk.seats(row.id)]
        return sum(1 for seat in found if seat.student_id == eve and seat.left_at is None)

    world.run(world.olivia, leave_series, enrolment, last_on=TUESDAY + WEEK)
    assert seats() == 2
    later = world.at(world.now + 3 * WEEK)
    later.run(later.olivia, extend_series, series_id)
    assert seats() == 2
    later.run(later.olivia, stay_in_series, enrolment)
    assert seats() == len(desk.lessons(series_id))


def test_joining_is_refused_where_the_lesson_is_full(desk: Desk, eve: StudentId) -> None:
    world = desk.world
    with pytest.raises(Full, match="for 1 at most"):
        world.run(world.olivia, join_series, desk.series(count=1), eve, starts_on=TUESDAY)


def test_joining_is_refused_where_the_student_is_elsewhere(desk: Desk, eve: StudentId) -> None:
    world = desk.world
    series_id = desk.series(count=3, lesson_type_id=desk.band)
    desk.lesson(wall(TUESDAY + WEEK, 16), teacher_id=desk.ruth, student_ids=(eve,))
    with pytest.raises(SlotTaken, match="Eve Gray has a lesson with Ruth Roe"):
        world.run(world.olivia, join_series, series_id, eve, starts_on=TUESDAY)


def test_a_guest_takes_and_leaves_a_seat(desk: Desk, eve: StudentId) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TUESDAY, 16), lesson_type_id=desk.band)
    world.run(world.olivia, seat_student, lesson_id, eve)
    world.run(world.olivia, seat_student, lesson_id, eve)
    assert len(desk.seats(lesson_id)) == 1
    world.run(world.olivia, unseat_student, lesson_id, eve)
    assert desk.seats(lesson_id)[0].left_at is not None
    with pytest.raises(NotFound):
        world.run(world.olivia, unseat_student, lesson_id, eve)
    world.run(world.olivia, seat_student, lesson_id, eve)
    assert desk.seats(lesson_id)[0].left_at is None


def test_joining_that_is_undone_has_never_been(desk: Desk, eve: StudentId) -> None:
    world = desk.world
    choir = desk.series(lesson_type_id=desk.band, count=3)
    joined = world.run(world.olivia, join_series, choir, eve, starts_on=TUESDAY)
    world.run(world.olivia, take_joining_back, joined)
    for lesson in desk.lessons(choir):
        here = [one.student_id for one in desk.seats(lesson.id) if one.left_at is None]
        assert here == [world.student_id]
    again = world.run(world.olivia, join_series, choir, eve, starts_on=TUESDAY)
    assert [one.student_id for one in desk.seats(desk.lessons(choir)[0].id)].count(eve) == 1
    later = world.at(world.now + timedelta(hours=2))
    with pytest.raises(TooLateToUndo):
        later.run(later.olivia, take_joining_back, again)
    with pytest.raises(NotFound):
        world.run(world.rita, take_joining_back, again)
