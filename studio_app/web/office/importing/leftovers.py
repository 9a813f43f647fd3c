"""After an import: weekly lessons to confirm with their conflicts, and what is left to do."""

from typing import Any

import reflex as rx

from studio_app.imports.queries.leftovers import WEEKS_LOOKED_AT
from studio_app.web.office.importing.leftovers_state import LeftoversState
from studio_app.web.ui.buttons import button, icon_button, link, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, select_field, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.states import empty
from studio_app.web.words import _, many, weekdays


def leftovers() -> rx.Component:
    state: Any = LeftoversState
    all_free = button(
        _("Put all free ones on the calendar"),
        "calendar-plus",
        kind="primary",
        size="sm",
        on_click=state.confirm_free,
    )
    no_lessons = empty(
        "calendar-check", _("No weekly lessons wait"), _("Everything proposed is dealt with.")
    )
    nothing = empty("list-checks", _("Nothing left to do"), _("The file left no open ends."))
    looked = many(
        "Conflicts are looked for in the next {n} week.",
        "Conflicts are looked for in the next {n} weeks: as far ahead as lessons are put on the "
        "calendar at once.",
        n=WEEKS_LOOKED_AT,
    )
    return rx.fragment(
        card(
            card_body(rx.el.p(looked, class_name="t-sm dim")),
            rows(state.proposals, lambda one: _proposal(state, one), empty=no_lessons),
            title=_("Weekly lessons found in the file"),
            action=rx.cond(state.free > 0, all_free, rx.fragment()),
        ),
        card(
            rows(state.todos, lambda one: _todo(state, one), empty=nothing),
            title=_("Left to do"),
        ),
    )


def _proposal(state: Any, one: Any) -> rx.Component:
    conflicts = rx.foreach(one.conflicts, lambda said: hint("circle-alert", said, tone="warn"))
    put = button(_("Put on the calendar"), size="sm", on_click=state.confirm(one.id))
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(one.student, class_name="font-medium"),
                rx.el.p(one.when, " · ", one.about, class_name="t-sm dim"),
                class_name="min-w-0 grow basis-52",
            ),
            put,
            _change(state, one),
            icon_button("x", _("Do not propose this"), size="sm", on_click=state.dismiss(one.id)),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        conflicts,
        class_name="entry",
    )


def _change(state: Any, one: Any) -> rx.Component:
    faults = state.faults
    days = [(str(number), name) for number, name in enumerate(weekdays(), start=1)]
    return named_dialog(
        state,
        "change " + one.id,
        form(
            fields(
                select_field(_("Day"), "weekday", days, default_value=one.weekday),
                text_field(_("Time"), "at", kind="time", faults=faults, default_value=one.at),
                text_field(
                    _("Minutes"), "minutes", kind="number", faults=faults, default_value=one.minutes
                ),
            ),
            select_field(_("Teacher"), "teacher_id", state.teachers, default_value=one.teacher_id),
            form_actions(submit(_("Save"))),
            on_submit=state.change,
        ),
        title=_("Another time for this lesson"),
        trigger=button(_("Change"), "pencil", size="sm"),
    )


def _todo(state: Any, one: Any) -> rx.Component:
    return rx.el.li(
        icon_button("circle", _("Done"), size="sm", on_click=state.tick(one.id)),
        rx.el.span(one.sentence, class_name="t-sm flex-1 min-w-0"),
        link(_("Open"), one.href, class_name="t-sm tap-line"),
        class_name="row",
    )
