"""One message, whole, over the list: who caused it, what became of it, the words as they left."""

from typing import Any

import reflex as rx

from studio_app.web.office.messages.log_state import STATUSES, MessagesState
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import hint, labelled_facts
from studio_app.web.ui.dialogs import dialog, dialog_actions
from studio_app.web.words import _


def message_dialog() -> rx.Component:
    state: Any = MessagesState
    message = state.message
    return dialog(
        rx.el.div(
            _head(message),
            _facts(message),
            _words(message),
            class_name="grid gap-4",
        ),
        _actions(state),
        title=message.what,
        is_open=message.id != "",
        on_open_change=state.close,
        look="dialog dialog--wide",
    )


def _head(message: Any) -> rx.Component:
    to = rx.cond(
        message.theirs != "",
        link(message.who, message.theirs, class_name="font-medium"),
        rx.el.span(message.who, class_name="font-medium"),
    )
    reason = rx.cond(message.reason != "", hint("info", message.reason, tone="warn"), rx.fragment())
    return rx.el.div(
        rx.el.div(
            status_badge(message.status, *STATUSES),
            rx.el.span(message.way, class_name="t-sm dim"),
            to,
            rx.el.span(message.address, class_name="t-sm faint num"),
            class_name="flex flex-wrap items-center gap-2",
        ),
        reason,
        class_name="grid gap-3",
    )


def _facts(message: Any) -> rx.Component:
    steps = rx.el.ul(
        rx.foreach(
            message.steps,
            lambda step: rx.el.li(step.words, ": ", rx.el.span(step.when, class_name="num")),
        ),
        class_name="grid gap-1",
    )
    lesson = rx.cond(
        message.lesson != "", link(message.lesson, message.lesson_href), rx.el.span("–")
    )
    behind = rx.fragment(
        message.caused_by,
        rx.el.span(message.why, class_name="block t-xs faint"),
        rx.cond(
            message.bulk_href != "",
            link(_("Everybody it went to"), message.bulk_href, class_name="t-xs"),
            rx.fragment(),
        ),
    )
    return labelled_facts(
        [(_("Because of"), behind), (_("When"), steps), (_("Lesson"), lesson)],
    )


def _words(message: Any) -> rx.Component:
    shown = rx.el.section(
        rx.el.h3(_("As it left"), class_name="t-over"),
        rx.el.p(message.subject, class_name="font-medium"),
        rx.el.p(message.body, class_name="t-sm whitespace-pre-line wrap-anywhere"),
        rx.el.p(
            message.words_of,
            rx.cond(message.provider_id != "", " · " + message.provider_id, ""),
            class_name="t-xs faint wrap-anywhere",
        ),
        class_name="grid gap-2",
    )
    later = rx.el.p(
        _("The words are written when it leaves, so that they are true then."),
        class_name="t-sm faint",
    )
    return rx.cond(message.body + message.subject != "", shown, later)


def _actions(state: Any) -> rx.Component:
    message = state.message
    seen = button(_("Seen to"), "check", on_click=state.see_to(message.id))
    again = button(
        _("Send again"), "rotate-cw", kind="primary", on_click=state.send_again(message.id)
    )
    return dialog_actions(
        rx.cond(message.needs_somebody, seen, rx.fragment()),
        rx.cond(message.can_send_again, again, rx.fragment()),
    )
