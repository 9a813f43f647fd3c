"""Two lessons change places, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from studio_app.bookings.commands.swapping import (
    IsProposed,
    NotTheSameTeacher,
    SwapIsOver,
    accept_swap,
    decline_swap,
    propose_swap,
    swap_now,
    undo_swap,
    withdraw_swap,
)
from studio_app.kit.database import engine_for
from studio_app.kit.errors import Conflict, NotFound, Refused
from studio_app.kit.work import happening_at, run
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import (
    NewLesson,
    cancel_lesson,
    move_lesson,
    schedule_lesson,
)
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.exchanging import CannotSwap, InEachOthersWay, MovedSince
from tests.cast import cast_of
from tests.conftest import HOUR, NOW
from tests.database import Database, rows
from tests.scheduling.conftest import TUESDAY, Desk, desk_of, wall

THREE, FIVE = wall(TUESDAY, 15), wall(TUESDAY, 17)


class Two:
    """Sam at three and Ben at five, both with Tom."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.world = desk, desk.world
        world = self.world
        added = world.run(world.olivia, add_student, StudentDetails("Ben", "Blue"))
        assert added.student_id is not None
        self.ben = added.student_id
        self.sams = desk.lesson(THREE, student_ids=(world.student_id,))
        self.bens = desk.lesson(FIVE, student_ids=(self.ben,))

    def at(self) -> tuple[datetime, datetime]:
        return self.desk.row(self.sams).starts_at, self.desk.row(self.bens).starts_at

    def propose(self) -> Any:
        return self.world.run(self.world.grace, propose_swap, self.sams, self.bens)

    def office(self, use_case: Any, *args: Any) -> Any:
        return self.world.run(self.world.olivia, use_case, *args)


@pytest.fixture
def two(world: Any) -> Two:
    return Two(desk_of(world))


def test_the_other_family_agrees_and_both_lessons_move(two: Two) -> None:
    swap_id = two.propose()
    assert two.at() == (THREE, FIVE)
    two.office(accept_swap, swap_id)
    assert two.at() == (FIVE, THREE)
    seats = two.desk.seats(two.sams)
    assert [(one.student_id, one.starts_at) for one in seats] == [(two.world.student_id, FIVE)]
    with pytest.raises(SwapIsOver):
        two.office(accept_swap, swap_id)


def test_staff_undo_it(two: Two) -> None:
    swap_id = two.office(swap_now, two.sams, two.bens)
    assert two.at() == (FIVE, THREE)
    two.office(undo_swap, swap_id)
    assert two.at() == (THREE, FIVE)


def test_who_proposed_cannot_agree_for_the_others(two: Two) -> None:
    swap_id = two.propose()
    for decide in (accept_swap, decline_swap):
        with pytest.raises(NotFound):
            two.world.run(two.world.grace, decide, swap_id)
    with pytest.raises(IsProposed):
        two.propose()
    two.world.run(two.world.grace, withdraw_swap, swap_id)
    with pytest.raises(SwapIsOver):
        two.office(accept_swap, swap_id)


def test_strangers_propose_nothing(two: Two) -> None:
    with pytest.raises(NotFound):
        two.world.run(two.world.grace, propose_swap, two.bens, two.sams)
    with pytest.raises(NotFound):
        two.world.run(two.world.rita, swap_now, two.sams, two.bens)


def test_families_stay_with_the_same_teacher_and_the_office_need_not(two: Two) -> None:
    una = two.office(add_teacher, TeacherDetails("Una Umber"))
    wish = NewLesson(una, two.desk.piano, FIVE + HOUR, student_ids=(two.ben,))
    hers = two.office(schedule_lesson, wish)
    with pytest.raises(NotTheSameTeacher):
        two.world.run(two.world.grace, propose_swap, two.sams, hers)
    two.office(swap_now, two.sams, hers)
    assert two.desk.row(two.sams).starts_at == FIVE + HOUR
    assert two.desk.row(hers).teacher_id == una


def test_it_is_refused_with_who_stands_in_the_way_and_nothing_moves(two: Two) -> None:
    una = two.office(add_teacher, TeacherDetails("Una Umber"))
    two.office(schedule_lesson, NewLesson(una, two.desk.piano, FIVE, (two.world.student_id,)))
    with pytest.raises(SlotTaken, match="Sam Gray"):
        two.office(swap_now, two.sams, two.bens)
    with pytest.raises(SlotTaken, match="just been taken"):
        two.propose()
    assert two.at() == (THREE, FIVE)


def test_unequal_neighbours_would_overlap(two: Two) -> None:
    long = two.desk.lesson(THREE + HOUR / 2, student_ids=(two.ben,), minutes=60)
    with pytest.raises(InEachOthersWay):
        two.office(swap_now, two.sams, long)


def test_a_lesson_moved_or_cancelled_meanwhile_is_not_swapped(two: Two) -> None:
    swap_id = two.propose()
    two.world.run(two.world.olivia, move_lesson, two.bens, to=FIVE + HOUR)
    with pytest.raises(MovedSince):
        two.office(accept_swap, swap_id)
    two.office(cancel_lesson, two.bens)
    with pytest.raises(CannotSwap):
        two.office(accept_swap, swap_id)
    assert two.at() == (THREE, FIVE + HOUR)


@pytest.mark.parametrize("round_", range(4))
def test_a_swap_against_a_cancellation_has_one_outcome(cloned: Database, round_: int) -> None:
    """Either the lesson is cancelled where it was, or in its new place: never half a swap."""
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW + timedelta(seconds=round_))
    engine = engine_for(cloned.app_url, pool_size=4)
    piano = run(engine, cast.olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))
    three, five = (at + round_ * timedelta(days=7) for at in (THREE, FIVE))
    ben = run(engine, cast.olivia, add_student, StudentDetails("Ben", "Blue")).student_id
    assert ben is not None
    with happening_at(NOW):
        first, other = (
            run(engine, cast.olivia, schedule_lesson, NewLesson(cast.teacher_id, piano, at, (who,)))
            for at, who in ((three, cast.student_id), (five, ben))
        )
    ready = Barrier(2)

    def contend(use_case: Any, *args: Any) -> object:
        ready.wait()
        try:
            with happening_at(NOW):
                return run(engine, cast.olivia, use_case, *args)
        except Conflict as refusal:
            return refusal

    with ThreadPoolExecutor(2) as threads:
        swapping = threads.submit(contend, swap_now, first, other)
        cancelling = threads.submit(contend, cancel_lesson, other)
        swapped, cancelled = swapping.result(), cancelling.result()
    engine.dispose()
    assert not isinstance(cancelled, Refused)
    query = f"select starts_at, status from lesson where id = '{first}' union all "  # noqa: S608
    query += f"select starts_at, status from lesson where id = '{other}'"  # noqa: S608
    mine, theirs = rows(cloned.owner, query)
    done = not isinstance(swapped, Refused)
    assert (mine[0], theirs[0]) == ((five, three) if done else (three, five))
    assert (mine[1], theirs[1]) == ("scheduled", "cancelled")
