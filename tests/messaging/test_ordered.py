"""What somebody ordered goes out, whether or not the studio tells of changes by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.prices import charge_fee
from studio_app.identity.commands.members import invite
from studio_app.kit.access import Role
from studio_app.kit.money import Money
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import Draft, send_to_many
from studio_app.messaging.commands.settings import begin_telling, stop_telling
from studio_app.messaging.rules.kinds import Channel
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice

ORDERED = {"by_hand", "invitation", "invoice_sent"}
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=ZoneInfo("Europe/London"))


def order(town: Town) -> None:
    """A letter, an invitation and an invoice; and a lesson, which is told by itself."""
    olivia = town.cast.olivia
    letter = Draft("Concert", "Come on Friday.", (Channel.EMAIL,))
    town.run(olivia, send_to_many, letter, Audience(), key="one")
    town.run(olivia, invite, "ann@example.org", Role.ADMIN, name="Ann")
    fee = Money(1000, "GBP")
    town.run(olivia, charge_fee, town.cast.family_id, fee, description="Book")
    town.run(olivia, bill_month, date(2026, 9, 1), sending=True)
    town.lesson(FRIDAY)


def went_out(office: PostOffice) -> int:
    return len(office.letters_to("grace@example.org")) + len(office.letters_to("ann@example.org"))


@pytest.mark.parametrize("begins", [False, True])
def test_an_order_goes_out_before_telling_begins_and_also_if_that_comes_between(
    town: Town, office: PostOffice, *, begins: bool
) -> None:
    town.run(town.cast.olivia, stop_telling)
    order(town)
    if begins:
        town.now += timedelta(seconds=1)
        town.run(town.cast.olivia, begin_telling)
    town.settle()
    assert {one.kind for one in town.messages(channel=Channel.EMAIL)} == ORDERED
    assert went_out(office) == len(ORDERED)
