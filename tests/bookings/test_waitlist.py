"""Who waits for what, and who may say so."""

from datetime import timedelta
from typing import Any

import pytest

from studio_app.bookings.commands.waitlist import (
    EndsBeforeItStarts,
    ForNobody,
    NotATime,
    Over,
    TooManyTimes,
    WaitingWish,
    stop_waiting,
    wait_again,
    wait_for,
    wait_for_something_else,
)
from studio_app.bookings.queries.waiting import my_waiting, waitlist
from studio_app.bookings.rules.waiting import TimeWish, WaitingKind
from studio_app.kit.errors import Forbidden, NotFound, Refused
from tests.bookings.conftest import Counter
from tests.scheduling.conftest import TUESDAY

AFTERNOON = TimeWish(2, 15 * 60, 18 * 60)


def add(counter: Counter, actor: Any = None, **wish: Any) -> Any:
    world = counter.world
    made = WaitingWish(counter.desk.piano, **{"teacher_id": world.teacher_id, **wish})
    return world.run(actor or world.grace, wait_for, world.student_id, made)


def test_a_family_waits_and_reads_what_for(counter: Counter) -> None:
    add(counter, times=(AFTERNOON,), from_on=TUESDAY)
    [found] = counter.world.run(counter.world.grace, my_waiting)
    assert (found.student, found.teacher) == ("Sam", "Tom Teal")
    assert found.when == "Tuesday 15:00–18:00"
    assert found.times == (AFTERNOON,)


def test_the_office_reads_everybody_in_their_order(counter: Counter) -> None:
    first = add(counter)
    later = counter.later(0.01)
    second = add(later)
    made_up = add(counter.later(0.02), counter.world.olivia, kind=WaitingKind.MAKE_UP)
    found = counter.world.run(counter.world.olivia, waitlist).entries
    assert [one.id for one in found] == [made_up, first, second]
    assert [one.rank for one in found] == [1, 2, 3]


def test_only_the_studio_says_who_has_to_make_up(counter: Counter) -> None:
    with pytest.raises(Forbidden):
        add(counter, kind=WaitingKind.MAKE_UP)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"teacher_id": None}, ForNobody),
        ({"from_on": TUESDAY, "until_on": TUESDAY - timedelta(days=1)}, EndsBeforeItStarts),
        ({"times": (TimeWish(2, 900, 900),)}, NotATime),
        ({"times": (TimeWish(8),)}, NotATime),
        ({"times": (TimeWish(1),) * 22}, TooManyTimes),
    ],
)
def test_what_cannot_be_waited_for(
    counter: Counter, wish: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        add(counter, **wish)


def test_changing_it_keeps_the_place_and_stopping_can_be_undone(counter: Counter) -> None:
    world = counter.world
    waiting_id = add(counter)
    wish = WaitingWish(counter.desk.piano, instrument="piano")
    world.run(world.grace, wait_for_something_else, waiting_id, wish)
    [found] = world.run(world.grace, my_waiting)
    assert (found.teacher, found.instrument) == ("", "piano")
    world.run(world.grace, stop_waiting, waiting_id)
    assert world.run(world.grace, my_waiting) == []
    with pytest.raises(Over):
        world.run(world.grace, stop_waiting, waiting_id)
    world.run(world.grace, wait_again, waiting_id)
    assert [one.id for one in world.run(world.grace, my_waiting)] == [waiting_id]


def test_strangers_neither_wait_nor_stop_others(counter: Counter) -> None:
    world = counter.world
    waiting_id = add(counter)
    for use_case in (stop_waiting, wait_again):
        with pytest.raises(NotFound):
            world.run(world.rita, use_case, waiting_id)
    with pytest.raises(NotFound):
        add(counter, world.rita)
    assert world.run(world.rita, waitlist).entries == ()
    with pytest.raises(Forbidden):
        world.run(world.grace, waitlist)
