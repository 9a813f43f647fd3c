"""Where one stands: steps of a guide, what was done when, how a sum came about."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.icons import icon
from studio_app.web.words import _

Standing = Literal["done", "now", "later"]


def steps(items: Sequence[tuple[Words, Any, Any, Any]]) -> rx.Component:
    """A guide: (title, words, standing, what to do now). Standing may be a var."""
    listed = [_step(number, *item) for number, item in enumerate(items, start=1)]
    return rx.el.ol(*listed, class_name="steps")


def _step(number: int, title: Words, words: Any, standing: Any, action: Any) -> rx.Component:
    is_done, is_now = standing == "done", standing == "now"
    mark = rx.cond(is_done, icon("check", 14), rx.el.span(str(number), class_name="num"))
    said = rx.cond(is_done, _("Done"), rx.cond(is_now, _("Now"), _("Later")))
    return rx.el.li(
        rx.el.span(mark, class_name="steps__mark", aria_hidden="true"),
        rx.el.div(
            rx.el.h3(title, rx.el.span(", ", said, class_name="sr"), class_name="t-h3"),
            rx.el.p(words, class_name="t-sm dim"),
            rx.cond(is_now, rx.el.div(action, class_name="mt-3"), rx.fragment()),
            class_name="flex-1 min-w-0",
        ),
        custom_attrs={"data-standing": standing},
    )


def audit_step(
    number: Any, title: Words, formula: Words, source: Any, amount: Words, running: Words
) -> rx.Component:
    """One step of "how was this total computed": formula, where it comes from, running total."""
    return rx.el.li(
        rx.el.span(number, class_name="audit__n num", aria_hidden="true"),
        rx.el.div(
            rx.el.div(title, class_name="t-h3"),
            rx.el.div(formula, class_name="formula"),
            rx.el.div(source, class_name="t-xs"),
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(
            rx.el.div(amount, class_name="t-sm num font-semibold"),
            rx.el.div(running, class_name="t-xs faint num"),
            class_name="text-right shrink-0",
        ),
    )


def audit(*entries: Any) -> rx.Component:
    return rx.el.ol(*entries, class_name="audit")


def activity(icon_name: str, words: Words, when: Words) -> rx.Component:
    """Something that happened: an entry of a timeline."""
    return rx.el.li(
        rx.el.span(icon(icon_name, 13), class_name="activity__icon"),
        rx.el.div(
            rx.el.div(words, class_name="t-sm font-medium"),
            rx.el.div(when, class_name="t-xs faint"),
        ),
        class_name="activity",
    )
