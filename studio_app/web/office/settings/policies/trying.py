"""Trying a policy on an example: the sentence that a parent would read."""

from typing import Any

import reflex as rx

from studio_app.web.office.settings.policies.fields import acts, callers, plans, reasons
from studio_app.web.ui.buttons import submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.forms import checkbox, fields, form, select_field, text_field
from studio_app.web.words import _


def try_card(state: Any) -> rx.Component:
    units = [("h", _("hours")), ("min", _("minutes")), ("d", _("days"))]
    before = text_field(
        _("So long before the lesson"),
        "notice",
        default_value="20",
        input_mode="numeric",
        faults=state.faults,
    )
    asked = form(
        fields(
            select_field(_("What happens"), "act", list(acts())),
            select_field(_("By whom"), "by", list(callers())),
            before,
            select_field(_("Unit"), "unit", units),
            select_field(_("Why"), "reason", list(reasons({})), default_value="other"),
            select_field(_("How it is paid"), "plan", list(plans()), default_value="term"),
            text_field(
                _("Credits given before"),
                "credits",
                default_value="0",
                input_mode="numeric",
                faults=state.faults,
            ),
        ),
        checkbox(_("It is a make-up itself"), "make_up"),
        checkbox(_("It has been paid for"), "paid", default_checked=True),
        rx.el.div(submit(_("What would the parent read?"))),
        on_submit=state.try_out,
    )
    said = rx.el.div(
        hint("message-square", state.tried.sentence),
        rx.el.p(_("Decided by: "), state.tried.rule, class_name="t-xs faint mt-1"),
        role="status",
    )
    shown = rx.cond(state.tried.sentence != "", said, rx.fragment())
    return card(card_body(asked, rx.el.div(shown, class_name="mt-3")), title=_("Try it"))
