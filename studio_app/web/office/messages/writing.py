"""Writing to many: whom, what, by which ways; the number of people before anything is sent."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.messages.writing_state import PersonShown, WayShown, WritingState
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import close_button, dialog, dialog_actions
from studio_app.web.ui.forms import (
    actions,
    checkbox,
    fields,
    folded,
    form,
    select_field,
    text_area,
    text_field,
)
from studio_app.web.ui.letters import bubble, insert_words
from studio_app.web.ui.lists import row, rows, some, toolbar
from studio_app.web.ui.pages import breadcrumb, columns, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _

WAIT = 350  # milliseconds of not typing before it is read out
WORDS = ("first_name", "name", "studio")


def page() -> rx.Component:
    state: Any = WritingState
    return office_shell(
        routes.MESSAGES,
        breadcrumb((_("Messages"), routes.MESSAGES)),
        loaded(
            state,
            columns(
                stack(_whom(state), _what(state)),
                stack(_reach(state), _reading(state), _before(state)),
            ),
            skeleton=skeleton_block("h-96"),
            on_retry=state.load,
        ),
        _question(state),
        title=_("Write to many"),
    )


def _whom(state: Any) -> rx.Component:
    def choose(label: str, name: str, options: Any, value: Any, on_change: Any) -> rx.Component:
        return select_field(label, name, options, value=value, on_change=on_change)

    news = checkbox(
        _("This is news or an offer"),
        "is_news",
        checked=state.is_news,
        on_change=state.choose_news,
        detail=_("Goes only to who allowed news: lessons can be held without it."),
    )
    return card(
        card_body(
            fields(
                choose(
                    _("Students who are"),
                    "status",
                    state.statuses,
                    state.status,
                    state.choose_status,
                ),
                choose(
                    _("Taught by"), "teacher", state.teachers, state.teacher, state.choose_teacher
                ),
                choose(
                    _("Who play"),
                    "instrument",
                    state.instruments,
                    state.instrument,
                    state.choose_instrument,
                ),
            ),
            rx.el.fieldset(
                rx.el.legend(_("By which ways"), class_name="field__label"),
                toolbar(rx.el.div(rx.foreach(state.ways, _way), class_name="chips")),
                class_name="field",
            ),
            news,
            class_name="grid grid-cols-1 gap-4",
        ),
        title=_("To whom"),
    )


def _way(way: rx.vars.ObjectVar[WayShown]) -> rx.Component:
    state: Any = WritingState
    words = rx.fragment(way.label, rx.el.span(way.count, class_name="num faint"))
    return chip(words, pressed=way.chosen, on_click=state.choose_way(way.value))


def _what(state: Any) -> rx.Component:
    return card(
        card_body(
            form(
                text_field(
                    _("Subject"),
                    "subject",
                    faults=state.faults,
                    on_change=state.type_subject.debounce(WAIT),
                ),
                text_area(
                    _("Text"),
                    "body",
                    rows=9,
                    faults=state.faults,
                    on_change=state.type_body.debounce(WAIT),
                ),
                rx.el.div(
                    rx.el.p(_("Filled in for each: tap to put one in"), class_name="field__label"),
                    insert_words(
                        _("Words that are filled in"), list(WORDS), into=("body", "subject")
                    ),
                    class_name="grid gap-2",
                ),
                actions(submit(state.send_said, "send", disabled=~state.can_send)),
                on_submit=state.ask,
            ),
        ),
        title=_("What"),
    )


def _question(state: Any) -> rx.Component:
    send = button(state.send_said, "send", kind="primary", on_click=state.send)
    return dialog(
        rx.cond(
            state.unreached_said != "",
            hint(
                "info",
                rx.fragment(_("Not reached this way:"), " ", state.unreached_said),
                tone="warn",
            ),
            rx.fragment(),
        ),
        dialog_actions(close_button(_("Not yet")), send),
        title=rx.fragment(state.send_said, "?"),  # type: ignore[arg-type]
        words=_("What has been sent cannot be taken back."),
        is_open=state.asking,
        on_open_change=state.show_question,
    )


def _reach(state: Any) -> rx.Component:
    def listed(people: Any) -> rx.Component:
        return rx.el.ul(rx.foreach(people, _person), class_name="grid gap-1 people")

    nobody = hint("info", _("Nobody would get this. Choose others, or another way."), tone="warn")
    gets = rx.el.div(
        rx.el.p(state.reached_said, class_name="figure-lg num"),
        folded(_("Who gets it"), listed(state.reached)),
    )
    missed = folded(
        rx.fragment(_("Not reached this way:"), " ", state.unreached_said),  # type: ignore[arg-type]
        rx.el.p(
            _("No address, or they have not allowed it."),
            class_name="t-xs faint",
        ),
        listed(state.unreached),
    )
    return card(
        card_body(
            rx.cond(state.can_send, gets, nobody),
            rx.cond(state.unreached_said != "", missed, rx.fragment()),
            class_name="grid gap-2",
            aria_live="polite",
        ),
        title=_("Who gets it"),
    )


def _person(one: rx.vars.ObjectVar[PersonShown]) -> rx.Component:
    return rx.el.li(
        rx.el.span(one.name), rx.el.span(one.ways, class_name="t-xs faint"), class_name="flex-line"
    )


def _reading(state: Any) -> rx.Component:
    reading = state.reading
    text = rx.el.section(
        rx.el.h3(_("As a text"), class_name="t-over mb-2"),
        bubble(reading.text),
        rx.el.p(reading.size, class_name="t-xs faint num mt-1"),
    )
    shown = rx.el.div(
        rx.el.p(_("For"), " ", reading.name, class_name="t-xs faint"),
        rx.el.p(reading.subject, class_name="font-medium wrap-anywhere"),
        rx.el.p(reading.body, class_name="t-sm whitespace-pre-line wrap-anywhere"),
        rx.cond(reading.text != "", text, rx.fragment()),
        class_name="grid gap-3",
    )
    nothing = rx.el.p(_("Once you write, you see here how it reads."), class_name="t-sm faint")
    return card(
        card_body(rx.cond(reading.subject != "", shown, nothing)),
        title=_("How it reads"),
    )


def _before(state: Any) -> rx.Component:
    none = empty("send", _("Nothing sent to many yet"), _("What you send is listed here."))

    def one(line: Any) -> rx.Component:
        return row(
            rx.el.div(
                link(line.subject, line.href, class_name="t-sm font-medium"),
                rx.el.p(line.about, class_name="t-xs faint"),
                class_name="min-w-0",
            )
        )

    shown = card(rows(state.before, one, empty=none), title=_("Sent before"))
    return rx.cond(some(state.before), shown, rx.fragment())
