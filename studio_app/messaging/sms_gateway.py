"""Texts by Twilio.

Source: Twilio's Messages resource and its error codes; 3GPP TS 23.038 for what fits in a text.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import requests
from twilio.base.exceptions import TwilioException  # pyright: ignore[reportMissingTypeStubs]
from twilio.http import HttpClient  # pyright: ignore[reportMissingTypeStubs]
from twilio.http.response import Response  # pyright: ignore[reportMissingTypeStubs]
from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs]
from twilio.rest import Client  # pyright: ignore[reportMissingTypeStubs]

from studio_app.kit.lines import asked_to_wait, never_heard, patience, reason_of
from studio_app.kit.outbox import TryLater
from studio_app.kit.settings import settings
from studio_app.kit.words import Text, _
from studio_app.messaging.vendors import (
    Accepted,
    Doubtful,
    OptedOut,
    Undeliverable,
)

log = logging.getLogger(__name__)
OPTED_OUT = 21610
BUSY = {14107, 20429, 21611}  # too fast, or too many of ours are waiting
NO_MOBILE = {21211, 21214, 21217, 21265, 21614}
OUT_OF_REACH = {21408, 21612, 60410}
SWITCHED_OFF, FILTERED = {30003, 30008}, {30007}
NO_SUCH_NUMBER = {30005, 30006}
UNSURE = {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}  # somebody behind may have heard us
SKEW = timedelta(minutes=1)  # between our clock and theirs
LOOK_BACK = 200  # texts to one number
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = "\f^{}\\[~]|€"  # each takes two places


@dataclass(frozen=True, slots=True)
class Sms:
    key: UUID
    to: str
    """E.164: +447700900123."""
    sender: str
    """A number or name of the studio's own; empty: STUDIO_SMS_FROM."""
    text: str
    report_to: str
    """Where Twilio tells what became of it; empty: nowhere."""
    stays: bool = False
    """A demonstration's text is shown here and never leaves."""


def send_sms(sms: Sms) -> Accepted:
    """Hand a text to Twilio. Raises Undeliverable (OptedOut), TryLater or Doubtful."""
    sender = sms.sender or settings().studio_sms_from
    set_up = settings().studio_twilio_account and sender
    if sms.stays or (settings().studio_demo and not set_up):
        _show(sms)
        return Accepted(str(sms.key))
    if not set_up:
        raise Undeliverable("no-account", _("Texts are not set up."))
    try:
        message = _twilio().messages.create(
            to=sms.to, from_=sender, body=sms.text, **_report(sms.report_to)
        )
    except TwilioException as fault:
        raise _refusal(fault) from fault
    except (
        ValueError,
        TypeError,
        AttributeError,
    ) as fault:  # taken, with a reply that cannot be read
        raise Doubtful("Twilio: an answer nobody understands") from fault
    if not message.sid:
        raise Doubtful("Twilio: an answer without a name")
    return Accepted(message.sid)


def find_sent(to: str, text: str, since: datetime) -> Accepted | None:
    """The text Twilio has from us to that number since then: settles a doubt.

    What still waits at Twilio has no date of sending, and a filter by that date would pass it
    over; so the latest texts to the number are read and compared by when they were made. Our own
    addresses are alike in that: the link that signs somebody in is not kept with us.
    """
    wanted = _without_links(text)
    try:
        for message in _twilio().messages.list(to=to, limit=LOOK_BACK, page_size=LOOK_BACK):
            ours = (
                str(message.direction).startswith("outbound")
                and _without_links(str(message.body)) == wanted
            )
            if ours and message.date_created and message.date_created >= since - SKEW:
                return Accepted(str(message.sid))
    except TwilioException as fault:
        raise TryLater(why=str(fault)) from fault
    return None


def _without_links(text: str) -> str:
    return re.sub(re.escape(settings().studio_origin) + r"\S*", "…", text)


def signature_is_right(url: str, params: Mapping[str, str], signature: str) -> bool:
    """Whether Twilio itself sent this form to that public address."""
    token = settings().studio_twilio_token.get_secret_value()
    if not token:
        return False  # anybody can sign with nothing
    validator: Any = RequestValidator(token)
    return validator.validate(url, dict(params), signature) is True


