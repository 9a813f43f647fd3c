"""Invoices and credit notes as pages show them, to the office and to the family alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from studio_app.billing.cards import InvoiceCard
from studio_app.billing.queries.computed import Computed, Step
from studio_app.billing.queries.invoices import InvoiceView
from studio_app.kit.ids import InvoiceId
from studio_app.web import routes
from studio_app.web.words import _


@dataclass(frozen=True)
class DocumentRow:
    """One document in a list."""

    id: str = ""
    title: str = ""
    family: str = ""
    period: str = ""
    issued: str = ""
    due: str = ""
    total: str = ""
    balance_due: str = ""
    is_open: bool = False
    is_overdue: bool = False
    statuses: list[str] = field(default_factory=list[str])
    href: str = ""


@dataclass(frozen=True)
class LineShown:
    title: str = ""
    detail: str = ""
    quantity: str = ""
    unit: str = ""
    amount: str = ""


@dataclass(frozen=True)
class FigureShown:
    """A name and an amount; `detail` is a date or a reason."""

    words: str = ""
    amount: str = ""
    detail: str = ""


@dataclass(frozen=True)
class StepShown:
    number: str = ""
    title: str = ""
    formula: str = ""
    sources: list[str] = field(default_factory=list[str])
    result: str = ""
    running: str = ""


@dataclass(frozen=True)
class DocumentShown:
    """One document, whole. Empty until it is loaded."""

    row: DocumentRow = field(default_factory=DocumentRow)
    number: int = 0
    is_invoice: bool = True
    studio: str = ""
    billed_to: str = ""
    note: str = ""
    """Why there is this credit note, and what it corrects."""
    lines: list[LineShown] = field(default_factory=list[LineShown])
    sums: list[FigureShown] = field(default_factory=list[FigureShown])
    settled: list[FigureShown] = field(default_factory=list[FigureShown])
    steps: list[StepShown] = field(default_factory=list[StepShown])
    matches: bool = False
    pdf: str = ""


def row_of(card: InvoiceCard, *, to: str) -> DocumentRow:
    """`to` is the route of the page it leads to."""
    said = statuses(card)
    return DocumentRow(
        id=str(card.id),
        title=_title(card),
        family=card.family,
        period=card.period,
        issued=card.issued,
        due=card.due,
        total=card.total,
        balance_due=card.balance_due,
        is_open=card.balance_due_minor > 0,
        is_overdue="overdue" in said,
        statuses=said,
        href=routes.filled(to, invoice_id=card.id),
    )


def statuses(card: InvoiceCard) -> list[str]:
    """Badges may stand together; without any the state itself is said."""
    found = [badge.value for badge in card.badges]
    if "overdue" in found:
        return ["overdue", *(badge for badge in found if badge != "overdue")]
    state = card.state.value
    if state == "sent" and card.kind.value == "invoice":
        return found or ["due"]
    return [state, *found]


def document(view: InvoiceView, computed: Computed, *, to: str) -> DocumentShown:
    card = view.card
    return DocumentShown(
        row=row_of(card, to=to),
        number=card.number,
        is_invoice=card.kind.value == "invoice",
        studio=view.studio,
        billed_to=view.billed_to,
        note=_note(view),
        lines=[
            LineShown(one.title, one.detail, str(one.quantity), one.unit, one.amount)
            for one in view.lines
        ],
        sums=_sums(view),
        settled=[FigureShown(one.what, one.amount, one.on) for one in view.settled_by],
        steps=_steps(computed.steps),
        matches=computed.matches,
        pdf=pdf_of(card.id),
    )


def pdf_of(invoice_id: InvoiceId) -> str:
    return f"/api/v1/invoices/{invoice_id}.pdf"


def _title(card: InvoiceCard) -> str:
    if card.kind.value == "invoice":
        return _("Invoice {number}", number=card.number)
    return _("Credit note {number}", number=card.number)


def _note(view: InvoiceView) -> str:
    if view.corrects is None:
        return view.reason
    corrects = _("Corrects invoice {number}", number=view.corrects)
    return f"{corrects}: {view.reason}" if view.reason else corrects


def _sums(view: InvoiceView) -> list[FigureShown]:
    """From the lines to what is left to pay."""
    taxes = [FigureShown(tax.label, tax.amount) for tax in view.taxes]
    credited = [FigureShown(_("Credit and write-offs"), view.credited)] if view.has_credit else []
    before = [FigureShown(_("Subtotal"), view.subtotal), *taxes] if taxes else []
    total = FigureShown(_("Total"), view.total)
    return [*before, total, FigureShown(_("Paid"), view.amount_paid), *credited]


def _steps(steps: Sequence[Step]) -> list[StepShown]:
    return [
        StepShown(
            str(nth),
            step.title,
            step.formula,
            [source.label for source in step.sources],
            step.result,
            step.running,
        )
        for nth, step in enumerate(steps, start=1)
    ]
