"""What booking begins with: what somebody usually has."""

from datetime import timedelta

from studio_app.bookings.queries.choices import my_choices
from studio_app.people.commands.teachers import TeacherDetails, edit_teacher
from studio_app.scheduling.commands.availability import offer_hours
from tests.bookings.conftest import HOURS, Counter
from tests.scheduling.conftest import TUESDAY, wall


def test_it_begins_with_the_instrument_somebody_learns(counter: Counter) -> None:
    """Sam learns the piano with Tom, and once, later, sang with Ruth."""
    desk, world = counter.desk, counter.world
    ruth = TeacherDetails("Ruth Roe", instruments=("Singing",))
    world.run(world.olivia, edit_teacher, desk.ruth, ruth)
    world.run(world.olivia, offer_hours, desk.ruth, HOURS)
    desk.lesson(wall(TUESDAY, 9), student_ids=(world.student_id,))
    later = wall(TUESDAY + timedelta(days=1), 9)
    desk.lesson(later, teacher_id=desk.ruth, student_ids=(world.student_id,))

    [sam] = world.run(world.grace, my_choices).learners

    assert (sam.teacher_id, sam.kind_id) == (world.teacher_id, desk.piano)


def test_who_has_had_no_lesson_yet_begins_with_nothing(counter: Counter) -> None:
    [sam] = counter.world.run(counter.world.grace, my_choices).learners
    assert (sam.teacher_id, sam.kind_id) == (None, None)
