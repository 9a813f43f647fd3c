"""What the diary shows, to whom, and in how many statements."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import new_id
from studio_app.people.models import Family, Guardian, Guardianship, Student
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.commands.year import (
    add_term,
    close_studio_on,
    ignore_holiday,
    observe_holiday,
)
from studio_app.scheduling.queries.answers import conflicts_for_move
from studio_app.scheduling.queries.calendar import (
    calendar_lesson,
    calendar_lessons,
    calendar_range,
    week_of,
)
from studio_app.scheduling.queries.families import lessons_of_family, next_lessons_of
from studio_app.scheduling.queries.lessons import lesson_details, lessons_on
from studio_app.scheduling.queries.planning import series_preview
from studio_app.scheduling.queries.setup import (
    closure_ahead,
    closures,
    holidays_between,
    lesson_types,
    locations,
    terms,
)
from studio_app.scheduling.rules.states import LessonKind, LessonStatus
from tests.scheduling.conftest import TUESDAY, Desk, wall

WEEK = timedelta(weeks=1)
HALF = timedelta(minutes=30)


@pytest.fixture
def max_actor(desk: Desk) -> Actor:
    """Another parent at Harmony, whose child is Max."""
    world = desk.world
    session = world.as_(world.olivia).session
    email = "max@example.org"
    person_id = (
        session.connection()
        .execute(
            text("select identity_account(:id, :email, 'Mia', :at)"),
            {"id": new_id(), "email": email, "at": world.now},
        )
        .scalar_one()
    )
    family, guardian = Family(name="Moss"), Guardian(name="Mia Moss", person_id=person_id)
    session.add_all([family, guardian])
    session.flush()
    child = Student(family_id=family.id, first_name="Max", last_name="Moss")
    session.add(child)
    session.flush()
    session.add(Guardianship(guardian_id=guardian.id, student_id=child.id))
    session.commit()
    return Actor.of(person_id, world.harmony, Role.GUARDIAN)


def test_a_week_shows_the_studios_wall(desk: Desk) -> None:
    world = desk.world
    desk.series(count=9)
    summer = world.run(world.olivia, week_of, TUESDAY)
    winter = world.run(world.tom, week_of, TUESDAY + 7 * WEEK)

    (lesson,) = summer.lessons
    assert (lesson.starts, lesson.ends) == ("2026-09-08T16:00", "2026-09-08T16:30")
    assert (lesson.title, lesson.teacher, lesson.room) == ("Sam Gray", "Tom Teal", "Room 1")
    assert lesson.label == "Piano, Sam Gray with Tom Teal"
    assert winter.lessons[0].starts == "2026-10-27T16:00"
    assert (summer.zone, summer.first) == ("Europe/London", date(2026, 9, 7))


def test_a_range_is_filtered_by_teacher_and_room(desk: Desk) -> None:
    world = desk.world
    desk.series(count=1)
    desk.lesson(wall(TUESDAY, 16), teacher_id=desk.ruth)
    days = (TUESDAY, TUESDAY + timedelta(days=1))

    def titles(**only: object) -> list[str]:
        found = world.run(world.olivia, calendar_range, *days, **only)  # type: ignore[arg-type]
        return [lesson.title for lesson in found.lessons]

    assert titles() == ["Sam Gray", "Piano"]
    assert titles(teacher_ids=[desk.ruth]) == ["Piano"]
    assert titles(room_ids=[desk.room_id]) == ["Sam Gray"]
    assert world.run(world.rita, calendar_range, *days).lessons == ()
    with pytest.raises(Forbidden):
        world.run(world.grace, calendar_range, *days)


def test_one_lesson_is_the_patch_after_a_change(desk: Desk) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TUESDAY, 16), kind=LessonKind.MAKE_UP)
    world.run(world.olivia, cancel_lesson, lesson_id)
    patch = world.run(world.olivia, calendar_lesson, lesson_id)
    assert (patch.status, patch.status_label) == (LessonStatus.CANCELLED, "Cancelled")
    assert patch.kind == LessonKind.MAKE_UP
    assert [p.id for p in world.run(world.olivia, calendar_lessons, [lesson_id])] == [lesson_id]
    with pytest.raises(NotFound):
        world.run(world.rita, calendar_lesson, lesson_id)


def test_a_family_sees_its_own_children_only(desk: Desk, max_actor: Actor) -> None:
    world = desk.world
    max_id = world.run(max_actor, lessons_of_family, TUESDAY, TUESDAY + WEEK)
    assert max_id == []
    session = world.as_(world.olivia).session
    child = session.execute(text("select id from student where first_name = 'Max'")).scalar_one()
    band = desk.lesson(
        wall(TUESDAY, 17), lesson_type_id=desk.band, student_ids=(world.student_id, child)
    )
    private = desk.lesson(wall(TUESDAY, 15), student_ids=(world.student_id,))

    names = {seat.student for seat in world.run(max_actor, lesson_details, band).students}
    assert names == {"Max Moss"}
    assert {s.student for s in world.run(world.tom, lesson_details, band).students} == {
        "Max Moss",
        "Sam Gray",
    }
    with pytest.raises(NotFound):
        world.run(max_actor, lesson_details, private)
    with pytest.raises(NotFound):
        world.run(world.rita, lesson_details, private)
    mine = world.run(world.grace, lessons_of_family, TUESDAY, TUESDAY + WEEK)
    assert [row.lesson_id for row in mine] == [private, band]
    theirs = world.run(max_actor, next_lessons_of, [world.student_id])
    assert theirs == []


def test_the_next_lesson_is_one_that_takes_place(desk: Desk) -> None:
    world = desk.world
    first, _second, third, *_ = desk.lessons(desk.series(count=5))
    world.run(world.olivia, cancel_lesson, first.id)
    (upcoming,) = world.run(world.grace, next_lessons_of)
    assert (upcoming.when, upcoming.time, upcoming.day) == (
        "Tue 15 Sept, 16:00",
        "16:00",
        "Tuesday 15 September",
    )
    assert (upcoming.student, upcoming.location) == ("Sam Gray", "High Street")
    two = world.run(world.grace, next_lessons_of, [world.student_id], limit=2)
    assert two[1].lesson_id == third.id


def test_details_say_where_a_lesson_was_moved_from(desk: Desk) -> None:
    world = desk.world
    lesson = desk.lessons(desk.series(count=2))[0]
    world.run(world.olivia, move_lesson, lesson.id, to=lesson.starts_at + 2 * HALF)
    details = world.run(world.grace, lesson_details, lesson.id)
    assert details.when == "Tue 8 Sept, 17:00–17:30"
    assert details.moved_from == "Tue 8 Sept, 16:00"
    assert details.series == "Every Tuesday, 16:00"
    assert details.starts == "2026-09-08T17:00"


def test_a_teachers_day_is_their_own_with_the_gaps(desk: Desk) -> None:
    world = desk.world
    desk.lesson(wall(TUESDAY, 9), student_ids=(world.student_id,))
    desk.lesson(wall(TUESDAY, 10))
    desk.lesson(wall(TUESDAY, 10), teacher_id=desk.ruth)
    day = world.run(world.tom, lessons_on, TUESDAY)
    assert [(row.starts, row.gap_minutes) for row in day.lessons] == [
        ("09:00", None),
        ("10:00", 30),
    ]
    assert day.lessons[0].students[0].student == "Sam Gray"
    assert world.run(world.olivia, lessons_on, TUESDAY).lessons == ()
    hers = world.run(world.olivia, lessons_on, TUESDAY, teacher_id=desk.ruth)
    assert [row.teacher for row in hers.lessons] == ["Ruth Roe"]


def test_a_preview_tells_of_closures_holidays_patterns_and_conflicts(desk: Desk) -> None:
    world = desk.world
    closed: Any = {"first_on": date(2027, 2, 1), "last_on": date(2027, 2, 28)}
    world.run(world.olivia, close_studio_on, name="Winter break", **closed)
    desk.lesson(wall(date(2027, 1, 11), 16), room_id=desk.room_id)
    wish = replace(desk.wish, first_on=date(2026, 12, 14), weekdays=frozenset({1}), count=12)
    preview = world.run(world.olivia, series_preview, wish)

    assert preview.summary == "Every Monday, 16:00"
    assert len(preview.days) == 12
    assert preview.closed_sentence == "5 of your 12 lessons fall on closure dates."
    assert preview.patterns == ("Every Monday in February 2027 is closed.",)
    assert preview.conflicts_sentence == "1 of your 12 lessons meets another lesson."
    said = {day.on: day for day in preview.days}
    assert said[date(2026, 12, 28)].closed == "Bank holiday: Boxing Day (observed)"
    assert said[date(2027, 2, 1)].closed == "Closed: Winter break"
    assert said[date(2027, 1, 11)].conflicts == (
        "Tom Teal has another lesson then (Mon 11 Jan, 16:00–16:30).",
        "Room 1 is taken by Tom Teal (Mon 11 Jan, 16:00–16:30).",
    )
    assert not preview.goes_on
    assert desk.lessons()[1:] == []
    with pytest.raises(Forbidden):
        world.run(world.tom, series_preview, wish)


def test_two_bank_holidays_in_a_month_are_a_pattern(desk: Desk) -> None:
    wish = replace(desk.wish, first_on=date(2027, 5, 3), weekdays=frozenset({1}), count=6)
    preview = desk.world.run(desk.world.olivia, series_preview, wish)
    assert preview.patterns == ("In May 2027, 2 of 5 lessons on Monday fall on closure dates.",)


def test_a_move_is_answered_before_it_is_made(desk: Desk) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    desk.lesson(wall(TUESDAY, 17), student_ids=(world.student_id,))
    answer = world.run(world.tom, conflicts_for_move, lesson_id, to=wall(TUESDAY, 16, 45))
    assert answer.conflicts == ("Tom Teal teaches Sam Gray then (Tue 8 Sept, 17:00–17:30).",)
    boxing = world.run(world.tom, conflicts_for_move, lesson_id, to=wall(date(2026, 12, 25), 9))
    assert boxing.warnings == ("Bank holiday: Christmas Day.",)
    with pytest.raises(NotFound):
        world.run(world.rita, conflicts_for_move, lesson_id, to=wall(TUESDAY, 9))


def test_the_set_up_is_listed(desk: Desk) -> None:
    world = desk.world
    assert [t.name for t in world.run(world.olivia, lesson_types)] == ["Band", "Piano"]
    (place,) = world.run(world.tom, locations)
    assert (place.name, [room.name for room in place.rooms]) == ("High Street", ["Room 1"])
    dates = {"starts_on": date(2026, 9, 7), "ends_on": date(2026, 12, 18)}
    world.run(world.olivia, add_term, name="Autumn", **dates)
    assert world.run(world.olivia, terms)[0].dates == "7 Sept 2026 – 18 Dec 2026"
    shut: Any = {"first_on": TUESDAY, "last_on": TUESDAY, "location_id": desk.location_id}
    world.run(world.olivia, close_studio_on, name="Paint", **shut)
    assert [(c.name, c.location) for c in world.run(world.olivia, closures)] == [
        ("Paint", "High Street")
    ]
    assert world.run(world.rita, locations) == []


def test_a_holiday_is_ignored_and_observed_again(desk: Desk) -> None:
    world = desk.world
    spring = (date(2027, 5, 1), date(2027, 6, 1))
    world.run(world.olivia, ignore_holiday, "May Day")
    world.run(world.olivia, ignore_holiday, "May Day")
    kept = [(h.key, h.observed) for h in world.run(world.olivia, holidays_between, *spring)]
    assert kept == [("May Day", False), ("Spring Bank Holiday", True)]
    world.run(world.olivia, observe_holiday, "May Day")
    assert all(h.observed for h in world.run(world.olivia, holidays_between, *spring))


def test_closing_shows_how_many_lessons_it_would_call_off(desk: Desk) -> None:
    world = desk.world
    desk.series(count=3)
    ahead = world.run(world.olivia, closure_ahead, TUESDAY, TUESDAY + WEEK)
    assert ahead.lessons == 2
    elsewhere = world.run(
        world.olivia, closure_ahead, TUESDAY, TUESDAY, location_id=desk.location_id
    )
    assert elsewhere.lessons == 1
