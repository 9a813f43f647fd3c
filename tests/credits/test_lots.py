"""Credits are given, used, given back and taken away, each by a row that stays."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from studio_app.billing.commands.credits import (
    WithoutReason,
    expire_credits,
    give_credit,
    restore_credit,
    void_credit,
)
from studio_app.billing.queries.credits import family_credits, my_credits
from studio_app.credits.commands.giving import NothingGiven, NothingLeft, NotTakenAway
from studio_app.credits.commands.writing import NoCredit, PaidAlready
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.access import Actor
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import new_id
from tests.attendance.lessons import Lessons
from tests.conftest import World
from tests.credits.purse import Purse

DAY = timedelta(days=1)


def expire(purse: Purse) -> str:
    return purse.world.run(Actor.system(purse.world.harmony), expire_credits)


def test_what_is_given_can_be_used_once(purse: Purse) -> None:
    lot_id = purse.give()
    assert purse.use(new_id()) == [lot_id]
    with pytest.raises(NoCredit):
        purse.use(new_id())


def test_what_is_given_back_can_be_used_again(purse: Purse) -> None:
    lot_id, seat = purse.give(), new_id()
    purse.use(seat)
    assert purse.release(seat) == 1
    assert purse.release(seat) == 0
    assert purse.use(seat) == [lot_id]


def test_a_seat_is_paid_for_once(purse: Purse) -> None:
    seat = new_id()
    purse.give(2)
    purse.give()
    purse.use(seat)
    with pytest.raises(PaidAlready):
        purse.use(seat)


def test_it_needs_a_reason_and_an_amount_and_the_right(purse: Purse, world: World) -> None:
    give = (give_credit, world.family_id, CreditKind.LESSON)
    with pytest.raises(WithoutReason):
        world.run(world.olivia, *give, 1, reason=" ")
    with pytest.raises(NothingGiven):
        world.run(world.olivia, *give, 0, reason="Sorry")
    with pytest.raises(Forbidden):
        world.run(world.grace, *give, 1, reason="Please")
    with pytest.raises(NotFound):
        world.run(world.rita, *give, 1, reason="Sorry")


def test_it_is_void_and_good_again_by_entries(purse: Purse, world: World) -> None:
    lot_id, seat = purse.give(3), new_id()
    purse.use(seat)
    entry_id = world.run(world.olivia, void_credit, lot_id, reason="A mistake")
    assert purse.left() == 0
    with pytest.raises(NothingLeft):
        world.run(world.olivia, void_credit, lot_id, reason="Again")
    assert purse.release(seat) == 1  # what was used comes back all the same
    world.run(world.olivia, restore_credit, entry_id)
    with pytest.raises(NotTakenAway):
        world.run(world.olivia, restore_credit, entry_id)
    assert purse.left() == 3


def test_a_stranger_does_not_find_it(purse: Purse, world: World) -> None:
    lot_id = purse.give()
    with pytest.raises(NotFound):
        world.run(world.rita, void_credit, lot_id, reason="Mine")
    with pytest.raises(NotFound):
        world.run(world.rita, family_credits, world.family_id)
    assert world.run(world.rita, my_credits) == []


def test_it_runs_out_after_its_last_day_and_what_is_booked_stays(purse: Purse) -> None:
    purse.give(2, until=purse.today + 3 * DAY)
    seat = new_id()
    last = purse.at(purse.world.now + 3 * DAY)
    last.use(seat, booked=True)
    assert expire(last) == "1 warned of, 0 run out"
    assert last.left() == 1
    after = purse.at(purse.world.now + 4 * DAY)
    with pytest.raises(NoCredit):
        after.use(new_id())
    assert expire(after) == "0 warned of, 1 run out"
    assert expire(after) == "0 warned of, 0 run out"
    assert after.left() == 0


def test_what_comes_back_late_is_good_for_two_weeks_if_it_was_not_the_family(purse: Purse) -> None:
    purse.give(2, until=purse.today)
    mine, yours = new_id(), new_id()
    purse.use(mine)
    purse.use(yours)
    later = purse.at(purse.world.now + 10 * DAY)
    later.release(mine, by_family=True)
    with pytest.raises(NoCredit):
        later.use(new_id())
    later.release(yours, by_family=False)
    assert later.lots() == [(2, later.today + 14 * DAY)]
    later.use(new_id())
    assert expire(later.at(later.world.now + 15 * DAY)) == "0 warned of, 1 run out"


def test_families_are_told_30_and_7_days_ahead_once_each(purse: Purse) -> None:
    purse.give(until=purse.today + 40 * DAY)
    told = [
        expire(purse.at(purse.world.now + days * DAY)).split(" ", 1)[0]
        for days in (0, 9, 10, 11, 32, 33, 34, 40)
    ]
    assert told == ["0", "0", "1", "0", "0", "1", "0", "0"]


def test_a_family_reads_every_credit_and_where_it_was_used(
    purse: Purse, world: World, lessons: Lessons
) -> None:
    purse.give(2, until=purse.today + 20 * DAY)
    purse.use(lessons.seat(world.now + DAY), booked=True)
    [card] = world.run(world.grace, my_credits)
    assert (card.left, card.bookable, card.booked) == (2, 1, 1)
    assert card.source == "Given by the studio: Sorry"
    assert (card.until, card.days_left, card.runs_out_soon) == ("21 Sept 2026", 20, True)
    [line] = card.lines
    assert (line.what, line.change) == ("Used: Piano, Wed 2 Sept, 10:00", "−1")


def test_the_database_holds_what_a_lot_is(purse: Purse, world: World) -> None:
    lot_id = purse.give()
    insert = text(
        "insert into credit_entry (id, created_at, lot_id, act, amount, target_id, booked, "
        "\"on\", words, at) values (:id, now(), :lot, :act, :n, :target, false, now(), '', now())"
    )
    world.as_(world.olivia)
    for act, n in (("used", -2), ("released", 1), ("used", 1)):
        given = {"id": new_id(), "lot": lot_id, "act": act, "n": n, "target": new_id()}
        with pytest.raises(IntegrityError), world.connection.begin_nested():
            world.connection.execute(insert, given)
    for change in ("update credit_lot set amount = 9", "delete from credit_entry"):
        with pytest.raises(DBAPIError, match="denied"), world.connection.begin_nested():
            world.connection.execute(text(change))
