"""What waits for a word of the office, counted: as many as the pages list on which it is done."""

from datetime import timedelta

import pytest

from studio_app.attendance.commands import leave_for_later, mark_seat, undo_marks
from studio_app.attendance.rules import Outcome
from studio_app.bookings.commands.deciding import confirm_booking
from studio_app.bookings.queries.bookings import waiting_bookings
from studio_app.kit.errors import Forbidden
from studio_app.overview.queries.frame import LATELY, page_frame, undone
from studio_app.overview.queries.unmarked import unmarked_lessons
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import Confirming
from tests.attendance.conftest import lessons
from tests.attendance.lessons import Lessons
from tests.bookings.conftest import Counter, counter
from tests.conftest import HOUR, World
from tests.counting import sent_on

__all__ = ["counter", "lessons"]


def to_mark(world: World) -> int:
    """The number in the sidebar, which is the number of the page."""
    n = world.run(world.olivia, undone).to_mark
    assert n == world.run(world.olivia, unmarked_lessons).n
    return n


def test_a_lesson_counts_once_from_its_end_to_its_mark(world: World, lessons: Lessons) -> None:
    duo = lessons.save(LessonType(name="Duo", minutes=30, capacity=2)).id
    seat = lessons.seat(world.now - HOUR, type_id=duo)
    other = lessons.beside(seat, lessons.student("Ada").id)
    assert to_mark(world.at(world.now - HOUR)) == 0
    assert to_mark(world) == 1
    world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    assert to_mark(world) == 1
    world.run(world.tom, mark_seat, other, Outcome.NO_SHOW)
    assert to_mark(world) == 0
    world.run(world.tom, undo_marks, [other])
    assert to_mark(world) == 1


def test_what_is_called_off_or_left_for_later_does_not_count(
    world: World, lessons: Lessons
) -> None:
    lessons.cancel(lessons.seat(world.now - 2 * HOUR))
    later = lessons.seat(world.now - HOUR)
    assert to_mark(world) == 1
    world.run(world.olivia, leave_for_later, [later])
    assert to_mark(world) == 0
    assert to_mark(world.at(world.now + timedelta(days=15))) == 1


def test_what_is_long_past_is_only_on_the_page(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now - LATELY - HOUR)
    assert world.run(world.olivia, undone).to_mark == 0
    assert world.run(world.olivia, unmarked_lessons).n == 1


def test_a_booking_counts_until_somebody_decides(counter: Counter) -> None:
    world = counter.world
    counter.rules(confirming=Confirming.REVIEW)
    booking_id = counter.book()
    assert world.run(world.olivia, undone).to_decide == 0  # it is being looked at
    counter.settled(booking_id)
    assert world.run(world.olivia, undone).to_decide == 1
    assert len(world.run(world.olivia, waiting_bookings)) == 1
    world.run(world.olivia, confirm_booking, booking_id)
    assert world.run(world.olivia, undone).to_decide == 0


def test_it_is_one_statement_and_of_ones_own_studio(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now - HOUR)
    with sent_on(world.connection) as sent:
        world.run(world.olivia, undone)
    assert len([one for one in sent if "attendance_mark" in one]) == 1
    assert world.run(world.rita, undone) == (0, 0)


def test_a_family_neither_may_ask_nor_is_told(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now - HOUR)
    with pytest.raises(Forbidden):
        world.run(world.grace, undone)
    assert world.run(world.grace, page_frame).undone == (0, 0)
    assert world.run(world.olivia, page_frame).undone == (0, 1)
