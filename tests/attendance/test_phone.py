"""Marks that waited on a phone: each once, in order, and never over what somebody else said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from studio_app.attendance.commands import PhoneAnswer, PhoneMark, mark_from_phone, mark_seat
from studio_app.attendance.queries import mark_history
from studio_app.attendance.rules import Became, Outcome, became
from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Conflict, Forbidden, NotFound, Refused
from studio_app.kit.ids import SeatId
from studio_app.kit.work import once
from studio_app.overview.queries_phone import LONGEST_NOTE, days_for_the_phone, phone_holder
from studio_app.scheduling.models.lessons import Lesson, Seat
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World

PRESENT, LATE, EXCUSED, UNMARKED = (
    Outcome.PRESENT,
    Outcome.LATE,
    Outcome.EXCUSED,
    Outcome.UNMARKED,
)


def sent(world: World, mark: PhoneMark, who: Actor | None = None) -> PhoneAnswer:
    return world.run(who or world.tom, once(mark.key, mark_from_phone), mark)


def history(world: World, seat: SeatId) -> list[Outcome]:
    return [mark.outcome for mark in world.run(world.olivia, mark_history, seat)]


@pytest.mark.parametrize(
    ("seen", "wanted", "current", "result"),
    [
        (UNMARKED, PRESENT, UNMARKED, Became.DONE),
        (PRESENT, LATE, PRESENT, Became.DONE),
        (UNMARKED, PRESENT, PRESENT, Became.ALREADY),
        (UNMARKED, PRESENT, EXCUSED, Became.DIFFERS),
        (PRESENT, LATE, UNMARKED, Became.DIFFERS),
        (EXCUSED, UNMARKED, UNMARKED, Became.ALREADY),
    ],
)
def test_what_becomes_of_a_late_mark(
    seen: Outcome, wanted: Outcome, current: Outcome, result: Became
) -> None:
    assert became(seen=seen, wanted=wanted, current=current) is result


def test_a_mark_sent_twice_is_made_once_and_hears_the_same(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    mark = PhoneMark("one", seat, PRESENT, UNMARKED)
    first = sent(world, mark)
    world.run(world.olivia, mark_seat, seat, EXCUSED)  # the answer to the first was lost

    assert sent(world, mark) == first
    assert (first.became, history(world, seat)) == (Became.DONE, [EXCUSED, PRESENT])


def test_what_the_desk_said_meanwhile_stays_and_both_values_are_said(
    world: World, lessons: Lessons
) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.olivia, mark_seat, seat, EXCUSED, note="rang at noon")

    answer = sent(world, PhoneMark("one", seat, PRESENT, UNMARKED))

    assert (answer.became, answer.theirs, answer.theirs_label) == (
        Became.DIFFERS,
        EXCUSED,
        "Excused",
    )
    assert answer.sentence == (
        "Sam Gray, Tue 1 Sept, 09:00: the studio says “Excused” (Olivia Owen), you said “Present”."
    )
    assert history(world, seat) == [EXCUSED]

    chosen = sent(world, PhoneMark("two", seat, PRESENT, answer.theirs))
    assert (chosen.became, history(world, seat)) == (Became.DONE, [PRESENT, EXCUSED])


def test_the_same_said_at_the_desk_keeps_its_note(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.olivia, mark_seat, seat, LATE, note="the bus")

    assert sent(world, PhoneMark("one", seat, LATE, UNMARKED)).became is Became.ALREADY
    assert [mark.note for mark in world.run(world.tom, mark_history, seat)] == ["the bus"]


def test_a_change_of_mind_without_signal_follows_its_first_mark(
    world: World, lessons: Lessons
) -> None:
    seat = lessons.seat(world.now - HOUR)
    for mark in (PhoneMark("1", seat, PRESENT, UNMARKED), PhoneMark("2", seat, LATE, PRESENT)):
        assert sent(world, mark).became is Became.DONE
    assert history(world, seat) == [LATE, PRESENT]


def test_the_rules_of_the_screen_are_the_rules_of_the_phone(world: World, lessons: Lessons) -> None:
    to_come = lessons.seat(world.now + HOUR)
    of_ruth = lessons.seat(world.now - HOUR, teacher_id=lessons.teacher("Ruth"))
    with pytest.raises(Refused, match="not begun"):
        sent(world, PhoneMark("1", to_come, PRESENT, UNMARKED))
    with pytest.raises(NotFound):
        sent(world, PhoneMark("2", of_ruth, PRESENT, UNMARKED))
    with pytest.raises(Forbidden):
        sent(world, PhoneMark("3", of_ruth, PRESENT, UNMARKED), world.grace)
    with pytest.raises(NotFound):
        sent(world, PhoneMark("4", of_ruth, PRESENT, UNMARKED), world.rita)


def test_a_key_means_one_tap(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    sent(world, PhoneMark("one", seat, PRESENT, UNMARKED))
    with pytest.raises(Conflict):
        sent(world, PhoneMark("one", seat, LATE, PRESENT))


def test_the_phone_keeps_today_and_tomorrow_of_one_teacher(world: World, lessons: Lessons) -> None:
    today = lessons.seat(world.now - HOUR)
    tomorrow = lessons.seat(world.now + timedelta(days=1))
    lessons.seat(world.now + timedelta(days=2))
    lessons.seat(world.now, teacher_id=lessons.teacher("Ruth"))
    before = lessons.seat(world.now - timedelta(days=7))
    session = world.as_(world.olivia).session
    session.get_one(Lesson, session.get_one(Seat, before).lesson_id).focus = "Slowly. " * 200
    session.commit()
    world.run(world.olivia, mark_seat, today, LATE)

    kept = world.run(world.tom, days_for_the_phone)

    assert [[seat.seat_id for seat in day.seats] for day in kept.days] == [[today], [tomorrow]]
    [seat] = kept.days[0].seats
    assert (seat.student, seat.starts, seat.outcome) == ("Sam Gray", "09:00", LATE)
    assert seat.note.startswith("Slowly.")
    assert len(seat.note) == LONGEST_NOTE


def test_the_holder_is_one_person_in_one_studio(world: World) -> None:
    elsewhere = replace(world.tom, studio_id=world.rita.studio_id, roles=frozenset({Role.OWNER}))
    marks = [world.run(who, phone_holder) for who in (world.tom, world.olivia, world.rita)]
    assert len({*marks, world.run(elsewhere, phone_holder)}) == 4
    assert world.run(world.tom, phone_holder) == marks[0]
    assert str(world.tom.person_id) not in marks[0]
