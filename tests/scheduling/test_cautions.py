"""What speaks against a time: staff may go ahead with a reason, families never see such times."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from studio_app.kit.ids import LessonId, RoomId
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.people.models import Family, Guardian, Guardianship, Student
from studio_app.scheduling import slots
from studio_app.scheduling.cautions import Cautioned
from studio_app.scheduling.commands.availability import (
    Absence,
    TeachingHours,
    offer_hours,
    take_time_off,
)
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, move_lesson, schedule_lesson
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.queries.answers import conflicts_for_lesson, conflicts_for_move
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.scheduling.queries.planning import series_preview
from studio_app.scheduling.wishes import SeriesChange, SlotSearch
from tests.cast import write_rows
from tests.scheduling.conftest import TUESDAY, Desk, wall

CHRISTMAS = date(2026, 12, 25)
OFF = "Tom Teal is away then."


@pytest.fixture
def church(desk: Desk) -> RoomId:
    """A room at another place; between the two lie thirty minutes."""
    run, olivia = desk.world.run, desk.world.olivia
    run(olivia, set_booking_rules, RuleChange(travel_minutes=30))
    there = run(olivia, open_location, "Church")
    return run(olivia, add_room, there, RoomDetails("Nave"))


def warnings(desk: Desk, lesson_id: LessonId, to: datetime, **more: Any) -> tuple[str, ...]:
    answer = desk.world.run(desk.world.olivia, conflicts_for_move, lesson_id, to=to, **more)
    return answer.warnings


def test_a_lesson_soon_after_one_elsewhere_needs_a_reason(desk: Desk, church: RoomId) -> None:
    desk.lesson(wall(TUESDAY, 9, 30), room_id=church)
    said = "Tom Teal comes from Church 15 minutes before; 30 are needed."
    with pytest.raises(Cautioned, match=said):
        desk.lesson(wall(TUESDAY, 10, 15), room_id=desk.room_id, despite="")
    lesson_id = desk.lesson(wall(TUESDAY, 10, 15), room_id=desk.room_id, despite=" He cycles ")
    shown = desk.world.run(desk.world.olivia, lesson_details, lesson_id)
    assert shown.despite == "He cycles"


def test_the_way_afterwards_counts_and_enough_time_is_enough(desk: Desk, church: RoomId) -> None:
    desk.lesson(wall(TUESDAY, 12), room_id=church)
    lesson_id = desk.lesson(wall(TUESDAY, 9), room_id=desk.room_id)
    assert warnings(desk, lesson_id, wall(TUESDAY, 11)) == ()
    assert warnings(desk, lesson_id, wall(TUESDAY, 11, 1)) == (
        "Tom Teal has to be at Church 29 minutes later; 30 are needed.",
    )
    desk.lesson(wall(TUESDAY, 23, 30), room_id=church)
    after_midnight = wall(TUESDAY + timedelta(days=1), 0, 15)
    assert warnings(desk, lesson_id, after_midnight) == (
        "Tom Teal comes from Church 15 minutes before; 30 are needed.",
    )


def test_a_student_has_to_get_there_too(desk: Desk, church: RoomId) -> None:
    sam = (desk.world.student_id,)
    desk.lesson(wall(TUESDAY, 9), room_id=church, teacher_id=desk.ruth, student_ids=sam)
    with pytest.raises(Cautioned, match="Sam Gray comes from Church 0 minutes before"):
        desk.lesson(wall(TUESDAY, 9, 30), room_id=desk.room_id, student_ids=sam, despite=" ")


def test_a_move_without_a_reason_changes_nothing_and_with_one_keeps_it(desk: Desk) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TUESDAY, 9))
    with pytest.raises(Cautioned, match="Bank holiday: Christmas Day"):
        world.run(world.tom, move_lesson, lesson_id, to=wall(CHRISTMAS, 9))
    assert desk.row(lesson_id).starts_at == wall(TUESDAY, 9)
    world.run(world.tom, move_lesson, lesson_id, to=wall(CHRISTMAS, 9), despite="A concert")
    assert desk.row(lesson_id).despite == "A concert"
    world.run(world.tom, move_lesson, lesson_id, to=wall(TUESDAY, 9), despite="Undone")
    assert desk.row(lesson_id).despite == "", "nothing speaks against it there"


def test_time_off_speaks_against_it(desk: Desk) -> None:
    world = desk.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY, 600, 660))
    wish = NewLesson(world.teacher_id, desk.piano, wall(TUESDAY, 10, 45))
    assert world.run(world.olivia, conflicts_for_lesson, wish).warnings == (OFF,)
    later = replace(wish, starts_at=wall(TUESDAY, 11))
    assert world.run(world.olivia, conflicts_for_lesson, later).warnings == ()


def sam_at_rival(desk: Desk, at: datetime) -> None:
    """Sam learns at Rival as well: the same guardian brings him, under her own account."""
    world, rita = desk.world, desk.world.rita
    family = Family(name="Gray")
    grace = Guardian(person_id=world.grace.person_id, name="Grace G")
    write_rows(world.connection, world.rival, world.now, family, grace)
    sam = Student(family_id=family.id, first_name="SAM", last_name="G")
    write_rows(world.connection, world.rival, world.now, sam)
    link = Guardianship(guardian_id=grace.id, student_id=sam.id)
    write_rows(world.connection, world.rival, world.now, link)
    teacher = world.run(rita, add_teacher, TeacherDetails("Rival teacher"))
    kind = world.run(rita, add_lesson_type, LessonTypeDetails("Secret", minutes=30))
    world.run(rita, schedule_lesson, NewLesson(teacher, kind, at, (sam.id,)))


def test_a_lesson_at_another_studio_is_told_and_nothing_else_of_it(desk: Desk) -> None:
    world, sam = desk.world, (desk.world.student_id,)
    sam_at_rival(desk, wall(TUESDAY, 15))
    wish = NewLesson(world.teacher_id, desk.piano, wall(TUESDAY, 15, 15), sam)
    answer = world.run(world.olivia, conflicts_for_lesson, wish)
    assert answer.warnings == ("Sam Gray has a lesson at another studio then.",)
    with pytest.raises(Cautioned):
        desk.lesson(wall(TUESDAY, 15, 15), student_ids=sam, despite="")
    free = replace(wish, starts_at=wall(TUESDAY, 15, 30))
    assert world.run(world.olivia, conflicts_for_lesson, free).warnings == ()


def test_families_are_not_offered_a_time_at_which_they_are_elsewhere(desk: Desk) -> None:
    world = desk.world
    hours = TeachingHours(15 * 60, 16 * 60, weekday=2, location_id=desk.location_id)
    world.run(world.tom, offer_hours, world.teacher_id, hours)
    sam_at_rival(desk, wall(TUESDAY, 15))
    search = SlotSearch(desk.piano, TUESDAY, TUESDAY + timedelta(days=1), world.teacher_id)
    asked = replace(search, student_ids=frozenset({world.student_id}))
    found = slots.find(world.as_(world.olivia), asked, as_family=True)
    assert [one.starts_at for one in found.openings] == [wall(TUESDAY, 15, 30)]
    anybody = slots.find(world.as_(world.olivia), search, as_family=True)
    assert len(anybody.openings) == 3


def test_a_weekly_lesson_shows_beforehand_what_speaks_against_its_days(desk: Desk) -> None:
    world = desk.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    wish = replace(desk.wish, count=3)
    shown = world.run(world.olivia, series_preview, wish)
    assert [day.cautions for day in shown.days] == [(OFF,), (), ()]
    with pytest.raises(Cautioned, match=OFF):
        desk.series(count=3)
    series_id = desk.series(count=3, despite="Ruth plays for him")
    assert [row.despite for row in desk.lessons(series_id)] == ["Ruth plays for him", "", ""]


def test_a_time_the_clocks_jump_over_needs_a_reason_and_one_that_comes_twice_is_said(
    desk: Desk,
) -> None:
    lesson_id = desk.lesson(wall(TUESDAY, 9))
    spring = datetime.fromisoformat("2027-03-28T01:30")
    assert warnings(desk, lesson_id, spring) == (
        "01:30 does not exist that day: the clocks go forward to 02:30.",
    )
    run, olivia = desk.world.run, desk.world.olivia
    with pytest.raises(Cautioned):
        run(olivia, move_lesson, lesson_id, to=spring)
    twice = datetime.fromisoformat("2026-10-25T01:30")
    autumn = run(olivia, conflicts_for_move, lesson_id, to=twice)
    assert autumn.warnings == ()
    assert autumn.remarks == (
        "01:30 comes twice that day: the clocks go back. The first is meant.",
    )


def test_changing_a_series_needs_a_reason_where_something_speaks_against_its_new_times(
    desk: Desk,
) -> None:
    world = desk.world
    wednesday = TUESDAY + timedelta(days=8)
    world.run(world.tom, take_time_off, world.teacher_id, Absence(wednesday, wednesday))
    first, *others = desk.lessons(desk.series(count=3))
    change = SeriesChange(to=datetime.combine(TUESDAY + timedelta(days=1), time(17)))
    with pytest.raises(Cautioned, match=OFF):
        world.run(world.olivia, change_series, first.id, change)
    assert desk.row(first.id).starts_at == wall(TUESDAY, 16)
    world.run(world.olivia, change_series, first.id, change, despite=" Ruth plays for him ")
    rows = [desk.row(one.id) for one in (first, *others)]
    assert [row.starts_at for row in rows][:2] == [
        wall(TUESDAY + timedelta(days=1), 17),
        wall(wednesday, 17),
    ]
    assert [row.despite for row in rows] == ["", "Ruth plays for him", ""]


def test_a_series_that_moves_away_leaves_its_reasons_behind(desk: Desk) -> None:
    world = desk.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    first, *_others = desk.lessons(desk.series(count=2, despite="Ruth plays for him"))
    assert desk.row(first.id).despite == "Ruth plays for him"
    change = SeriesChange(to=datetime.combine(TUESDAY + timedelta(days=2), time(17)))
    world.run(world.olivia, change_series, first.id, change)
    assert desk.row(first.id).despite == ""


def test_what_stays_where_it_is_is_not_asked_about_again(desk: Desk) -> None:
    world = desk.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    first, *_others = desk.lessons(desk.series(count=2, despite="Ruth plays for him"))
    violin = world.run(world.olivia, add_lesson_type, LessonTypeDetails("Violin", minutes=30))
    world.run(world.olivia, change_series, first.id, SeriesChange(lesson_type_id=violin))
    assert desk.row(first.id).despite == "Ruth plays for him"
