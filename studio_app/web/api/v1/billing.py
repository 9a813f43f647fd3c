"""Invoices and credit notes. Figures are said in words; `…_minor` is in minor units (pence)."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response

from studio_app.billing.commands.invoices import issue_credit_note, send_invoice, void_invoice
from studio_app.billing.commands.payments import write_off
from studio_app.billing.invoice_pdf import invoice_pdf
from studio_app.billing.queries.computed import Computed, how_computed
from studio_app.billing.queries.invoices import InvoiceCard, InvoiceView, invoice, invoices
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.money import Money
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit, Number

router = APIRouter(prefix="/api/v1", tags=["invoices"])


@dataclass(frozen=True, slots=True)
class Credit:
    """Why, and how much of which line (by its position); without amounts all of it."""

    reason: str
    amounts: dict[int, Money] = field(default_factory=dict[int, Money])


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """`next_before` asks for what follows; null at the end."""

    rows: list[InvoiceCard]
    next_before: int | None


@router.get("/invoices")
def list_invoices(
    asking: Asking,
    *,
    family_id: FamilyId | None = None,
    only_open: bool = False,
    before: Annotated[Number | None, Query()] = None,
    limit: Limit = 50,
) -> InvoicePage:
    """Documents by number, the newest first; a family sees its own, once they were sent."""
    found = asking.run(
        invoices, family_id=family_id, only_open=only_open, before_number=before, limit=limit
    )
    return InvoicePage(found, found[-1].number if found else None)


@router.get(
    "/invoices/{invoice_id}.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
def read_pdf(asking: Asking, invoice_id: InvoiceId) -> Response:
    """The document as a tagged PDF, in the reader's language."""
    view = asking.run(invoice, invoice_id)
    named = f'inline; filename="{view.card.kind}-{view.card.number}.pdf"'
    told = {"Content-Disposition": named, "Cache-Control": "private, no-store"}
    made = invoice_pdf(view, asking.actor.locale)
    return Response(made, media_type="application/pdf", headers=told)


@router.get("/invoices/{invoice_id}")
def read_invoice(asking: Asking, invoice_id: InvoiceId) -> InvoiceView:
    """One document with its lines, taxes, and what has settled it."""
    return asking.run(invoice, invoice_id)


@router.get("/invoices/{invoice_id}/computed")
def read_computed(asking: Asking, invoice_id: InvoiceId) -> Computed:
    """How the total came about, down to the lesson, the mark and the price. `matches` is false
    if the ledger says otherwise by now."""
    return asking.run(how_computed, invoice_id)


@router.post("/invoices/{invoice_id}/send", status_code=204)
def send(asking: Asking, invoice_id: InvoiceId) -> None:
    """From now on it is due and only a credit note can correct it. 409 if it was sent."""
    asking.run(send_invoice, invoice_id)


@router.post("/invoices/{invoice_id}/void", status_code=204)
def void(asking: Asking, invoice_id: InvoiceId) -> None:
    """What was on it can be billed again. 422 once something was paid on it."""
    asking.run(void_invoice, invoice_id)


@router.post("/invoices/{invoice_id}/credit-notes", status_code=201)
def credit(asking: Asking, invoice_id: InvoiceId, credit: Credit) -> Made:
    """A numbered document that takes back part of a sent invoice, or all of it."""
    return Made(
        asking.run(
            issue_credit_note, invoice_id, reason=credit.reason, amounts=credit.amounts or None
        )
    )


@router.post("/invoices/{invoice_id}/write-off", status_code=201)
def give_up(
    asking: Asking, invoice_id: InvoiceId, reason: Annotated[str, Body(embed=True)]
) -> Made:
    """Gives up what is still owed on a sent invoice; answers the ledger's transaction."""
    return Made(asking.run(write_off, invoice_id, reason=reason))
