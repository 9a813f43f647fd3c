"""Texts by Twilio's own client to a Twilio that refuses, stumbles and loses its answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import new_id
from studio_app.kit.outbox import TryLater
from studio_app.messaging.sms_gateway import Sms, find_sent, segments, send_sms
from studio_app.messaging.vendors import Accepted, Doubtful, OptedOut, Undeliverable
from tests.standins.peer import Heard, Said, served
from tests.standins.surroundings import surroundings
from tests.standins.twilio import (
    ACCOUNT,
    BREAKS,
    NUMBER,
    TAKEN_THEN_504,
    TAKEN_THEN_LOST,
    TAKEN_THEN_SILENT,
    Step,
    Twilio,
    refused,
    twilio_peer,
)

GRACE = "+447700900123"
HOOK = "https://cadenza.example/webhooks/sms/report"
TEXT = Sms(
    key=new_id(), to=GRACE, sender="", text="Sam’s lesson is at 16:00 🎻 & more+", report_to=HOOK
)


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_peer() as twilio:
        yield twilio


def test_a_text_goes_out_with_its_words_and_where_to_report(twilio: Twilio) -> None:
    accepted = send_sms(TEXT)

    (sent,) = twilio.texts
    assert accepted == Accepted(sent["sid"])
    assert (sent["to"], sent["from"], sent["body"]) == (GRACE, NUMBER, TEXT.text)


def test_a_studio_with_a_sender_of_its_own_is_named(twilio: Twilio) -> None:
    send_sms(replace(TEXT, sender="Harmony", report_to=""))

    assert twilio.texts[0]["from"] == "Harmony"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (21211, "That is not the number of a mobile phone."),
        (21614, "That is not the number of a mobile phone."),
        (21408, "Texts cannot be sent to this number."),
        (21617, "The text service refused it: 21617"),
    ],
)
def test_a_number_that_is_refused_is_never_tried_again(
    twilio: Twilio, code: int, sentence: str
) -> None:
    twilio.script(GRACE, refused(400, code))

    with pytest.raises(Undeliverable) as fault:
        send_sms(TEXT)

    assert (fault.value.code, str(fault.value.sentence)) == (str(code), sentence)
    assert not isinstance(fault.value, OptedOut)


@pytest.mark.parametrize("number", ["grace", "07700900123", "+0123", "+44 7700 900123"])
def test_what_is_no_number_is_refused_by_twilio_itself(twilio: Twilio, number: str) -> None:
    with pytest.raises(Undeliverable) as fault:
        send_sms(replace(TEXT, to=number))

    assert fault.value.code == "21211"


def test_who_said_stop_to_twilio_is_told_apart(twilio: Twilio) -> None:
    with served(lambda _heard: Said(200)) as app:
        twilio.inbound(f"{app}/webhooks/sms", GRACE, " stop ")
        with pytest.raises(OptedOut) as fault:
            send_sms(TEXT)
        twilio.inbound(f"{app}/webhooks/sms", GRACE, "START")
        send_sms(TEXT)

    assert fault.value.code == "21610"
    assert len(twilio.texts_to(GRACE)) == 1


@pytest.mark.parametrize(
    "step", [refused(500), refused(503, 20503), refused(401, 20003), refused(400, 21611)]
)
def test_a_service_that_stumbles_is_asked_again(twilio: Twilio, step: Step) -> None:
    twilio.script(GRACE, step)

    with pytest.raises(TryLater) as fault:
        send_sms(TEXT)
    assert fault.value.after is None
    assert twilio.texts == []

    send_sms(TEXT)
    assert len(twilio.texts) == 1
    assert twilio.attempts == {GRACE: 2}


def test_too_many_requests_says_how_long_to_wait(twilio: Twilio) -> None:
    twilio.script(GRACE, refused(429, 20429, retry_after="7"), refused(429, 20429))

    with pytest.raises(TryLater) as named:
        send_sms(TEXT)
    with pytest.raises(TryLater) as unnamed:
        send_sms(TEXT)

    assert named.value.after == timedelta(seconds=7)
    assert unnamed.value.after is None


@pytest.mark.parametrize("step", [TAKEN_THEN_LOST, TAKEN_THEN_SILENT, TAKEN_THEN_504, BREAKS])
def test_a_lost_answer_is_doubtful_and_never_asked_for_twice(twilio: Twilio, step: Step) -> None:
    twilio.script(GRACE, step)

    with surroundings(studio_vendor_patience="0.5"), pytest.raises(Doubtful):
        send_sms(TEXT)

    assert twilio.attempts == {GRACE: 1}
    assert len(twilio.texts) == int(step.takes)


def test_a_doubt_is_settled_by_what_twilio_has(twilio: Twilio) -> None:
    since = utc_now()
    twilio.script(GRACE, TAKEN_THEN_LOST)
    with pytest.raises(Doubtful):
        send_sms(TEXT)

    found = find_sent(GRACE, TEXT.text, since)

    assert found == Accepted(twilio.texts[0]["sid"])
    assert find_sent(GRACE, "Other words", since) is None
    assert find_sent("+447700900124", TEXT.text, since) is None


def test_what_was_sent_last_week_does_not_settle_a_doubt_of_today(twilio: Twilio) -> None:
    twilio.now = utc_now() - timedelta(days=7)
    send_sms(TEXT)

    assert find_sent(GRACE, TEXT.text, utc_now()) is None


def test_a_text_among_many_to_the_same_number_is_found(twilio: Twilio) -> None:
    since = utc_now()
    wanted = send_sms(TEXT)
    for number in range(60):
        send_sms(replace(TEXT, text=f"Text {number}"))

    assert find_sent(GRACE, TEXT.text, since) == wanted


@pytest.mark.parametrize("answer", [Said(500), Said(429), Said(404, b'{"code":20404}')])
def test_a_list_that_cannot_be_read_settles_nothing(answer: Said) -> None:
    with (
        twilio_peer(),
        served(lambda _heard: answer) as url,
        surroundings(studio_twilio_url=url),
        pytest.raises(TryLater),
    ):
        find_sent(GRACE, TEXT.text, utc_now())


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}"])
def test_an_answer_nobody_understands_is_doubtful(body: bytes) -> None:
    with (
        twilio_peer(),
        served(lambda _heard: Said(201, body)) as url,
        surroundings(studio_twilio_url=url),
        pytest.raises(Doubtful),
    ):
        send_sms(TEXT)


def test_another_address_that_the_service_names_is_not_followed() -> None:
    heard: list[Heard] = []

    def elsewhere(request: Heard) -> Said:
        heard.append(request)
        return Said(307, headers={"Location": "/elsewhere"})

    with (
        twilio_peer(),
        served(elsewhere) as url,
        surroundings(studio_twilio_url=url),
        pytest.raises(TryLater),
    ):
        send_sms(TEXT)

    assert [request.path for request in heard] == [f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "https://twilio.invalid"])
def test_where_nobody_listens_we_come_back_later(url: str) -> None:
    with twilio_peer(), surroundings(studio_twilio_url=url):
        with pytest.raises(TryLater):
            send_sms(TEXT)
        with pytest.raises(TryLater):
            find_sent(GRACE, TEXT.text, utc_now())


def test_without_an_account_a_text_is_not_sent_and_says_why() -> None:
    with (
        surroundings(studio_twilio_account="", studio_demo="false"),
        pytest.raises(Undeliverable) as fault,
    ):
        send_sms(TEXT)

    assert (fault.value.code, str(fault.value.sentence)) == ("no-account", "Texts are not set up.")


def test_the_text_of_a_sample_studio_is_shown_and_never_leaves(
    twilio: Twilio, capsys: pytest.CaptureFixture[str]
) -> None:
    with surroundings(studio_demo="true"):
        accepted = send_sms(replace(TEXT, stays=True))

    assert accepted == Accepted(str(TEXT.key))
    assert TEXT.text in capsys.readouterr().out
    assert not twilio.attempts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("é@£\n" * 40, 1), ("€" * 80, 1), ("€" * 81, 2),
        ("a" * 152 + "€" * 76 + "a", 2), ("a" * 152 + "€" * 76 + "aa", 3),  # € is not cut in two
        ("ç" * 70, 1), ("ç" * 71, 2), ("’" + "a" * 69, 1), ("’" + "a" * 70, 2),
        ("🎻" * 35, 1), ("🎻" * 36, 2), ("🎻" * 66, 2), ("🎻" * 67, 3),  # 33 in each
    ],
)  # fmt: skip
def test_a_text_is_counted_as_it_is_charged(text: str, parts: int) -> None:
    assert segments(text) == parts
