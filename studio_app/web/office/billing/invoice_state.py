"""One document in the office: shown, sent, corrected, voided, given up."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.invoices import issue_credit_note, send_invoice, void_invoice
from studio_app.billing.commands.payments import write_off
from studio_app.billing.queries.activity import invoice_activity
from studio_app.billing.queries.computed import how_computed
from studio_app.billing.queries.invoices import invoice
from studio_app.kit.ids import InvoiceId
from studio_app.web import routes
from studio_app.web.documents import DocumentShown, document
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.opening import Opening
from studio_app.web.words import _

ICONS = {"created": "file-plus", "sent": "send", "settled": "banknote", "voided": "ban"}


@dataclass(frozen=True)
class ActivityLine:
    kind: str = ""
    words: str = ""
    when: str = ""


class InvoiceState(Opening, rx.State):
    document: DocumentShown = DocumentShown()
    happened: list[ActivityLine] = []
    family_id: str = ""
    family_href: str = ""
    due_minor: int = 0
    is_draft: bool = False
    can_void: bool = False
    can_correct: bool = False

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def send(self) -> None:
        await self._run(send_invoice, self._id())
        await self._tell(_("Sent."), detail=_("From now on only a credit note can correct it."))
        await self._show()

    @handler
    async def void(self) -> None:
        await self._run(void_invoice, self._id())
        await self._tell(_("Voided."), detail=_("What was on it can be billed again."))
        await self._show()

    @handler
    async def correct(self, sent: dict[str, Any]) -> None:
        """All of it, or an amount for each line."""
        self.faults = {}
        form = Form(sent)
        reason = form.text("reason", longest=200)
        found = await self._run(invoice, self._id())
        asked = {
            line.position: form.money(f"line-{line.position}", found.currency)
            for line in found.lines
            if form.optional_text(f"line-{line.position}")
        }
        form.check()
        key = self._key
        await self._run_once(
            key, issue_credit_note, self._id(), reason=reason, amounts=asked or None
        )
        self.opened = ""
        await self._tell(_("Credit note sent."), detail=_("The family sees it at once."))
        await self._show()

    @handler
    async def give_up(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        reason = form.text("reason", longest=200)
        form.check()
        await self._run_once(self._key, write_off, self._id(), reason=reason)
        self.opened = ""
        await self._tell(_("Written off."), detail=reason)
        await self._show()

    async def _show(self) -> None:
        asked = self._id()
        view = await self._run(invoice, asked)
        computed = await self._run(how_computed, asked)
        happened = await self._run(invoice_activity, asked)
        card, state = view.card, view.card.state.value
        is_invoice = card.kind.value == "invoice"
        self.document = document(view, computed, to=routes.INVOICE)
        self.happened = [ActivityLine(one.kind, one.words, one.when) for one in happened]
        self.family_id = str(card.family_id)
        self.family_href = routes.filled(routes.STATEMENT, family_id=card.family_id)
        self.due_minor = card.balance_due_minor if state == "sent" else 0
        self.is_draft = state == "draft"
        untouched = not view.settled_by
        self.can_void = is_invoice and state in {"draft", "sent"} and untouched
        self.can_correct = is_invoice and state in {"sent", "paid"}

    def _id(self) -> InvoiceId:
        return InvoiceId(self._path_id("invoice_id"))
