"""Recording a payment: opened from whoever owes, filled in with what they owe."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import reflex as rx

from studio_app.billing.commands.payments import Method, record_payment, reverse_payment
from studio_app.identity.queries import my_profile
from studio_app.kit.formats import say_money
from studio_app.kit.ids import FamilyId, PaymentId
from studio_app.kit.money import exponent
from studio_app.scheduling.queries.lessons import today
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import Kind, Size, button, submit
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, select_field, text_field
from studio_app.web.words import _, say

PAY = "pay"


@dataclass(frozen=True)
class Due:
    """What the dialog proposes: all that is owed, received today."""

    family: str = ""
    amount: str = ""
    on: str = ""


class Paying(Opening, mixin=True):
    """A page's state from which payments are recorded. It says how to show itself anew and
    what a family owes."""

    due: Due = Due()
    currency: str = ""

    async def _opened(self, name: str) -> None:
        if self._about(PAY):
            self.currency = (await self._run(my_profile)).currency
            family, owed = self._owes(self._about(PAY))
            on = await self._run(today)
            self.due = Due(family, _plain(max(owed, 0), self.currency), on.isoformat())

    def _owes(self, family_id: str) -> tuple[str, int]:
        """The family's name and what it owes in minor units, as the page shows it."""
        raise NotImplementedError

    async def _again(self) -> None:
        """Show the page with what has changed."""
        raise NotImplementedError

    @handler
    async def record(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        amount = read.money("amount", self.currency)
        method, on = read.choice("method", Method), read.day("received_on")
        reference = read.optional_text("reference")
        read.check()
        payment_id = await self._run(
            record_payment,
            FamilyId(as_id(self._about(PAY))),
            amount,
            method=method,
            received_on=on,
            key=self._key,
            reference=reference,
        )
        self.opened = ""
        said = say_money(amount, (await self._actor()).locale)
        words = _("{amount} from {family} is in the books.", amount=said, family=self.due.family)
        await self._tell(words, undo=type(self).take_back(str(payment_id)))
        await self._again()

    @handler
    async def take_back(self, payment_id: str) -> None:
        """Undo of a payment: an entry of its own, nothing is erased."""
        await self._run(reverse_payment, PaymentId(as_id(payment_id)))
        await self._tell(_("The payment was taken back."))
        await self._again()


def _plain(minor: int, currency: str) -> str:
    digits = exponent(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def pay_button(
    state: Any, family_id: Any, *, kind: Kind = "", size: Size = "sm", words: str = ""
) -> rx.Component:
    """Two taps: this one, and "Record it" on what is filled in already."""
    methods = [(method.value, say(method.label)) for method in Method]
    faults = state.faults
    return named_dialog(
        state,
        rx.Var.create(f"{PAY} {family_id}"),
        form(
            fields(
                text_field(
                    _("Amount"),
                    "amount",
                    faults=faults,
                    default_value=state.due.amount,
                    input_mode="decimal",
                    key=state.due.amount,
                ),
                select_field(_("How"), "method", methods, faults=faults),
            ),
            fields(
                text_field(
                    _("Received on"),
                    "received_on",
                    kind="date",
                    faults=faults,
                    default_value=state.due.on,
                    key=state.due.on,
                ),
                text_field(_("Reference"), "reference", faults=faults, auto_complete="off"),
            ),
            form_actions(submit(_("Record it"), "check")),
            on_submit=state.record,
        ),
        title=_("Record a payment"),
        words=_("It settles the oldest invoice first; what is left over stays as credit."),
        trigger=button(words or _("Record payment"), "plus", kind=kind, size=size),
    )
