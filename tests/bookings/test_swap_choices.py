"""With whom a family may change places: times, and nothing about whose they are."""

from datetime import timedelta

import pytest

from studio_app.bookings.commands.swapping import propose_swap, swap_now
from studio_app.bookings.queries.swapping import swap_choices, swap_preview
from studio_app.bookings.queries.swaps import my_swaps
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import LessonId, StudentId
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.people.models import Guardian, Guardianship
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.exchanging import CannotSwap
from tests.bookings.test_swapping import FIVE, THREE, Two
from tests.conftest import HOUR, World
from tests.counting import sent_on
from tests.scheduling.conftest import TUESDAY, desk_of, wall

WEEK = timedelta(weeks=1)


def reached(world: World, student_id: StudentId) -> None:
    """Somebody with an address is responsible for this student."""
    session = world.as_(world.olivia).session
    parent = Guardian(name="Bea Blue", email="bea@blue.example")
    session.add(parent)
    session.flush()
    session.add(Guardianship(guardian_id=parent.id, student_id=student_id))
    session.commit()


@pytest.fixture
def two(world: World) -> Two:
    found = Two(desk_of(world))
    reached(world, found.ben)
    return found


def offered(two: Two, lesson_id: LessonId | None = None) -> list[str]:
    found = two.world.run(two.world.grace, swap_choices, lesson_id or two.sams)
    return [time.when for day in found.days for time in day.times]


def test_a_family_reads_times_and_no_names(two: Two) -> None:
    found = two.world.run(two.world.grace, swap_choices, two.sams)
    assert (found.student, found.when, found.is_alone) == ("Sam", "Tue 8 Sept, 15:00", True)
    assert [(day.day, [one.time for one in day.times]) for day in found.days] == [
        ("Tuesday 8 September", ["17:00–17:30"])
    ]
    assert "Ben" not in repr(found)
    assert "Blue" not in repr(found)


def test_what_is_offered_can_be_asked_for_and_then_is_not_offered_again(two: Two) -> None:
    [day] = two.world.run(two.world.grace, swap_choices, two.sams).days
    two.world.run(two.world.grace, propose_swap, two.sams, day.times[0].lesson_id)
    assert offered(two) == []
    [asked] = two.world.run(two.world.grace, my_swaps)
    assert (asked.now, asked.then) == ("Tue 8 Sept, 15:00", "Tue 8 Sept, 17:00")


def test_longer_lessons_other_teachers_and_far_weeks_are_not_offered(two: Two) -> None:
    una = two.office(add_teacher, TeacherDetails("Una Umber"))
    two.office(schedule_lesson, NewLesson(una, two.desk.piano, THREE + 4 * HOUR, (two.ben,)))
    two.desk.lesson(FIVE + HOUR, student_ids=(two.ben,), minutes=45)
    two.desk.lesson(FIVE + 5 * WEEK, student_ids=(two.ben,))
    assert offered(two) == ["Tue 8 Sept, 17:00"]


def test_nobody_is_offered_a_time_at_which_one_of_both_is_elsewhere(two: Two) -> None:
    una = two.office(add_teacher, TeacherDetails("Una Umber"))
    later = two.desk.lesson(FIVE + WEEK, student_ids=(two.ben,))
    assert len(offered(two)) == 2
    elsewhere = NewLesson(una, two.desk.piano, FIVE, (two.world.student_id,))
    two.office(schedule_lesson, elsewhere)
    assert offered(two) == ["Tue 15 Sept, 17:00"]
    two.office(schedule_lesson, NewLesson(una, two.desk.piano, THREE, (two.ben,)))
    assert offered(two) == []
    assert two.desk.row(later).starts_at == FIVE + WEEK


def test_families_that_nobody_reaches_and_ones_own_are_not_asked(world: World) -> None:
    two = Two(desk_of(world))
    two.desk.lesson(FIVE + HOUR, student_ids=(world.student_id,))
    assert offered(two) == []


def test_a_class_changes_places_with_nobody(two: Two) -> None:
    choir = two.desk.lesson(
        wall(TUESDAY, 9), lesson_type_id=two.desk.band, student_ids=(two.world.student_id,)
    )
    found = two.world.run(two.world.grace, swap_choices, choir)
    assert (found.is_alone, found.days) == (False, ())
    assert "Tue 8 Sept, 09:00" not in offered(two)


def test_what_has_begun_is_over_for_swapping(two: Two) -> None:
    later = two.world.at(THREE.astimezone().replace(microsecond=0) + HOUR)
    with pytest.raises(CannotSwap):
        later.run(later.grace, swap_choices, two.sams)


def test_strangers_and_other_families_find_nothing(two: Two) -> None:
    for actor, lesson_id in ((two.world.grace, two.bens), (two.world.rita, two.sams)):
        with pytest.raises(NotFound):
            two.world.run(actor, swap_choices, lesson_id)
    with pytest.raises(Forbidden):
        two.world.run(two.world.grace, swap_preview, two.sams, two.bens)


def test_it_takes_as_few_statements_for_many_lessons(two: Two) -> None:
    for weeks in (1, 2, 3):
        two.desk.lesson(FIVE + weeks * WEEK, student_ids=(two.ben,))
    with sent_on(two.world.connection) as sent:
        assert len(offered(two)) == 4
    assert len([one for one in sent if "FROM lesson" in one and "swap" in one]) == 1
    assert len(sent) <= 20


def test_the_office_sees_both_before_and_after(two: Two) -> None:
    found = two.office(swap_preview, two.sams, two.bens)
    assert found.problem == ""
    assert [(one.title, one.was, one.will_be) for one in found.sides] == [
        ("Sam Gray · Tom Teal", "Tue 8 Sept, 15:00", "Tue 8 Sept, 17:00"),
        ("Ben Blue · Tom Teal", "Tue 8 Sept, 17:00", "Tue 8 Sept, 15:00"),
    ]
    two.office(swap_now, two.sams, two.bens)
    assert two.at() == (FIVE, THREE)


def test_the_office_reads_what_stands_in_the_way(two: Two) -> None:
    una = two.office(add_teacher, TeacherDetails("Una Umber"))
    two.office(schedule_lesson, NewLesson(una, two.desk.piano, FIVE, (two.world.student_id,)))
    found = two.office(swap_preview, two.sams, two.bens)
    assert "Sam Gray" in found.problem
    assert found.sides == ()
