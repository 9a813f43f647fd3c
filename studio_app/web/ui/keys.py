"""Single-key shortcuts: off while somebody types, inside dialogs, and for who does not want
them (WCAG 2.1.4)."""

from collections.abc import Mapping
from typing import Any

import reflex as rx
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.scripts import script

_LIBRARY = script("keys.jsx")


class Key(rx.Component):
    library = _LIBRARY
    tag = "Key"
    combination: Var[str]
    on_press: EventHandler[no_args_event_spec]


class KeysSwitch(rx.Component):
    library = _LIBRARY
    tag = "KeysSwitch"
    label: Var[str]


def keys(actions: Mapping[str, Any]) -> rx.Component:
    """`{"t": State.today, "g c": rx.redirect(...)}`: letters are pressed one after the other."""
    return rx.fragment(
        *[Key.create(combination=pressed, on_press=act) for pressed, act in actions.items()]
    )


def keys_switch(label: str) -> rx.Component:
    """Turns single-key shortcuts off and on, for this browser."""
    return KeysSwitch.create(label=label)
