"""Letters to a real SMTP server that takes, refuses, postpones and loses them."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from uuid import UUID

import pytest

from studio_app.kit.ids import new_id
from studio_app.kit.outbox import TryLater
from studio_app.messaging.email_gateway import Attachment, Email, message_of, send_email
from studio_app.messaging.vendors import Doubtful, Undeliverable
from tests.standins.smtp import (
    BREAKS,
    SILENT,
    TAKEN_THEN_LOST,
    TAKEN_THEN_SILENT,
    PostOffice,
    at_data,
    at_rcpt,
    post_office,
)
from tests.standins.surroundings import surroundings

GRACE = "grace@example.org"
KEY = UUID("01990000-0000-7000-8000-000000000001")
LETTER = Email(
    key=KEY,
    to=GRACE,
    to_name="Grace Gray",
    sender_name="Harmony Music",
    subject="Sam’s lesson on Tuesday",
    text="Tuesday 16:00\n.hidden dot\n",
    html="<p>Tuesday 16:00</p>",
)
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def _received(office: PostOffice, email: Email) -> EmailMessage:
    send_email(email)
    return office.letters_to(email.to)[-1]


def _part(letter: EmailMessage, kind: str) -> EmailMessage:
    return next(part for part in letter.walk() if part.get_content_type() == kind)  # type: ignore[return-value]


def test_a_letter_arrives_with_who_wrote_it_and_an_id_made_of_our_key(office: PostOffice) -> None:
    accepted = send_email(replace(LETTER, reply_to="office@harmony.example"))

    letter = office.letters_to(GRACE)[0]
    assert letter["From"] == "Harmony Music <hello@cadenza.example>"
    assert letter["To"] == "Grace Gray <grace@example.org>"
    assert letter["Subject"] == "Sam’s lesson on Tuesday"
    assert letter["Reply-To"] == "office@harmony.example"
    assert letter["Message-ID"] == f"<{KEY}@cadenza.example>" == accepted.provider_id
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Feedback-ID"] == "service:cadenza"
    assert letter["Date"].datetime.tzinfo is not None
    assert office.sent_from == ["hello@cadenza.example"]


def test_text_comes_first_and_html_last(office: PostOffice) -> None:
    letter = _received(office, LETTER)

    assert letter.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in letter.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert _part(letter, "text/plain").get_content() == LETTER.text
    assert _part(letter, "text/html").get_content() == "<p>Tuesday 16:00</p>\n"


@pytest.mark.parametrize(
    "text", [".\n", "\n.\n..\n.end\n", "one.\n.two", "no end", "é ".join("." * 900)]
)
def test_full_stops_and_long_lines_arrive_as_they_were(office: PostOffice, text: str) -> None:
    letter = _received(office, replace(LETTER, text=text))

    assert _part(letter, "text/plain").get_content().splitlines() == text.splitlines()
    assert all(len(line) <= 998 for line in letter.as_bytes().splitlines())


def test_a_service_message_has_no_way_out_and_a_newsletter_has_one_click(
    office: PostOffice,
) -> None:
    plain = _received(office, LETTER)
    news = _received(
        office,
        replace(
            LETTER,
            unsubscribe_url="https://cadenza.example/unsubscribe/abc",
            unsubscribe_to="leave@cadenza.example",
        ),
    )

    assert plain["List-Unsubscribe"] is None
    assert plain["List-Unsubscribe-Post"] is None
    assert news["List-Unsubscribe"] == (
        "<https://cadenza.example/unsubscribe/abc>,"
        " <mailto:leave@cadenza.example?subject=unsubscribe>"
    )
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert news["Feedback-ID"] == "list:cadenza"


def test_an_address_to_write_to_alone_is_no_one_click(office: PostOffice) -> None:
    letter = _received(office, replace(LETTER, unsubscribe_to="leave@cadenza.example"))

    assert letter["List-Unsubscribe"] == "<mailto:leave@cadenza.example?subject=unsubscribe>"
    assert letter["List-Unsubscribe-Post"] is None


def test_the_calendar_is_one_more_way_to_read_the_letter(office: PostOffice) -> None:
    letter = _received(office, replace(LETTER, calendar=ICS, calendar_method="CANCEL"))

    part = _part(letter, "text/calendar")
    assert part["Content-Type"].params["method"] == "CANCEL"
    assert part["Content-Type"].params["charset"].lower() == "utf-8"
    assert part.get_content().splitlines() == ICS.decode().splitlines()
    assert letter.get_content_type() == "multipart/alternative"


def test_an_attachment_lies_beside_the_letter(office: PostOffice) -> None:
    invoice = Attachment("Invoice 7 – März.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    letter = _received(office, replace(LETTER, calendar=ICS, attachments=(invoice,)))

    assert letter.get_content_type() == "multipart/mixed"
    first, second = letter.iter_parts()
    assert first.get_content_type() == "multipart/alternative"
    assert second.get_filename() == "Invoice 7 – März.pdf"  # type: ignore[union-attr]
    assert second.get_content() == invoice.content  # type: ignore[union-attr]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x00", "\x0b"])
def test_no_field_can_begin_a_header_of_its_own(office: PostOffice, end: str) -> None:
    evil = f"Hello{end}Bcc: rita@rival.example"
    letter = _received(
        office,
        replace(
            LETTER,
            subject=evil,
            to_name=evil,
            sender_name=evil,
            unsubscribe_url=f"https://cadenza.example/{evil}",
            attachments=(Attachment(evil, "text/csv", b"a"),),
        ),
    )

    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: rita@rival.example"
    assert office.attempts == {GRACE: 1}


@pytest.mark.parametrize(
    "address",
    ["", "grace", "@example.org", "a@b@c", f"{GRACE}\r\nBcc: x@y.z", f"{GRACE}, rita@rival.example",
     "grace gray@example.org", "grâce@example.org", "grace@", f"grace@{'x' * 64}.org"],
)  # fmt: skip
def test_what_is_no_address_is_not_tried(office: PostOffice, address: str) -> None:
    with pytest.raises(Undeliverable) as refused:
        send_email(replace(LETTER, to=address))

    assert refused.value.code == "bad-address"
    assert not office.attempts


def test_an_address_in_another_alphabet_is_written_as_the_net_knows_it(office: PostOffice) -> None:
    send_email(replace(LETTER, to="grace@müsik.example"))

    assert office.attempts == {"grace@xn--msik-0ra.example": 1}


@pytest.mark.parametrize("answer", [at_rcpt("550 5.1.1 No such user"), at_data("550 5.7.1 No")])
def test_an_address_that_is_refused_is_never_tried_again(
    office: PostOffice, answer: object
) -> None:
    office.script(GRACE, answer)  # type: ignore[arg-type]

    with pytest.raises(Undeliverable) as refused:
        send_email(LETTER)

    assert refused.value.code == "550"
    assert str(refused.value.sentence).startswith("The mail server refused it: 550 5.")
    assert office.letters == []


@pytest.mark.parametrize(
    "answer",
    [at_rcpt("451 4.7.1 Greylisted"), at_data("452 4.3.1 Full"), at_rcpt("421 Too many"),
     at_rcpt("530 5.7.0 Sign in first"), BREAKS],
)  # fmt: skip
def test_a_server_that_is_not_ready_is_asked_again(office: PostOffice, answer: object) -> None:
    office.script(GRACE, answer)  # type: ignore[arg-type]

    with pytest.raises(TryLater):
        send_email(LETTER)
    assert office.letters == []

    send_email(LETTER)
    assert [letter["Message-ID"] for letter in office.letters_to(GRACE)] == [
        f"<{KEY}@cadenza.example>"
    ]


def test_silence_before_the_letter_is_handed_over_is_a_certain_failure(office: PostOffice) -> None:
    office.script(GRACE, SILENT)

    with surroundings(studio_vendor_patience="0.2"), pytest.raises(TryLater):
        send_email(LETTER)

    assert office.letters == []


@pytest.mark.parametrize("answer", [TAKEN_THEN_LOST, TAKEN_THEN_SILENT])
def test_a_letter_that_was_taken_without_a_word_is_doubtful(
    office: PostOffice, answer: object
) -> None:
    office.script(GRACE, answer)  # type: ignore[arg-type]

    with surroundings(studio_vendor_patience="0.5"), pytest.raises(Doubtful):
        send_email(LETTER)

    assert len(office.letters_to(GRACE)) == 1


def test_where_nobody_listens_we_come_back_later() -> None:
    with post_office() as gone:
        url = gone.url
    with surroundings(studio_smtp_url=url), pytest.raises(TryLater):
        send_email(LETTER)


def test_a_name_that_cannot_be_found_is_looked_up_again_later() -> None:
    with (
        surroundings(studio_smtp_url="smtp://mail.invalid:25"),
        pytest.raises(TryLater, match="gaierror"),
    ):
        send_email(LETTER)


def test_without_a_server_a_letter_is_not_sent_and_says_why() -> None:
    with (
        surroundings(studio_smtp_url="", studio_demo="false"),
        pytest.raises(Undeliverable) as refused,
    ):
        send_email(LETTER)

    assert refused.value.code == "no-server"
    assert str(refused.value.sentence) == "No mail server is set up."


def test_a_demonstration_without_a_server_shows_the_letter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with surroundings(studio_smtp_url="", studio_demo="true"):
        accepted = send_email(LETTER)

    assert str(KEY) in accepted.provider_id
    assert "--- letter to grace@example.org: Sam’s lesson on Tuesday" in capsys.readouterr().out


def test_the_letter_of_a_sample_studio_never_leaves(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    with surroundings(studio_demo="true"):
        send_email(replace(LETTER, stays=True))
    with surroundings(studio_demo="false"):
        send_email(replace(LETTER, stays=True, to="sam@example.org"))

    assert not office.attempts
    shown = capsys.readouterr().out
    assert GRACE in shown
    assert "sam@example.org" not in shown


def test_each_key_has_an_id_of_its_own() -> None:
    ids = {message_of(replace(LETTER, key=new_id()))["Message-ID"] for _ in range(3)}

    assert len(ids) == 3
