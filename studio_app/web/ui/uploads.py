"""Sending a file. It goes to an endpoint of ours with the session cookie, never to Reflex's."""

from typing import Any

import reflex as rx
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.scripts import script
from studio_app.web.words import _


class DropZone(rx.Component):
    library = script("drop_zone.jsx")
    tag = "DropZone"
    action: Var[str]
    accept: Var[str]
    most: Var[int]
    title: Var[str]
    hint: Var[str]
    choose: Var[str]
    sending: Var[str]
    too_big: Var[str]
    failed: Var[str]
    on_sent: EventHandler[passthrough_event_spec(dict)]


def drop_zone(
    title: Words, hint: Words, *, action: str, accept: str, most_bytes: int, on_sent: Any
) -> rx.Component:
    """Drop or choose one file; `on_sent` gets the JSON that the endpoint answered."""
    return DropZone.create(
        action=action,
        accept=accept,
        most=most_bytes,
        title=title,
        hint=hint,
        choose=_("Choose a file"),
        sending=_("Sending the file"),
        too_big=_("This file is too big. At most {most} MB, please.", most=most_bytes >> 20),
        failed=_("The file did not arrive. Nothing was changed; please try again."),
        on_sent=on_sent,
    )
