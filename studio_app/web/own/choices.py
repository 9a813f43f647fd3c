"""One's own messages: what one hears of, by which ways, when, and on which devices."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.own.choices_state import Ask, Device, Line, MyMessagesState, Part, Way
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip
from studio_app.web.ui.forms import actions, fields, form, hidden, text_field
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import some
from studio_app.web.ui.pages import stack
from studio_app.web.ui.push_switch import push_switch
from studio_app.web.ui.shells import plain_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = MyMessagesState
    return plain_shell(
        loaded(
            state,
            stack(
                rx.foreach(state.parts, _part),
                _device(state),
                rx.foreach(state.parts, _consents),
                rx.foreach(state.parts, _quiet),
                rx.el.p(
                    _("The language of messages is the one of your account."),
                    " ",
                    link(_("Your account"), routes.ACCOUNT),
                    class_name="t-sm dim px-4",
                ),
            ),
            skeleton=skeleton_block("h-96"),
            on_retry=MyMessagesState.load,
        ),
        title=_("Messages to you"),
    )


def _named(part: Any, title: str) -> rx.Component:
    """The card's title, and as whom where one is here in several parts."""
    several: Any = MyMessagesState.parts.length() > 1  # type: ignore[attr-defined]
    return rx.fragment(title, rx.cond(several, rx.fragment(" · ", part.part), rx.fragment()))


def _part(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    def line(one: rx.vars.ObjectVar[Line]) -> rx.Component:
        def way(each: rx.vars.ObjectVar[Way]) -> rx.Component:
            choose = MyMessagesState.choose(part.id, one.category, each.channel, ~each.on)
            mark = rx.cond(each.on, icon("check", 13), rx.fragment())
            return chip(rx.fragment(mark, each.label), pressed=each.on, on_click=choose)

        always = pill(_("Always comes"))
        chosen = rx.el.div(
            rx.foreach(one.ways, way), class_name="chips", role="group", aria_label=one.label
        )
        return rx.el.li(
            rx.el.div(
                rx.el.span(one.label, class_name="font-medium block"),
                rx.el.span(one.about, class_name="t-sm dim block"),
                class_name="flex-[1_1_220px] min-w-0",
            ),
            rx.cond(one.fixed, always, chosen),
            class_name="row flex-wrap",
        )

    return card(
        rx.el.ul(rx.foreach(part.lines, line), class_name="rows"),
        title=_named(part, _("What you hear of")),
    )


def _device(state: Any) -> rx.Component:
    def one(device: rx.vars.ObjectVar[Device]) -> rx.Component:
        return rx.el.li(
            rx.el.span(device.name, class_name="font-medium flex-1 min-w-0 truncate"),
            rx.el.span(_("since"), " ", device.since, class_name="t-sm dim"),
            button(_("Switch off"), size="sm", on_click=MyMessagesState.end_device(device.id)),
            class_name="row flex-wrap",
        )

    test = button(_("Try it"), "bell", size="sm", on_click=MyMessagesState.try_out)
    switch = push_switch(
        server_key=state.server_key, known=state.marks, on_changed=MyMessagesState.look_again
    )
    return card(
        card_body(
            rx.el.p(
                _("A line on the screen when something changes, also when Cadenza is closed."),
                class_name="t-sm dim mb-3",
            ),
            switch,
        ),
        rx.el.ul(rx.foreach(state.devices, one), class_name="rows"),
        title=_("Notifications"),
        action=rx.cond(some(state.devices), test, rx.fragment()),
    )


def _consents(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    def one(ask: rx.vars.ObjectVar[Ask]) -> rx.Component:
        given = rx.el.div(
            hint("check", ask.said, tone="ok"),
            button(
                _("Switch off"),
                size="sm",
                on_click=MyMessagesState.withdraw(part.id, ask.channel, ask.purpose),
                class_name="mt-2",
            ),
        )
        tick = form(
            hidden("contact_id", part.id),
            hidden("channel", ask.channel),
            hidden("purpose", ask.purpose),
            _tick(part, ask),
            actions(button(_("Allow"), type="submit")),
            on_submit=MyMessagesState.agree,
        )
        lacking = rx.el.p(ask.missing, class_name="t-sm dim")
        asked = rx.cond(ask.missing != "", lacking, tick)
        return rx.el.li(
            rx.el.h3(ask.title, class_name="font-medium mb-2"),
            rx.cond(ask.given, given, asked),
            class_name="px-4 py-3",
        )

    listed = card(
        rx.el.ul(rx.foreach(part.asks, one), class_name="rows"),
        title=_named(part, _("What needs your yes")),
    )
    return rx.cond(some(part.asks), listed, rx.fragment())


def _tick(part: Any, ask: Any) -> rx.Component:
    """The whole sentence is the label: what is ticked is what is kept."""
    own: Any = f"agreed-{part.id}-{ask.channel}-{ask.purpose}"
    box = rx.el.input(
        type="checkbox", name="agreed", value="yes", id=own, class_name="check", required=True
    )
    return rx.el.label(box, rx.el.span(ask.wording), html_for=own, class_name="check-line t-sm")


def _quiet(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    return card(
        card_body(
            rx.el.p(
                _("In these hours nothing wakes you; it comes in the morning."),
                " ",
                MyMessagesState.studio_quiet,
                class_name="t-sm dim mb-3",
            ),
            form(
                hidden("contact_id", part.id),
                fields(
                    text_field(
                        _("From"),
                        f"begins-{part.id}",
                        kind="time",
                        faults=MyMessagesState.faults,
                        default_value=part.quiet_from,
                    ),
                    text_field(
                        _("Until"),
                        f"ends-{part.id}",
                        kind="time",
                        faults=MyMessagesState.faults,
                        default_value=part.quiet_until,
                    ),
                ),
                actions(button(_("Save"), type="submit")),
                on_submit=MyMessagesState.keep_quiet,
            ),
        ),
        title=_named(part, _("Your quiet hours")),
    )
