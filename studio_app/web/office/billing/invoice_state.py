"""One invoice as its page holds it: what is shown, and what can be done with it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.invoices import issue_credit_note, send_invoice, void_invoice
from studio_app.billing.commands.payments import write_off
from studio_app.billing.queries.activity import invoice_activity
from studio_app.billing.queries.computed import Computed, PaidLesson, Source, how_computed
from studio_app.billing.queries.invoices import InvoiceView, invoice
from studio_app.kit.ids import InvoiceId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.office.billing.owing_state import InvoiceLine, line_of
from studio_app.web.office.billing.paying import Paying
from studio_app.web.words import _


@dataclass(frozen=True)
class Line:
    title: str = ""
    detail: str = ""
    quantity: str = ""
    unit: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Sum:
    label: str = ""
    amount: str = ""
    strong: bool = False


@dataclass(frozen=True)
class From:
    """What a step rests on; a lesson leads to the calendar."""

    label: str = ""
    href: str = ""


@dataclass(frozen=True)
class Step:
    number: int = 0
    title: str = ""
    formula: str = ""
    sources: tuple[From, ...] = ()
    result: str = ""
    running: str = ""


@dataclass(frozen=True)
class Happened:
    """Created, sent, settled or voided."""

    kind: str = ""
    words: str = ""
    when: str = ""


@dataclass(frozen=True)
class Shown:
    """The head of the page."""

    title: str = ""
    about: str = ""
    billed_to: str = ""
    issued: str = ""
    total: str = ""
    balance_due: str = ""
    family_id: str = ""
    pdf: str = ""
    is_draft: bool = False
    may_void: bool = False
    may_correct: bool = False
    owes: bool = False
    matches: bool = False


class InvoiceState(Paying, rx.State):
    shown: Shown = Shown()
    head: InvoiceLine = InvoiceLine()
    lines: list[Line] = []
    sums: list[Sum] = []
    steps: list[Step] = []
    happened: list[Happened] = []
    _owed: int = 0

    @loader
    async def load(self) -> None:
        await self._again()

    async def _again(self) -> None:
        invoice_id = self._id()
        activity = await self._run(invoice_activity, invoice_id)
        view = await self._run(invoice, invoice_id)
        computed = await self._run(how_computed, invoice_id)
        self.shown, self.head = _shown(view, computed), line_of(view.card)
        self.lines = [
            Line(one.title, one.detail, str(one.quantity), one.unit, one.amount)
            for one in view.lines
        ]
        self.sums, self.steps = sums_of(view), steps_of(computed)
        self.happened = [Happened(one.kind, one.words, one.when) for one in activity]
        self._owed = view.card.balance_due_minor

    @handler
    async def look_again(self) -> None:
        await self._again()

    def _id(self) -> InvoiceId:
        return InvoiceId(self._path_id("invoice_id"))

    def _owes(self, family_id: str) -> tuple[str, int]:
        return self.head.family, self._owed

    @handler
    async def send(self) -> None:
        await self._run(send_invoice, self._id())
        await self._tell(_("The invoice counts as sent: the family sees it now."))
        await self._again()

    @handler
    async def void(self) -> None:
        await self._run(void_invoice, self._id())
        await self._tell(_("The invoice is void. Its number stays taken."))
        await self._again()

    @handler
    async def correct(self, sent: dict[str, Any]) -> rx.event.EventSpec:
        """All that is left of it, or an amount for each line that is named."""
        self.faults = {}
        read = Form(sent)
        reason = read.text("reason")
        currency = (await self._run(invoice, self._id())).currency
        amounts = {
            line: read.money(f"line-{line}", currency)
            for line in range(1, len(self.lines) + 1)
            if read.optional_text(f"line-{line}")
        }
        read.check()
        key, asked = self._key, amounts or None
        made = await self._run_once(
            key, issue_credit_note, self._id(), reason=reason, amounts=asked
        )
        self.opened = ""
        await self._tell(_("A credit note was written."))
        return rx.redirect(routes.filled(routes.INVOICE, invoice_id=made))

    @handler
    async def forgive(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        reason = read.text("reason")
        read.check()
        await self._run_once(self._key, write_off, self._id(), reason=reason)
        self.opened = ""
        await self._tell(_("What was still open is written off."))
        await self._again()


def _shown(view: InvoiceView, computed: Computed) -> Shown:
    about, state = view.card, view.card.state.value
    is_invoice = about.kind.value == "invoice"
    title = _("Invoice {n}", n=about.number) if is_invoice else _("Credit note {n}", n=about.number)
    return Shown(
        title=title,
        about=f"{about.family} · {about.period}" if about.period else about.family,
        billed_to=view.billed_to,
        issued=about.issued,
        total=view.total,
        balance_due=view.balance_due,
        family_id=str(about.family_id),
        pdf=f"/api/v1/invoices/{about.id}.pdf",
        is_draft=state == "draft",
        may_void=is_invoice and state in {"draft", "sent"},
        may_correct=is_invoice and state in {"sent", "paid"},
        owes=is_invoice and about.balance_due_minor > 0 and state == "sent",
        matches=computed.matches,
    )


def sums_of(view: InvoiceView) -> list[Sum]:
    """Subtotal to balance due, in the order in which they add up."""
    taxes = [Sum(tax.label, tax.amount) for tax in view.taxes]
    credited = [Sum(_("Credited"), view.credited)] if view.has_credit else []
    return [
        Sum(_("Subtotal"), view.subtotal),
        *taxes,
        Sum(_("Total"), view.total),
        Sum(_("Paid"), view.amount_paid),
        *credited,
        Sum(_("Balance due"), view.balance_due, strong=True),
    ]


def _from(source: Source) -> From:
    if source.on is None:
        return From(source.label)
    return From(source.label, routes.lesson(source.on, source.lesson_id))


NOTHING = "—"
"""What a lesson adds to a total that a credit paid for."""


def steps_of(computed: Computed) -> list[Step]:
    """What adds up to the total, then what does not because a credit paid for it."""
    last = len(computed.steps)
    free = [
        Step(number, one.lesson, one.paid_by, (_lesson(one),), NOTHING, computed.balance_due)
        for number, one in enumerate(computed.by_credit, start=last + 1)
    ]
    counted = [
        Step(
            number,
            one.title,
            one.formula,
            tuple(_from(source) for source in one.sources),
            one.result,
            one.running,
        )
        for number, one in enumerate(computed.steps, start=1)
    ]
    return counted + free


def _lesson(one: PaidLesson) -> From:
    return From(f"{one.student} · {one.mark}", routes.lesson(one.on, one.lesson_id))
