"""A telephone number changes hands, its owner leaves, the studio next door has a bad day."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.kit.ids import LessonId
from studio_app.messaging.commands.resending import send_again
from studio_app.messaging.models.messages import Message
from studio_app.messaging.queries.consents import text_consents
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.messaging.sending import Outcome, note
from studio_app.scheduling.commands.lessons import move_lesson
from tests.database import rows
from tests.messaging.phones import Phones
from tests.messaging.town import PHONE, THURSDAY, Town, child_of, confirmed

NEW_PHONE = "+447700900999"
pytestmark = pytest.mark.usefixtures("office")


def change(town: Town, statement: str, **given: Any) -> None:
    with town.database.owner.begin() as connection:
        connection.execute(text(statement), given)


def last_word(town: Town, address: str) -> list[tuple[Any, ...]]:
    """Who said what last about lessons to this number."""
    found = rows(
        town.database.owner,
        "select distinct on (contact_id) contact_id, address, given from consent"
        " where purpose = 'service' order by contact_id, nth desc",
    )
    return [(who, given) for who, said, given in found if said == address]


def moved_by(town: Town, lesson_id: LessonId, hours: int) -> None:
    to = THURSDAY + timedelta(hours=hours)
    town.run(town.cast.olivia, move_lesson, lesson_id, to=to)
    town.settle()


def the_text(town: Town, kind: str = "lesson_reminder") -> Message:
    [message] = [one for one in town.messages(kind, Channel.TEXT) if one.lesson_id]
    return message


def test_stop_counts_though_somebody_who_left_has_the_number(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    change(town, "update teacher set phone = :phone, archived_at = now()", phone=PHONE)
    assert phones.write("STOP").status_code == 200
    assert phones.replies() == [("STOP", "opted_out")]
    assert last_word(town, PHONE) == [(town.contact(), False)]


def test_stop_of_somebody_who_left_still_counts_when_they_come_back(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    change(town, "update guardian set archived_at = now()")
    assert phones.write("STOP").status_code == 200
    change(town, "update guardian set archived_at = null")
    moved_by(town, reminded, 1)
    assert phones.heard_on() == []
    assert last_word(town, PHONE) == [(town.contact(), False)]


def test_a_studio_that_cannot_hear_keeps_stop_from_no_other(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    own = "+447700900555"
    change(
        town,
        "insert into messaging_settings (id, created_at, studio_id, quiet_from, quiet_until,"
        " reminder_hours, sms_number, reply_to)"
        " values (gen_random_uuid(), now(), :rival, '21:00', '08:00', '{24}', :own, '')",
        rival=town.cast.rival,
        own=own,
    )
    change(
        town,
        "alter table reply add constraint rival_is_deaf"
        f" check (studio_id <> '{town.cast.rival}') not valid",
    )
    assert phones.write("STOP", to=own).status_code == 500
    assert last_word(town, PHONE) == [(town.contact(), False)]
    change(town, "alter table reply drop constraint rival_is_deaf")


def test_a_number_that_changed_hands_answers_for_its_new_owner_only(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    town.allow_texts(phone=NEW_PHONE)
    _lily, zed = child_of(town, "Lily", "Zed")
    for words in ("Y", "N", "1"):
        phones.write(words)
    assert confirmed(town, reminded) == [False]
    assert {heard for _words, heard in phones.replies()} == {"words"}
    about = rows(town.database.owner, "select distinct contact_id, lesson_id from reply")
    assert about == [(town.contact(zed), None)]
    assert all("Sam" not in said for said in phones.heard_on())


def test_stop_from_an_old_number_leaves_the_new_one_alone(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    town.allow_texts(phone=NEW_PHONE)
    phones.write("STOP")
    moved_by(town, reminded, 1)
    assert phones.heard_on() == []
    assert len(phones.heard_on(NEW_PHONE)) == 1
    [said] = town.run(town.cast.olivia, text_consents, town.cast.student_id)
    assert (said.given, said.phone) == (True, "07700 900999")

    change(town, "update guardian set phone = :phone", phone=PHONE)
    moved_by(town, reminded, 2)
    assert phones.heard_on() == []


def test_no_said_to_the_studio_itself_is_meant_for_every_number(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    town.allow_texts(phone=NEW_PHONE)
    town.allow_texts(phone=NEW_PHONE, given=False)
    change(town, "update guardian set phone = :phone", phone=PHONE)
    moved_by(town, reminded, 1)
    assert phones.heard_on() == []

    town.allow_texts()
    moved_by(town, reminded, 2)
    assert len(phones.heard_on()) == 1


@pytest.fixture
def in_hand(town: Town, phones: Phones, reminded: LessonId) -> Message:
    """The text service has taken a text, and we have not noted that yet."""
    moved_by(town, reminded, 1)
    change(
        town,
        "update message set status = 'sending', sent_at = null, provider_id = ''"
        " where channel = 'text'",
    )
    return the_text(town, "lesson_moved")


@pytest.mark.parametrize("status", ["delivered", "undelivered"])
def test_a_report_before_our_own_note_loses_nothing(
    town: Town, phones: Phones, in_hand: Message, status: str
) -> None:
    [taken] = phones.twilio.texts
    phones.twilio.report(taken["sid"], status, client=phones.client)
    with town.as_system() as work:
        note(work, in_hand.id, Outcome(MessageStatus.SENT, taken["sid"]))
    found = the_text(town, "lesson_moved")
    assert found.status == ("delivered" if status == "delivered" else "failed")
    assert (found.sent_at, found.provider_id) == (in_hand.tried_at, taken["sid"])


def test_who_answers_before_our_own_note_is_heard(
    town: Town, phones: Phones, in_hand: Message, reminded: LessonId
) -> None:
    phones.write("Y")
    assert confirmed(town, reminded) == [True]
    phones.write("STOP")
    assert last_word(town, PHONE) == [(town.contact(), False)]


def test_a_report_about_an_older_attempt_says_nothing_about_the_newer(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    moved_by(town, reminded, 1)
    first = phones.twilio.texts[-1]["sid"]
    phones.twilio.report(first, "undelivered", error=30003, client=phones.client)
    town.run(town.cast.olivia, send_again, the_text(town, "lesson_moved").id)
    town.tick()
    second = phones.twilio.texts[-1]["sid"]
    change(town, "update message set status = 'sending', provider_id = :sid"
           " where provider_id = :newer", sid=first, newer=second)  # fmt: skip

    for _noted in (False, True):
        phones.twilio.report(first, "undelivered", error=30003, client=phones.client)
        found = the_text(town, "lesson_moved")
        assert found.status in {"sending", "sent"}
        with town.as_system() as work:
            note(work, found.id, Outcome(MessageStatus.SENT, second))
    phones.twilio.report(second, "delivered", client=phones.client)
    found = the_text(town, "lesson_moved")
    assert (found.status, found.provider_id) == ("delivered", second)


def test_a_number_that_nobody_has_any_more_may_stop_too(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    change(town, "update guardian set phone = ''")
    assert phones.write("STOP").status_code == 200
    assert last_word(town, PHONE) == [(town.contact(), False)]
    kept = rows(town.database.owner, "select contact_id, heard from reply")
    assert kept == [(None, "opted_out")]
