"""Other teachers give somebody's lessons on some days."""

from dataclasses import replace
from datetime import timedelta

import pytest

from studio_app.kit.access import Actor
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import LessonId, StudentId, TeacherId
from studio_app.kit.work import once
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.cautions import Cautioned
from studio_app.scheduling.commands.availability import (
    Absence,
    TeachingHours,
    offer_hours,
    take_time_off,
)
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.covering import (
    NotCovered,
    NothingChosen,
    assign_cover,
    end_cover,
    take_cover_back,
)
from studio_app.scheduling.commands.lessons import IsCancelled, cancel_lesson, move_lesson
from studio_app.scheduling.commands.series import extend_every_series
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.queries.covers import CoverNeed, cover_suggestions
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.scheduling.wishes import Scope, SeriesChange
from tests.attendance.lessons import Lessons
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.scheduling.test_query_counts import statements

DAY = timedelta(days=1)
FOUR = wall(TUESDAY, 16)
ALL_DAY = TeachingHours(8 * 60, 20 * 60, weekday=2)


def teacher(desk: Desk, name: str, *instruments: str) -> TeacherId:
    return desk.world.run(
        desk.world.olivia, add_teacher, TeacherDetails(name, instruments=instruments)
    )


def needs(desk: Desk, days: int = 1) -> list[CoverNeed]:
    world = desk.world
    last = TUESDAY + (days - 1) * DAY
    return world.run(world.olivia, cover_suggestions, world.teacher_id, TUESDAY, last)


def suggested(desk: Desk) -> list[str]:
    [need] = needs(desk)
    return [one.name for one in need.substitutes]


@pytest.fixture
def lesson_id(desk: Desk) -> LessonId:
    """Sam's piano lesson with Tom, in Room 1, on Tuesday at four."""
    return desk.lesson(FOUR, student_ids=(desk.world.student_id,), room_id=desk.room_id)


@pytest.fixture
def pia(desk: Desk) -> TeacherId:
    return teacher(desk, "Pia Pike", "piano")


