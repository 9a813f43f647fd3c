"""The words of one kind of message: written on the left, read on the right."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.template_state import LanguageTab, TemplateState
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.forms import actions, form, select_field, text_area, text_field
from studio_app.web.ui.letters import bubble, insert_words, letter_frame
from studio_app.web.ui.lists import some, toolbar
from studio_app.web.ui.pages import breadcrumb, halves, stack
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _

WAIT = 350  # milliseconds of not typing before it is read out


def page() -> rx.Component:
    state: Any = TemplateState
    return settings_shell(
        routes.SETTINGS_MESSAGES,
        breadcrumb((_("Messages"), routes.SETTINGS_MESSAGES)),
        loaded(
            state,
            halves(_editor(state), _reading(state)),
            skeleton=skeleton_block("h-96"),
            on_retry=state.load,
        ),
    )


def _editor(state: Any) -> rx.Component:
    return card(
        card_body(
            toolbar(
                rx.el.div(
                    rx.foreach(state.tabs, _tab),
                    class_name="chips",
                    role="group",
                    aria_label=_("Language"),
                )
            ),
            rx.el.p(state.words.whose, class_name="t-xs faint"),
            rx.el.div(_fields(state), key=state.written),
            class_name="grid grid-cols-1 gap-3",
        ),
        title=state.words.what,
        action=rx.cond(state.words.is_own, _reset(state), rx.fragment()),
    )


def _tab(tab: rx.vars.ObjectVar[LanguageTab]) -> rx.Component:
    state: Any = TemplateState
    return chip(tab.name, pressed=tab.chosen, on_click=state.speak(tab.code))


def _fields(state: Any) -> rx.Component:
    words = state.words
    short = text_area(
        _("Short form, for texts and notifications"),
        "short",
        rows=3,
        faults=state.faults,
        default_value=words.short,
        on_change=state.type_short.debounce(WAIT),
        hint=state.seen.size,
    )
    return form(
        text_field(
            _("Subject"),
            "subject",
            faults=state.faults,
            default_value=words.subject,
            on_change=state.type_subject.debounce(WAIT),
        ),
        text_area(
            _("Letter"),
            "body",
            rows=12,
            faults=state.faults,
            default_value=words.body,
            on_change=state.type_body.debounce(WAIT),
        ),
        rx.cond(words.has_short, short, rx.fragment()),
        rx.el.div(
            rx.el.p(_("Words that are filled in: tap to put one in"), class_name="field__label"),
            insert_words(
                _("Words that are filled in"), state.known, into=("body", "subject", "short")
            ),
            class_name="grid gap-2",
        ),
        actions(
            button(_("Send me a test"), "send", on_click=state.test), submit(_("Save the words"))
        ),
        on_submit=state.save,
    )


def _reset(state: Any) -> rx.Component:
    return confirm(
        title=_("Back to Cadenza’s words?"),
        words=_("Your own words in this language are gone then."),
        action=_("Use Cadenza’s words"),
        on_confirm=state.take_ours,
        trigger=button(_("Reset"), "undo-2", kind="ghost", size="sm"),
    )


def _reading(state: Any) -> rx.Component:
    seen = state.seen
    nothing = empty(
        "eye",
        _("Nothing to try it on yet"),
        _("Once there is a lesson, an invoice or a payment, you see here how it reads."),
    )
    chosen = select_field(
        _("As it would read about"),
        "sample",
        state.samples,
        value=state.sample,
        on_change=state.choose_sample,
    )
    refused = rx.cond(seen.refusal != "", hint("info", seen.refusal, tone="warn"), rx.fragment())
    read = stack(
        chosen,
        refused,
        rx.el.p(seen.subject, class_name="font-medium wrap-anywhere"),
        letter_frame(_("The letter"), seen.html),
        rx.cond(state.words.has_short, _short(seen), rx.fragment()),
    )
    body = rx.cond(some(state.samples), read, nothing)
    return card(card_body(body), title=_("How it reads"))


def _short(seen: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(_("As a text"), class_name="t-over mb-2"),
        bubble(seen.text),
        rx.el.p(seen.size, class_name="t-xs faint num mt-1"),
        rx.el.h3(_("As a notification"), class_name="t-over mb-2 mt-4"),
        rx.el.p(seen.subject, class_name="t-sm font-medium wrap-anywhere"),
        rx.el.p(seen.notification, class_name="t-sm dim whitespace-pre-line wrap-anywhere"),
    )
