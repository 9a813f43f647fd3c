"""Notifications to a browser that decrypts them, by a service that proves who sent them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from studio_app.kit.ids import new_id
from studio_app.kit.outbox import TryLater
from studio_app.messaging.push_gateway import (
    Push,
    endpoint_problem,
    keys_problem,
    public_key,
    send_push,
)
from studio_app.messaging.vendors import Undeliverable
from tests.standins.peer import Heard, Said, served
from tests.standins.push import (
    BREAKS,
    TAKEN_THEN_LOST,
    Browser,
    PushService,
    Step,
    push_service,
    refused,
)
from tests.standins.surroundings import surroundings


@pytest.fixture
def push() -> Iterator[PushService]:
    with push_service() as push:
        yield push


def _to(browser: Browser, **changes: object) -> Push:
    note = Push(
        key=new_id(),
        endpoint=browser.endpoint,
        p256dh=browser.p256dh,
        auth=browser.auth,
        title="Sam’s lesson is at 16:00 🎻",
        body="With Tom Teal, room 2",
        path="/portal/lessons/1?from=push",
        lasts=timedelta(hours=2),
    )
    return replace(note, **changes)  # type: ignore[arg-type]


def test_a_browser_reads_what_was_said_and_for_how_long(push: PushService) -> None:
    phone = push.subscribe(public_key())
    note = _to(phone)

    accepted = send_push(note)

    assert phone.shown == [
        {
            "key": str(note.key),
            "title": "Sam’s lesson is at 16:00 🎻",
            "body": "With Tom Teal, room 2",
            "path": "/portal/lessons/1?from=push",
            "ttl": 7200,
        }
    ]
    assert accepted.provider_id == f"{push.url}/messages/1"
    assert push.claims[0]["sub"] == "mailto:hello@cadenza.example"


def test_only_the_key_a_browser_subscribed_with_may_send(push: PushService) -> None:
    with surroundings(studio_secret="another-secret-" + "1" * 32):
        theirs = public_key()
    phone = push.subscribe(theirs)

    with pytest.raises(Undeliverable) as fault:
        send_push(_to(phone))

    assert fault.value.code == "403"
    assert phone.shown == []


def test_our_key_is_the_same_every_time_and_another_for_another_installation() -> None:
    ours = public_key()
    with surroundings(studio_secret="another-secret-" + "1" * 32):
        theirs = public_key()

    assert ours == public_key()
    assert ours != theirs
    assert len(ours) == 87


def test_the_same_notification_twice_is_shown_once(push: PushService) -> None:
    phone = push.subscribe(public_key())
    phone.online = False
    note = _to(phone)
    push.script(phone, TAKEN_THEN_LOST)

    with pytest.raises(TryLater):
        send_push(note)
    send_push(note)
    send_push(_to(phone, title="Another"))
    phone.come_online()

    assert [shown["title"] for shown in phone.shown] == [note.title, "Another"]
    assert phone.shown[0]["key"] == str(note.key)


def test_a_browser_that_is_gone_is_forgotten(push: PushService) -> None:
    phone, laptop = push.subscribe(public_key()), push.subscribe(public_key())
    push.unsubscribe(phone)
    push.script(laptop, refused(404))

    for browser in (phone, laptop):
        with pytest.raises(Undeliverable) as fault:
            send_push(_to(browser))
        assert fault.value.code == "gone"
        assert str(fault.value.sentence) == "This browser no longer takes notifications."


@pytest.mark.parametrize("status", [400, 401, 413])
def test_what_is_refused_for_good_says_how(push: PushService, status: int) -> None:
    phone = push.subscribe(public_key())
    push.script(phone, refused(status))

    with pytest.raises(Undeliverable) as fault:
        send_push(_to(phone))

    assert str(fault.value.sentence) == f"The push service refused it: {status}"


@pytest.mark.parametrize(
    ("step", "after"),
    [
        (refused(429, retry_after="90"), timedelta(seconds=90)),
        (refused(429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), timedelta()),
        (refused(429, retry_after="soon"), None),
        (refused(503, retry_after="5"), timedelta(seconds=5)),
        (refused(500), None),
        (BREAKS, None),
    ],
)
def test_a_service_that_is_busy_is_asked_again(
    push: PushService, step: Step, after: timedelta | None
) -> None:
    phone = push.subscribe(public_key())
    push.script(phone, step)

    with pytest.raises(TryLater) as fault:
        send_push(_to(phone))
    assert fault.value.after == after
    assert phone.shown == []

    send_push(_to(phone))
    assert len(phone.shown) == 1


def test_where_nobody_listens_we_come_back_later() -> None:
    with push_service() as gone:
        phone = gone.subscribe(public_key())
    with surroundings(studio_push_hosts="127.0.0.1"), pytest.raises(TryLater):
        send_push(_to(phone))


def test_another_address_that_the_service_names_is_not_followed(push: PushService) -> None:
    heard: list[Heard] = []

    def inside(request: Heard) -> Said:
        heard.append(request)
        return Said(201)

    phone = push.subscribe(public_key())
    with served(inside) as secret_place:
        push.script(phone, refused(307, location=f"{secret_place}/admin"))
        with pytest.raises(TryLater):
            send_push(_to(phone))

    assert heard == []


def test_the_longest_words_still_fit(push: PushService) -> None:
    phone = push.subscribe(public_key())

    send_push(_to(phone, title="🎻" * 5000, body="\x01" * 5000, path="/" + "a" * 300))

    assert phone.shown[0]["title"] == "🎻" * 120
    assert phone.shown[0]["body"] == "\x01" * 450
    assert phone.shown[0]["path"] == "/" + "a" * 300


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:1",
        "",
        "a",
        "/a b",
        "/é",
        f"/{'a' * 301}",
    ],
)
def test_a_tap_never_leads_out_of_the_house(push: PushService, path: str) -> None:
    phone = push.subscribe(public_key())

    send_push(_to(phone, path=path))

    assert phone.shown[0]["path"] == "/"


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://db5p.notify.windows.com/w/?token=a%2b",
        "https://web.push.apple.com/QAbc",
        "https://web.push.apple.com:443/QAbc",
    ],
)
def test_the_push_services_of_browsers_are_known(endpoint: str) -> None:
    assert endpoint_problem(endpoint) is None


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "/send/1",
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8080/fcm",
        "https://fcm.googleapis.com:99999/fcm",
        "https://fcm.googleapis.com.evil.example/",
        "https://evil.example/fcm.googleapis.com",
        "https://evilpush.services.mozilla.com/",
        "https://push.services.mozilla.com/",
        "https://a@web.push.apple.com/",
        "https://web.push.apple.com@evil.example/",
        "https://web.push.apple.com\\@evil.example/",
        "https://evil.example\\.push.services.mozilla.com/",
        "https://evil.example%2F.push.services.mozilla.com/",
        "https://evil.example%00.push.services.mozilla.com/",
        "https://evil.example;.push.services.mozilla.com/",
        "https://evil.example#.push.services.mozilla.com/",
        "https://web.push.apple.com/\r\nHost: evil",
        "https://127.0.0.1/",
        "http://127.0.0.1:5432/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "https://[fcm.googleapis.com/",
        "file:///etc/passwd",
        "ftp://fcm.googleapis.com/",
        f"https://fcm.googleapis.com/{'a' * 2000}",
    ],
)
def test_nothing_else_is_ever_called(endpoint: str) -> None:
    with push_service() as push:
        phone = push.subscribe(public_key())
    with pytest.raises(Undeliverable) as fault:
        send_push(_to(phone, endpoint=endpoint))

    assert fault.value.code == "bad-subscription"
    assert str(endpoint_problem(endpoint)) == "Notifications cannot be sent to this browser."


def test_a_host_of_ones_own_may_be_added() -> None:
    with surroundings(studio_push_hosts="push.studio.example, 127.0.0.1"):
        assert endpoint_problem("https://push.studio.example:8443/a") is None
        assert endpoint_problem("http://127.0.0.1:9000/a") is None
        assert endpoint_problem("ftp://127.0.0.1:9000/a") is not None
        assert endpoint_problem("https://other.example/a") is not None


def test_keys_that_are_no_keys_are_not_tried(push: PushService) -> None:
    phone = push.subscribe(public_key())
    wrong = [
        ("", phone.auth), (phone.p256dh, ""), ("A" * 87, phone.auth),
        (phone.p256dh[:-4], phone.auth), (phone.p256dh, phone.auth[:-4]),
        ("é" * 87, phone.auth), ("!" * 87, phone.auth),
        (phone.p256dh, phone.p256dh),
    ]  # fmt: skip

    for p256dh, auth in wrong:
        assert keys_problem(p256dh, auth) is not None
        with pytest.raises(Undeliverable):
            send_push(_to(phone, p256dh=p256dh, auth=auth))
    assert keys_problem(phone.p256dh, phone.auth) is None
    assert not push.attempts
