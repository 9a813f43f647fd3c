"""From somebody's page to what was sent to them."""

import reflex as rx

from studio_app.web.frame import FrameState
from studio_app.web.ui.buttons import Words, link_button
from studio_app.web.words import _


def their_messages(href: Words) -> rx.Component:
    """For the office; teachers read no messages."""
    way = link_button(_("Messages"), href, "mail", kind="ghost")
    return rx.cond(FrameState.frame.in_office, way, rx.fragment())
