"""What Twilio sends to us, and that our Twilio is held to the published description."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from twilio.request_validator import RequestValidator

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import new_id
from studio_app.kit.outbox import TryLater
from studio_app.messaging.sms_gateway import Sms, find_sent, send_sms, signature_is_right
from tests.standins.peer import Heard, Said, served
from tests.standins.surroundings import surroundings
from tests.standins.twilio import ACCOUNT, NUMBER, Twilio, post_signed, signature, twilio_peer

GRACE = "+447700900123"
HOOK = "https://cadenza.example/webhooks/sms/report"
TEXT = Sms(key=new_id(), to=GRACE, sender="", text="Sam’s lesson is at 16:00 🎻", report_to=HOOK)


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_peer() as twilio:
        yield twilio


def test_reports_and_answers_are_signed_so_that_we_believe_them(twilio: Twilio) -> None:
    heard: list[Heard] = []

    def app(request: Heard) -> Said:
        heard.append(request)
        return Said(204)

    with served(app) as url:
        sid = send_sms(replace(TEXT, report_to=f"{url}/report?message=1")).provider_id
        twilio.report(sid, "undelivered", error=30005)
        twilio.inbound(f"{url}/inbound", GRACE, "Y & N")
        forms = [dict(httpx.QueryParams(request.body.decode())) for request in heard]
        urls = [f"{url}/report?message=1", f"{url}/inbound"]
        signed = [request.headers["X-Twilio-Signature"] for request in heard]

        assert (forms[0]["MessageStatus"], forms[0]["ErrorCode"]) == ("undelivered", "30005")
        assert (forms[1]["Body"], forms[1]["From"], forms[1]["To"]) == ("Y & N", GRACE, NUMBER)
        for address, form, mark in zip(urls, forms, signed, strict=True):
            assert signature_is_right(address, form, mark)
            assert not signature_is_right(f"{address}x", form, mark)
            assert not signature_is_right(address, {**form, "Body": "STOP"}, mark)
            assert not signature_is_right(address, form, "")


def test_without_a_token_nobody_is_believed() -> None:
    form = {"Body": "Y"}
    with surroundings(studio_twilio_token=""):
        assert not signature_is_right(
            HOOK, form, RequestValidator("").compute_signature(HOOK, form)
        )


def test_what_is_not_in_the_published_description_is_refused(twilio: Twilio) -> None:
    url = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    good = {"To": GRACE, "From": NUMBER, "Body": "Hi", "StatusCallback": HOOK}
    wrong: list[dict[str, str]] = [
        {**good, "Emial": "x"},
        {**good, "StatusCallback": "nowhere"},
        {**good, "Attempt": "soon"},
        {**good, "SendAsMms": "maybe"},
        {**good, "RiskCheck": "sometimes"},
        {"From": NUMBER, "Body": "Hi"},
    ]
    with httpx.Client(auth=(ACCOUNT, "only-for-tests-token")) as client:
        statuses = [client.post(url, data=form).status_code for form in wrong]
        json_body = client.post(url, json=good).status_code
        unknown = client.get(url, params={"Too": GRACE}).status_code
        elsewhere = client.get(f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT}/Calls.json").status_code
        fine = client.post(url, data=good).status_code

    assert (statuses, json_body, unknown, elsewhere, fine) == ([400] * 6, 400, 400, 400, 201)
    assert len(twilio.complaints) == 9
    twilio.complaints.clear()


def test_an_answer_that_is_not_as_described_fails_the_test_that_caused_it() -> None:
    with pytest.raises(AssertionError, match="num_media"), twilio_peer() as twilio:  # noqa: PT012
        send_sms(TEXT)
        twilio.texts[0]["num_media"] = 0
        with pytest.raises(TryLater):
            find_sent(GRACE, TEXT.text, utc_now())


def test_a_webhook_reaches_an_app_without_a_network(twilio: Twilio) -> None:
    seen: list[httpx.Request] = []

    def app(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    with httpx.Client(transport=httpx.MockTransport(app)) as client:
        sid = send_sms(TEXT).provider_id
        twilio.report(sid, "delivered", client=client)
        post_signed(HOOK, {"A": "b"}, client=client)

    assert [str(request.url) for request in seen] == [HOOK, HOOK]
    assert seen[1].headers["X-Twilio-Signature"] == signature(HOOK, {"A": "b"})
