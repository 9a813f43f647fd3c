"""A real SMTP server that answers each recipient as the test says, and keeps what it took.

with post_office() as office:
    office.script("grace@example.org", at_rcpt("451 4.7.1 Come back later"))
    …
    assert office.letters_to("grace@example.org")[0]["Subject"] == "Your lesson"
"""

import asyncio
import email
import email.policy
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from studio_app.kit.clock import utc_now
from tests.standins.surroundings import surroundings

DAY = timedelta(days=1)
FINE = "250 2.0.0 Taken"


@dataclass(frozen=True)
class Answer:
    """What one attempt hears: at RCPT or after the letter; said, never said, or cut off."""

    at: str
    says: str = ""
    hangs: bool = False


def at_rcpt(says: str) -> Answer:
    return Answer("rcpt", says)


def at_data(says: str) -> Answer:
    """The whole letter is heard first, then refused."""
    return Answer("data", says)


TAKEN_THEN_LOST = Answer("taken")
"""The letter is kept, and the line breaks before the answer."""
TAKEN_THEN_SILENT = Answer("taken", hangs=True)
"""The letter is kept, and no answer ever comes."""
SILENT = Answer("rcpt", hangs=True)
"""Nothing is said any more once the recipient is named."""
BREAKS = Answer("rcpt")
"""The line breaks once the recipient is named."""


@dataclass
class PostOffice:
    """The server's memory, and what it will say next to whom."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Every letter taken, with the recipient of its envelope."""
    attempts: Counter[str] = field(default_factory=Counter)
    """How often somebody asked to send to this address."""
    sent_from: list[str] = field(default_factory=list)
    passwords: list[tuple[str, str]] = field(default_factory=list)
    """Who signed in, and with what."""
    _scripts: dict[str, list[Answer]] = field(default_factory=dict)
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def script(self, address: str, *answers: Answer) -> None:
        """One answer for each attempt; after the last everything is taken."""
        self._scripts[address] = list(answers)

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.letters if to == address]

    def close(self) -> None:
        self._closing.set()

    # What aiosmtpd calls.
    async def handle_RCPT(  # noqa: N802  its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.attempts[address] += 1
        script = self._scripts.get(address)
        if script and script[0].at == "rcpt":
            return await self._give(script.pop(0), server)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return FINE

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        script = self._scripts.get(address)
        answer = script.pop(0) if script else Answer("taken", FINE)
        if answer.at == "taken":
            self._keep(address, envelope)
        return await self._give(answer, server)

    def _keep(self, address: str, envelope: Envelope) -> None:
        content = cast("bytes", envelope.content).replace(b"\r\n", b"\n")  # as a mailbox keeps it
        letter = email.message_from_bytes(content, policy=email.policy.default)
        self.letters.append((address, cast("EmailMessage", letter)))
        self.sent_from.append(envelope.mail_from or "")

    def sign_in(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        mechanism: str,
        said: LoginPassword,
    ) -> AuthResult:
        self.passwords.append((said.login.decode(), said.password.decode()))
        return AuthResult(success=True)

    async def _give(self, answer: Answer, server: SMTP) -> str:
        if answer.hangs:
            await self._closing.wait()
        if not answer.says:
            cast("asyncio.Transport", server.transport).abort()
        return answer.says or "421 4.3.0 Closing"


class AnyPort(Controller):
    """Takes the free port the system gives; aiosmtpd would knock at port 0."""

    def _trigger_server(self) -> None:
        self.port = cast("asyncio.Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def post_office(*, certificate: Path | None = None) -> Iterator[PostOffice]:
    """A mail server on a free port, and the product told to use it.

    It takes any password; with a certificate (of `certificate_for`) it can also be spoken to
    in secret, by STARTTLS.
    """
    office = PostOffice()
    tls = None
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    controller = AnyPort(
        office,
        hostname="127.0.0.1",
        port=0,
        ready_timeout=30,
        authenticator=office.sign_in,
        auth_require_tls=False,
        tls_context=tls,
    )
    controller.start()
    try:
        office.port = controller.port
        with surroundings(
            studio_smtp_url=office.url, studio_mail_from="Cadenza <hello@cadenza.example>"
        ):
            yield office
    finally:
        controller.loop.call_soon_threadsafe(office.close)
        controller.stop()


def certificate_for(host: str, folder: Path) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(utc_now() - DAY)
        .not_valid_after(utc_now() + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM) + plain)
    return file
