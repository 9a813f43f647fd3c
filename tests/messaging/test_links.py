"""Whom a link in a message signs in: only the person whose address it reaches."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import col

from studio_app.kit.access import Actor
from studio_app.kit.work import happening_at, open_work
from studio_app.messaging.commands.consenting import agree
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.people.models import Guardian
from tests.messaging.town import PHONE, Town, words_of
from tests.standins.smtp import PostOffice
from tests.standins.twilio import Twilio

FRIDAY = datetime(2026, 9, 4, 15, 0, tzinfo=UTC)


def write_down(town: Town, **values: str) -> None:
    """The office types another address or number for Grace."""
    with (
        happening_at(town.now),
        open_work(town.database.app, Actor.system(town.cast.harmony), write_down) as work,
    ):
        hers = update(Guardian).where(col(Guardian.id) == town.cast.guardian_id)
        work.session.connection().execute(hers.values(**values))


def test_a_letter_to_the_accounts_own_address_signs_in(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    [letter] = office.letters_to("grace@example.org")
    assert "/link?token=" in words_of(letter)
    [kept] = town.messages("lesson_booked", Channel.EMAIL)
    assert "token=" not in kept.body


def test_a_letter_to_an_address_that_the_office_typed_signs_nobody_in(
    town: Town, office: PostOffice
) -> None:
    write_down(town, email="somebody.else@example.org")
    town.lesson(FRIDAY)
    town.settle()
    [letter] = office.letters_to("somebody.else@example.org")
    assert "token=" not in words_of(letter).partition("No more e-mails")[0]
    assert "/portal/schedule?lesson=" in words_of(letter)


def test_a_text_signs_in_only_whoever_gave_their_number_themselves(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    town.allow_texts()
    town.lesson(FRIDAY)
    town.settle()
    assert "/link?token=" not in twilio.texts_to(PHONE)[0]["body"]
    asked = (town.contact(), Channel.TEXT, Purpose.SERVICE)
    town.run(town.cast.grace, agree, *asked, given=False)
    town.run(town.cast.grace, agree, *asked, given=True)
    town.lesson(FRIDAY.replace(hour=17))
    town.settle()
    assert "/link?token=" in twilio.texts_to(PHONE)[1]["body"]
