"""A family cancels: what was shown is what happens, and all of it can be undone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.billing.queries.credits import family_credits
from studio_app.bookings.commands.cancelling import (
    Absence,
    MeansSomethingElse,
    NotPossible,
    UndoIsOver,
    cancel_for_family,
    undo_cancelling,
)
from studio_app.bookings.commands.unspending import CreditSpent, Instead
from studio_app.bookings.queries.cancelling import Choice, cancelling_choices
from studio_app.bookings.queries.consequences import policy_decisions
from studio_app.credits.commands.using import use_credit
from studio_app.credits.rules.lots import CreditKind, GoodFor, Need
from studio_app.kit.access import Actor, Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands.giving_up import HasBegun, IsOff
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.bookings.policies.desk import Office
from tests.scheduling.conftest import TUESDAY, desk_of, wall

FOUR = wall(TUESDAY, 16)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE: dict[str, Any] = {"id": "late", "when": {"notice": {"less_than": "24 h"}}}
CREDIT: dict[str, Any] = {"charge": {"how": "full"}, "credit": {"valid": {"days": 30}}}
IN_TIME = {"rules": [{**LATE, "then": {"charge": {"how": "full"}}}, {"id": "rest", "then": CREDIT}]}
HALF: dict[str, Any] = {
    "rules": [{"id": "rest", "then": {"charge": {"how": "percent", "percent": 50}}}]
}
FEE: dict[str, Any] = {"rules": [{"id": "rest", "then": {"fee": {"minor": 700}}}]}
MONEY: dict[str, Any] = {
    "rules": [
        {
            "id": "rest",
            "then": {"charge": {"how": "full"}, "credit": {"kind": "money", "percent": 100}},
        }
    ]
}
NEVER: dict[str, Any] = {
    "rules": [{**LATE, "then": {"allowed": False}}, {"id": "rest", "then": {}}]
}


@requires(Permission.JOBS_RUN)
def spend(work: Work, office: Office, target: SeatId) -> None:
    world = office.world
    lesson = GoodFor(office.desk.piano)
    day = work.now.date()
    kinds = frozenset({CreditKind.LESSON, CreditKind.SESSION})
    need = Need(world.family_id, day, kinds, student_id=world.student_id, lesson=lesson)
    use_credit(work, need, target, booked=True)


class House:
    """Harmony's lessons cost £20; Grace cancels for Sam."""

    def __init__(self, office: Office) -> None:
        self.office, self.world = office, office.world
        self.till = Till(office.world)

    def means(self, *seats: SeatId, actor: Actor | None = None, reason: str = "other") -> Choice:
        found = self.world.run(actor or self.world.grace, cancelling_choices, seats)
        return next(one for one in found if one.reason == reason)

    def cancel(self, *seats: SeatId, seen: str | None = None, actor: Actor | None = None) -> str:
        stamp = self.means(*seats).stamp if seen is None else seen
        said = self.world.run(actor or self.world.grace, cancel_for_family, Absence(seats, stamp))
        self.till.hear()
        return said

    def undo(self, *seats: SeatId, actor: Actor | None = None, **how: Any) -> None:
        self.world.run(actor or self.world.grace, undo_cancelling, seats, **how)
        self.till.hear()

    def lesson(self, seat_id: SeatId) -> Lesson:
        session = self.world.as_(self.world.olivia).session
        return session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)

    def left(self) -> int:
        return sum(c.left for c in self.world.run(self.world.olivia, family_credits, self.fam))

    def bookable(self) -> int:
        """What is left and no lesson to come is booked with."""
        cards = self.world.run(self.world.olivia, family_credits, self.fam)
        return sum(card.bookable for card in cards)

    @property
    def fam(self) -> Any:
        return self.world.family_id

    def at(self, moment: Any) -> "House":
        world = self.world.at(moment)
        later = House(Office(replace(self.office.desk, world=world)))
        later.till.heard = self.till.heard
        return later


@pytest.fixture
def house(office: Office) -> House:
    made = House(office)
    made.till.price(pounds(20))
    return made


@pytest.fixture
def office(world: Any) -> Office:
    return Office(desk_of(world))


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


def packed(house: House) -> SeatId:
    """Three sessions were sold for £50, and one of them pays for the lesson."""
    price = pounds(50)
    offer = Offer("Three lessons", 3, price, house.office.desk.piano)
    package_id = house.world.run(house.world.olivia, offer_package, offer)
    house.world.run(house.world.olivia, sell_package, package_id, house.fam)
    seat = house.office.seat(FOUR)
    house.world.run(Actor.system(house.world.harmony), spend, house.office, seat)
    return seat


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


def test_undone_everything_is_as_it_was(house: House) -> None:
    house.office.policy(IN_TIME)
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    house.undo(seat)
    assert house.lesson(seat).status == LessonStatus.SCHEDULED
    assert (house.till.balance(), house.left()) == (0, 0)
    [row] = house.world.run(house.world.grace, policy_decisions, house.world.student_id)
    assert row.is_undone
    house.cancel(seat)
    assert (house.till.balance(), house.left()) == (2000, 1)


def test_a_credit_that_was_spent_says_where_and_offers_two_ways_out(house: House) -> None:
    house.office.policy(IN_TIME)
    seat, other = house.office.seat(FOUR), house.office.seat(FOUR + 7 * DAY)
    house.cancel(seat)
    system = Actor.system(house.world.harmony)
    house.world.run(system, spend, house.office, other)
    with pytest.raises(CreditSpent) as said:
        house.undo(seat)
    assert said.value.seats == (other,)
    assert house.lesson(seat).status == LessonStatus.CANCELLED
    house.undo(seat, instead=Instead.PAY_FOR_THE_OTHER)
    assert house.lesson(other).status == LessonStatus.SCHEDULED
    assert house.left() == 0


def test_the_lesson_booked_with_the_credit_can_be_given_up_too(house: House) -> None:
    house.office.policy(IN_TIME)
    seat, other = house.office.seat(FOUR), house.office.seat(FOUR + 7 * DAY)
    house.cancel(seat)
    house.world.run(Actor.system(house.world.harmony), spend, house.office, other)
    house.undo(seat, instead=Instead.CANCEL_THE_OTHER)
    assert house.lesson(other).status == LessonStatus.CANCELLED
    assert (house.left(), house.till.balance()) == (0, 0)


def test_a_family_undoes_soon_and_the_office_until_the_lesson(house: House) -> None:
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    later = house.at(house.world.now + HOUR)
    with pytest.raises(UndoIsOver):
        later.undo(seat)
    later.undo(seat, actor=house.world.olivia)
    assert house.lesson(seat).status == LessonStatus.SCHEDULED


def test_a_time_that_was_taken_meanwhile_is_said_without_names(house: House) -> None:
    seat = house.office.seat(FOUR)
    house.cancel(seat)
    other = Lessons(house.world).student("Zelda").id
    house.office.desk.lesson(FOUR, student_ids=(other,))
    with pytest.raises(SlotTaken) as said:
        house.undo(seat)
    assert "Zelda" not in str(said.value)
    assert house.lesson(seat).status == LessonStatus.CANCELLED


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
