"""The one way a letter leaves: SMTP, or the console where no server is set.

Source: RFC 5321/5322 through the standard library; List-Unsubscribe comes with the
message pipeline, these letters are all asked for.
"""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from urllib.parse import unquote, urlsplit

from studio_app.kit.settings import settings

log = logging.getLogger(__name__)
PATIENCE = 20  # seconds to wait for a mail server


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str
    key: str
    """Makes the Message-ID, so that a letter sent twice is one letter in the inbox."""
    stays: bool = False
    """A demonstration's letter is shown here and never leaves."""


def post(letter: Letter) -> None:
    """Hand a letter to the mail server. Raises smtplib.SMTPException or OSError: try later."""
    url = settings().studio_smtp_url.get_secret_value()
    if letter.stays or not url:
        _show(letter)
        return
    where = urlsplit(url)
    secure = where.scheme == "smtps"
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with kind(where.hostname or "localhost", where.port or 0, timeout=PATIENCE) as server:
        if where.username:
            if not secure:
                server.starttls(context=ssl.create_default_context())
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(_message(letter))


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    sender = settings().studio_mail_from
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<{letter.key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _show(letter: Letter) -> None:
    """Without a server only the demonstration shows letters; addresses are personal data."""
    if settings().studio_demo:
        print(f"\n--- letter to {letter.to}: {letter.subject}\n{letter.text}\n---", flush=True)  # noqa: T201
    else:
        log.warning("a letter was not sent: set STUDIO_SMTP_URL (letter %s)", letter.key)
