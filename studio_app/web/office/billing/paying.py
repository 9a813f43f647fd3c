"""Recording money that came in: two taps from wherever a family stands."""

from datetime import date
from typing import Any

import reflex as rx

from studio_app.billing.commands.payments import Method, record_payment, reverse_payment
from studio_app.identity.queries import my_profile
from studio_app.kit.formats import say_money
from studio_app.kit.ids import FamilyId, PaymentId
from studio_app.kit.money import Money
from studio_app.scheduling.queries.lessons import today
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, folded, form, hidden, select_field, text_field
from studio_app.web.words import _, say

MOST = 10**11
"""Minor units; as `Form.money` allows."""


class PayingState(Opening, rx.State):
    """Pages that show what is owed hear of a payment by `live`, so this one need not know them."""

    today: str = ""

    async def _opened(self, name: str) -> None:
        self.today = (await self._run(today)).isoformat()

    @handler
    async def paid(self, family_id: str, minor: int, method: str) -> None:
        """All that was shown as owed came in today."""
        form = Form({"method": method, "minor": str(minor)})
        how, amount = form.choice("method", Method), form.number("minor", least=1, most=MOST)
        form.check()
        money = Money(amount, await self._currency())
        await self._record(FamilyId(as_id(family_id)), money, how, await self._run(today))

    @handler
    async def record(self, sent: dict[str, Any]) -> None:
        """Another amount, another day."""
        self.faults = {}
        form = Form(sent)
        money = form.money("amount", await self._currency())
        how, on = form.choice("method", Method), form.day("received_on")
        reference = form.optional_text("reference", longest=80)
        family_id = FamilyId(form.id("family_id"))
        form.check()
        await self._record(family_id, money, how, on, reference)

    @handler
    async def reverse(self, payment_id: str) -> None:
        await self._run(reverse_payment, PaymentId(as_id(payment_id)))
        await self._tell(_("The payment was reversed. What it settled is owed again."))

    async def _record(
        self, family_id: FamilyId, money: Money, how: Method, on: date, reference: str = ""
    ) -> None:
        paid = await self._run(
            record_payment,
            family_id,
            money,
            method=how,
            received_on=on,
            key=self._key,
            reference=reference,
        )
        self.opened = ""
        said = say_money(money, (await self._actor()).locale)
        words = _("Payment of {amount} recorded", amount=said)
        undo = PayingState.reverse(str(paid))
        await self._tell(words, detail=say(how.label), undo=undo)

    async def _currency(self) -> str:
        return (await self._run(my_profile)).currency


def pay_button(
    family_id: Any, family: Any, minor: Any, said: Any, *, kind: Any = "", size: Any = "sm"
) -> rx.Component:
    """Opens the dialog of one family; `minor` and `said` are what it owes."""
    state: Any = PayingState
    quick = rx.el.div(
        button(
            _("Paid {amount} in cash", amount=said), "banknote", kind="primary",
            size="lg", block=True, on_click=state.paid(family_id, minor, Method.CASH.value),
        ),
        button(
            _("Paid {amount} by transfer", amount=said), "landmark",
            size="lg", block=True, on_click=state.paid(family_id, minor, Method.BANK.value),
        ),
        class_name="grid gap-2 mb-4",
    )  # fmt: skip
    return named_dialog(
        state,
        "pay " + family_id,
        rx.cond(minor > 0, quick, rx.fragment()),
        rx.cond(
            minor > 0,
            folded(_("Another amount or day"), _other(family_id)),
            _other(family_id),
        ),
        title=family,
        words=_("It settles the oldest invoice first; the rest stays as credit."),
        trigger=button(_("Record payment"), "plus", kind=kind, size=size),
    )


def _other(family_id: Any) -> rx.Component:
    state: Any = PayingState
    methods = [(Method.CASH.value, _("Cash")), (Method.BANK.value, _("Bank transfer"))]
    faults = state.faults
    return form(
        hidden("family_id", family_id),
        fields(
            text_field(_("Amount"), "amount", faults=faults, input_mode="decimal"),
            select_field(_("How"), "method", methods, faults=faults),
            text_field(
                _("Received on"), "received_on", kind="date", faults=faults,
                default_value=state.today, key=state.today,
            ),
            text_field(_("Reference"), "reference", faults=faults),
        ),
        form_actions(submit(_("Record the payment"))),
        on_submit=state.record,
    )  # fmt: skip
