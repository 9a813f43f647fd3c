"""A family cancels: what was shown is what happens, and all of it can be undone."""

from datetime import timedelta

import pytest

from studio_app.bookings.commands.cancelling import (
    Absence,
    MeansSomethingElse,
    NotPossible,
    cancel_for_family,
)
from studio_app.bookings.queries.cancelling import cancelling_choices
from studio_app.bookings.queries.consequences import policy_decisions
from studio_app.kit.errors import NotFound
from studio_app.scheduling.commands.giving_up import HasBegun, IsOff
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus
from tests.bookings.calling_off import (
    CREDIT,
    DAY,
    FEE,
    FOUR,
    HALF,
    HOUR,
    IN_TIME,
    MONEY,
    NEVER,
    House,
    house,
    office,
    packed,
)

__all__ = ["house", "office"]


def test_what_was_shown_is_what_happens(house: House) -> None:
    house.office.policy(IN_TIME)
    seat = house.office.seat(FOUR)
    shown = house.means(seat)
    assert shown.is_possible
    assert shown.sentence
    assert house.cancel(seat, seen=shown.stamp) == shown.sentence
    lesson = house.lesson(seat)
    assert (lesson.status, lesson.cancelled_by) == (LessonStatus.CANCELLED, CancelledBy.FAMILY)
    assert (house.till.balance(), house.left()) == (2000, 1)
    [row] = house.world.run(house.world.grace, policy_decisions, house.world.student_id)
    assert (row.rule_id, row.sentence) == ("rest", shown.sentence)


def test_a_dialog_that_was_opened_in_time_and_pressed_too_late_is_shown_again(house: House) -> None:
    house.office.policy(IN_TIME)
    seat = house.office.seat(FOUR)
    start = house.lesson(seat).starts_at
    shown = house.at(start - DAY).means(seat)
    late = house.at(start - DAY + timedelta(seconds=1))
    with pytest.raises(MeansSomethingElse) as said:
        late.cancel(seat, seen=shown.stamp)
    again = late.means(seat)
    assert str(said.value) == again.sentence != shown.sentence
    assert house.lesson(seat).status == LessonStatus.SCHEDULED
    late.cancel(seat, seen=again.stamp)
    assert (late.till.balance(), late.left()) == (2000, 0)


def test_a_part_of_the_price_may_be_charged(house: House) -> None:
    house.office.policy(HALF)
    house.cancel(house.office.seat(FOUR))
    assert house.till.balance() == 1000


def test_a_fee_is_charged_and_given_back_with_the_lesson(house: House) -> None:
    house.office.policy(FEE)
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    assert house.till.balance() == 700
    house.undo(seat)
    assert house.till.balance() == 0


def test_money_for_a_lesson_is_there_to_be_spent(house: House) -> None:
    house.office.policy(MONEY)
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    assert house.left() == 2000
    assert house.till.account("credit_owed") == -2000
    house.undo(seat)
    assert house.left() == 0
    assert house.till.account("credit_owed") == 0


def test_what_the_policy_does_not_allow_is_refused_with_its_sentence(house: House) -> None:
    house.office.policy(NEVER)
    seat = house.office.seat(FOUR)
    late = house.at(house.lesson(seat).starts_at - HOUR)
    assert not late.means(seat).is_possible
    with pytest.raises(NotPossible):
        late.cancel(seat)
    assert house.lesson(seat).status == LessonStatus.SCHEDULED


def test_each_reason_says_what_it_means(house: House) -> None:
    ill = {"id": "ill", "when": {"reasons": ["illness"]}, "then": CREDIT}
    rest = {"id": "rest", "then": {"charge": {"how": "full"}}}
    house.office.policy({"rules": [ill, rest], "reasons": [{"key": "concert", "name": "Concert"}]})
    seat = house.office.seat(FOUR)
    found = house.world.run(house.world.grace, cancelling_choices, [seat])
    said = {one.reason: one.sentence for one in found}
    assert said["illness"] != said["other"] == said["concert"]
    assert [one.label for one in found if one.reason == "concert"] == ["Concert"]
    stamp = house.means(seat, reason="illness").stamp
    wish = Absence((seat,), stamp, "illness", "A fever")
    house.world.run(house.world.grace, cancel_for_family, wish)
    assert house.lesson(seat).cancel_reason == "Illness: A fever"
    assert house.left() == 1


def test_a_session_goes_back_to_its_package_in_time(house: House) -> None:
    house.office.preset("coach")
    seat = packed(house)
    assert house.bookable() == 2
    house.cancel(seat)
    assert (house.bookable(), house.till.balance()) == (3, 5000)
    house.undo(seat)
    assert (house.bookable(), house.till.balance()) == (2, 5000)


def test_a_session_that_is_cancelled_late_is_spent_and_earned(house: House) -> None:
    house.office.preset("coach")
    seat = packed(house)
    late = house.at(house.lesson(seat).starts_at - HOUR)
    late.cancel(seat)
    assert (late.left(), late.till.balance()) == (2, 5000)
    assert late.till.account("income") == -1667
    late.undo(seat)
    assert (late.left(), late.till.account("income")) == (3, 0)


def test_without_a_policy_nothing_is_owed(house: House) -> None:
    seat = house.office.seat(FOUR)
    assert house.cancel(seat) == ""
    assert (house.till.balance(), house.left()) == (0, 0)


def test_a_lesson_that_has_begun_or_is_off_is_not_cancelled(house: House) -> None:
    seat = house.office.seat(FOUR)
    with pytest.raises(HasBegun):
        house.at(house.lesson(seat).starts_at).cancel(seat)
    house.cancel(seat)
    with pytest.raises(IsOff):
        house.cancel(seat)


def test_strangers_do_not_find_it(house: House) -> None:
    seat = house.office.seat(FOUR)
    stamp = house.means(seat).stamp
    for actor in (house.world.rita,):
        with pytest.raises(NotFound):
            house.means(seat, actor=actor)
        with pytest.raises(NotFound):
            house.cancel(seat, seen=stamp, actor=actor)
