"""How lessons may be booked: the studio's rules, and where a kind of lesson differs."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.booking_state import ITS, BookingRulesState
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.ui.buttons import icon_button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import actions, fields, form, select_field, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.pages import columns, stack
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = BookingRulesState
    return settings_shell(
        routes.SETTINGS_BOOKING,
        loaded(
            state,
            columns(_studio(state), _kinds(state)),
            skeleton=skeleton_block("h-96"),
            on_retry=BookingRulesState.load,
        ),
    )


def _studio(state: Any) -> rx.Component:
    known: Any = state.fields
    return card(
        card_body(
            _ways(state),
            rx.el.div(
                form(
                    _rules(known, state.faults),
                    actions(submit(_("Save"))),
                    on_submit=state.save,
                    key=state.filled,
                ),
                class_name="pt-4",
            ),
        ),
        title=_("In this studio"),
    )


def _ways(state: Any) -> rx.Component:
    ways = (
        ("music_studio", _("Music studio")),
        ("coach", _("Coach")),
        ("weekly_slots", _("Weekly slots")),
        ("marketplace", _("Marketplace")),
    )
    chips = [
        chip(words, pressed=state.way == way, on_click=state.choose_way(way)) for way, words in ways
    ]
    filled = hint("info", _("Filled in, not saved yet: look through it first."), tone="info")
    return rx.el.div(
        rx.el.p(_("Begin with how you work:"), class_name="t-sm dim"),
        rx.el.div(
            *chips, class_name="chips toolbar", role="group", aria_label=_("Ways of working")
        ),
        rx.el.div(rx.cond(state.way != "", filled, rx.fragment()), role="status"),
        class_name="grid gap-2 pt-3",
    )


def _rules(known: Any, faults: Any, inherits: Any = None) -> rx.Component:
    """The fields; with `inherits` they are of a kind, and an empty one is as the studio has it."""
    its = "" if inherits is None else ITS

    def number(label: str, name: str, hint_: str = "") -> rx.Component:
        more = {} if inherits is None else {"placeholder": inherits[name]}
        return text_field(
            label,
            its + name,
            kind="number",
            faults=faults,
            hint=hint_,
            default_value=known[name],
            input_mode="numeric",
            **more,
        )

    def either(label: str, name: str, options: list[tuple[str, Any]]) -> rx.Component:
        as_studio = (
            [] if inherits is None else [("", _("As the studio: {rule}", rule=inherits[name]))]
        )
        return select_field(
            label, its + name, [*as_studio, *options], faults=faults, default_value=known[name]
        )

    return rx.fragment(
        fields(
            either(
                _("May families book?"),
                "is_open",
                [("yes", _("Yes, from open times")), ("no", _("No, only the studio"))],
            ),
            either(
                _("What becomes of a booking"),
                "confirming",
                [("at_once", _("It holds at once")), ("review", _("Somebody looks first"))],
            ),
        ),
        _notice(known, faults, inherits),
        fields(
            number(_("Days ahead at most"), "horizon_days"),
            number(_("Lessons a week"), "most_a_week", _("Of one student; 0 does not limit them.")),
        ),
        fields(
            number(_("Free minutes between lessons"), "buffer_minutes"),
            number(_("Minutes between places"), "travel_minutes", _("For teacher and student.")),
        ),
        fields(
            number(_("A time every … minutes"), "step_minutes", _("15 offers 4:00, 4:15, 4:30.")),
            number(_("Days until a place lapses"), "expire_days", _("That nobody confirmed.")),
        ),
        either(
            _("Weekly times of one student"),
            "one_active",
            [("no", _("As many as they like")), ("yes", _("One at a time"))],
        ),
    )


def _notice(known: Any, faults: Any, inherits: Any) -> rx.Component:
    more = {} if inherits is None else {"placeholder": inherits["lead"]}
    its = "" if inherits is None else ITS
    units = [("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))]
    return fields(
        text_field(
            _("Notice"),
            its + "lead",
            kind="number",
            faults=faults,
            hint=_("Nobody books later than that before a lesson."),
            default_value=known["lead"],
            input_mode="numeric",
            **more,
        ),
        select_field(_("Counted in"), its + "lead_unit", units, default_value=known["lead_unit"]),
    )


def _kinds(state: Any) -> rx.Component:
    none = empty("music", _("No kinds of lessons yet"), _("Add them first; then they may differ."))

    def one(kind: Any) -> rx.Component:
        same = rx.el.p(_("As the studio"), class_name="t-sm faint")
        said = rx.el.ul(rx.foreach(kind.said, lambda words: rx.el.li(words, class_name="t-sm dim")))
        return rx.el.li(
            rx.el.div(
                rx.el.p(kind.name, class_name="font-medium"),
                rx.cond(kind.said.length() > 0, said, same),
                class_name="flex-1 min-w-0",
            ),
            _dialog(state, kind),
            class_name="row",
        )

    return stack(card(rows(state.kinds, one, empty=none), title=_("Where a kind differs")))


def _dialog(state: Any, kind: Any) -> rx.Component:
    typed = form(
        _rules(kind.fields, state.faults, kind.inherits),
        form_actions(submit(_("Save"))),
        on_submit=state.save_kind,
    )
    return named_dialog(
        state,
        "kind " + kind.id,
        typed,
        title=kind.name,
        words=_("What you leave empty is as the studio has it."),
        trigger=icon_button("pencil", _("Change the rules of {name}", name=kind.name)),
    )
