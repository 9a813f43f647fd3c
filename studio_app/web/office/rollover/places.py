"""How the places of a run look: what each would be, what was said, what can be done."""

from typing import Any

import reflex as rx

from studio_app.web.office.rollover.lines import NO, YES
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, link, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, select_field, text_area, text_field
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import acting_row, rows
from studio_app.web.ui.states import empty
from studio_app.web.words import _, weekdays


def places_card(state: Any) -> rx.Component:
    none = empty("list-filter", _("None of these"), _("Tap the number again to see all."), level=2)
    return card(
        rows(state.lines, lambda one: _place(state, one), empty=none), title=_("Weekly lessons")
    )


def _place(state: Any, one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.div(
            link(one.student, one.href, class_name="font-medium"),
            _mark(one),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(one.when, " · ", one.teacher, class_name="t-sm num"),
        rx.el.p(one.about, class_name="t-sm dim"),
        rx.cond(one.ahead != "", rx.el.p(one.ahead, class_name="t-sm dim num"), rx.fragment()),
        rx.cond(one.said != "", rx.el.p(one.said, class_name="t-sm num"), rx.fragment()),
        rx.cond(
            one.reason != "",
            rx.el.p("“", one.reason, "”", class_name="t-sm dim"),
            rx.fragment(),
        ),
        rx.el.ul(
            rx.foreach(one.met, lambda each: _remark("calendar-x", each, "warn")),
            rx.foreach(one.known, lambda each: _remark("info", each, "mute")),
            class_name="grid gap-1 mt-1",
        ),
        class_name="grow min-w-0",
    )
    acts = rx.match(
        state.head.state,
        ("prepared", _before(state, one)),
        ("open", rx.cond(one.left_out, rx.fragment(), _meanwhile(state, one))),
        rx.fragment(),
    )
    return acting_row(words, rx.el.div(acts, class_name="flex flex-wrap gap-2"))


def _mark(one: Any) -> rx.Component:
    said = rx.match(
        one.answer,
        (YES, pill(_("Goes on"), tone="ok")),
        (NO, pill(_("Does not go on"), tone="bad")),
        rx.fragment(),
    )
    return rx.cond(
        one.left_out,
        pill(_("Left out")),
        rx.cond(one.impossible, pill(_("No free day"), tone="warn"), said),
    )


def _remark(icon_name: str, words: Any, tone: str) -> rx.Component:
    return rx.el.li(
        icon(icon_name, 14),
        rx.el.span(words),
        class_name=f"t-sm flex gap-2 items-start tone-text-{tone}",
    )


def _before(state: Any, one: Any) -> rx.Component:
    out = button(_("Leave out"), size="sm", on_click=state.leave_out(one.id))
    back = button(_("Ask after all"), size="sm", on_click=state.ask_after_all(one.id))
    change = rx.cond(one.can_change, _changing(state, one), rx.fragment())
    return rx.cond(one.left_out, back, rx.fragment(change, out))


def _changing(state: Any, one: Any) -> rx.Component:
    days = [("", _("As it is"))]
    days += [(str(number), name) for number, name in enumerate(weekdays(), start=1)]
    typed = form(
        fields(
            rx.cond(
                one.weekday != "",
                select_field(
                    _("Day"), "weekday", days, faults=state.faults, default_value=one.weekday
                ),
                rx.fragment(),
            ),
            text_field(_("Time"), "at", kind="time", faults=state.faults, default_value=one.at),
        ),
        form_actions(submit(_("Plan it then"))),
        on_submit=state.change,
    )
    return named_dialog(
        state,
        one.dialog + " " + one.id,
        typed,
        title=_("Another time in the new term"),
        words=one.when,
        trigger=button(_("Another time"), size="sm"),
    )


def _declining(state: Any, one: Any) -> rx.Component:
    typed = form(
        text_area(
            _("What they said"),
            "reason",
            rows=3,
            max_length=500,
            hint=_("If they said why. Their teacher reads it."),
        ),
        form_actions(submit(_("No, it ends"))),
        on_submit=state.no,
    )
    return named_dialog(
        state,
        "no " + one.id,
        typed,
        title=_("No for {student}?", student=one.student),
        words=_("Their time becomes free. The family gets it in writing."),
        trigger=button(_("No for them"), size="sm"),
    )


def _meanwhile(state: Any, one: Any) -> rx.Component:
    """What a family said by telephone, or asking it again."""
    yes = button(_("Yes for them"), size="sm", on_click=state.yes(one.id))
    no = _declining(state, one)
    again = icon_button(
        "bell", _("Remind this family"), size="sm", on_click=state.remind(one.family_id)
    )
    return rx.fragment(
        rx.cond(one.answer == YES, rx.fragment(), yes),
        rx.cond(one.answer == NO, rx.fragment(), no),
        rx.cond(one.answer == "", again, rx.fragment()),
    )
