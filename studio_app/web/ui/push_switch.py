"""Notifications on this device, switched on and off; see push_switch.jsx."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.scripts import script
from studio_app.web.words import _

ADDRESS = "/api/v1/notifications"


class PushSwitch(NoSSRComponent):
    library = script("push_switch.jsx")
    tag = "PushSwitch"
    server_key: Var[str]
    known: Var[list[str]]
    address: Var[str]
    turn_on: Var[str]
    turn_off: Var[str]
    unsupported: Var[str]
    install: Var[str]
    denied: Var[str]
    failed: Var[str]
    on_changed: EventHandler[no_args_event_spec]


def push_switch(*, server_key: Any, known: Any, on_changed: Any = None) -> rx.Component:
    """`known` are the marks of the browsers the server knows; `on_changed` asks for them anew."""
    then = {} if on_changed is None else {"on_changed": on_changed}
    return PushSwitch.create(
        server_key=server_key,
        known=known,
        address=ADDRESS,
        turn_on=_("Notify me on this device"),
        turn_off=_("No notifications on this device"),
        unsupported=_("This browser cannot show notifications."),
        install=_(
            "On an iPhone or iPad, first add Cadenza to the home screen (Share, then “Add to Home "
            "Screen”), and open it from there."
        ),
        denied=_(
            "Notifications are blocked for this site. Allow them in the settings of the browser, "
            "then come back."
        ),
        failed=_("That did not work. Please try again."),
        **then,
    )
