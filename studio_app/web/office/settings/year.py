"""The year's page: when a studio teaches and when it does not."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.year_state import YearState
from studio_app.web.ui.buttons import button, icon_button, link_button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, fields, form, select_field, switch, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.pages import halves, stack
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = YearState
    return settings_shell(
        routes.SETTINGS_YEAR,
        loaded(
            state,
            halves(stack(_terms(state), _closures(state)), _holidays(state)),
            skeleton=skeleton_block("h-96"),
            on_retry=YearState.load,
        ),
    )


def _terms(state: Any) -> rx.Component:
    none = empty("calendar-range", _("No terms"), _("Without terms you teach all year round."))

    def one(term: Any) -> rx.Component:
        gone = confirm(
            title=_("Remove this term?"),
            words=_("Lessons in the calendar stay."),
            action=_("Remove it"),
            on_confirm=state.remove_term(term.id),
            trigger=icon_button("trash-2", _("Remove"), size="sm"),
        )
        edit = icon_button("pencil", _("Edit"), size="sm")
        return _line(
            term.name, term.dates, _term_dialog(state, "term " + term.id, edit, term), gone
        )

    add = button(_("Add a term"), "plus", size="sm")
    listed = rows(state.terms, one, empty=none)
    ask = link_button(_("Ask who goes on"), routes.ROLLOVERS, "repeat", size="sm")
    acts = rx.el.div(ask, _term_dialog(state, "term", add), class_name="flex flex-wrap gap-2")
    return card(listed, title=_("Terms"), action=acts)


def _closures(state: Any) -> rx.Component:
    none = empty("calendar-off", _("Never closed"), _("Add holidays of your own, or a moving day."))

    def one(closure: Any) -> rx.Component:
        again = confirm(
            title=_("Open again on these days?"),
            words=_("Lessons that were called off take place again where their time is free."),
            action=_("Open again"),
            on_confirm=state.reopen(closure.id),
            trigger=button(_("Open again"), size="sm"),
            kind="primary",
        )
        where = rx.cond(closure.location != "", closure.location, _("Everywhere"))
        dates = rx.fragment(closure.dates, " · ", where)
        return _line(closure.name, dates, again)

    listed = rows(state.closures, one, empty=none)
    return card(listed, title=_("Closed"), action=_close_dialog(state))


def _holidays(state: Any) -> rx.Component:
    none = empty(
        "flag", _("No bank holidays known"), _("Choose the studio’s region, or close by hand.")
    )

    def one(day: Any) -> rx.Component:
        label = rx.fragment(
            rx.el.span(day.name, class_name="block font-medium"),
            rx.el.span(day.when, class_name="block t-sm dim"),
        )
        kept = switch(
            label,
            "holiday-" + day.key + day.when,
            checked=day.kept,
            on_change=state.keep_holiday(day.key),
        )
        return rx.el.li(kept, class_name="entry")

    return card(
        card_body(rx.el.p(_("On: no lessons are put on that day."), class_name="t-sm dim")),
        rows(state.holidays, one, empty=none),
        title=_("Bank holidays"),
    )


def _line(name: Any, detail: Any, *actions: rx.Component) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(name, class_name="font-medium truncate"),
            rx.el.p(detail, class_name="t-sm dim"),
            class_name="flex-1 min-w-0",
        ),
        *actions,
        class_name="row",
    )


def _term_dialog(state: Any, name: Any, opener: Any, one: Any = None) -> rx.Component:
    known = {"name": "", "starts_on": "", "ends_on": ""} if one is None else one
    faults = state.faults

    def day(label: str, field: str) -> rx.Component:
        value = known[field]
        return text_field(label, field, kind="date", faults=faults, default_value=value)

    typed = form(
        text_field(_("Name"), "name", faults=faults, default_value=known["name"], required=True),
        fields(day(_("First day"), "starts_on"), day(_("Last day"), "ends_on")),
        form_actions(submit(_("Save"))),
        on_submit=state.save_term,
    )
    return named_dialog(state, name, typed, title=_("A term"), trigger=opener)


def _close_dialog(state: Any) -> rx.Component:
    faults = state.faults
    act = rx.cond(state.ahead != "", _("Close on these days"), _("What would happen?"))
    said = rx.el.div(hint("calendar-off", state.ahead, tone="warn"), role="status")
    typed = form(
        text_field(_("What for?"), "name", faults=faults, required=True),
        fields(
            text_field(_("First day"), "first_on", kind="date", faults=faults),
            text_field(
                _("Last day"),
                "last_on",
                kind="date",
                faults=faults,
                hint=_("Empty: one day."),
            ),
        ),
        select_field(_("Where"), "location_id", state.places),
        checkbox(_("Keep the lessons of these days"), "keep_lessons"),
        rx.cond(state.ahead != "", said, rx.fragment()),
        form_actions(submit(act)),
        on_submit=state.close,
    )
    opener = button(_("Close the studio"), "plus", size="sm")
    return named_dialog(
        state,
        "close",
        typed,
        title=_("Close the studio"),
        words=_("You see what is called off before it happens."),
        trigger=opener,
    )
