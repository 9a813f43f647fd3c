"""The forms of the editor: hours, and being away."""

from typing import Any

import reflex as rx

from studio_app.web.hours.state import NEW, BlockLine
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import close_button, closing, dialog_actions
from studio_app.web.ui.forms import fields, folded, form, hidden, select_field, text_field
from studio_app.web.words import _, many

LENGTHS = (30, 20, 45, 60, 90)
BLANK = {name: NEW.get(name, "") for name in BlockLine.__dataclass_fields__}


def hours_form(
    state: Any, one: Any = None, *, weekday: Any = None, dated: bool = False
) -> rx.Component:
    """Of new hours on a weekday or on a date, or of hours there are."""
    known = BLANK if one is None else one
    faults = state.faults
    if one is not None:
        day = rx.cond(one.dated_on != "", _date(state, one.dated_on), _weekday(one.weekday, faults))
    else:
        day = _date(state, "") if dated else hidden("weekday", weekday)
    return form(
        day,
        fields(
            _time(state, _("From"), "from_at", known["from_at"]),
            _time(state, _("Until"), "until_at", known["until_at"]),
        ),
        select_field(
            _("Where"),
            "location_id",
            state.places,
            default_value=known["location_id"],
            faults=faults,
        ),
        select_field(
            _("What can be booked"),
            "slot_minutes",
            [("", _("Any time in these hours")), *_lengths()],
            default_value=known["slot_minutes"],
            hint=_("Slots are offered whole, one after the other."),
            faults=faults,
        ),
        rx.fragment() if dated else _only_for_a_while(known, faults),
        _said(state),
        _actions(state, one),
        on_submit=state.save,
    )


def _actions(state: Any, one: Any) -> rx.Component:
    if one is None:
        return dialog_actions(close_button(_("Not now")), submit(_("Save")))
    gone = button(_("Remove"), "trash-2", kind="ghost danger", on_click=state.withdraw(one.id))
    return dialog_actions(closing(gone), submit(_("Save")))


def _date(state: Any, value: Any) -> rx.Component:
    return text_field(
        _("Date"),
        "dated_on",
        kind="date",
        faults=state.faults,
        default_value=value,
        on_change=lambda typed: state.wish("dated_on", typed),
    )


def _weekday(chosen: Any, faults: Any) -> rx.Component:
    names = (
        *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
        *(_("Friday"), _("Saturday"), _("Sunday")),
    )
    options = [(str(number), name) for number, name in enumerate(names, start=1)]
    return select_field(_("Day"), "weekday", options, default_value=chosen, faults=faults)


def _time(state: Any, label: str, name: str, value: Any) -> rx.Component:
    return text_field(
        label,
        name,
        kind="time",
        faults=state.faults,
        default_value=value,
        on_change=lambda typed: state.wish(name, typed),
    )


def _lengths() -> list[tuple[str, str]]:
    return [(str(n), many("Slots of {n} minute", "Slots of {n} minutes", n=n)) for n in LENGTHS]


def _only_for_a_while(known: Any, faults: Any) -> rx.Component:
    def day(label: str, name: str) -> rx.Component:
        value = known[name]
        return text_field(label, name, kind="date", faults=faults, default_value=value)

    return folded(
        _("Only for a while"),
        fields(day(_("First day"), "starts_on"), day(_("Last day"), "ends_on")),
    )


def away_form(state: Any) -> rx.Component:
    def day(label: str, name: str, **more: Any) -> rx.Component:
        return text_field(
            label,
            name,
            kind="date",
            faults=state.faults,
            on_change=lambda typed: state.wish(name, typed),
            **more,
        )

    return form(
        fields(
            day(_("First day"), "first_on", default_value=state.today),
            day(_("Last day"), "last_on", hint=_("Empty: one day.")),
        ),
        folded(
            _("Not the whole day"),
            fields(
                _time(state, _("From"), "from_at", ""),
                _time(state, _("Until"), "until_at", ""),
            ),
        ),
        text_field(_("Reason"), "reason", hint=_("Only the studio reads it."), faults=state.faults),
        _said(state),
        dialog_actions(close_button(_("Not now")), submit(_("Be away"))),
        on_submit=state.go_away,
    )


def _said(state: Any) -> rx.Component:
    """What the diary and the clocks have to do with it, before it is sent."""
    way = link(_("See these lessons"), state.ahead_href, class_name="t-sm tap-line")
    return rx.el.div(
        rx.foreach(state.ahead, lambda words: hint("info", words, tone="info")),
        rx.cond(state.ahead_href != "", way, rx.fragment()),
        role="status",
        class_name="grid gap-2 empty:hidden",
    )
