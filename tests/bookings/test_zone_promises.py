"""What families were asked and have asked for keeps its time on the clock when the zone changes."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from studio_app.bookings.commands.answering import accept_offer, deliver_offer
from studio_app.bookings.commands.offers import Vacancy, free
from studio_app.bookings.commands.swapping import accept_swap, propose_swap, swap_now, undo_swap
from studio_app.bookings.commands.waitlist import WaitingWish, wait_for
from studio_app.bookings.commands.zones import Keep, change_timezone
from studio_app.bookings.models.waiting import Freed, Offer
from studio_app.kit.access import Actor
from studio_app.kit.clock import Slot, to_instant
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.commands.proposing import accept_time, propose_times
from studio_app.scheduling.queries.proposals import my_proposals
from tests.bookings.conftest import FOUR, Counter
from tests.counting import sent_on
from tests.scheduling.conftest import TUESDAY, wall

NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
THREE, FIVE = wall(TUESDAY, 15), wall(TUESDAY, 17)
HALF = timedelta(minutes=30)


def change(counter: Counter, zone: ZoneInfo, keep: Keep = Keep.LOCAL_TIME) -> int:
    return counter.world.run(counter.world.olivia, change_timezone, zone.key, keep)


def there(hour: int, zone: ZoneInfo = NEW_YORK) -> datetime:
    return to_instant(TUESDAY, time(hour), zone)


def offered(counter: Counter) -> Any:
    """Tom's lesson at four is cancelled, and Grace, who waits for him, is asked."""
    world, system = counter.world, Actor.system(counter.world.harmony)
    lesson_id = counter.desk.lesson(FOUR)
    world.run(world.olivia, cancel_lesson, lesson_id)
    wish = WaitingWish(counter.desk.piano, world.teacher_id)
    world.run(world.grace, wait_for, world.student_id, wish)
    vacancy = Vacancy(lesson_id, world.teacher_id, Slot(FOUR, FOUR + HALF))
    assert world.run(system, free, vacancy)
    return rows(counter, Offer)[0].id


def rows(counter: Counter, table: Any) -> Any:
    world = counter.world
    query = select(table).order_by(col(table.starts_at))
    return world.as_(world.olivia).session.exec(query).all()


def test_an_offer_stays_what_it_is_on_the_clock_and_can_be_taken(counter: Counter) -> None:
    offer_id = offered(counter)
    lead = FOUR - rows(counter, Offer)[0].answer_by
    change(counter, NEW_YORK)
    [offer], [freed] = rows(counter, Offer), rows(counter, Freed)
    assert offer.starts_at == freed.starts_at == there(16)
    assert (freed.ends_at - freed.starts_at, there(16) - offer.answer_by) == (HALF, lead)
    world = counter.world
    booking_id = world.run(world.grace, accept_offer, offer_id)
    assert counter.row(booking_id).starts_at == there(16)
    assert counter.desk.broken() == []


def test_an_offer_whose_hour_is_over_on_the_new_clock_is_withdrawn(counter: Counter) -> None:
    offer_id = offered(counter)
    at = FOUR - timedelta(days=1, hours=6)  # in Tokyo four o'clock is less than a day away
    counter = counter.later((at - counter.world.now) / timedelta(days=1))
    world = counter.world
    world.run(Actor.system(world.harmony), deliver_offer, offer_id, at)
    change(counter, TOKYO)
    [offer], [freed] = rows(counter, Offer), rows(counter, Freed)
    assert (offer.state, freed.state) == ("withdrawn", "gone")


def test_the_moment_of_an_offer_stays_where_moments_stay(counter: Counter) -> None:
    offered(counter)
    change(counter, NEW_YORK, Keep.MOMENT)
    assert {one.starts_at for one in (*rows(counter, Offer), *rows(counter, Freed))} == {FOUR}


def test_what_was_asked_for_goes_with_its_lesson(counter: Counter) -> None:
    reviewed = counter.reviewing()
    single, weekly = counter.book(at=THREE), counter.weekly()
    before = reviewed.settled(single)
    change(counter, NEW_YORK)
    assert counter.row(single).starts_at == there(15)
    assert counter.row(weekly).starts_at == there(16)
    assert counter.status(single).when == before.when
    assert counter.row(single).expires_at == there(15)
    assert counter.settled(weekly).state == "provisional"
    assert counter.desk.broken() == []


def test_a_booking_nobody_has_looked_at_yet_is_still_open_then(counter: Counter) -> None:
    booking_id = counter.book()
    change(counter, NEW_YORK)
    assert counter.settled(booking_id).state == "confirmed"


def test_swaps_can_be_agreed_to_and_undone(counter: Counter) -> None:
    desk, world = counter.desk, counter.world
    ben = world.run(world.olivia, add_student, StudentDetails("Ben", "Blue")).student_id
    mine = desk.lesson(THREE, student_ids=(world.student_id,))
    theirs = desk.lesson(FIVE, student_ids=(ben,))
    swap_id = world.run(world.grace, propose_swap, mine, theirs)
    change(counter, NEW_YORK)
    world.run(world.olivia, accept_swap, swap_id)
    assert (desk.row(mine).starts_at, desk.row(theirs).starts_at) == (there(17), there(15))
    again = world.run(world.olivia, swap_now, mine, theirs)
    change(counter, TOKYO)
    world.run(world.olivia, undo_swap, again)
    found = (desk.row(mine).starts_at, desk.row(theirs).starts_at)
    assert found == (there(17, TOKYO), there(15, TOKYO))


def test_times_to_choose_from_stay_what_they_are(counter: Counter) -> None:
    desk, world = counter.desk, counter.world
    lesson_id = desk.lesson(FOUR, student_ids=(world.student_id,))
    times = [THREE, FIVE]
    asked = world.run(world.tom, propose_times, lesson_id, times, despite="Agreed")
    [before] = world.run(world.grace, my_proposals)
    change(counter, NEW_YORK)
    [shown] = world.run(world.grace, my_proposals)
    assert [one.when for one in shown.times] == [one.when for one in before.times]
    assert [one.at for one in shown.times] == [there(15), there(17)]
    world.run(world.grace, accept_time, asked, there(17))
    assert desk.row(lesson_id).starts_at == there(17)


@pytest.mark.parametrize("taught", [False, True])
def test_it_asks_as_often_however_many_weekly_lessons_there_are(
    counter: Counter, *, taught: bool
) -> None:
    desk, counts = counter.desk, list[int]()
    for hour in (16, 7, 8, 9, 12, 14):
        desk.series(at=time(hour), student_ids=(), despite="Agreed")
        if hour in {16, 14}:
            later = counter.later(20) if taught else counter
            with sent_on(counter.world.connection) as heard:
                change(later, TOKYO if hour == 14 else NEW_YORK)
            counts.append(len(heard))
    assert counts[1] <= counts[0] + 2, counts
    assert desk.broken() == []