def why_undelivered(code: str) -> Text:
    """What a report's error code means for whoever wonders why a text did not arrive."""
    number = int(code) if code.isdecimal() else 0
    if number == OPTED_OUT:
        return _("This number has asked for no more texts.")
    if number in SWITCHED_OFF:
        return _("The telephone is switched off or out of reach.")
    if number in NO_SUCH_NUMBER:
        return _("This number is not in use, or is a landline.")
    if number in FILTERED:
        return _("The network held the text back as unwanted.")
    return _sentence(number)


def segments(text: str) -> int:
    """How many texts it is charged as: 160 signs, or 153 each when joined; 70 and 67 for others.

    Source: 3GPP TS 23.038 6.2.1 and 23.040 9.2.3.24.1; a sign of two places is never cut.
    """
    if all(sign in BASIC or sign in EXTENDED for sign in text):
        sizes, alone, joined = [2 if sign in EXTENDED else 1 for sign in text], 160, 153
    else:
        sizes, alone, joined = [len(sign.encode("utf-16-be")) // 2 for sign in text], 70, 67
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, joined
    for size in sizes:
        if size > room:
            parts, room = parts + 1, joined
        room -= size
    return parts


def _report(address: str) -> dict[str, str]:
    return {"status_callback": address} if address else {}


def _twilio() -> Client:
    """A client for one errand: a kept connection may be dead, and then nobody knows who heard."""
    here = settings()
    token = here.studio_twilio_token.get_secret_value()
    return Client(here.studio_twilio_account, token, http_client=_Line(here.studio_twilio_url))


class _Line(HttpClient):
    """Twilio's way out, with our address, our patience and our words for what went wrong."""

    def __init__(self, base: str) -> None:
        super().__init__(log, is_async=False, timeout=None)
        self._base = base.rstrip("/")

    def request(
        self,
        method: str,
        uri: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: Any = None,
        timeout: Any = None,
        allow_redirects: Any = None,
    ) -> Response:
        if self._base:
            uri = urlsplit(uri)._replace(scheme="", netloc="").geturl()
        try:
            answer = requests.request(
                method,
                f"{self._base}{uri}",
                params=params,
                data=data,
                headers=headers,
                auth=auth,
                timeout=patience(),
                allow_redirects=False,
            )
        except requests.RequestException as fault:
            raise _broken(fault, changes=method != "GET") from fault
        _come_back(answer, changes=method != "GET")
        return Response(answer.status_code, answer.text, answer.headers)


def _broken(fault: requests.RequestException, *, changes: bool) -> TryLater | Doubtful:
    why = f"Twilio: {type(reason_of(fault)).__name__}"
    return Doubtful(why) if changes and not never_heard(fault) else TryLater(why=why)


def _come_back(answer: requests.Response, *, changes: bool) -> None:
    status = answer.status_code
    if changes and status in UNSURE:
        raise Doubtful(f"Twilio: {status}")
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TryLater(f"Twilio: {status}", asked_to_wait(answer.headers))


def _refusal(fault: TwilioException) -> Exception:
    """A 400 is about this text; anything else is about our account and may be mended."""
    status, code = getattr(fault, "status", 0), getattr(fault, "code", None) or 0
    if status != HTTPStatus.BAD_REQUEST or code in BUSY:
        return TryLater(why=f"Twilio: {status} {code}")
    if code == OPTED_OUT:
        return OptedOut(str(code), _("This number has asked for no more texts."))
    return Undeliverable(str(code), _sentence(code))


def _sentence(code: int) -> Text:
    if code in NO_MOBILE:
        return _("That is not the number of a mobile phone.")
    if code in OUT_OF_REACH:
        return _("Texts cannot be sent to this number.")
    return _("The text service refused it: {code}", code=code)


def _show(sms: Sms) -> None:
    """Only a demonstration shows texts; numbers are personal data."""
    if settings().studio_demo:
        print(f"\n--- text to {sms.to}\n{sms.text}\n---", flush=True)  # noqa: T201
    else:
        log.info("a text of a sample studio stays here (text %s)", sms.key)
