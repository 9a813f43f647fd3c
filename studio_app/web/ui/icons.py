"""Line icons. They decorate words; where an icon stands alone its button has the words."""

from typing import Any

import reflex as rx


def icon(name: str, size: int = 16, **props: Any) -> rx.Component:
    return rx.icon(name, size=size, aria_hidden="true", **props)


def tile(name: str, tone: str = "mute", *, size: int = 16) -> rx.Component:
    """An icon on a small coloured square: accent, ok, warn, bad, info or mute."""
    return rx.el.span(icon(name, size), class_name=f"tile tile--{tone}")