def test_who_teaches_the_instrument_and_is_free_is_suggested(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    teacher(desk, "Vera Vane", "Violin")
    busy = teacher(desk, "Bo Busk", "Piano")
    desk.lesson(FOUR + timedelta(minutes=15), teacher_id=busy)
    away = teacher(desk, "Ada Ames", "Piano")
    desk.world.run(desk.world.olivia, take_time_off, away, Absence(TUESDAY, TUESDAY))

    assert suggested(desk) == ["Pia Pike"]
    [need] = needs(desk)
    assert (need.lesson_id, need.title, need.room) == (lesson_id, "Sam Gray", "Room 1")
    assert need.when == "Tue 8 Sept, 16:00–16:30"


def test_who_works_then_and_knows_the_student_comes_first(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    world = desk.world
    for name in ("Ben Bell", "Cara Cole", "Dan Dale"):
        teacher(desk, name, "Piano")
    by_name = {one.name: one.teacher_id for one in needs(desk)[0].substitutes}
    elsewhere = replace(ALL_DAY, location_id=desk.location_id)
    world.run(world.olivia, offer_hours, by_name["Dan Dale"], ALL_DAY)
    world.run(world.olivia, offer_hours, by_name["Cara Cole"], elsewhere)
    Lessons(world).seat(world.now - DAY, teacher_id=by_name["Dan Dale"])

    assert suggested(desk) == ["Dan Dale", "Cara Cole", "Ben Bell", "Pia Pike"]
    [first, second, third, *_rest] = needs(desk)[0].substitutes
    assert (first.works_then, first.knows, first.same_place) == (True, True, True)
    assert (second.works_then, second.knows, second.same_place) == (True, False, True)
    assert (third.works_then, third.knows) == (False, False)


def test_suggestions_take_as_many_statements_for_ten_as_for_two(desk: Desk, pia: TeacherId) -> None:
    for nth in range(2):
        desk.lesson(wall(TUESDAY, 8 + nth), room_id=desk.room_id)
    with statements(desk) as few:
        assert len(needs(desk)) == 2
    for nth in range(2, 10):
        desk.lesson(wall(TUESDAY, 8 + nth), room_id=desk.room_id)
    with statements(desk) as many:
        assert len(needs(desk)) == 10
    assert len(many) == len(few)


def test_the_lesson_changes_hands_and_its_series_does_not(desk: Desk, pia: TeacherId) -> None:
    world = desk.world
    series_id = desk.series()
    first, second, *_rest = desk.lessons(series_id)
    world.run(world.olivia, assign_cover, {first.id: pia})

    covered = desk.row(first.id)
    assert (covered.teacher_id, covered.covers_for_id) == (pia, world.teacher_id)
    assert (covered.room_id, covered.series_id) == (desk.room_id, series_id)
    assert (covered.starts_at, covered.occurs_on) == (first.starts_at, first.occurs_on)
    assert desk.row(second.id).teacher_id == world.teacher_id
    assert desk.broken() == []


def test_going_on_with_the_series_leaves_the_cover(desk: Desk, pia: TeacherId) -> None:
    world = desk.world
    series_id = desk.series()
    first, second, *_rest = desk.lessons(series_id)
    world.run(world.olivia, assign_cover, {second.id: pia})
    world.run(Actor.system(world.harmony), extend_every_series)
    later = SeriesChange(to=wall(TUESDAY, 17).replace(tzinfo=None, hour=17))
    world.run(world.olivia, change_series, first.id, later)
    assert (desk.row(second.id).teacher_id, desk.row(first.id).teacher_id) == (
        pia,
        world.teacher_id,
    )
    assert desk.row(first.id).starts_at == wall(TUESDAY, 17)


def test_who_covers_one_lesson_does_not_get_the_series(desk: Desk, pia: TeacherId) -> None:
    world = desk.world
    first, second, *_rest = desk.lessons(desk.series())
    world.run(world.olivia, assign_cover, {first.id: pia})
    # the dialog sends everything as it stands, the substitute too
    change = SeriesChange(to=wall(TUESDAY, 17), teacher_id=pia, room_id=desk.room_id)
    world.run(world.olivia, change_series, first.id, change, scope=Scope.FOLLOWING)

    one, other = desk.row(first.id), desk.row(second.id)
    assert (one.teacher_id, one.covers_for_id, one.starts_at) == (
        pia,
        world.teacher_id,
        wall(TUESDAY, 17),
    )
    assert (other.teacher_id, other.covers_for_id) == (world.teacher_id, None)


def test_a_series_given_to_somebody_else_takes_its_covers_along(desk: Desk, pia: TeacherId) -> None:
    world = desk.world
    first, second, third, *_rest = desk.lessons(desk.series())
    world.run(world.olivia, assign_cover, {second.id: pia, third.id: desk.ruth})
    change = SeriesChange(teacher_id=desk.ruth)
    world.run(world.olivia, change_series, first.id, change)
    assert desk.row(second.id).covers_for_id == desk.ruth
    assert desk.row(third.id).covers_for_id is None


def test_cover_ends_by_undo_or_by_moving_it_back(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    world = desk.world
    done = world.run(world.olivia, assign_cover, {lesson_id: pia})
    world.run(world.olivia, assign_cover, {lesson_id: desk.ruth})
    assert desk.row(lesson_id).covers_for_id == world.teacher_id
    world.run(world.olivia, end_cover, done.lesson_ids)
    lesson = desk.row(lesson_id)
    assert (lesson.teacher_id, lesson.covers_for_id) == (world.teacher_id, None)
    with pytest.raises(NotCovered):
        world.run(world.olivia, end_cover, done.lesson_ids)

    world.run(world.olivia, assign_cover, {lesson_id: pia})
    world.run(world.olivia, move_lesson, lesson_id, to=FOUR, teacher_id=world.teacher_id)
    assert desk.row(lesson_id).covers_for_id is None


def test_it_is_all_or_nothing_and_says_who_is_taken(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    world = desk.world
    later = desk.lesson(FOUR + timedelta(hours=1))
    desk.lesson(FOUR + timedelta(hours=1), teacher_id=pia)
    with pytest.raises(SlotTaken, match="Pia Pike has another lesson then"):
        world.run(world.olivia, assign_cover, {lesson_id: pia, later: pia})
    assert desk.row(lesson_id).teacher_id == world.teacher_id


def test_nobody_gets_two_lessons_at_once(desk: Desk, lesson_id: LessonId, pia: TeacherId) -> None:
    world = desk.world
    other = desk.lesson(FOUR, teacher_id=desk.ruth)
    with pytest.raises(SlotTaken, match="Pia Pike cannot give two lessons at once"):
        world.run(world.olivia, assign_cover, {lesson_id: pia, other: pia})


def test_who_is_away_is_only_taken_with_a_reason(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    world = desk.world
    world.run(world.olivia, take_time_off, pia, Absence(TUESDAY, TUESDAY))
    with pytest.raises(Cautioned, match="Pia Pike is away then"):
        world.run(world.olivia, assign_cover, {lesson_id: pia})
    world.run(world.olivia, assign_cover, {lesson_id: pia}, despite="She offered")
    assert desk.row(lesson_id).despite == "She offered"


def test_lessons_nobody_takes_can_fall_away_with_the_rest(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    world = desk.world
    other = desk.lesson(FOUR + timedelta(hours=1))
    chosen = {"cancelled": [other], "reason": "Tom is away"}
    done = world.run(world.olivia, once("tap", assign_cover), {lesson_id: pia}, **chosen)
    again = world.run(world.olivia, once("tap", assign_cover), {lesson_id: pia}, **chosen)
    assert (done, done.cancelled_ids) == (again, (other,))
    assert (desk.row(other).status, desk.row(other).cancelled_by) == ("cancelled", "teacher")

    world.run(world.olivia, take_cover_back, done)
    assert desk.row(other).status == "scheduled"
    assert desk.row(lesson_id).teacher_id == world.teacher_id


def test_what_cannot_be_covered_is_refused(desk: Desk, lesson_id: LessonId, pia: TeacherId) -> None:
    world = desk.world
    nobody = TeacherId(StudentId(world.student_id))
    with pytest.raises(NothingChosen):
        world.run(world.olivia, assign_cover, {})
    with pytest.raises(NotFound):
        world.run(world.olivia, assign_cover, {lesson_id: nobody})
    with pytest.raises(Forbidden):
        world.run(world.tom, assign_cover, {lesson_id: pia})
    with pytest.raises(NotFound):
        world.run(world.rita, assign_cover, {lesson_id: pia})
    with pytest.raises(NotFound):
        world.run(world.rita, cover_suggestions, world.teacher_id, TUESDAY, TUESDAY)
    world.run(world.olivia, cancel_lesson, lesson_id)
    with pytest.raises(IsCancelled):
        world.run(world.olivia, assign_cover, {lesson_id: pia})


def test_a_lesson_says_for_whom_somebody_stands_in(
    desk: Desk, lesson_id: LessonId, pia: TeacherId
) -> None:
    world = desk.world
    assert world.run(world.grace, lesson_details, lesson_id).covers_for == ""
    world.run(world.olivia, assign_cover, {lesson_id: pia})
    shown = world.run(world.grace, lesson_details, lesson_id)
    assert (shown.teacher, shown.covers_for) == ("Pia Pike", "Tom Teal")
