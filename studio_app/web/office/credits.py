"""A family's credits: what is left of each, what happened to it, and giving or selling more."""

from typing import Any

import reflex as rx

from studio_app.billing.commands.credits import CreditKind
from studio_app.web import routes
from studio_app.web.credit_cards import credit_row
from studio_app.web.office.credits_state import FamilyCreditsState
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, select_field, text_field
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

HEARD = ("credit_lot", "credit_entry", "attendance_mark", "lesson", "seat")


def page() -> rx.Component:
    state: Any = FamilyCreditsState
    nothing = empty(
        "ticket",
        _("No credits"),
        _("Give one by hand, or sell a package. Both are here with what became of them."),
        level=2,
    )

    def one(each: Any) -> rx.Component:
        actions = rx.cond(state.may_change, _taking(state, each), rx.fragment())
        return credit_row(each, actions, on_restore=FamilyCreditsState.restore)

    def past(each: Any) -> rx.Component:
        return credit_row(each, on_restore=FamilyCreditsState.restore)

    over = card(rows(state.over, past, empty=nothing), title=_("Used, run out or taken back"))
    return office_shell(
        routes.FAMILIES,
        loaded(
            state,
            stack(
                card(rows(state.open_credits, one, empty=nothing), title=_("To use")),
                rx.cond(some(state.over), over, rx.fragment()),
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=FamilyCreditsState.load,
        ),
        live(*HEARD, on_change=FamilyCreditsState.look_again),
        title=rx.cond(state.family != "", _("Credits of {family}", family=state.family), ""),
        top=[
            breadcrumb((_("Families"), routes.FAMILIES), (state.family, _back(state))),
            rx.cond(state.may_change, rx.fragment(_sell(state), _give(state)), rx.fragment()),
        ],
    )


def _back(state: Any) -> Any:
    return f"{routes.FAMILIES}/" + state.id


def _taking(state: Any, each: Any) -> rx.Component:
    """What was given is voided, what was sold is taken back with its price."""
    void = _reason_dialog(
        state,
        "void " + each.id,
        _("Take the credit back?"),
        _("What is left of it is gone, and the family reads why. What was used stays used."),
        _("Take it back"),
        FamilyCreditsState.void,
    )
    back = _reason_dialog(
        state,
        "return " + each.sale_id,
        _("Take the package back?"),
        _("Its sessions are gone and its price is not owed. Only while none of them is used."),
        _("Take the package back"),
        FamilyCreditsState.take_back,
    )
    return rx.cond(each.is_sold, back, void)


def _reason_dialog(
    state: Any, name: Any, title: str, words: str, action: str, on_submit: Any
) -> rx.Component:
    asked = form(
        text_field(_("Why? The family reads it."), "reason", faults=state.faults, required=True),
        form_actions(submit(action)),
        on_submit=on_submit,
    )
    trigger = button(_("Take back"), size="sm", kind="ghost")
    return named_dialog(state, name, asked, title=title, words=words, trigger=trigger)


def _give(state: Any) -> rx.Component:
    faults = state.faults
    kinds = [
        (CreditKind.LESSON.value, _("Lessons")),
        (CreditKind.MONEY.value, _("Money")),
    ]
    asked = form(
        fields(
            select_field(_("What"), "kind", kinds, faults=faults),
            text_field(_("How many, or how much"), "amount", faults=faults, required=True),
        ),
        text_field(_("Why? The family reads it."), "reason", faults=faults, required=True),
        fields(
            select_field(_("For whom"), "student_id", state.children, faults=faults),
            text_field(
                _("To be used by"),
                "valid_until",
                kind="date",
                faults=faults,
                default_value=state.until,
                key=state.until,
            ),
        ),
        fields(
            select_field(_("Good for"), "lesson_type_id", state.kinds, faults=faults),
            text_field(_("Minutes, if it matters"), "minutes", kind="number", faults=faults),
        ),
        form_actions(submit(_("Give it"))),
        on_submit=FamilyCreditsState.give,
    )
    return named_dialog(
        state,
        "give",
        asked,
        title=_("Give a credit"),
        words=_("Lessons are spent when one is booked, money on what the family owes."),
        trigger=button(_("Give a credit"), "plus", kind="primary"),
    )


def _sell(state: Any) -> rx.Component:
    none = hint("info", _("There are no packages yet: put one on offer under Billing, Packages."))
    asked = form(
        select_field(_("Package"), "package_id", state.packages, faults=state.faults),
        select_field(_("For whom"), "student_id", state.children, faults=state.faults),
        form_actions(submit(_("Sell it"))),
        on_submit=FamilyCreditsState.sell,
    )
    return named_dialog(
        state,
        "sell",
        rx.cond(some(state.packages), asked, none),
        title=_("Sell a package"),
        words=_("The sessions are there at once; the price is on the next invoice."),
        trigger=button(_("Sell a package"), "ticket"),
    )
