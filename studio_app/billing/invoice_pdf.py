"""Invoices on paper: a tagged PDF (PDF/UA-1) set by typst from values, never from markup.

Source: typst 0.15, `Compiler.compile(sys_inputs=, pdf_standards=)`. The first document takes
about 100 ms, later ones a few, because one compiler with its fonts is kept.
"""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from typst import Compiler, TypstError

from studio_app.billing.queries.invoices import InvoiceView
from studio_app.billing.rules.status import DocumentKind
from studio_app.kit.words import Text, _

TEMPLATE = Path(__file__).parent / "templates" / "invoice.typ"
_one_at_a_time = Lock()


def invoice_pdf(view: InvoiceView, locale: str) -> bytes:
    """The document as a PDF in a language; figures are those of the view, as they were said.

    A name in a script that no font here has cannot be tagged as PDF/UA asks; then the
    document is set without that promise rather than not at all.
    """
    told = {"document": json.dumps(_values(view, locale))}
    with _one_at_a_time:
        try:
            made = _compiler().compile(format="pdf", sys_inputs=told, pdf_standards="ua-1")
        except TypstError:
            made = _compiler().compile(format="pdf", sys_inputs=told)
    if not isinstance(made, bytes):
        raise TypeError("typst returned no document")
    return made


@cache
def _compiler() -> Compiler:
    return Compiler(TEMPLATE)


def _values(view: InvoiceView, locale: str) -> dict[str, Any]:
    def say(text: Text) -> str:
        return text.say(locale)

    card = view.card
    is_note = card.kind is DocumentKind.CREDIT_NOTE
    title = _("Credit note {number}", number=card.number)
    facts = [(_("Billed to"), view.billed_to), (_("Issued"), card.issued)]
    if not is_note:
        title = _("Invoice {number}", number=card.number)
        facts.append((_("Due"), card.due))
    if view.corrects:
        facts.append((_("Corrects"), say(_("Invoice {number}", number=view.corrects))))
    return {
        "title": say(title),
        "subtitle": " · ".join(part for part in (view.studio, card.period) if part),
        "studio": view.studio,
        "language": locale.partition("-")[0],
        "page": say(_("Page")),
        "balance_due": view.total if is_note else view.balance_due,
        "facts": [{"label": say(label), "value": value} for label, value in facts],
        "columns": [say(t) for t in (_("Description"), _("Qty"), _("Price"), _("Amount"))],
        "lines": [
            {"title": line.title, "detail": line.detail, "quantity": str(line.quantity)}
            | {"unit": line.unit, "amount": line.amount}
            for line in view.lines
        ],
        "sums": [
            {"label": label, "amount": amount, "strong": strong}
            for label, amount, strong in _sums(view, locale)
        ],
        "settled_title": say(_("Payments and credit")),
        "settled": [{"on": p.on, "what": p.what, "amount": p.amount} for p in view.settled_by],
        "note": view.reason,
    }


def _sums(view: InvoiceView, locale: str) -> list[tuple[str, str, bool]]:
    is_note = view.card.kind is DocumentKind.CREDIT_NOTE
    found = [(_("Subtotal").say(locale), view.subtotal, False)]
    found += [(tax.label, tax.amount, False) for tax in view.taxes]
    found.append((_("Total").say(locale), view.total, is_note))
    if not is_note:
        found.append((_("Paid").say(locale), view.amount_paid, False))
        if view.has_credit:
            found.append((_("Credited").say(locale), view.credited, False))
        found.append((_("Balance due").say(locale), view.balance_due, True))
    return found
