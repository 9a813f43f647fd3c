"""The step between a file and the accounts: what each family owed on the day of moving here."""

from typing import Any

import reflex as rx

from studio_app.web.office.importing.openings_state import IN_CREDIT, OpeningsState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.forms import actions, fields, form, select_field, text_field
from studio_app.web.ui.lists import pager, rows
from studio_app.web.ui.states import empty
from studio_app.web.words import _


def openings(*, is_applied: bool) -> rx.Component:
    """Before the import amounts are kept and posted with it; after it they are posted once."""
    state: Any = OpeningsState
    told = _(
        "What each family owed you, or had paid ahead, on the day you move to Cadenza. It is "
        "posted once for each family, and taken back if you take the import back."
    )
    lost = hint(
        "circle-alert",
        rx.fragment(
            _("Amounts of rows that are left out are not posted. Lines:"), " ", state.left_out
        ),
        tone="warn",
    )
    return card(
        card_body(
            rx.el.p(told, class_name="t-sm dim"),
            rx.cond(state.posted != "", rx.el.p(state.posted, class_name="t-sm"), rx.fragment()),
            rx.cond(state.waiting != "", rx.el.p(state.waiting, class_name="t-sm"), rx.fragment()),
            rx.cond(state.left_out != "", lost, rx.fragment()),
            _form(state, is_applied=is_applied),
            class_name="grid gap-3",
        ),
        pager(state.page_number, more=state.more, on_back=state.last_page, on_next=state.next_page),
        title=_("Opening balances"),
    )


def _form(state: Any, *, is_applied: bool) -> rx.Component:
    nobody = empty("wallet", _("No families"), _("Nobody comes in with this file."))
    words = _("Post to the accounts") if is_applied else _("Keep these amounts")
    return form(
        fields(
            text_field(
                _("Day of moving here"),
                "opening_on",
                kind="date",
                faults=state.faults,
                default_value=state.on,
                on_blur=state.keep_day,
                hint=_("Opening balances carry this day."),
                required=True,
            )
        ),
        rows(state.families, lambda one: _family(state, one), empty=nobody),
        actions(submit(words)),
        on_submit=state.post if is_applied else state.save,
    )


def _family(state: Any, one: Any) -> rx.Component:
    ways = [("owes", _("owes us")), (IN_CREDIT, _("is in credit with us"))]
    asked = fields(
        text_field(
            _("Amount"),
            "owed-" + one.key,
            faults=state.faults,
            hint=one.sentence,
            default_value=one.amount,
            on_blur=lambda typed: state.keep_amount(one.key, typed),
            input_mode="decimal",
            auto_complete="off",
        ),
        select_field(
            _("This family"),
            "way-" + one.key,
            ways,
            default_value=one.way,
            on_change=lambda way: state.keep_way(one.key, way),
        ),
    )
    done = rx.el.div(
        rx.el.span(one.sentence, class_name="t-sm num"),
        pill(_("Posted"), tone="ok"),
        class_name="flex flex-wrap gap-2 items-center",
    )
    name = rx.el.div(
        rx.el.p(one.family, class_name="font-medium"),
        rx.el.p(one.students, " · ", _("line"), " ", one.lines, class_name="t-xs dim num"),
    )
    return rx.el.li(
        rx.el.fieldset(
            rx.el.legend(one.family, " ", one.students, class_name="sr"),
            name,
            rx.cond(one.posted, done, asked),
            class_name="opening",
        ),
        class_name="row",
        key=one.key,
    )
