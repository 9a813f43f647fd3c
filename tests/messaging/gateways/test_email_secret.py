"""Signing in to a mail server: in secret, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio_app.kit.ids import new_id
from studio_app.kit.outbox import TryLater
from studio_app.messaging.email_gateway import Email, send_email
from tests.standins.smtp import PostOffice, certificate_for, post_office
from tests.standins.surroundings import surroundings

LETTER = Email(
    key=new_id(),
    to="grace@example.org",
    to_name="Grace Gray",
    sender_name="Harmony Music",
    subject="Hello",
    text="Hello",
    html="<p>Hello</p>",
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_for("localhost", tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def office(certificate: Path) -> Iterator[PostOffice]:
    with post_office(certificate=certificate) as office:
        yield office


def _address(office: PostOffice, host: str = "localhost", scheme: str = "smtp") -> str:
    return f"{scheme}://office%40harmony.example:p%2Fss@{host}:{office.port}"


def test_a_password_is_said_in_secret_to_a_server_we_can_prove(
    office: PostOffice, certificate: Path
) -> None:
    with surroundings(studio_smtp_url=_address(office), ssl_cert_file=str(certificate)):
        send_email(LETTER)

    assert office.passwords == [("office@harmony.example", "p/ss")]
    assert len(office.letters) == 1


def test_a_server_nobody_vouches_for_hears_no_password(office: PostOffice) -> None:
    with surroundings(studio_smtp_url=_address(office)), pytest.raises(TryLater):
        send_email(LETTER)

    assert office.passwords == []
    assert office.letters == []


def test_a_server_with_another_name_hears_no_password(
    office: PostOffice, certificate: Path
) -> None:
    with (
        surroundings(
            studio_smtp_url=_address(office, host="127.0.0.1"), ssl_cert_file=str(certificate)
        ),
        pytest.raises(TryLater),
    ):
        send_email(LETTER)

    assert office.passwords == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_is_never_said_in_the_open(scheme: str) -> None:
    with (
        post_office() as plain,
        surroundings(studio_smtp_url=_address(plain, scheme=scheme)),
        pytest.raises(TryLater),
    ):
        send_email(LETTER)

    assert plain.passwords == []
    assert not plain.attempts
