"""Choosing one of a few: attendance, days, times, views, filters."""

from typing import Any

import reflex as rx
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.badges import dot
from studio_app.web.ui.buttons import Words
from studio_app.web.ui.scripts import script
from studio_app.web.words import _

# Paths of the icons inside the buttons, on a 24 by 24 grid.
PATHS = {
    "check": "M20 6 9 17l-5-5",
    "clock": "M12 7v5l3 2 M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
    "cross": "M18 6 6 18 M6 6l12 12",
    "away": "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2 M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8 "
    "M17 8l5 5 M22 8l-5 5",
}


class Choice(rx.Component):
    """Radio group that paints the choice at once; see choice.jsx."""

    library = script("choice.jsx")
    tag = "Choice"
    value: Var[str]
    options: Var[list[dict[str, Any]]]
    label: Var[str]
    rev: Var[int]
    """Bump it when the server refused, so that the old value comes back at once."""
    marker: Var[str]
    on_choose: EventHandler[passthrough_event_spec(str, str)]


def choice(
    label: Words,
    value: Words,
    options: Any,
    *,
    on_choose: Any,
    look: str = "seg",
    marker: Words = "",
    rev: rx.Var[int] | int = 0,
) -> rx.Component:
    """`on_choose(value, marker)`. Looks: seg, att (attendance), day, slots."""
    return Choice.create(
        label=label, value=value, options=options, marker=marker, rev=rev,
        on_choose=on_choose, class_name=look,
    )  # fmt: skip


def option(
    value: str, label: Words, *, icon: str = "", look: str = "", says: Words = ""
) -> dict[str, Any]:
    """One option. `says` is read out instead of the label when that is too short."""
    made: dict[str, Any] = {"value": value, "label": label, "className": look}
    if icon:
        made["icon"] = PATHS[icon]
    if says:
        made["aria"] = says
    return made


def segmented(label: Words, value: Words, options: Any, *, on_choose: Any) -> rx.Component:
    """Views or periods: two to five short words in one control."""
    return choice(label, value, options, on_choose=on_choose, look="seg")


def chip(words: Any, *, pressed: Any, on_click: Any, colour: Words = "") -> rx.Component:
    """A filter that is on or off, with the colour of what it filters."""
    mark = [dot(colour)] if isinstance(colour, rx.Var) or colour else []
    return rx.el.button(
        *mark,
        words,
        type="button",
        class_name="chip",
        aria_pressed=rx.cond(pressed, "true", "false"),
        on_click=on_click,
    )


def colour_field(label: Words, name: str, chosen: Any = None) -> rx.Component:
    """One of the eight colours, as radio buttons; without a choice the next free one is taken."""
    names = (
        *(_("Indigo"), _("Teal"), _("Rose"), _("Amber")),
        *(_("Violet"), _("Blue"), _("Olive"), _("Orange")),
    )

    def one(number: int, words: str) -> rx.Component:
        value = str(number)
        picked = {} if chosen is None else {"default_checked": chosen == value}
        radio = rx.el.input(type="radio", name=name, value=value, class_name="sr", **picked)
        swatch = rx.el.span(class_name=f"swatch k{value}", aria_hidden="true")
        return rx.el.label(radio, swatch, rx.el.span(words, class_name="sr"), title=words)

    listed = [one(number, words) for number, words in enumerate(names, start=1)]
    legend = rx.el.legend(label, class_name="field__label")
    return rx.el.fieldset(legend, rx.el.div(*listed, class_name="swatches"), class_name="field")
