"""Open times as the studio's own people and families find them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonTypeId
from studio_app.people.commands.teachers import TeacherDetails, edit_teacher
from studio_app.scheduling import slots
from studio_app.scheduling.commands.availability import (
    Absence,
    EndsBeforeItStarts,
    HoursOverlap,
    SlotTooLong,
    TeachingHours,
    change_hours,
    come_back,
    offer_hours,
    take_time_off,
    withdraw_hours,
)
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.year import close_studio_on
from studio_app.scheduling.queries.open_times import open_times
from studio_app.scheduling.slots import NoDays, OpenTimes, TooManyDays
from studio_app.scheduling.wishes import SlotSearch
from tests.scheduling.conftest import LONDON, TUESDAY, Desk, wall
from tests.scheduling.test_query_counts import statements

AFTERNOON = TeachingHours(15 * 60, 17 * 60, weekday=2)


def search(desk: Desk, **wishes: Any) -> SlotSearch:
    """A half-hour piano lesson with Tom on the one Tuesday, unless wished otherwise."""
    asked = SlotSearch(
        desk.piano, TUESDAY, TUESDAY + timedelta(days=1), teacher_id=desk.world.teacher_id
    )
    return replace(asked, **wishes)


def found(desk: Desk, **wishes: Any) -> list[str]:
    answer: OpenTimes = desk.world.run(desk.world.olivia, open_times, search(desk, **wishes))
    return [f"{one.starts_at.astimezone(LONDON):%H:%M}" for one in answer.openings]


@pytest.fixture
def hours(desk: Desk) -> Desk:
    """Tom teaches on Tuesdays from three to five, at the school."""
    at_school = replace(AFTERNOON, location_id=desk.location_id)
    desk.world.run(desk.world.tom, offer_hours, desk.world.teacher_id, at_school)
    return desk


def test_it_finds_what_lies_between_the_lessons(hours: Desk) -> None:
    hours.lesson(wall(TUESDAY, 15, 45))
    assert found(hours) == ["15:00", "15:15", "16:15", "16:30"]


def test_a_closed_day_and_a_day_off_have_none(hours: Desk) -> None:
    world = hours.world
    off = world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    assert found(hours) == []
    world.run(world.tom, come_back, off)
    assert len(found(hours)) == 7
    world.run(world.olivia, close_studio_on, name="Moving", first_on=TUESDAY, last_on=TUESDAY)
    assert found(hours) == []


def test_half_a_day_off_leaves_the_other_half(hours: Desk) -> None:
    world = hours.world
    absence = Absence(TUESDAY, TUESDAY, from_minute=16 * 60)
    world.run(world.tom, take_time_off, world.teacher_id, absence)
    assert found(hours) == ["15:00", "15:15", "15:30"]


def test_a_bank_holiday_has_none_unless_the_studio_teaches_then(hours: Desk) -> None:
    boxing_day = date(2026, 12, 26)
    saturday = replace(AFTERNOON, weekday=6, location_id=hours.location_id)
    hours.world.run(hours.world.tom, offer_hours, hours.world.teacher_id, saturday)
    assert found(hours, first_on=boxing_day, until=boxing_day + timedelta(days=1)) == []
    before = boxing_day - timedelta(days=7)
    assert found(hours, first_on=before, until=before + timedelta(days=1))


def test_published_slots_are_offered_whole(hours: Desk) -> None:
    world = hours.world
    slots_of_30 = TeachingHours(9 * 60, 11 * 60, weekday=2, slot_minutes=30)
    world.run(world.tom, offer_hours, world.teacher_id, slots_of_30)
    hours.lesson(wall(TUESDAY, 9, 40), minutes=10)
    assert found(hours)[:3] == ["09:00", "10:00", "10:30"]
    assert "09:00" not in found(hours, minutes=45)


def test_a_full_room_leaves_no_time_and_a_second_room_does(hours: Desk) -> None:
    world = hours.world
    hours.lesson(wall(TUESDAY, 15), minutes=120, teacher_id=hours.ruth, room_id=hours.room_id)
    assert found(hours) == []
    world.run(world.olivia, add_room, hours.location_id, RoomDetails("Room 2"))
    assert len(found(hours)) == 7


def test_a_student_who_learns_elsewhere_then_is_not_there(hours: Desk) -> None:
    sam = hours.world.student_id
    hours.lesson(wall(TUESDAY, 15), teacher_id=hours.ruth, student_ids=(sam,))
    assert found(hours, student_ids=frozenset({sam}))[0] == "15:30"
    assert found(hours)[0] == "15:00"


def test_any_teacher_of_an_instrument_is_asked(hours: Desk) -> None:
    world = hours.world
    details = TeacherDetails("Ruth Roe", instruments=("Violin",))
    world.run(world.olivia, edit_teacher, hours.ruth, details)
    morning = TeachingHours(9 * 60, 9 * 60 + 30, weekday=2)
    world.run(world.olivia, offer_hours, hours.ruth, morning)
    assert found(hours, teacher_id=None, instrument="violin") == ["09:00"]
    assert found(hours, teacher_id=None, instrument="tuba") == []
    assert len(found(hours, teacher_id=None)) == 8


def test_a_lesson_that_would_move_does_not_stand_in_its_own_way(hours: Desk) -> None:
    lesson_id = hours.lesson(wall(TUESDAY, 15), minutes=120)
    assert found(hours) == []
    assert len(found(hours, without=lesson_id)) == 7


def test_the_way_between_locations_is_kept_free(hours: Desk) -> None:
    world = hours.world
    there = world.run(world.olivia, open_location, "Church")
    room = world.run(world.olivia, add_room, there, RoomDetails("Nave"))
    world.run(world.olivia, set_booking_rules, RuleChange(travel_minutes=30))
    hours.lesson(wall(TUESDAY, 14, 30), room_id=room)
    assert found(hours)[0] == "15:30"
    hours.lesson(wall(TUESDAY, 17), room_id=room)
    assert found(hours)[-1] == "16:00"


def answer_for_family(desk: Desk, **wishes: Any) -> OpenTimes:
    work = desk.world.as_(desk.world.olivia)
    return slots.find(work, search(desk, **wishes), as_family=True)


def test_families_are_held_to_notice_horizon_and_what_is_open(hours: Desk) -> None:
    world = hours.world
    assert len(answer_for_family(hours).openings) == 7
    week = timedelta(days=7) + timedelta(hours=5, minutes=30)  # from Tuesday the 1st, 10:00
    lead = int(week.total_seconds()) // 60
    world.run(world.olivia, set_booking_rules, RuleChange(lead_minutes=lead))
    first = answer_for_family(hours).openings[0]
    assert first.starts_at == wall(TUESDAY, 15, 30)
    world.run(world.olivia, set_booking_rules, RuleChange(horizon_days=7))
    assert answer_for_family(hours).openings == ()
    assert len(found(hours)) == 7, "staff are not held to it"
    closed = RuleChange(is_open=False)
    world.run(world.olivia, set_booking_rules, RuleChange())
    world.run(world.olivia, set_booking_rules, closed, lesson_type_id=hours.piano)
    assert answer_for_family(hours).openings == ()


def test_a_student_with_enough_lessons_that_week_finds_none_in_it(hours: Desk) -> None:
    world, sam = hours.world, frozenset({hours.world.student_id})
    world.run(world.olivia, set_booking_rules, RuleChange(most_a_week=1))
    hours.lesson(wall(TUESDAY + timedelta(days=3), 9), student_ids=tuple(sam))
    both = {"until": TUESDAY + timedelta(days=8), "student_ids": sam}
    days = {one.starts_at.date() for one in answer_for_family(hours, **both).openings}
    assert days == {TUESDAY + timedelta(days=7)}


def test_groups_are_shown_by_the_places_they_have_left(hours: Desk) -> None:
    world, sam = hours.world, hours.world.student_id
    trio = world.run(world.olivia, add_lesson_type, LessonTypeDetails("Trio", 60, capacity=1 + 1))
    lesson_id = hours.lesson(wall(TUESDAY, 15), lesson_type_id=trio, room_id=hours.room_id)
    [place] = answer_for_family(hours, lesson_type_id=trio).places
    assert (place.lesson_id, place.places) == (lesson_id, 2)
    hours.lesson(wall(TUESDAY, 15, 30), teacher_id=hours.ruth, student_ids=(sam,))
    busy = answer_for_family(hours, lesson_type_id=trio, student_ids=frozenset({sam}))
    assert busy.places == (), "Sam is with Ruth half of that time"


@pytest.mark.parametrize("lessons", [0, 40])
def test_it_takes_three_statements_however_much_is_in_the_diary(hours: Desk, lessons: int) -> None:
    for n in range(lessons):
        hours.lesson(wall(TUESDAY, 5) + timedelta(minutes=10 * n), minutes=5)
    with statements(hours) as sent:
        found(hours, until=TUESDAY + timedelta(days=28))
    asked = [s for s in sent if "lesson" in s or "teacher" in s]
    assert len(asked) == 3


def test_ranges_the_wrong_way_round_and_too_long_are_refused(hours: Desk) -> None:
    with pytest.raises(NoDays):
        found(hours, until=TUESDAY)
    with pytest.raises(TooManyDays):
        found(hours, until=TUESDAY + timedelta(days=3650))
    with pytest.raises(NotFound):
        found(hours, lesson_type_id=LessonTypeId(hours.world.student_id))


def test_hours_that_overlap_others_are_refused_and_those_that_touch_are_not(hours: Desk) -> None:
    world = hours.world
    block = world.run(
        world.tom, offer_hours, world.teacher_id, TeachingHours(17 * 60, 1440, weekday=2)
    )
    with pytest.raises(HoursOverlap):
        world.run(world.tom, change_hours, block, TeachingHours(16 * 60 + 59, 1440, weekday=2))
    with pytest.raises(EndsBeforeItStarts):
        world.run(world.tom, change_hours, block, TeachingHours(600, 600, weekday=2))
    with pytest.raises(SlotTooLong):
        world.run(world.tom, change_hours, block, TeachingHours(600, 620, 2, slot_minutes=30))
    assert world.run(world.tom, withdraw_hours, block) == TeachingHours(17 * 60, 1440, weekday=2)


def test_a_teacher_speaks_for_themselves_only(hours: Desk) -> None:
    world = hours.world
    with pytest.raises(NotFound):
        world.run(world.tom, offer_hours, hours.ruth, AFTERNOON)
    with pytest.raises(NotFound):
        world.run(world.tom, take_time_off, hours.ruth, Absence(TUESDAY, TUESDAY))
    with pytest.raises(NotFound):
        world.run(world.rita, offer_hours, world.teacher_id, AFTERNOON)
    with pytest.raises(EndsBeforeItStarts):
        world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, date(2026, 9, 7)))
    world.run(world.olivia, offer_hours, hours.ruth, AFTERNOON)
