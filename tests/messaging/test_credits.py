"""Credit that runs out is never lost in silence: 30 and 7 days ahead, and when it is gone."""

from datetime import timedelta

import pytest

from studio_app.billing.commands.credits import expire_credits, give_credit, void_credit
from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.credits.rules.lots import CreditKind, Need
from studio_app.kit.access import Actor
from studio_app.kit.ids import CreditLotId, new_id
from studio_app.kit.money import Money
from tests.credits.purse import release_from, use_for
from tests.messaging.town import Town, words_of
from tests.standins.smtp import PostOffice

DAY = timedelta(days=1)


class Bank:
    """A town with a family that has credit."""

    def __init__(self, town: Town, post: PostOffice) -> None:
        self.town, self.post = town, post

    def give(self, days: int) -> CreditLotId:
        until = self.town.now.date() + days * DAY
        cast = self.town.cast
        given = (cast.family_id, CreditKind.LESSON, 2)
        return self.town.run(
            cast.olivia, give_credit, *given, reason="Tom was ill", valid_until=until
        )

    def day(self, days: int) -> None:
        """So many days later, once the clock has struck."""
        self.town.wait(days=days)
        self.town.run(Actor.system(self.town.cast.harmony), expire_credits)
        self.town.settle()

    def letters(self) -> list[str]:
        return [words_of(one) for one in self.post.letters_to("grace@example.org")]


@pytest.fixture
def bank(town: Town, office: PostOffice) -> Bank:
    return Bank(town, office)


def test_a_family_hears_30_and_7_days_ahead_and_when_it_is_gone(bank: Bank) -> None:
    bank.give(40)
    heard = list[int]()
    for days in (5, 5, 5, 18, 2, 8):
        bank.day(days)
        heard.append(len(bank.letters()))
    assert heard == [0, 1, 1, 2, 2, 3]
    first, second, last = bank.letters()
    assert "2 lessons (Tom was ill)" in first
    assert "30 days" in first
    assert "7 days" in second
    assert "gone" in last


def test_nobody_hears_of_what_was_used_or_voided_meanwhile(bank: Bank) -> None:
    lot_id = bank.give(20)
    town = bank.town
    town.run(Actor.system(town.cast.harmony), expire_credits)
    town.run(town.cast.olivia, void_credit, lot_id, reason="A mistake")
    town.settle()
    assert bank.letters() == []


def test_a_family_hears_once_that_two_of_a_package_are_left(bank: Bank) -> None:
    town = bank.town
    cast = town.cast
    offer = Offer("Three lessons", 3, Money(9_000, "GBP"))
    package = town.run(cast.olivia, offer_package, offer)
    town.run(cast.olivia, sell_package, package, cast.family_id)
    need = Need(cast.family_id, town.now.date(), {CreditKind.SESSION})
    for _each in range(2):  # used, given back, used again: still the same two
        target = new_id()
        town.run(cast.olivia, use_for, need, target)
        town.settle()
        town.run(cast.olivia, release_from, target, town.now.date())
    [letter] = bank.letters()
    assert "“Three lessons”" in letter
    assert "2 sessions left" in letter
