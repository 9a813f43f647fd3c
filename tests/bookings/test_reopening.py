"""A yes and a no are taken back, shortly after they were said."""

from typing import Any

import pytest

from studio_app.bookings.commands.deciding import confirm_booking, decline_booking
from studio_app.bookings.commands.reopening import TooLateToUndo, reopen_booking
from studio_app.bookings.rules.states import BookingKind, BookingState
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.scheduling.diary import SlotTaken
from tests.bookings.conftest import FOUR, Counter
from tests.conftest import HOUR

DECIDE = [confirm_booking, decline_booking]


@pytest.mark.parametrize("decide", DECIDE)
def test_a_lesson_waits_again_with_its_time_kept(counter: Counter, decide: Any) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    world.run(world.olivia, decide, found.id)
    world.run(world.olivia, reopen_booking, found.id)
    assert counter.status(found.id).state == BookingState.REQUESTED
    assert counter.desk.row(found.lesson_id).status == "requested"
    with pytest.raises(SlotTaken):
        counter.book()
    world.run(world.olivia, confirm_booking, found.id)
    assert counter.desk.row(found.lesson_id).status == "scheduled"


@pytest.mark.parametrize("decide", DECIDE)
def test_a_weekly_place_waits_again_every_week(counter: Counter, decide: Any) -> None:
    found = counter.reviewing().settled(counter.weekly())
    series_id = counter.row(found.id).series_id
    world = counter.world
    before = [row.starts_at for row in counter.desk.lessons(series_id)]
    world.run(world.olivia, decide, found.id)
    world.run(world.olivia, reopen_booking, found.id)
    rows = counter.desk.lessons(series_id)
    assert {row.status for row in rows} == {"provisional"}
    assert [row.starts_at for row in rows] == before
    assert counter.status(found.id).state == BookingState.PROVISIONAL


@pytest.mark.parametrize("decide", DECIDE)
def test_a_place_in_a_group_is_held_again(counter: Counter, choir: Any, decide: Any) -> None:
    lesson_id = counter.desk.lesson(FOUR + HOUR, lesson_type_id=choir)
    wish = {"lesson_type_id": choir, "at": FOUR + HOUR, "kind": BookingKind.PLACE}
    found = counter.reviewing().settled(counter.book(**wish))
    world = counter.world
    world.run(world.olivia, decide, found.id)
    world.run(world.olivia, reopen_booking, found.id)
    [seat] = counter.desk.seats(lesson_id)
    assert (seat.left_at, seat.confirmed_for) == (None, None)


def test_a_time_that_was_given_away_meanwhile_stays_away(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    world.run(world.olivia, decline_booking, found.id)
    counter.book()
    with pytest.raises(SlotTaken):
        world.run(world.olivia, reopen_booking, found.id)
    assert counter.status(found.id).state == BookingState.DECLINED


def test_after_an_hour_or_undecided_there_is_nothing_to_undo(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    with pytest.raises(TooLateToUndo):
        world.run(world.olivia, reopen_booking, found.id)
    world.run(world.olivia, confirm_booking, found.id)
    later = counter.later(0.05).world
    with pytest.raises(TooLateToUndo):
        later.run(later.olivia, reopen_booking, found.id)


def test_what_confirmed_itself_and_strangers_undo_nothing(counter: Counter) -> None:
    found = counter.settled(counter.book())
    world = counter.world
    with pytest.raises(TooLateToUndo):
        world.run(world.olivia, reopen_booking, found.id)
    with pytest.raises(Forbidden):
        world.run(world.grace, reopen_booking, found.id)
    with pytest.raises(NotFound):
        world.run(world.rita, reopen_booking, found.id)
