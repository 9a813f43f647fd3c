"""A credit as it is drawn for families and for the office: what is left, of what, until when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from studio_app.billing.queries.credits import Act, CreditCard, CreditLine
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.forms import folded
from studio_app.web.words import _, many

TAKEN = frozenset({Act.VOIDED, Act.EXPIRED})


@dataclass(frozen=True)
class Happened:
    when: str = ""
    what: str = ""
    change: str = ""
    detail: str = ""
    restorable: str = ""
    """The entry by which it can be made good again"""


@dataclass(frozen=True)
class CreditShown:
    id: str = ""
    title: str = ""
    source: str = ""
    about: str = ""
    standing: str = ""
    until: str = ""
    soon: str = ""
    """In how many days it runs out, if that is soon"""
    is_open: bool = True
    sale_id: str = ""
    is_sold: bool = False
    given: str = ""
    lines: list[Happened] = field(default_factory=list[Happened])


def shown(cards: Sequence[CreditCard]) -> list[CreditShown]:
    return [_shown(one) for one in cards]


def _shown(one: CreditCard) -> CreditShown:
    about = " · ".join(part for part in (one.student, one.good_for) if part)
    by = _("{day}, by {name}", day=one.given_on, name=one.by) if one.by else one.given_on
    return CreditShown(
        id=str(one.lot_id),
        title=one.title if one.is_open else _("Nothing left"),
        source=one.source,
        about=about or _("For any lesson"),
        standing=one.standing,
        until=_until(one),
        soon=_soon(one),
        is_open=one.is_open,
        sale_id=str(one.sale_id or ""),
        is_sold=one.paid_for,
        given=by,
        lines=[_line(each) for each in one.lines],
    )


def _until(one: CreditCard) -> str:
    if not one.until:
        return _("Does not run out")
    over = one.days_left is not None and one.days_left < 0
    return _("Until {day}", day=one.until) if not over else _("Until {day}: over", day=one.until)


def _soon(one: CreditCard) -> str:
    if not one.runs_out_soon or one.days_left is None or one.days_left < 0:
        return ""
    if one.days_left == 0:
        return _("Last day")
    return many("{n} day left", "{n} days left", n=one.days_left)


def _line(each: CreditLine) -> Happened:
    detail = " · ".join(part for part in (each.when, each.words, each.by) if part)
    restorable = each.act in TAKEN and not each.undone
    return Happened(
        when=each.when,
        what=each.what,
        change=each.change,
        detail=detail,
        restorable=str(each.entry_id) if restorable else "",
    )


def credit_row(one: Any, *actions: Any, on_restore: Any = None) -> rx.Component:
    """`one` is a var of `CreditShown`; who may not change it gives no actions."""
    soon = rx.cond(one.soon != "", pill(one.soon, tone="warn"), rx.fragment())
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(one.title, class_name="font-semibold num"),
                rx.el.p(one.source, class_name="t-sm"),
                rx.el.p(one.about, class_name="t-sm dim"),
                rx.el.p(one.standing, " · ", one.until, class_name="t-sm dim num"),
                class_name="flex-1 min-w-0",
            ),
            soon,
            *actions,
            class_name="flex flex-wrap items-start gap-2",
        ),
        folded(_("What happened"), _history(one, on_restore)),
        class_name="entry",
    )


def _history(one: Any, on_restore: Any) -> rx.Component:
    def line(each: Any) -> rx.Component:
        again: rx.Component = rx.fragment()
        if on_restore is not None:
            ask = confirm(
                title=_("Make it good again?"),
                words=_("What was taken away is there again, in the same credit."),
                action=_("Make it good again"),
                on_confirm=on_restore(each.restorable),
                trigger=button(_("Make it good again"), size="sm", kind="ghost"),
            )
            again = rx.cond(each.restorable != "", ask, rx.fragment())
        return rx.el.li(
            rx.el.div(
                rx.el.span(each.what, class_name="block"),
                rx.el.span(each.detail, class_name="t-sm dim block"),
                class_name="flex-1 min-w-0",
            ),
            rx.el.span(each.change, class_name="num"),
            again,
            class_name="flex gap-3 py-1 items-start",
        )

    first = rx.el.p(_("Given"), " · ", one.given, class_name="t-sm dim py-1")
    return rx.fragment(first, rx.el.ul(rx.foreach(one.lines, line)))
