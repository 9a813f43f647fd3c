"""Letters end with a link that ends them: for a person on a page, for a mail program in one tap."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

import studio_app.studio_app as product
from studio_app.identity.commands.sign_in import ask_for_link
from studio_app.identity.secrets import token_about
from studio_app.kit.access import Actor
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import new_id
from studio_app.messaging.commands.unsubscribing import subscribe_again, unsubscribe
from studio_app.messaging.parcels import UNSUBSCRIBE
from studio_app.messaging.queries.unsubscribing import unsubscription
from studio_app.messaging.rules.kinds import Channel
from studio_app.web.edge import Edge
from studio_app.web.site import pages
from tests.messaging.phones import Straight
from tests.messaging.town import Town
from tests.stage import pointed_at
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)


@pytest.fixture
def mail_program(town: Town) -> Iterator[httpx.Client]:
    with pointed_at(town.database):
        edge = Edge(product.api, pages(), product.app.router)
        with httpx.Client(transport=Straight(edge)) as client:
            yield client


def letter(town: Town, office: PostOffice) -> str:
    """The address in the head of a letter about a lesson."""
    town.lesson(FRIDAY)
    town.settle()
    found = office.letters_to("grace@example.org")[-1]
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return str(found["List-Unsubscribe"]).strip("<>")


def test_one_tap_in_the_mail_program_ends_letters_of_that_kind(
    town: Town, office: PostOffice, mail_program: httpx.Client
) -> None:
    address = letter(town, office)
    said = mail_program.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (said.status_code, said.text) == (200, "You get no more e-mails like this.")

    town.lesson(FRIDAY.replace(hour=18))
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 1
    assert town.messages("lesson_booked", Channel.INBOX)[-1].subject  # the inbox still has it


def test_a_scanner_that_opens_the_link_ends_nothing(
    town: Town, office: PostOffice, mail_program: httpx.Client
) -> None:
    address = letter(town, office)
    said = mail_program.get(address)
    assert said.status_code == 303
    assert said.headers["location"] == address.replace("http://localhost:3000/api", "")

    town.lesson(FRIDAY.replace(hour=18))
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 2


def test_the_page_says_what_is_off_and_switches_it_on_again(town: Town, office: PostOffice) -> None:
    token = letter(town, office).partition("token=")[2]
    visitor = Actor.public(town.cast.harmony)
    asked = town.run(visitor, unsubscription, token)
    assert (asked.studio, asked.category, asked.is_off) == ("Harmony", "Changes of lessons", False)

    town.run(visitor, unsubscribe, token)
    town.run(visitor, unsubscribe, token)
    assert town.run(visitor, unsubscription, token).is_off
    town.run(visitor, subscribe_again, token)
    assert not town.run(visitor, unsubscription, token).is_off


def test_a_wrong_token_and_an_unknown_one_are_the_same(
    town: Town, office: PostOffice, mail_program: httpx.Client
) -> None:
    token = letter(town, office).partition("token=")[2]
    unknown = token_about(UNSUBSCRIBE, new_id())
    harmony, rival = town.cast.harmony, town.cast.rival
    tried = [(harmony, "x"), (harmony, token[:-1] + "é"), (harmony, unknown), (rival, token)]
    for studio_id, wrong in tried:
        with pytest.raises(NotFound, match="We do not know this link"):
            town.run(Actor.public(studio_id), unsubscribe, wrong)
    asked = [f"studio={studio}&token={wrong}" for studio, wrong in tried]
    asked += ["studio=x&token=y", ""]
    url = "http://localhost:3000/api/unsubscribe"
    assert {mail_program.post(f"{url}?{one}").status_code for one in asked} == {404}


def test_what_nobody_can_mute_has_no_such_link(town: Town, office: PostOffice) -> None:
    town.run(Actor.public(), ask_for_link, "grace@example.org")
    town.settle()
    [message] = town.messages("sign_in_link")
    assert office.letters_to("grace@example.org")[-1]["List-Unsubscribe"] is None
    with pytest.raises(NotFound):
        town.run(Actor.public(town.cast.harmony), unsubscribe, token_about(UNSUBSCRIBE, message.id))
