"""How the waitlist looks: free times with who was asked, who waits, and how it is offered."""

from typing import Any

import reflex as rx

from studio_app.web.office.waitlist_entry import change_button
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import named_dialog
from studio_app.web.ui.forms import actions, checkbox, form, text_field
from studio_app.web.ui.lists import acting_row, rows, some
from studio_app.web.ui.states import empty
from studio_app.web.words import _


def freed_card(state: Any) -> rx.Component:
    nothing = empty(
        "calendar-check",
        _("Nothing has become free lately"),
        _("A time that becomes free and suits somebody who waits stands here."),
        level=2,
    )
    shown = rows(state.freed, lambda one: _freed(state, one), empty=nothing)
    return card(shown, title=_("Free times"))


def waiting_card(state: Any) -> rx.Component:
    nothing = empty(
        "hourglass",
        _("Nobody waits"),
        _("Families put themselves on the list where no time suits them, or you do."),
        level=2,
    )
    shown = rows(state.entries, lambda one: _entry(state, one), empty=nothing)
    return card(shown, title=_("Who waits, in the order in which they are asked"))


def rules_card(state: Any) -> rx.Component:
    typed = form(
        checkbox(
            _("Offer what becomes free by itself"),
            "by_itself",
            detail=_("To whoever is first and could take it. Otherwise you choose whom to ask."),
            default_checked=state.by_itself,
        ),
        checkbox(
            _("Who has a lesson to make up comes first"),
            "make_ups_first",
            default_checked=state.make_ups_first,
        ),
        text_field(
            _("Minutes to answer"),
            "answer_minutes",
            kind="number",
            faults=state.faults,
            hint=_("They begin when the message arrives, so never at night."),
            default_value=state.answer_minutes.to_string(),
            min="5",
        ),
        actions(submit(_("Save"))),
        on_submit=state.save_rules,
    )
    narrow = rx.el.div(typed, class_name="narrow")
    return card(card_body(narrow, class_name="pt-2"), title=_("How it is offered"))


def _freed(state: Any, one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.div(
            rx.el.span(one.when, class_name="font-medium num"),
            rx.el.span(one.teacher, class_name="dim"),
            rx.cond(one.needs, pill(_("Needs you"), tone="warn"), rx.fragment()),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(one.sentence, class_name="t-sm"),
        rx.el.ol(rx.foreach(one.asked, _asked), class_name="t-sm dim mt-1"),
        class_name="grow min-w-0",
    )
    back = button(_("Take it back"), size="sm", on_click=state.take_back(one.standing))
    seen = button(_("Leave it"), size="sm", kind="ghost", on_click=state.see_to(one.id))
    return acting_row(
        words,
        rx.el.div(
            rx.cond(one.standing != "", back, rx.fragment()),
            rx.cond(one.needs, seen, rx.fragment()),
            rx.cond(one.can_be_offered, _offering(state, one), rx.fragment()),
            class_name="flex flex-wrap gap-2",
        ),
    )


def _asked(one: Any) -> rx.Component:
    return rx.el.li(one.student, ": ", one.sentence)


def _offering(state: Any, one: Any) -> rx.Component:
    def whom(each: Any) -> rx.Component:
        words = rx.el.span(
            rx.el.span(each.student, class_name="font-medium block"),
            rx.el.span(_("since {day}", day=each.since), class_name="t-xs faint block"),
        )
        act = button(_("Ask"), size="sm", kind="primary", on_click=state.offer(each.id))
        return acting_row(words, act)

    nobody = rx.el.p(_("It suits nobody who waits and was not asked yet."), class_name="dim p-2")
    listed = rx.el.ul(rx.foreach(state.suited, whom), class_name="rows")
    opener = button(_("Offer"), "send", size="sm")
    return named_dialog(
        state,
        one.dialog,
        rx.cond(some(state.suited), listed, nobody),
        title=_("Whom to ask"),
        trigger=opener,
        words=one.when,
    )


def _entry(state: Any, one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.div(
            rx.el.span(one.rank, class_name="num faint"),
            link(one.student, one.href, class_name="font-medium"),
            rx.cond(one.makes_up, pill(_("Has to make up"), tone="info"), rx.fragment()),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(one.about, class_name="t-sm"),
        rx.el.p(one.when, class_name="t-sm dim num"),
        rx.el.p(one.since, class_name="t-xs faint"),
        class_name="grow min-w-0",
    )
    off = button(_("Take off"), size="sm", on_click=state.stop(one.id))
    acts = rx.el.div(change_button(state, one), off, class_name="flex gap-2")
    return acting_row(words, acts)
