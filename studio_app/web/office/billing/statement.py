"""A family's account: every movement with the balance it leads to."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.payments import PaymentRow, payments
from studio_app.billing.queries.statement import PaidLesson, StatementLine, family_statement
from studio_app.identity.queries import my_profile
from studio_app.kit.ids import FamilyId
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.office.billing.paying import Paying, pay_button
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.document import print_button
from studio_app.web.ui.forms import fields, form, text_field
from studio_app.web.ui.lists import Column, row, rows, some, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, columns, detail_head, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say


@dataclass(frozen=True)
class Movement:
    on: str = ""
    title: str = ""
    why: str = ""
    amount: str = ""
    balance: str = ""
    invoice: str = ""
    href: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class ByCredit:
    """A lesson that is on no account, because a credit paid for it."""

    words: str = ""
    detail: str = ""
    href: str = ""


@dataclass(frozen=True)
class PaymentLine:
    id: str = ""
    words: str = ""
    detail: str = ""
    is_reversed: bool = False


class StatementState(Paying, rx.State):
    family: str = ""
    id: str = ""
    balance: str = ""
    owes: bool = False
    movements: list[Movement] = []
    payments: list[PaymentLine] = []
    by_credit: list[ByCredit] = []
    _owed: int = 0

    @loader
    async def load(self) -> None:
        await self._again()

    async def _again(self) -> None:
        found = await self._run(family_statement, self._id())
        self.family, self.id = found.family, str(found.family_id)
        self.balance, self._owed = found.balance, found.balance_minor
        self.owes = found.balance_minor > 0
        self.movements = [movement_of(line) for line in reversed(found.lines)]
        self.by_credit = [_by_credit(one) for one in reversed(found.by_credit)]
        paid = await self._run(payments, family_id=self._id())
        self.payments = [_payment(one) for one in paid.rows]

    @handler
    async def look_again(self) -> None:
        await self._again()

    @handler
    async def charge(self, sent: dict[str, Any]) -> None:
        """Something that is not a lesson: a book, an exam."""
        self.faults = {}
        form = Form(sent)
        words = form.text("description", longest=120)
        money = form.money("amount", (await self._run(my_profile)).currency)
        form.check()
        await self._run_once(self._key, charge_fee, self._id(), money, description=words)
        self.opened = ""
        await self._tell(_("Charged."), detail=_("It will be on the next invoice."))
        await self._again()

    def _id(self) -> FamilyId:
        return FamilyId(self._path_id("family_id"))

    def _owes(self, family_id: str) -> tuple[str, int]:
        return self.family, self._owed


def _by_credit(one: PaidLesson) -> ByCredit:
    href = routes.lesson(one.on, one.lesson_id)
    return ByCredit(f"{one.student} · {one.lesson}", f"{one.mark} · {one.paid_by}", href)


def _payment(one: PaymentRow) -> PaymentLine:
    how = say(one.method.label).lower()
    detail = " · ".join(part for part in (one.received, one.reference) if part)
    words = _("{amount}, {how}", amount=one.said, how=how)
    return PaymentLine(str(one.id), words, detail, one.reversed)


def movement_of(line: StatementLine) -> Movement:
    number = line.invoice_number
    return Movement(
        on=line.on,
        title=line.title,
        why=" · ".join(part for part in (line.lesson, line.mark, line.price) if part),
        amount=line.amount,
        balance=line.balance,
        invoice=str(number) if number else "",
        href=routes.filled(routes.INVOICE, invoice_id=line.invoice_id) if number else "",
        lesson=routes.lesson(line.lesson_on, line.lesson_id) if line.lesson_on else "",
    )


def page() -> rx.Component:
    return office_shell(
        routes.FAMILIES,
        loaded(
            StatementState,
            columns(
                card(
                    detail_head(
                        StatementState.family,
                        _("Newest first."),
                        rx.el.div(StatementState.balance, class_name="t-display num"),
                    ),
                    movements(StatementState),
                ),
                stack(
                    _payments(),
                    rx.cond(
                        some(StatementState.by_credit),
                        _paid_by_credit(StatementState),
                        rx.fragment(),
                    ),
                ),
            ),
            skeleton=card(skeleton_rows(8)),
            on_retry=StatementState.load,
        ),
        live(
            "payment",
            "invoice",
            "ledger_transaction",
            on_change=[StatementState.look_again, FrameState.count_overdue],
        ),
        title=_("Statement"),
        top=[
            breadcrumb((_("Families"), routes.FAMILIES)),
            rx.el.span(class_name="flex-1"),
            print_button(_("Print")),
            _charge(),
            rx.cond(
                StatementState.owes, pay_button(StatementState, StatementState.id), rx.fragment()
            ),
        ],
    )


def _charge() -> rx.Component:
    faults = StatementState.faults
    asked = form(
        fields(
            text_field(_("What for"), "description", faults=faults, required=True),
            text_field(_("Amount"), "amount", faults=faults, input_mode="decimal"),
        ),
        form_actions(submit(_("Charge it"))),
        on_submit=StatementState.charge,
    )
    return named_dialog(
        StatementState,
        "charge",
        asked,
        title=_("Charge something else"),
        words=_("A book, an exam: it will be on the next invoice."),
        trigger=button(_("Charge something"), "book-plus", kind="ghost"),
    )


def _paid_by_credit(state: Any) -> rx.Component:
    def one(each: Any) -> rx.Component:
        words = rx.el.div(
            rx.el.p(each.words, class_name="font-medium num"),
            rx.el.p(each.detail, class_name="t-sm dim"),
            class_name="flex-1 min-w-0",
        )
        return row(words, href=each.href)

    listed = rx.el.ul(rx.foreach(state.by_credit, one), class_name="rows")
    return card(listed, title=_("Lessons paid by credit"))


def _payments() -> rx.Component:
    none = empty("banknote", _("No payments yet"), _("What comes in is listed here."))

    def one(payment: Any) -> rx.Component:
        undo = confirm(
            title=_("Reverse this payment?"),
            words=_("It stays on record as reversed, and what it paid is owed again."),
            action=_("Reverse the payment"),
            on_confirm=StatementState.take_back(payment.id),
            trigger=button(_("Reverse"), size="sm", kind="ghost", class_name="no-print"),
        )
        words = rx.el.div(
            rx.el.p(payment.words, class_name="font-medium num"),
            rx.el.p(payment.detail, class_name="t-sm dim"),
            class_name="flex-1 min-w-0",
        )
        return row(words, rx.cond(payment.is_reversed, badge("void", _("Reversed")), undo))

    return card(rows(StatementState.payments, one, empty=none), title=_("Payments"))


def movements(state: Any) -> rx.Component:
    def what(each: Any) -> rx.Component:
        on_invoice = rx.el.span(_("Invoice"), " ", link(each.invoice, each.href))
        return rx.el.div(
            rx.el.div(each.title, class_name="font-medium"),
            rx.el.div(
                rx.cond(each.lesson != "", link(each.why, each.lesson), each.why),
                class_name="t-xs faint",
            ),
            rx.cond(each.invoice != "", on_invoice, rx.fragment()),
        )

    cells = (
        Column(_("Date"), lambda each: rx.el.span(each.on, class_name="num")),
        Column(_("What"), what),
        Column(_("Amount"), lambda each: rx.el.span(each.amount), figures=True),
        Column(_("Balance"), lambda each: rx.el.span(each.balance), figures=True),
    )
    nothing = empty(
        "wallet", _("Nothing has happened yet"), _("Charges and payments are listed here.")
    )
    return rx.fragment(table(_("Movements"), cells, state.movements, empty=nothing), card_body())
