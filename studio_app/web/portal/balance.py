"""What a family owes, in one card for each of its accounts."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from studio_app.billing.queries.accounts import Account
from studio_app.web import routes
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import row, some
from studio_app.web.words import _, many


@dataclass(frozen=True)
class Part:
    """One part of a balance: an open invoice, lessons on no invoice yet, credit."""

    words: str = ""
    detail: str = ""
    amount: str = ""
    href: str = ""
    late: bool = False


@dataclass(frozen=True)
class AccountCard:
    family: str = ""
    figure: str = ""
    kind: str = "even"
    """overdue, owing, credit or even"""
    late: str = ""
    words: str = ""
    href: str = ""
    parts: list[Part] = field(default_factory=list[Part])


def account_card(one: Account) -> AccountCard:
    href = routes.filled(routes.PORTAL_INVOICE, invoice_id=one.invoice_id)
    href, parts = href if one.invoice_id else routes.PORTAL_INVOICES, _parts(one)
    about = _("Invoice {n}, due on {day}", n=one.invoice_number or "", day=one.due)
    if one.overdue_minor > 0:
        late = many("Overdue by {n} day", "Overdue by {n} days", n=one.days_overdue)
        words = _("{amount} of it is overdue. {about}", amount=one.overdue, about=about)
        return AccountCard(one.family, one.balance, "overdue", late, words, href, parts)
    if one.balance_minor > 0:
        words = about if one.invoice_id else _("Not billed yet: nothing to pay now.")
        return AccountCard(one.family, one.balance, "owing", "", words, href, parts)
    if one.balance_minor < 0:
        words = _("In credit: it goes towards the next invoice.")
        return AccountCard(one.family, one.credit, "credit", "", words, href, parts)
    return AccountCard(one.family, one.balance, "even", "", _("Everything is paid."), href)


def _parts(one: Account) -> list[Part]:
    """What the balance is made of, each leading to its own explanation."""
    parts = [
        Part(
            _("Invoice {n}", n=each.number),
            _("Due on {day}", day=each.due),
            each.open,
            routes.filled(routes.PORTAL_INVOICE, invoice_id=each.id),
            each.late,
        )
        for each in one.open_invoices
    ]
    if one.rest_minor > 0:
        parts.append(Part(_("On no invoice yet"), _("It comes on the next one."), one.rest))
    if one.rest_minor < 0:
        parts.append(Part(_("Credit"), _("It goes towards the next invoice."), f"−{one.rest}"))
    return parts if len(parts) > 1 else []


def balance(one: rx.vars.ObjectVar[AccountCard]) -> rx.Component:
    red = rx.cond(one.kind == "overdue", "num figure-lg mt-1 tone-text-bad", "num figure-lg mt-1")
    title = rx.match(
        one.kind, ("credit", _("In credit")), ("even", _("Balance")), _("Balance to pay")
    )
    late = rx.el.span(icon("circle-alert", 12), one.late, class_name="badge s-overdue")
    mark = rx.match(one.kind, ("overdue", late), ("even", badge("paid")), rx.fragment())
    return card(
        card_body(
            rx.el.div(
                rx.el.h2(title, " · ", one.family, class_name="t-over"),
                mark,
                class_name="flex items-center justify-between gap-3 pt-4",
            ),
            rx.el.div(one.figure, class_name=red),
            rx.el.p(one.words, class_name="t-sm dim"),
            rx.el.div(
                link_button(_("See the invoice"), one.href, "receipt", block=True),
                class_name="mt-3",
            ),
        ),
        rx.cond(some(one.parts), _made_of(one), rx.fragment()),
    )


def _made_of(one: rx.vars.ObjectVar[AccountCard]) -> rx.Component:
    def part(each: Any) -> rx.Component:
        late = rx.cond(each.late, "t-sm tone-text-bad num block", "t-sm dim num block")
        words = rx.el.span(
            rx.el.span(each.words, class_name="font-medium block"),
            rx.el.span(each.detail, class_name=late),
            class_name="flex-1 min-w-0",
        )
        amount = rx.el.span(each.amount, class_name="num")
        mark = icon("chevron-right", 16, class_name="faint")
        linked = row(words, amount, mark, href=each.href)
        return rx.cond(each.href != "", linked, row(words, amount))

    return rx.fragment(
        rx.el.h3(_("What it is made of"), class_name="t-over px-4 pb-2"),
        rx.el.ul(rx.foreach(one.parts, part), class_name="rows"),
    )
