"""What families write back: understood where it is plain, and laid before the office else."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, text

from studio_app.identity.commands.sign_in import use_link
from studio_app.kit.access import Actor
from studio_app.kit.ids import LessonId
from studio_app.messaging.commands.consenting import agree
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.web.api.live import TOLD
from tests.database import rows
from tests.messaging.phones import Phones
from tests.messaging.town import PHONE, THURSDAY, Town, child_of, confirmed
from tests.standins.twilio import signature

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def listening(town: Town) -> Iterator[psycopg.Connection]:
    address = make_url(town.database.app_url).set(drivername="postgresql")
    told = psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
    with told as connection:
        connection.execute("listen changes")
        yield connection


def in_the_inbox(town: Town) -> list[str]:
    kinds = {"text_arrived", "opted_out"}
    found = town.messages(channel=Channel.INBOX)
    return [one.body for one in found if one.kind in kinds]


@pytest.mark.parametrize("words", ["Y", " yes! ", "Oui"])
@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=3, minutes=59)])
def test_yes_within_the_grace_confirms_and_open_calendars_hear_of_it(
    town: Town,
    phones: Phones,
    reminded: LessonId,
    listening: psycopg.Connection,
    words: str,
    late: timedelta,
) -> None:
    town.now += late  # the reminder came two hours before; two more hours are the grace
    list(listening.notifies(timeout=0.2))
    answer = phones.write(words)

    told = {note.payload for note in listening.notifies(timeout=15, stop_after=3)}
    assert (answer.status_code, answer.text.endswith("<Response/>")) == (200, True)
    assert confirmed(town, reminded) == [True]
    assert any(f"{town.cast.harmony} seat" in payload for payload in told)
    assert "seat" in TOLD
    assert "confirmed: Sam Gray, Thu 3 Sept" in phones.heard_on()[-1]
    assert in_the_inbox(town) == []


def test_after_the_grace_yes_is_only_words(town: Town, phones: Phones, reminded: LessonId) -> None:
    town.now += timedelta(hours=4, minutes=1)
    phones.write("Y")
    assert confirmed(town, reminded) == [False]
    assert phones.replies() == [("Y", "words")]


def test_a_moved_lesson_is_confirmed_no_more(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    phones.write("Y")
    town.run(town.cast.olivia, move_lesson, reminded, to=THURSDAY + timedelta(hours=1))
    assert confirmed(town, reminded) == [False]


def test_no_is_answered_with_the_way_to_move_or_cancel(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    asked = (town.contact(), Channel.TEXT, Purpose.SERVICE)
    for given in (False, True):  # she gives the number herself, signed in
        town.run(town.cast.grace, agree, *asked, given=given)
    phones.write("Y")
    phones.write("no")
    [link] = [said for said in phones.heard_on() if "Move or cancel" in said]
    token = link.partition("http://localhost:3000/link?token=")[2].split()[0]
    ticket = town.run(Actor.public(), use_link, token)
    assert ticket.path == f"/portal/schedule?lesson={reminded}"
    assert confirmed(town, reminded) == [False]
    assert in_the_inbox(town) == ["Grace Gray cannot come: “no”"]


def test_no_from_a_number_the_office_typed_is_answered_without_signing_in(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    phones.write("no")
    [said] = [said for said in phones.heard_on() if "Move or cancel" in said]
    assert f"/portal/schedule?lesson={reminded}" in said
    assert "token=" not in said


@pytest.mark.parametrize(
    "words",
    ["STOP", "stop.", "Unsubscribe", "cancel", "arrêt", "please stop texting me", "Opt-out"],
)
def test_words_of_opting_out_end_texts(
    town: Town, phones: Phones, reminded: LessonId, words: str
) -> None:
    phones.write(words)
    said = len(phones.heard_on())
    town.run(town.cast.olivia, move_lesson, reminded, to=THURSDAY + timedelta(hours=1))
    town.settle()

    assert len(phones.heard_on()) == said == 0
    assert phones.replies() == [(words, "opted_out")]
    assert in_the_inbox(town) == [f"Grace Gray wants no more texts: “{words}”"]


def test_start_allows_them_again(town: Town, phones: Phones, reminded: LessonId) -> None:
    phones.write("STOP")
    phones.write("START")
    assert phones.heard_on() == [
        "Harmony: You get texts about your lessons again. Reply STOP to end them."
    ]
    town.run(town.cast.olivia, move_lesson, reminded, to=THURSDAY + timedelta(hours=1))
    town.settle()
    assert len(phones.heard_on()) == 2


def test_help_says_who_writes_and_how_to_end_it(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    phones.write("HELP")
    assert phones.heard_on() == ["Harmony sends texts about lessons. Reply STOP to end them."]
    assert in_the_inbox(town) == []


def test_a_number_of_two_parents_asks_which_child(town: Town, phones: Phones) -> None:
    town.allow_texts()
    student_id, guardian_id = child_of(town, "Mia", "Gregor")
    town.allow_texts(guardian_id)
    town.now = THURSDAY - timedelta(days=2)
    sams = town.lesson(THURSDAY)
    mias = town.lesson(THURSDAY + timedelta(minutes=30), student_id)
    town.settle()
    town.now = THURSDAY - timedelta(hours=1)
    town.tick()
    phones.twilio.texts.clear()

    phones.write("Y")
    [question] = phones.heard_on()
    assert "Which lesson? 1 Sam Gray" in question
    assert "2 Mia Gray" in question
    assert (confirmed(town, sams), confirmed(town, mias)) == ([False], [False])

    phones.write("2")
    assert (confirmed(town, sams), confirmed(town, mias)) == ([False], [True])
    assert "confirmed: Mia Gray" in phones.heard_on()[-1]

    phones.write("Y")
    phones.write("ALL")
    assert (confirmed(town, sams), confirmed(town, mias)) == ([True], [True])


def test_anything_else_lands_on_the_lesson_and_before_the_office(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    phones.write("We are stuck in traffic")
    query = "select lesson_id, read_at from reply"
    assert rows(town.database.owner, query) == [(reminded, None)]
    assert in_the_inbox(town) == ["Grace Gray wrote: “We are stuck in traffic”"]
    assert phones.heard_on() == []


def test_the_same_text_brought_twice_counts_once(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    for _again in range(3):
        assert phones.write("Running late!", sid="SM" + "9" * 32).status_code == 200
    assert phones.replies() == [("Running late!", "words")]
    assert len(in_the_inbox(town)) == 1


def test_what_twilio_has_not_signed_changes_nothing(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    form = {"MessageSid": "SM1", "From": PHONE, "To": "+447700900000", "Body": "STOP"}
    url = "http://localhost:3000/api/hooks/twilio/sms"
    good = signature(url, form)
    forged = [
        phones.post(url, form, ""),
        phones.post(url, {**form, "Body": "Y"}, good),
        phones.post(f"{url}?x=1", form, good),
        phones.post(url, form, signature("http://elsewhere.example/api/hooks/twilio/sms", form)),
    ]
    assert [one.status_code for one in forged] == [403] * 4
    assert phones.replies() == []
    assert phones.post(url, form, good).status_code == 200


def test_reports_say_what_became_of_a_text(town: Town, phones: Phones, reminded: LessonId) -> None:
    phones.write("HELP")
    [answer] = phones.twilio.texts
    [message] = town.messages("reply_to_text")

    phones.twilio.report(answer["sid"], "undelivered", error=30003, client=phones.client)
    [message] = town.messages("reply_to_text")
    assert message.status == "failed"
    assert message.reason == "The telephone is switched off or out of reach."

    phones.twilio.report(answer["sid"], "delivered", client=phones.client)
    [message] = town.messages("reply_to_text")
    assert (message.status, message.reason) == ("delivered", "")


def test_a_delivered_text_stays_delivered(town: Town, phones: Phones, reminded: LessonId) -> None:
    phones.write("HELP")
    [answer] = phones.twilio.texts
    for status in ("delivered", "sent", "failed"):
        phones.twilio.report(answer["sid"], status, client=phones.client)
    assert [one.status for one in town.messages("reply_to_text")] == ["delivered"]


def test_somebody_who_writes_without_end_is_not_listened_to_but_may_still_stop(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    many: dict[str, Any] = {"From": PHONE, "To": "+447700900000", "Body": "Hello"}
    url = "http://localhost:3000/api/hooks/twilio/sms"
    statuses: list[int] = []
    for number in range(62):
        form = {**many, "MessageSid": f"SM{number}"}
        statuses.append(phones.post(url, form, signature(url, form)).status_code)
    assert statuses == [200] * 60 + [429] * 2
    assert phones.write("STOP").status_code == 200
    assert phones.replies()[-1] == ("STOP", "opted_out")


def test_a_studio_s_own_number_is_that_studio_and_a_shared_one_who_wrote_last(
    town: Town, phones: Phones, reminded: LessonId
) -> None:
    own = "+447700900555"
    with town.database.owner.begin() as connection:
        connection.execute(
            text("insert into messaging_settings (id, created_at, studio_id, quiet_from,"
                 " quiet_until, reminder_hours, sms_number, reply_to)"
                 " values (gen_random_uuid(), now(), :rival, '21:00', '08:00', '{24}', :own, '')"),
            {"rival": town.cast.rival, "own": own},
        )  # fmt: skip
    phones.write("Hello Rival", to=own)
    phones.write("Hello Harmony")
    query = "select text, studio_id from reply"
    assert set(rows(town.database.owner, query)) == {
        ("Hello Rival", town.cast.rival),
        ("Hello Harmony", town.cast.harmony),
    }

    phones.write("STOP", to=own)
    query = "select studio_id from reply where text = 'STOP'"
    both = {studio_id for (studio_id,) in rows(town.database.owner, query)}
    assert both == {town.cast.rival, town.cast.harmony}


def test_a_text_from_nobody_we_ever_wrote_to_is_kept_by_nobody(town: Town, phones: Phones) -> None:
    assert phones.write("Hello?", "+447700900777").status_code == 200
    assert phones.replies() == []
