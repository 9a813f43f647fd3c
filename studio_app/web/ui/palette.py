"""The command palette: everything of the office under Ctrl K or Command K."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.icons import icon
from studio_app.web.ui.scripts import script
from studio_app.web.words import _


class Palette(NoSSRComponent):
    library = script("palette.jsx")
    tag = "Palette"
    lib_dependencies: list[str] = ["cmdk@1.1.1"]
    groups: Var[list[dict[str, Any]]]
    label: Var[str]
    placeholder: Var[str]
    empty_words: Var[str]
    default_open: Var[bool]
    on_pick: EventHandler[passthrough_event_spec(str)]
    on_search: EventHandler[passthrough_event_spec(str)]


def palette(groups: Any, *, on_pick: Any, **more: Any) -> rx.Component:
    """Groups: [{heading, items: [{id, label, hint, keys, dot}]}]; `on_pick(id)`."""
    return Palette.create(
        groups=groups,
        label=_("Commands"),
        placeholder=_("Search people, invoices or commands"),
        empty_words=_("Nothing found. Try a name or an invoice number."),
        on_pick=on_pick,
        **more,
    )


def palette_button() -> rx.Component:
    """Looks like a search box, opens the palette."""
    return rx.el.button(
        icon("search", 15),
        rx.el.span(_("Search or jump to"), class_name="flex-1 text-left truncate"),
        rx.el.kbd("Ctrl K", class_name="kbd"),
        type="button",
        class_name="search search--button",
        custom_attrs={"data-palette": ""},
    )
