"""A teacher's own day: what is on, where, how long until then, and what is still to be said."""

from datetime import timedelta

from studio_app.attendance.commands import mark_day_present, mark_seat
from studio_app.attendance.queries import my_day
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Actor, Role
from studio_app.people.models import Teacher
from studio_app.scheduling.commands.lessons import note_on_lesson
from studio_app.scheduling.models.lessons import Seat
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World

DAY = timedelta(days=1)


def test_the_day_is_in_order_with_gaps_and_marks(world: World, lessons: Lessons) -> None:
    later, earlier = lessons.seat(world.now + HOUR), lessons.seat(world.now - HOUR)
    world.run(world.tom, mark_seat, earlier, Outcome.LATE)

    day = world.run(world.tom, my_day)

    assert [one.seats[0].seat_id for one in day.lessons] == [earlier, later]
    assert [one.seats[0].outcome for one in day.lessons] == [Outcome.LATE, Outcome.UNMARKED]
    assert [one.lesson.gap_minutes for one in day.lessons] == [None, 90]


def test_the_focus_is_what_the_last_lesson_left(world: World, lessons: Lessons) -> None:
    before = lessons.seat(world.now - 7 * DAY)
    lessons.seat(world.now + HOUR)
    world.run(world.tom, mark_seat, before, Outcome.PRESENT)
    seat = world.as_(world.tom).session.get_one(Seat, before)
    world.run(world.tom, note_on_lesson, seat.lesson_id, notes="Bars 1 to 16")

    assert world.run(world.tom, my_day).lessons[0].focus == ("Bars 1 to 16",)


def test_only_days_before_today_wait_to_be_marked(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now - HOUR)
    yesterday = lessons.seat(world.now - DAY)

    assert [seat.seat_id for seat in world.run(world.tom, my_day).unmarked] == [yesterday]


def test_an_owner_who_teaches_has_their_own_day(world: World, lessons: Lessons) -> None:
    """The office may mark everything; one's own day is what one teaches."""
    own = lessons.save(Teacher(name="Olivia", person_id=world.olivia.person_id)).id
    mine = lessons.seat(world.now - HOUR, teacher_id=own, student_id=lessons.student("Una").id)
    lessons.seat(world.now - HOUR)
    lessons.seat(world.now - DAY)

    day = world.run(world.olivia, my_day)

    assert [one.seats[0].seat_id for one in day.lessons] == [mine]
    assert day.unmarked == ()
    assert world.run(world.olivia, mark_day_present, day.on) == [mine]


def test_a_stranger_has_an_empty_day(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now - HOUR)
    day = world.run(Actor.of(world.rita.person_id, world.rival, Role.TEACHER), my_day)
    assert (day.lessons, day.unmarked) == ((), ())
