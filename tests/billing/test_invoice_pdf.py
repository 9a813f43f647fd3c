"""The PDF says what the screen says, in the reader's language, tagged for screen readers."""

from dataclasses import replace
from io import BytesIO
from typing import cast

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.invoices import issue_credit_note
from studio_app.billing.invoice_pdf import invoice_pdf
from studio_app.billing.queries.invoices import InvoiceView, invoice
from studio_app.kit.ids import InvoiceId
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World


def read(view: InvoiceView, locale: str = "en-GB") -> tuple[str, PdfReader]:
    reader = PdfReader(BytesIO(invoice_pdf(view, locale)))
    said = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(said.split()), reader


def test_it_says_what_the_screen_says(world: World, till: Till, sent: InvoiceId) -> None:
    till.pay(pounds(20))
    view = world.run(world.olivia, invoice, sent)
    said, _reader = read(view)
    for part in (
        "Invoice 1",
        "Harmony · September 2026",
        "Gray",
        "Piano, 30 min · Sam Gray",
        "£25.00",
        "£50.00",
        "Payment by bank transfer",
        view.card.due,
        view.balance_due,
    ):
        assert part in said


def test_it_is_tagged_and_says_its_language(world: World, sent: InvoiceId) -> None:
    _said, reader = read(world.run(world.olivia, invoice, sent))
    root = reader.root_object
    assert cast("DictionaryObject", root["/MarkInfo"])["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()


def test_a_credit_note_names_what_it_corrects(world: World, sent: InvoiceId) -> None:
    note = world.run(
        world.olivia, issue_credit_note, sent, reason="Piano out of tune", amounts={1: pounds(5)}
    )
    said, _reader = read(world.run(world.olivia, invoice, note))
    for part in ("Credit note 2", "Invoice 1", "-£5.00", "Piano out of tune"):
        assert part in said


def test_markup_in_a_name_is_only_text(world: World, sent: InvoiceId) -> None:
    view = world.run(world.olivia, invoice, sent)
    said, _reader = read(replace(view, billed_to='#panic("no") *bold* $x$ @you'))
    assert '#panic("no") *bold* $x$ @you' in said


def test_a_name_in_another_script_still_gets_a_document(world: World, sent: InvoiceId) -> None:
    view = world.run(world.olivia, invoice, sent)
    said, _reader = read(replace(view, billed_to="Łukasz Żółć 陳大文"))
    assert "Łukasz Żółć" in said


def test_a_long_invoice_goes_on_on_the_next_page(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    for hours in range(1, 4):
        till.mark(lessons.seat(world.now - hours * HOUR), Outcome.LATE)
    view = world.run(world.olivia, invoice, till.bill().invoice_ids[0])
    said, reader = read(replace(view, lines=view.lines * 60))
    assert len(reader.pages) > 1
    assert said.count("Piano, 30 min · Sam Gray") == 60
