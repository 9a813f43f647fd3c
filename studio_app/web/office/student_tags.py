"""The words that are on a student."""

from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, text_field
from studio_app.web.ui.lists import some
from studio_app.web.words import _


def tags_card(state: Any) -> rx.Component:
    none = rx.el.p(_("No tags yet."), class_name="t-sm faint")

    def one(tag: Any) -> rx.Component:
        says = rx.Var.create(_("Take off")) + " " + tag
        off = icon_button("x", says, size="sm", on_click=state.untag(tag))
        return rx.el.li(rx.el.span(tag, class_name="badge tone-mute"), off, class_name="flex-line")

    listed = rx.el.ul(rx.foreach(state.tags, one), class_name="flex flex-wrap gap-2")
    return card(
        card_body(rx.cond(some(state.tags), listed, none)), title=_("Tags"), action=_add(state)
    )


def _add(state: Any) -> rx.Component:
    typed = form(
        text_field(_("Tag"), "tag", faults=state.faults, required=True, max_length=40),
        form_actions(submit(_("Put it on"))),
        on_submit=state.tag,
    )
    return named_dialog(
        state,
        "tag",
        typed,
        title=_("Put a tag on"),
        words=_("A word to find those like them by, such as exam or choir."),
        trigger=button(_("Add a tag"), "plus", size="sm"),
    )
