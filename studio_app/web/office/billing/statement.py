"""A family's account, line by line, with what it paid."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.payments import payments
from studio_app.billing.queries.statement import StatementLine, family_statement
from studio_app.identity.queries import my_profile
from studio_app.kit.ids import FamilyId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.office.billing.paying import PayingState, pay_button
from studio_app.web.office.families import balance, standing_of
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.document import print_button
from studio_app.web.ui.forms import fields, form, text_field
from studio_app.web.ui.lists import Column, rows, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, columns, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _, say


@dataclass(frozen=True)
class MovementLine:
    on: str = ""
    title: str = ""
    detail: str = ""
    amount: str = ""
    balance: str = ""
    document: str = ""
    href: str = ""


@dataclass(frozen=True)
class PaymentLine:
    id: str = ""
    words: str = ""
    detail: str = ""
    is_reversed: bool = False


class StatementState(Opening, rx.State):
    family: str = ""
    family_id: str = ""
    family_href: str = ""
    since: str = ""
    """A date: only from then on."""
    brought_forward: str = ""
    balance: str = ""
    balance_minor: int = 0
    standing: str = ""
    lines: list[MovementLine] = []
    payments: list[PaymentLine] = []

    @loader
    async def load(self) -> None:
        self.since = ""
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def look_since(self, day: str) -> None:
        form = Form({"day": day})
        on = form.optional_day("day")
        form.check()
        self.since = on.isoformat() if on else ""
        await self._show()

    @handler
    async def charge(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        words = form.text("description", longest=120)
        money = form.money("amount", (await self._run(my_profile)).currency)
        form.check()
        await self._run_once(self._key, charge_fee, self._id(), money, description=words)
        self.opened = ""
        await self._tell(_("Charged."), detail=_("It is on the next invoice."))
        await self._show()

    async def _show(self) -> None:
        since = Form({"since": self.since}).optional_day("since")
        found = await self._run(family_statement, self._id(), since=since)
        paid = await self._run(payments, family_id=self._id())
        self.family, self.family_id = found.family, str(found.family_id)
        self.family_href = routes.filled(routes.FAMILY, family_id=found.family_id)
        self.balance, self.balance_minor = found.balance, found.balance_minor
        self.standing = standing_of(found.balance_minor)
        self.brought_forward = found.brought_forward if since else ""
        self.lines = [_movement(one) for one in reversed(found.lines)]
        self.payments = [
            PaymentLine(
                str(one.id),
                _("{amount}, {how}", amount=one.said, how=say(one.method.label).lower()),
                " · ".join(part for part in (one.received, one.reference) if part),
                one.reversed,
            )
            for one in paid.rows
        ]

    def _id(self) -> FamilyId:
        return FamilyId(self._path_id("family_id"))


def _movement(line: StatementLine) -> MovementLine:
    parts = (line.student, line.lesson, line.mark, line.price)
    number = line.invoice_number
    return MovementLine(
        on=line.on,
        title=line.title,
        detail=" · ".join(part for part in parts if part),
        amount=line.amount,
        balance=line.balance,
        document=_("Invoice {number}", number=number) if number else "",
        href=routes.filled(routes.INVOICE, invoice_id=line.invoice_id) if number else "",
    )


def page() -> rx.Component:
    state: Any = StatementState
    none = empty(
        "receipt", _("Nothing has moved this account"), _("Lessons appear once held."), level=2
    )
    since = text_field(
        _("Only since"), "since", kind="date", value=state.since, on_change=state.look_since
    )
    forward = rx.el.p(
        _("Brought forward: {amount}", amount=state.brought_forward), class_name="dim px-4 pb-3"
    )
    main = card(
        card_body(rx.el.div(since, class_name="max-w-[220px] no-print"), class_name="pt-4"),
        rx.cond(state.brought_forward != "", forward, rx.fragment()),
        table(_("Movements"), _columns(), state.lines, empty=none),
    )
    named = _("Account of {family}", family=state.family)
    return office_shell(
        routes.FAMILIES,
        breadcrumb((_("Families"), routes.FAMILIES), (_("Family"), state.family_href)),
        loaded(
            state,
            columns(main, stack(_account(state), _payments(state))),
            skeleton=skeleton_block("h-96"),
            on_retry=StatementState.load,
        ),
        live("payment", "invoice", "ledger_transaction", on_change=StatementState.look_again),
        title=rx.cond(state.family != "", named, _("Account")),
        top=[print_button(_("Print"))],
    )


def _columns() -> tuple[Column, ...]:
    def what(row: Any) -> rx.Component:
        return rx.el.div(
            rx.el.div(row.title, class_name="font-medium"),
            rx.el.div(row.detail, class_name="t-sm dim"),
        )

    def document(row: Any) -> rx.Component:
        return rx.cond(row.href != "", link(row.document, row.href), rx.fragment())

    return (
        Column(_("What"), what),
        Column(_("On"), lambda row: row.on),
        Column(_("Document"), document),
        Column(_("Amount"), lambda row: row.amount, figures=True),
        Column(_("Balance"), lambda row: row.balance, figures=True),
    )


def _account(state: Any) -> rx.Component:
    figure = rx.el.p(balance(state.balance, state.standing), class_name="figure-lg num")
    pay = pay_button(
        state.family_id, state.family, state.balance_minor, state.balance, kind="primary", size=""
    )
    buttons = rx.el.div(pay, _charge(state), class_name="grid gap-2 mt-3 no-print")
    return card(card_body(figure, buttons), title=_("Account"))


def _charge(state: Any) -> rx.Component:
    entries = form(
        fields(
            text_field(_("What for"), "description", faults=state.faults, required=True),
            text_field(_("Amount"), "amount", faults=state.faults, input_mode="decimal"),
        ),
        form_actions(submit(_("Charge it"))),
        on_submit=state.charge,
    )
    return named_dialog(
        state,
        "charge",
        entries,
        title=_("Charge something else"),
        words=_("A book, an exam: it is on the next invoice."),
        trigger=button(_("Charge something"), "book-plus"),
    )


def _payments(state: Any) -> rx.Component:
    paying: Any = PayingState
    none = empty("banknote", _("No payments yet"), _("Record the first with the button above."))

    def one(payment: Any) -> rx.Component:
        undo = confirm(
            title=_("Reverse this payment?"),
            words=_("It stays in the books with an entry against it; what it paid is owed again."),
            action=_("Reverse the payment"),
            on_confirm=paying.reverse(payment.id),
            trigger=button(_("Reverse"), size="sm", kind="ghost", class_name="no-print"),
        )
        return rx.el.li(
            rx.el.div(
                rx.el.p(payment.words, class_name="font-medium num"),
                rx.el.p(payment.detail, class_name="t-sm dim"),
                class_name="flex-1 min-w-0",
            ),
            rx.cond(payment.is_reversed, badge("void", _("Reversed")), undo),
            class_name="row",
        )

    return card(rows(state.payments, one, empty=none), title=_("Payments"))
