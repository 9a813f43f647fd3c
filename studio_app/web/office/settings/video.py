"""The settings of online lessons: who makes their meetings, in which order, and how that goes."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.video_state import ProviderLine, VideoState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import form, text_field
from studio_app.web.ui.icons import icon
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = VideoState
    told = hint(
        "info",
        _(
            "An online lesson gets its meeting a few days before, from the first of these that "
            "answers. Who does not answer is passed over, and the lesson says so."
        ),
    )
    lines = rx.el.ul(
        rx.foreach(state.lines, lambda line: _line(state, line)), _jitsi(), class_name="rows"
    )
    return settings_shell(
        routes.SETTINGS_VIDEO,
        loaded(
            state,
            stack(card(card_body(told), lines, title=_("Who makes the meetings"))),
            live("video_account", on_change=VideoState.look_again),
            skeleton=card(skeleton_rows(3)),
            on_retry=VideoState.load,
        ),
    )


def _line(state: Any, line: rx.vars.ObjectVar[ProviderLine]) -> rx.Component:
    connected: Any = line.place != ""
    trouble = rx.el.p(
        icon("circle-alert", 14),
        rx.el.span(line.trouble),
        class_name="t-sm tone-text-bad flex gap-1.5",
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                line.title,
                rx.cond(connected, pill(_("No. {place}", place=line.place)), rx.fragment()),
                class_name="font-medium flex items-center gap-2",
            ),
            rx.cond(line.says != "", rx.el.p(line.says, class_name="t-sm dim"), rx.fragment()),
            rx.cond(line.trouble != "", trouble, rx.fragment()),
            role="status",
            class_name="flex-1 min-w-56 grid gap-1",
        ),
        rx.cond(line.is_first & line.is_last, rx.fragment(), _ordering(state, line)),
        rx.el.div(
            rx.cond(connected, _trying(state, line), rx.fragment()),
            _connecting(state, line),
            rx.cond(connected, _disconnecting(state, line), rx.fragment()),
            class_name="flex flex-wrap gap-2",
        ),
        class_name="row flex-wrap",
    )


def _ordering(state: Any, line: Any) -> rx.Component:
    return rx.el.div(
        icon_button(
            "chevron-up",
            _("Ask {name} before the one above", name=line.title),
            disabled=line.is_first,
            on_click=state.sooner(line.id),
        ),
        icon_button(
            "chevron-down",
            _("Ask {name} after the one below", name=line.title),
            disabled=line.is_last,
            on_click=state.later(line.id),
        ),
        class_name="flex",
    )


def _trying(state: Any, line: Any) -> rx.Component:
    return button(
        _("Try it"), "play", size="sm", disabled=line.trying, on_click=state.try_it(line.id)
    )


def _connecting(state: Any, line: Any) -> rx.Component:
    typed = form(
        rx.el.p(line.how, class_name="t-sm dim"),
        _field(state, line.account_label, "account", line.account),
        _field(state, _("Client ID"), "client_id", line.client_id),
        text_field(
            _("Client secret"),
            "secret",
            kind="password",
            faults=state.faults,
            default_value=line.kept,
            hint=_("Kept sealed, and never shown again."),
            auto_complete="off",
        ),
        text_field(
            line.host_label,
            "host",
            faults=state.faults,
            default_value=line.host,
            hint=line.host_hint,
            auto_complete="off",
            spell_check=False,
        ),
        form_actions(submit(_("Save and try"))),
        on_submit=state.connect,
    )
    return named_dialog(
        state,
        "connect " + line.id,
        typed,
        title=_("Connect {name}", name=line.title),
        trigger=button(rx.cond(line.place != "", _("Change"), _("Connect")), size="sm"),
    )


def _field(state: Any, label: Any, name: str, value: Any) -> rx.Component:
    return text_field(
        label,
        name,
        faults=state.faults,
        default_value=value,
        required=True,
        auto_complete="off",
        spell_check=False,
    )


def _disconnecting(state: Any, line: Any) -> rx.Component:
    return confirm(
        title=_("Disconnect {name}?", name=line.title),
        words=_(
            "Lessons that have a meeting there keep it, and it stays there when they move or are "
            "cancelled."
        ),
        action=_("Disconnect"),
        on_confirm=state.disconnect(line.id),
        trigger=icon_button("unlink", _("Disconnect {name}", name=line.title)),
    )


def _jitsi() -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p("Jitsi", class_name="font-medium"),
            rx.el.p(_("Always there and always last: it needs no account."), class_name="t-sm dim"),
            class_name="flex-1 min-w-56 grid gap-1",
        ),
        class_name="row",
    )
