"""The way into an online lesson."""

from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import link_button
from studio_app.web.words import _


def join_button(address: Any, *, block: bool = False) -> rx.Component:
    """Leads to where the lesson meets; nothing where that is not known, or it is in a room."""
    join = link_button(
        _("Join the lesson"),
        address,
        "video",
        size="sm",
        block=block,
        target="_blank",
        rel="noopener noreferrer",
    )
    return rx.cond(address != "", join, rx.fragment())
