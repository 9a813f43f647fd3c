"""Twilio's Messages API, as its published description says it, with a memory and a script.

with twilio_peer() as twilio:
    twilio.script("+447700900123", refused(500), TAKEN_THEN_LOST)
    …
    assert [text["body"] for text in twilio.texts_to("+447700900123")] == ["Y?"]
    twilio.report(twilio.texts[0]["sid"], "delivered")
    twilio.inbound("https://studio.example/webhooks/sms", "+447700900123", "Y")
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from studio_app.kit.clock import utc_now
from tests.standins.described import Description, NotDescribed, Operation
from tests.standins.peer import Breaks, Heard, Said, Silent, served
from tests.standins.surroundings import surroundings

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "only-for-tests-token"
NUMBER = "+447700900000"
WRITTEN = Description(Path(__file__).with_name("twilio_messages.json"))
E164 = re.compile(r"\+[1-9]\d{6,14}")
SENDER = re.compile(rf"{E164.pattern}|[A-Za-z0-9 ]{{1,11}}")
STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START_WORDS = {"START", "YES", "UNSTOP"}


@dataclass(frozen=True)
class Step:
    """What one attempt meets. `takes`: the text is kept, whatever is said about it."""

    takes: bool = False
    status: int = 0
    code: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False


def refused(status: int, code: int = 0, *, retry_after: str = "") -> Step:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return Step(status=status, code=code, headers=headers)


TAKEN_THEN_LOST = Step(takes=True)
"""The text goes out, and the line breaks before the answer."""
TAKEN_THEN_SILENT = Step(takes=True, silent=True)
"""The text goes out, and no answer ever comes."""
TAKEN_THEN_504 = Step(takes=True, status=504)
BREAKS = Step()
"""The line breaks, and nothing goes out."""


@dataclass
class Twilio:
    """One account: its texts, its stop list, and what it will say next about whom."""

    url: str = ""
    texts: list[dict[str, Any]] = field(default_factory=list)
    """Message resources, oldest first."""
    attempts: Counter[str] = field(default_factory=Counter)
    stopped: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    """What was asked or answered otherwise than described; must stay empty."""
    now: datetime | None = None
    _scripts: dict[str, list[Step]] = field(default_factory=dict)
    _callbacks: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def script(self, number: str, *steps: Step) -> None:
        """One step for each attempt; after the last every text is taken."""
        self._scripts[number] = list(steps)

    def texts_to(self, number: str) -> list[dict[str, Any]]:
        return [text for text in self.texts if text["to"] == number]

    def report(
        self, sid: str, status: str, *, error: int = 0, client: httpx.Client | None = None
    ) -> httpx.Response:
        """Tell the product what became of a text, signed, where it asked to be told."""
        text = next(text for text in self.texts if text["sid"] == sid)
        text.update(status=status, error_code=error or None)
        form = {
            "MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "ApiVersion": "2010-04-01",
            "MessageStatus": status, "SmsStatus": status, "From": text["from"], "To": text["to"],
        }  # fmt: skip
        if error:
            form["ErrorCode"] = str(error)
        return post_signed(self._callbacks[sid], form, client=client)

    def inbound(
        self,
        url: str,
        number: str,
        body: str,
        *,
        to: str = NUMBER,
        sid: str = "",
        client: httpx.Client | None = None,
    ) -> httpx.Response:
        """A text from that number reaches ours. Twilio keeps its own list of who said stop."""
        sid = sid or self._sid()
        if body.strip().upper() in STOP_WORDS:
            self.stopped.add(number)
        if body.strip().upper() in START_WORDS:
            self.stopped.discard(number)
        form = {
            "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": ACCOUNT,
            "ApiVersion": "2010-04-01", "From": number, "To": to, "Body": body, "NumMedia": "0",
            "NumSegments": "1", "SmsStatus": "received",
        }  # fmt: skip
        return post_signed(url, form, client=client)

    def answer(self, heard: Heard) -> Said:
        """What the server says to one request."""
        pair = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if heard.headers.get("Authorization") != f"Basic {pair}":
            return _fault(401, 20003)
        try:
            operation = WRITTEN.operation(heard)
            asked = WRITTEN.asked(operation, heard)
            if operation.places["AccountSid"] != ACCOUNT:
                return _fault(404, 20404)
            if heard.method == "POST":
                return self._create(operation, asked)
            return _described(operation, 200, self._page(heard, asked))
        except NotDescribed as fault:
            self.complaints.append(str(fault))
            return _fault(400, 20001)

    def _create(self, operation: Operation, asked: dict[str, Any]) -> Said:
        to = asked["To"]
        self.attempts[to] += 1
        if not E164.fullmatch(to):
            return _fault(400, 21211)
        if not SENDER.fullmatch(asked["From"]):
            return _fault(400, 21212)
        script = self._scripts.get(to)
        step = script.pop(0) if script else None
        if step is None and to in self.stopped:
            return _fault(400, 21610)
        taken = self._take(asked) if step is None or step.takes else None
        if step is None:
            return _described(operation, 201, taken)
        if step.silent:
            raise Silent
        if not step.status:
            raise Breaks
        return _fault(step.status, step.code, step.headers)

    def _take(self, asked: dict[str, Any]) -> dict[str, Any]:
        sid, at = self._sid(), format_datetime(self.now or utc_now(), usegmt=False)
        uri = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json"
        text: dict[str, Any] = {
            "sid": sid, "account_sid": ACCOUNT, "api_version": "2010-04-01",
            "body": asked["Body"], "to": asked["To"], "from": asked["From"],
            "direction": "outbound-api", "status": "queued", "error_code": None,
            "error_message": None, "date_created": at, "date_updated": at, "date_sent": None,
            "messaging_service_sid": None, "num_media": "0", "num_segments": "1", "price": None,
            "price_unit": "USD", "subresource_uris": {"media": uri.replace(".json", "/Media.json")},
            "uri": uri,
        }  # fmt: skip
        self.texts.append(text)
        self._callbacks[sid] = asked.get("StatusCallback", "")
        return text

    def _page(self, heard: Heard, asked: dict[str, Any]) -> dict[str, Any]:
        """The latest texts first, as many as fit on the page."""
        size = asked.get("PageSize", 50)
        found = [t for t in reversed(self.texts) if asked.get("To") in (None, t["to"])][:size]
        uri = f"{heard.path}?{urlencode({**asked, 'PageSize': size, 'Page': 0})}"
        return {
            "messages": found, "page": 0, "page_size": size, "start": 0, "end": len(found),
            "uri": uri, "first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None,
        }  # fmt: skip

    def _sid(self) -> str:
        return f"SM{next(self._numbers):032x}"


def signature(url: str, form: dict[str, str]) -> str:
    return RequestValidator(TOKEN).compute_signature(url, form)


def post_signed(
    url: str, form: dict[str, str], *, client: httpx.Client | None = None
) -> httpx.Response:
    """As Twilio posts a webhook; a test client of an app stands in for the network."""
    headers = {"X-Twilio-Signature": signature(url, form)}
    if client is not None:
        return client.post(url, data=form, headers=headers)
    return httpx.post(url, data=form, headers=headers)


def _described(operation: Operation, status: int, body: Any) -> Said:
    WRITTEN.answered(operation, status, body)
    return Said(status, json.dumps(body).encode(), {"Content-Type": "application/json"})


def _fault(status: int, code: int, headers: dict[str, str] | None = None) -> Said:
    """Twilio's faults are not in its description; this is their documented shape."""
    body = {"code": code, "message": "No", "more_info": f"/docs/errors/{code}", "status": status}
    said = json.dumps(body).encode() if code else b"upstream failed"
    return Said(status, said, {"Content-Type": "application/json", **(headers or {})})


@contextmanager
def twilio_peer() -> Iterator[Twilio]:
    """A Twilio on a free port, and the product told to use it; fails what is not described."""
    twilio = Twilio()
    with served(twilio.answer) as twilio.url:
        with surroundings(
            studio_twilio_url=twilio.url,
            studio_twilio_account=ACCOUNT,
            studio_twilio_token=TOKEN,
            studio_sms_from=NUMBER,
        ):
            yield twilio
        assert not twilio.complaints, twilio.complaints
