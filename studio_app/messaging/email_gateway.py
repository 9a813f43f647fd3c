"""E-mail by SMTP, to any provider.

Source: RFC 5321 (who answers for a message, and when), RFC 5322, RFC 2369 and 8058
(List-Unsubscribe and its one click), RFC 3834 (Auto-Submitted), RFC 6047 (calendar part).
"""

import logging
import re
import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from unicodedata import category
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from studio_app.kit.clock import utc_now
from studio_app.kit.lines import patience
from studio_app.kit.outbox import TryLater
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.messaging.vendors import Accepted, Doubtful, Undeliverable

log = logging.getLogger(__name__)
SEVEN_BIT = SMTP.clone(cte_type="7bit")  # so that any server on the way can carry it
REFUSED, PERMANENT = 400, 500  # RFC 5321 4.2.1
ABOUT_US = {500, 502, 503, 530, 534, 535, 538}  # we said it wrongly or are not signed in
NO_PLACE_IN_A_HEADER = {"Cc", "Cs", "Zl", "Zp"}  # control signs, line and paragraph ends


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    kind: str
    """Its media type: application/pdf."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Email:
    key: UUID
    """Makes the Message-ID, so that a letter sent twice is one letter in the inbox."""
    to: str
    to_name: str
    sender_name: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    unsubscribe_url: str = ""
    """Takes a POST without signing in; only what may be refused carries one."""
    unsubscribe_to: str = ""
    calendar: bytes | None = None
    calendar_method: str = "PUBLISH"
    attachments: tuple[Attachment, ...] = ()
    stays: bool = False
    """A demonstration's letter is shown here and never leaves."""


def send_email(email: Email) -> Accepted:
    """Hand a letter to the mail server. Raises Undeliverable, TryLater or Doubtful."""
    url = settings().studio_smtp_url.get_secret_value()
    message = message_of(email)
    if email.stays or (settings().studio_demo and not url):
        _show(email)
        return Accepted(message["Message-ID"])
    if not url:
        raise Undeliverable("no-server", _("No mail server is set up."))
    recipient = message["To"].addresses[0].addr_spec
    with _server(url) as server:
        with _before_the_end():
            _open_letter(server, recipient)
            server.send(_on_the_wire(message))
        _hear_verdict(server)
    return Accepted(message["Message-ID"])


def message_of(email: Email) -> EmailMessage:
    """The letter as it travels. Raises Undeliverable where there is nobody to send it to."""
    message = EmailMessage(policy=SEVEN_BIT)
    sender = parseaddr(settings().studio_mail_from)[1]
    domain = sender.rpartition("@")[2] or "localhost"
    message["From"] = Address(_flat(email.sender_name), addr_spec=sender)
    message["To"] = _address(email.to_name, email.to)
    if email.reply_to:
        message["Reply-To"] = _address("", email.reply_to)
    message["Subject"] = _flat(email.subject)
    message["Date"] = format_datetime(utc_now(), usegmt=True)
    message["Message-ID"] = f"<{email.key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Feedback-ID"] = f"{'list' if email.unsubscribe_url else 'service'}:cadenza"
    _let_go(message, email)
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    if email.calendar is not None:
        words = email.calendar.decode()
        message.add_alternative(words, subtype="calendar", params={"method": email.calendar_method})
    for file in email.attachments:
        main, _slash, sub = file.kind.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=_flat(file.name))
    return message


def _let_go(message: EmailMessage, email: Email) -> None:
    """How to have no more of these; one click needs an https address (RFC 8058)."""
    mailto = f"mailto:{email.unsubscribe_to}?subject=unsubscribe" if email.unsubscribe_to else ""
    ways = [f"<{_flat(way)}>" for way in (email.unsubscribe_url, mailto) if way]
    if ways:
        message["List-Unsubscribe"] = ", ".join(ways)
    if email.unsubscribe_url:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _flat(words: str) -> str:
    """On one line: a line break in a header would begin another header."""
    kept = (" " if category(sign) in NO_PLACE_IN_A_HEADER else sign for sign in words)
    return " ".join("".join(kept).split())


def _address(name: str, address: str) -> Address:
    local, _at, domain = address.strip().rpartition("@")
    try:
        found = Address(_flat(name), addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (ValueError, IndexError, HeaderParseError) as fault:
        raise _nobody() from fault
    if not local.isascii() or not (found.username and found.domain):
        raise _nobody()
    return found


def _nobody() -> Undeliverable:
    return Undeliverable("bad-address", _("That is not an e-mail address."))


@contextmanager
def _server(url: str) -> Generator[smtplib.SMTP]:
    """A signed-in connection; how it is left no longer concerns the letter."""
    with _before_the_end():
        server = _connected(urlsplit(url))
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _connected(where: SplitResult) -> smtplib.SMTP:
    host, port, seconds = where.hostname or "localhost", where.port or 0, patience()[1]
    if where.scheme == "smtps":
        proven = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=seconds, context=proven)
    else:
        server = smtplib.SMTP(host, port, timeout=seconds)
    try:
        if where.username:
            if where.scheme != "smtps":
                server.starttls(context=ssl.create_default_context())
            server.login(unquote(where.username), unquote(where.password or ""))
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


@contextmanager
def _before_the_end() -> Generator[None]:
    """Until the last full stop is sent nobody has taken the letter: a failure is certain."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as fault:
        raise TryLater(why=f"mail server: {type(fault).__name__}") from fault


def _open_letter(server: smtplib.SMTP, recipient: str) -> None:
    _go_on(server.mail(parseaddr(settings().studio_mail_from)[1]))
    _go_on(server.rcpt(recipient))
    _go_on(server.docmd("DATA"))


def _on_the_wire(message: EmailMessage) -> bytes:
    """Full stops doubled at the start of lines, one alone at the end (RFC 5321 4.5.2)."""
    lines = re.sub(rb"(?m)^\.", b"..", message.as_bytes())
    return lines.removesuffix(b"\r\n") + b"\r\n.\r\n"


def _hear_verdict(server: smtplib.SMTP) -> None:
    """The one answer that makes the server responsible; without it nobody knows."""
    try:
        answer = server.getreply()
    except (smtplib.SMTPException, OSError) as fault:
        raise Doubtful(f"mail server: {type(fault).__name__}") from fault
    if answer[0] < 0:
        raise Doubtful("mail server: an answer nobody understands")
    _go_on(answer)


def _go_on(answer: tuple[int, bytes]) -> None:
    code, reply = answer
    if code < REFUSED:
        return
    if code < PERMANENT or code in ABOUT_US:
        raise TryLater(why=f"mail server: {code}")
    said = _flat(reply.decode(errors="replace"))[:200]
    raise Undeliverable(str(code), _("The mail server refused it: {reply}", reply=f"{code} {said}"))


def _show(email: Email) -> None:
    """Only a demonstration shows letters; addresses are personal data.

    Those somebody waits for in full; of all others one line, or they would bury the first.
    """
    if settings().studio_demo:
        whole = "" if email.unsubscribe_url else f"\n{email.text}\n---"
        print(f"--- letter to {email.to}: {_flat(email.subject)}{whole}", flush=True)  # noqa: T201
    else:
        log.info("a letter of a sample studio stays here (letter %s)", email.key)
