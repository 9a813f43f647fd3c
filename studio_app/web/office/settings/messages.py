"""What a studio wants sent: when, by which ways, and from where to where answers come."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.messages_state import (
    FIXED,
    OFF,
    ON,
    MessageSettingsState,
    ReminderChoice,
)
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.forms import actions, checkbox, fields, form, text_field
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = MessageSettingsState
    return settings_shell(
        routes.SETTINGS_MESSAGES,
        loaded(
            state,
            stack(
                rx.cond(state.is_telling, _telling(state), _not_telling(state)),
                _times(state),
                _kinds(state),
            ),
            skeleton=skeleton_block("h-96"),
            on_retry=state.load,
        ),
    )


def _not_telling(state: Any) -> rx.Component:
    """Before it begins: the first and biggest thing on the page."""
    return card(
        empty(
            "mail",
            _("Families hear nothing by themselves yet"),
            _(
                "Once you begin, families and teachers are told when a lesson is booked, moved "
                "or cancelled, are reminded before it, and get receipts. Nothing is sent about "
                "what happened before. What somebody here sends by hand goes out even "
                "before: invoices, letters to many, “running late”, invitations, links to sign in."
            ),
            button(_("Begin telling families"), "send", kind="primary", on_click=state.begin),
            level=2,
        ),
    )


def _telling(state: Any) -> rx.Component:
    stop = confirm(
        title=_("Stop telling families?"),
        words=_(
            "No more messages by themselves until you begin again. What waits already still goes."
        ),
        action=_("Stop telling families"),
        on_confirm=state.stop,
        trigger=button(_("Stop"), "pause", kind="ghost", size="sm"),
    )
    words = rx.fragment(_("Families hear of changes by themselves since"), " ", state.since, ".")
    return rx.el.div(hint("circle-check", words, tone="ok"), stop, class_name="flex-line")


def _times(state: Any) -> rx.Component:
    no_texts = hint(
        "info",
        _("Texts are not set up on this installation, so only the other ways are used."),
        tone="mute",
    )
    return card(
        card_body(
            form(
                _clocks(state.wishes, state.faults),
                _reminders(state),
                _addresses(state.wishes, state.faults),
                rx.cond(state.wishes.can_text, rx.fragment(), no_texts),
                actions(submit(_("Save"))),
                on_submit=state.save,
            ),
        ),
        title=_("When and from where"),
    )


def _clocks(wishes: Any, faults: Any) -> rx.Component:
    def at(label: str, name: str, known: Any, hint_words: str = "") -> rx.Component:
        return text_field(
            label, name, kind="time", faults=faults, default_value=known, hint=hint_words
        )

    return fields(
        at(
            _("Quiet from"),
            "quiet_from",
            wishes.quiet_from,
            _("What can wait goes out in the morning."),
        ),
        at(_("Quiet until"), "quiet_until", wishes.quiet_until),
        at(
            _("The day ahead, at"),
            "digest_at",
            wishes.digest_at,
            _("A letter to the office each morning; empty: none."),
        ),
    )


def _addresses(wishes: Any, faults: Any) -> rx.Component:
    shared = rx.cond(
        wishes.shared_number != "",
        _("Empty: {number}", number=wishes.shared_number),
        _("With the country’s code, such as +44."),
    )
    return fields(
        text_field(
            _("Answers to letters go to"),
            "reply_to",
            kind="email",
            faults=faults,
            default_value=wishes.reply_to,
            hint=_("Empty: nobody reads answers to letters."),
        ),
        text_field(
            _("Number that texts come from"),
            "sms_number",
            kind="tel",
            faults=faults,
            default_value=wishes.sms_number,
            hint=shared,
        ),
    )


def _reminders(state: Any) -> rx.Component:
    def one(choice: rx.vars.ObjectVar[ReminderChoice]) -> rx.Component:
        return checkbox(choice.words, choice.name, default_checked=choice.chosen)  # type: ignore[arg-type]

    fault = rx.cond(state.faults.contains("reminders"), state.faults["reminders"], "")
    return rx.el.fieldset(
        rx.el.legend(_("Remind of lessons, up to three times"), class_name="field__label"),
        rx.el.div(rx.foreach(state.reminders, one), class_name="check-grid"),
        rx.el.p(fault, role="alert", class_name="fault"),
        class_name="field",
    )


def _kinds(state: Any) -> rx.Component:
    columns = (
        Column(_("Message"), _what),
        _way(state, "email", _("E-mail")),
        _way(state, "text", _("Text message")),
        _way(state, "push", _("Notification")),
        _way(state, "inbox", _("In Cadenza")),
        Column(_("Words"), _words),
    )
    none = empty("mail", _("No messages"), _("Try again in a moment."))
    return card(
        table(_("What is sent, and how"), columns, state.lines, empty=none),
        title=_("What is sent, and how"),
    )


def _what(line: Any) -> rx.Component:
    group = rx.el.p(line.group, class_name="t-over")
    return rx.el.div(
        rx.cond(line.group != "", group, rx.fragment()), rx.el.p(line.what), class_name="min-w-0"
    )


def _way(state: Any, channel: str, words: str) -> Column:
    def cell(line: Any) -> rx.Component:
        def box(*, on: bool) -> rx.Component:
            return rx.el.input(
                type="checkbox",
                role="switch",
                class_name="switch",
                checked=on,
                on_change=state.choose_way(line.kind, channel),
                aria_label=line.what + ": " + words,
            )

        always = rx.el.span(icon("lock", 13), _("always"), class_name="t-xs faint locked")
        cases = [(ON, box(on=True)), (OFF, box(on=False)), (FIXED, always)]
        none = rx.el.span("–", class_name="faint", aria_label=_("Not this way"))
        return rx.fragment(rx.match(line[channel], *cases, none))

    return Column(words, cell)


def _words(line: Any) -> rx.Component:
    own = rx.el.span(_("yours: {languages}", languages=line.own), class_name="t-xs faint block")
    shown = rx.el.div(link(_("Words"), line.href), rx.cond(line.own != "", own, rx.fragment()))
    return rx.cond(line.href != "", shown, rx.el.span("–", class_name="faint"))
