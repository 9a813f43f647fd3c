"""The studio itself: its name, its language, whose bank holidays it keeps, its clock."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.front import front
from studio_app.web.office.settings.clock import clock_button
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.studio_state import StudioState
from studio_app.web.ui.account import name_of
from studio_app.web.ui.buttons import submit
from studio_app.web.ui.cards import card, card_body, labelled_facts
from studio_app.web.ui.forms import actions, form, select_field, text_area, text_field
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = StudioState
    languages = [(language, name_of(language)) for language in front().languages]
    fields = form(
        text_field(_("Name"), "name", faults=state.faults, default_value=state.name, required=True),
        select_field(
            _("Language"),
            "language",
            languages,
            default_value=state.language,
            hint=_("Letters and invoices are written in it. Everybody may choose their own."),
        ),
        select_field(
            _("Region"),
            "region",
            state.regions,
            faults=state.faults,
            default_value=state.region,
            hint=_("Its bank holidays are kept free."),
        ),
        actions(submit(_("Save"))),
        on_submit=state.save,
    )
    zone = rx.fragment(
        state.timezone, " ", rx.cond(state.may_configure, clock_button(), rx.fragment())
    )
    fixed = labelled_facts(
        [
            (_("Country"), state.country),
            (_("Timezone"), zone),
            (_("Currency"), state.currency),
        ]
    )
    return settings_shell(
        routes.SETTINGS,
        loaded(
            state,
            stack(
                card(card_body(fields), fixed, title=_("Your studio"), class_name="narrow"),
                rx.cond(state.sees_money, _paying(state), rx.fragment()),
            ),
            skeleton=skeleton_block("h-72"),
            on_retry=StudioState.load,
        ),
    )


def _paying(state: Any) -> rx.Component:
    words = form(
        text_area(
            _("What families read beside what they owe"),
            "paying",
            faults=state.faults,
            default_value=state.paying,
            hint=_(
                "Your bank account and what to write with the transfer, or where to bring cash."
            ),
        ),
        actions(submit(_("Save"))),
        on_submit=state.save_paying,
    )
    return card(card_body(words), title=_("How families pay you"), class_name="narrow")
