"""Mail servers and workers that fail: one effect each, and nothing is lost or sent twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.kit.access import Actor
from studio_app.kit.work import happening_at, open_work
from studio_app.messaging.commands.resending import send_again
from studio_app.messaging.events import MessageReady
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.messaging.sending import send_message
from tests.messaging.town import PHONE, Town
from tests.standins import smtp, twilio
from tests.standins.smtp import PostOffice, at_data, at_rcpt
from tests.standins.surroundings import surroundings
from tests.standins.twilio import Twilio

GRACE = "grace@example.org"
FRIDAY = datetime(2026, 9, 4, 15, 0, tzinfo=UTC)


def letter_of(town: Town, channel: Channel = Channel.EMAIL) -> Message:
    [found] = town.messages("lesson_booked", channel)
    return found


@pytest.mark.parametrize("answer", [at_rcpt("451 4.7.1 Come back later"), at_data("452 4.3.1 Full"),
                                    smtp.BREAKS], ids=["rcpt", "data", "breaks"])  # fmt: skip
def test_what_surely_did_not_arrive_is_tried_again_until_it_does(
    town: Town, office: PostOffice, answer: smtp.Answer
) -> None:
    office.script(GRACE, answer, answer)
    town.lesson(FRIDAY)
    town.settle()
    assert letter_of(town).status == MessageStatus.WAITING
    for _ in range(8):
        town.wait(minutes=1)
    assert letter_of(town).status == MessageStatus.SENT
    assert letter_of(town).attempts == 3
    assert len(office.letters_to(GRACE)) == 1


def test_an_address_that_does_not_exist_fails_at_once_and_says_why(
    town: Town, office: PostOffice
) -> None:
    office.script(GRACE, at_rcpt("550 5.1.1 Nobody here"))
    town.lesson(FRIDAY)
    town.settle()
    town.wait(minutes=30)
    assert letter_of(town).status == MessageStatus.FAILED
    assert letter_of(town).reason
    assert office.attempts[GRACE] == 1
    town.run(town.cast.olivia, send_again, letter_of(town).id)
    town.deliver()
    assert letter_of(town).status == MessageStatus.SENT


@pytest.mark.parametrize("answer", [smtp.TAKEN_THEN_LOST, smtp.TAKEN_THEN_SILENT],
                         ids=["lost", "silent"])  # fmt: skip
def test_a_lost_answer_is_flagged_and_never_sent_twice(
    town: Town, office: PostOffice, answer: smtp.Answer
) -> None:
    office.script(GRACE, answer)
    with surroundings(studio_smtp_url=office.url, studio_vendor_patience="1"):
        town.lesson(FRIDAY)
        town.settle()
        town.wait(hours=1)
    assert letter_of(town).status == MessageStatus.DOUBTFUL
    assert len(office.letters_to(GRACE)) == 1


def test_a_text_whose_answer_was_lost_is_found_at_the_vendor(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    town.allow_texts()
    twilio.script(PHONE, _lost())
    town.lesson(FRIDAY)
    town.settle()
    found = letter_of(town, Channel.TEXT)
    assert found.status == MessageStatus.SENT
    assert found.provider_id == twilio.texts_to(PHONE)[0]["sid"]
    town.wait(hours=1)
    assert len(twilio.texts_to(PHONE)) == 1


def test_a_vendor_that_says_when_to_come_back_is_heard(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    town.allow_texts()
    twilio.script(PHONE, _busy("600"))
    town.lesson(FRIDAY)
    town.settle()
    waiting = letter_of(town, Channel.TEXT)
    assert waiting.status == MessageStatus.WAITING
    assert waiting.due_at == town.now + timedelta(seconds=600)
    town.wait(minutes=9)
    assert twilio.attempts[PHONE] == 1
    town.wait(minutes=2)
    assert letter_of(town, Channel.TEXT).status == MessageStatus.SENT


def test_a_server_that_stays_away_for_a_day_ends_as_failed(town: Town) -> None:
    with surroundings(studio_smtp_url="smtp://nowhere.invalid:25"):
        town.lesson(FRIDAY + timedelta(days=3))
        town.settle()
        for _ in range(26):
            town.wait(hours=1)
    assert letter_of(town).status == MessageStatus.FAILED


def test_a_worker_that_died_with_a_letter_in_its_hands_leaves_it_for_a_person(
    town: Town, office: PostOffice
) -> None:
    """Killed between the server's answer and our note: only the row says that it was being sent."""
    town.lesson(FRIDAY)
    town.settle()
    _as_left_behind(town, Channel.EMAIL)
    town.wait(minutes=11)
    assert letter_of(town).status == MessageStatus.DOUBTFUL
    assert len(office.letters_to(GRACE)) == 1


def test_a_worker_that_died_over_a_text_is_cleared_up_by_asking_the_vendor(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    town.allow_texts()
    twilio.now = town.now + timedelta(minutes=1)
    town.lesson(FRIDAY)
    town.settle()
    _as_left_behind(town, Channel.TEXT)
    town.wait(minutes=11)
    assert letter_of(town, Channel.TEXT).status == MessageStatus.SENT
    assert len(twilio.texts_to(PHONE)) == 1


def test_two_workers_with_the_same_message_send_it_once(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    event = MessageReady(letter_of(town).id, town.now)
    with happening_at(town.now):
        send_message(town.database.app, Actor.system(town.cast.harmony), event)
    assert len(office.letters_to(GRACE)) == 1


def test_a_clock_put_back_two_hours_sends_nothing_twice(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    town.now -= timedelta(hours=2)
    for _ in range(3):
        town.wait(hours=1)
    assert len(office.letters_to(GRACE)) == 1


def _lost() -> twilio.Step:
    return twilio.TAKEN_THEN_LOST


def _busy(after: str) -> twilio.Step:
    return twilio.refused(429, 20429, retry_after=after)


def _as_left_behind(town: Town, channel: Channel) -> None:
    """As the row stands when the process is killed after the vendor took the message."""
    with (
        happening_at(town.now),
        open_work(town.database.app, Actor.system(town.cast.harmony), _as_left_behind) as work,
    ):
        left = update(Message).where(
            col(Message.kind) == "lesson_booked", col(Message.channel) == channel
        )
        values = {"status": MessageStatus.SENDING, "sent_at": None, "provider_id": ""}
        work.session.connection().execute(left.values(**values))
