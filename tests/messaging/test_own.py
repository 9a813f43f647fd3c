"""One's own choices, one's own inbox and one's own browsers; nobody else's."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlalchemy import make_url

from studio_app.kit.access import Actor
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import ContactId, MessageId, new_id
from studio_app.messaging.commands.consenting import agree, introduce_myself, keep_quiet, mute
from studio_app.messaging.commands.inbox import read_everything, read_message
from studio_app.messaging.commands.pushing import (
    Browser,
    NoBrowser,
    end_browser,
    send_test_notification,
    subscribe_browser,
    unsubscribe_browser,
)
from studio_app.messaging.push_gateway import public_key
from studio_app.messaging.queries.inbox import my_inbox, unread_messages
from studio_app.messaging.queries.own import (
    Category,
    Channel,
    ContactChoices,
    Purpose,
    my_browsers,
    my_choices,
)
from studio_app.scheduling.commands.lessons import cancel_lesson
from tests.database import rows
from tests.messaging.town import PHONE, Town
from tests.standins.push import Browser as Phone
from tests.standins.push import PushService, push_service
from tests.standins.smtp import PostOffice
from tests.standins.twilio import Twilio

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)


@pytest.fixture
def push() -> Iterator[PushService]:
    with push_service() as push:
        yield push


def mine(town: Town, actor: Actor) -> ContactChoices:
    town.run(actor, introduce_myself)
    [found] = town.run(actor, my_choices).contacts
    return found


def ways(choices: ContactChoices, category: Category) -> dict[Channel, bool]:
    [found] = [one for one in choices.categories if one.category is category]
    return {way.channel: way.on for way in found.ways}


def as_said(phone: Phone) -> Browser:
    return Browser(phone.endpoint, phone.p256dh, phone.auth, "Mozilla/5.0 (Android) Chrome/120")


def test_everybody_sees_what_reaches_them(town: Town) -> None:
    grace, tom, olivia = (
        mine(town, who) for who in (town.cast.grace, town.cast.tom, town.cast.olivia)
    )
    assert [grace.part, tom.part, olivia.part] == ["As a parent", "As a teacher", "As the office"]
    shown = [one.category for one in grace.categories]
    lessons, letters = Category.LESSONS, Category.LETTERS
    assert set(shown) == {
        *(lessons, letters, Category.REMINDERS, Category.PRACTICE, Category.BILLING)
    }
    assert [one.category for one in tom.categories] == [lessons, letters]
    assert [one.category for one in olivia.categories] == [Category.OFFICE]
    assert ways(grace, Category.LESSONS) == {Channel.EMAIL: True, Channel.INBOX: True}
    assert [one.category for one in grace.categories if one.fixed] == [Category.BILLING]


def test_what_one_mutes_does_not_come_and_can_come_again(town: Town, office: PostOffice) -> None:
    contact_id = mine(town, town.cast.grace).id
    town.run(town.cast.grace, mute, contact_id, Category.LESSONS, Channel.EMAIL, muted=True)
    town.lesson(FRIDAY)
    town.settle()
    assert office.letters_to("grace@example.org") == []
    assert ways(mine(town, town.cast.grace), Category.LESSONS)[Channel.EMAIL] is False

    town.run(town.cast.grace, mute, contact_id, Category.LESSONS, Channel.EMAIL, muted=False)
    town.lesson(FRIDAY + timedelta(hours=1))
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 1


def test_bills_and_somebody_elses_choices_cannot_be_muted(town: Town) -> None:
    graces = mine(town, town.cast.grace).id
    with pytest.raises(Refused, match="cannot be switched off"):
        town.run(town.cast.grace, mute, graces, Category.BILLING, Channel.EMAIL, muted=True)
    for stranger in (town.cast.tom, town.cast.rita):
        with pytest.raises(NotFound):
            town.run(stranger, mute, graces, Category.LESSONS, Channel.EMAIL, muted=True)
        with pytest.raises(NotFound):
            town.run(stranger, keep_quiet, graces, begins="20:00", ends="09:00")
        with pytest.raises(NotFound):
            town.run(stranger, agree, graces, Channel.TEXT, Purpose.SERVICE, given=True)


def test_no_text_before_the_yes_and_its_very_words_are_kept(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    town.allow_texts(given=False)  # the office knows the number
    asked = {(one.channel, one.purpose): one for one in mine(town, town.cast.grace).consents}
    ask = asked[Channel.TEXT, Purpose.SERVICE]
    town.lesson(FRIDAY)
    town.settle()
    assert (twilio.texts, ask.given) == ([], False)
    assert ask.wording.startswith(f"Yes, Harmony may text me about lessons at {PHONE}.")
    assert "Message and data rates may apply. Reply STOP to end" in ask.wording

    town.run(
        town.cast.grace, agree, mine(town, town.cast.grace).id, ask.channel, ask.purpose, given=True
    )
    kept = rows(
        town.database.owner,
        "select given, wording, source, address, recorded_by from consent order by nth desc",
    )[0]
    me = town.cast.grace.person_id
    assert kept == (True, ask.wording, "portal", PHONE, me)
    town.lesson(FRIDAY + timedelta(hours=1))
    town.settle()
    assert len(twilio.texts) == 1
    assert Channel.TEXT in ways(mine(town, town.cast.grace), Category.LESSONS)


def test_a_number_we_do_not_have_cannot_be_allowed(town: Town) -> None:
    found = mine(town, town.cast.grace)
    with pytest.raises(Refused, match="no telephone number"):
        town.run(town.cast.grace, agree, found.id, Channel.TEXT, Purpose.SERVICE, given=True)
    with pytest.raises(NotFound):
        town.run(town.cast.grace, agree, found.id, Channel.PUSH, Purpose.SERVICE, given=True)


def test_own_quiet_hours_make_it_wait(town: Town, office: PostOffice) -> None:
    contact_id = mine(town, town.cast.grace).id
    town.run(town.cast.grace, keep_quiet, contact_id, begins="12:00", ends="15:00")
    assert mine(town, town.cast.grace).quiet_from == "12:00"
    town.lesson(FRIDAY)
    town.settle()
    assert office.letters_to("grace@example.org") == []
    town.now = datetime(2026, 9, 1, 15, 0, tzinfo=LONDON)
    town.tick()
    assert len(office.letters_to("grace@example.org")) == 1


def test_the_inbox_counts_what_is_unread_and_leads_on(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, cancel_lesson, lesson_id)
    town.settle()
    inbox = town.run(town.cast.grace, my_inbox)
    assert [one.subject for one in inbox.rows] == [
        "Sam Gray: Piano lesson is cancelled",
        "Sam Gray: Piano lesson is booked",
    ]
    assert (inbox.unread, inbox.rows[0].path) == (2, f"/portal/schedule?lesson={lesson_id}")

    first = MessageId(inbox.rows[0].id)
    assert town.run(town.cast.grace, read_message, first) == inbox.rows[0].path
    assert town.run(town.cast.grace, read_message, first) == inbox.rows[0].path
    assert town.run(town.cast.grace, unread_messages) == 1
    assert town.run(town.cast.grace, read_everything) == 1
    assert town.run(town.cast.grace, my_inbox).unread == 0


def test_nobody_reads_another_ones_inbox(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    [message] = [one for one in town.messages("lesson_booked") if one.channel == Channel.INBOX]
    for other in (town.cast.olivia, town.cast.rita):
        assert [one.id for one in town.run(other, my_inbox).rows if one.id == message.id] == []
        with pytest.raises(NotFound):
            town.run(other, read_message, message.id)
        town.run(other, read_everything)
    with pytest.raises(NotFound):
        town.run(town.cast.grace, read_message, MessageId(new_id()))
    assert town.run(town.cast.grace, unread_messages) == 1


def test_open_pages_hear_of_the_inbox_by_name_alone(town: Town, office: PostOffice) -> None:
    address = make_url(town.database.app_url).set(drivername="postgresql")
    told = psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
    with told as connection:
        connection.execute("listen changes")
        town.lesson(FRIDAY)
        town.settle()
        heard = [note.payload for note in connection.notifies(timeout=0.5)]
        assert f"{town.cast.harmony} inbox" in heard
        town.run(town.cast.grace, read_everything)
        heard = [note.payload for note in connection.notifies(timeout=0.5)]
        assert f"{town.cast.harmony} inbox" in heard


def test_a_browser_gets_notifications_until_it_is_switched_off(
    town: Town, office: PostOffice, push: PushService
) -> None:
    phone = push.subscribe(public_key())
    town.run(town.cast.grace, subscribe_browser, as_said(phone))
    known = town.run(town.cast.grace, my_browsers)
    assert known.server_key == public_key()
    assert [(one.device, phone.endpoint.endswith(one.mark)) for one in known.rows] == [
        ("Chrome · Android", True)
    ]

    assert town.run(town.cast.grace, send_test_notification) == 1
    town.settle()
    assert [one["title"] for one in phone.shown] == [
        "Harmony: Notifications arrive on this device."
    ]
    town.lesson(FRIDAY)
    town.settle()
    assert phone.shown[-1]["path"].startswith("/portal/schedule?lesson=")

    town.run(town.cast.grace, unsubscribe_browser, phone.endpoint)
    town.lesson(FRIDAY + timedelta(hours=1))
    town.settle()
    assert len(phone.shown) == 2
    with pytest.raises(NoBrowser):
        town.run(town.cast.grace, send_test_notification)


def test_a_browser_belongs_to_who_signed_in_with_it_last(town: Town, push: PushService) -> None:
    phone = push.subscribe(public_key())
    first = town.run(town.cast.grace, subscribe_browser, as_said(phone))
    again = town.run(town.cast.tom, subscribe_browser, as_said(phone))
    assert first == again
    assert town.run(town.cast.grace, my_browsers).rows == ()
    with pytest.raises(NotFound):
        town.run(town.cast.grace, end_browser, first)
    town.run(town.cast.grace, unsubscribe_browser, phone.endpoint)
    assert len(town.run(town.cast.tom, my_browsers).rows) == 1
    town.run(town.cast.tom, end_browser, first)
    assert town.run(town.cast.tom, my_browsers).rows == ()


def test_unknown_services_and_broken_keys_are_refused(town: Town, push: PushService) -> None:
    phone = as_said(push.subscribe(public_key()))
    elsewhere = "https://push.example.org/send/1"
    for wrong in (
        Browser(elsewhere, phone.p256dh, phone.auth),
        Browser("https://fcm.googleapis.com@evil.example/x", phone.p256dh, phone.auth),
        Browser(phone.endpoint, "AAAA", phone.auth),
        Browser(phone.endpoint, phone.p256dh, "short"),
    ):
        with pytest.raises(Refused, match="cannot be sent to this browser"):
            town.run(town.cast.grace, subscribe_browser, wrong)


def test_with_an_eleventh_browser_the_oldest_goes(town: Town, push: PushService) -> None:
    phones = [push.subscribe(public_key()) for _number in range(11)]
    for phone in phones:
        town.now += timedelta(seconds=1)
        town.run(town.cast.grace, subscribe_browser, as_said(phone))
    marks = [one.mark for one in town.run(town.cast.grace, my_browsers).rows]
    assert len(marks) == 10
    assert not any(phones[0].endpoint.endswith(mark) for mark in marks)


def test_a_contact_is_made_once(town: Town) -> None:
    found: set[ContactId] = {mine(town, town.cast.grace).id for _again in range(3)}
    assert len(found) == 1
