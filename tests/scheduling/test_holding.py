"""What is only asked for or held: it takes its time, and is no lesson yet."""

from datetime import timedelta
from typing import Any

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import day_sheet
from studio_app.attendance.rules import Outcome
from studio_app.kit.clock import Slot
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId
from studio_app.messaging.access.lessons import lessons_between
from studio_app.overview.queries_day import my_day
from studio_app.scheduling.commands import holding
from studio_app.scheduling.commands.lessons import (
    NeverAgreed,
    NotCancelled,
    cancel_lesson,
    move_lesson,
    restore_lesson,
)
from studio_app.scheduling.commands.year import close_studio_on
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.models.series import Enrolment
from studio_app.scheduling.queries.calendar import calendar_range
from studio_app.scheduling.queries.families import my_next_lessons
from studio_app.scheduling.rules.states import EnrolmentState, LessonStatus
from tests.scheduling.conftest import TUESDAY, Desk, wall

DAY = timedelta(days=1)
FOUR = wall(TUESDAY, 16)
HALF_AN_HOUR = timedelta(minutes=30)


def asked_for(desk: Desk, at: Any = FOUR) -> LessonId:
    world = desk.world
    wish = (world.student_id, desk.piano, world.teacher_id, Slot(at, at + HALF_AN_HOUR))
    return world.run(world.grace, holding.hold_lesson, *wish, room_id=desk.room_id)


def statuses(desk: Desk) -> list[str]:
    world = desk.world
    shown = world.run(world.olivia, calendar_range, TUESDAY, TUESDAY + DAY)
    return [one.status.value for one in shown.lessons]


def reminded(desk: Desk) -> list[LessonId]:
    return lessons_between(desk.world.as_(desk.world.olivia), FOUR - DAY, FOUR + DAY)


@pytest.mark.breaks_promises  # nobody booked it
def test_what_is_asked_for_keeps_its_time(desk: Desk) -> None:
    asked_for(desk)
    assert statuses(desk) == ["requested"]
    with pytest.raises(SlotTaken):
        desk.lesson(FOUR)
    with pytest.raises(SlotTaken):
        desk.lesson(FOUR, teacher_id=desk.ruth, room_id=desk.room_id)
    assert desk.broken() == []


@pytest.mark.breaks_promises  # nobody booked it
def test_what_is_asked_for_is_not_taught_marked_or_reminded_of(desk: Desk) -> None:
    lesson_id = asked_for(desk)
    world = desk.world.at(FOUR + HALF_AN_HOUR)
    seat = desk.seats(lesson_id)[0]
    assert reminded(desk) == []
    assert world.run(world.grace, my_next_lessons) == []
    assert world.run(world.tom, my_day, TUESDAY).seats == ()
    assert world.run(world.tom, day_sheet, TUESDAY) == []
    with pytest.raises(NotFound):
        world.run(world.tom, mark_seat, seat.id, Outcome.PRESENT)


def test_what_is_provisional_is_taught_marked_and_reminded_of(desk: Desk) -> None:
    lesson_id = asked_for(desk)
    desk.world.run(desk.world.olivia, holding.keep_provisional, lesson_id)
    world = desk.world.at(FOUR + HALF_AN_HOUR)
    assert statuses(desk) == ["provisional"]
    assert reminded(desk) == [lesson_id]
    world.run(world.tom, mark_seat, desk.seats(lesson_id)[0].id, Outcome.PRESENT)


def test_confirming_makes_it_a_lesson_like_any_other(desk: Desk) -> None:
    lesson_id = asked_for(desk)
    desk.world.run(desk.world.olivia, holding.confirm_held_lesson, lesson_id)
    assert statuses(desk) == ["scheduled"]
    assert reminded(desk) == [lesson_id]


def test_cancelling_what_is_asked_for_declines_it_for_good(desk: Desk) -> None:
    lesson_id = asked_for(desk)
    run, olivia = desk.world.run, desk.world.olivia
    run(olivia, cancel_lesson, lesson_id)
    assert desk.row(lesson_id).status == LessonStatus.DECLINED
    assert statuses(desk) == []
    with pytest.raises(NotCancelled):
        run(olivia, restore_lesson, lesson_id)
    with pytest.raises(NeverAgreed):
        run(olivia, move_lesson, lesson_id, to=FOUR + DAY)
    desk.lesson(FOUR)
    assert desk.broken() == []


@pytest.mark.breaks_promises  # nobody booked it
def test_staff_may_move_what_is_asked_for_and_it_stays_so(desk: Desk) -> None:
    lesson_id = asked_for(desk)
    desk.world.run(desk.world.olivia, move_lesson, lesson_id, to=FOUR + timedelta(hours=1))
    assert statuses(desk) == ["requested"]


def test_a_closure_declines_what_is_asked_for(desk: Desk) -> None:
    lesson_id = asked_for(desk)
    world = desk.world
    world.run(world.olivia, close_studio_on, name="Flood", first_on=TUESDAY, last_on=TUESDAY)
    assert desk.row(lesson_id).status == LessonStatus.DECLINED
    assert desk.row(lesson_id).closure_id is None


def test_a_weekly_place_is_provisional_until_it_is_confirmed(desk: Desk) -> None:
    world = desk.world
    held = world.run(world.grace, holding.hold_weekly, world.student_id, desk.wish)
    lessons = desk.lessons(held.series_id)
    assert len(lessons) > 4
    assert {row.status for row in lessons} == {LessonStatus.PROVISIONAL}
    assert desk.broken() == []

    world.run(world.olivia, holding.confirm_held_weekly, held.enrolment_id)

    assert {row.status for row in desk.lessons(held.series_id)} == {LessonStatus.SCHEDULED}
    enrolment = world.as_(world.olivia).session.get_one(Enrolment, held.enrolment_id)
    assert enrolment.state == EnrolmentState.ACTIVE


def test_a_weekly_place_is_refused_whole_and_names_nobody(desk: Desk) -> None:
    desk.lesson(FOUR + 3 * timedelta(weeks=1))
    world = desk.world
    with pytest.raises(SlotTaken) as refusal:
        world.run(world.grace, holding.hold_weekly, world.student_id, desk.wish)
    assert str(refusal.value) == "That time has just been taken. Please choose another."
    assert len(desk.lessons()) == 1


def test_a_weekly_place_that_is_released_gives_every_week_back(desk: Desk) -> None:
    world = desk.world
    held = world.run(world.grace, holding.hold_weekly, world.student_id, desk.wish)
    expired = LessonStatus.EXPIRED
    world.run(world.olivia, holding.release_weekly, held.enrolment_id, as_=expired)
    assert {row.status for row in desk.lessons(held.series_id)} == {expired}
    desk.series()
    assert desk.broken() == []
