"""A person's initials on their colour."""

from uuid import UUID

import reflex as rx

from studio_app.web.ui.buttons import Words


def avatar(initials: Words, colour: Words = "k1", *, size: str = "") -> rx.Component:
    """Initials come from the server (a name's first letters are not always its first two)."""
    look = f"ava {f'ava--{size}' if size else ''}"
    return rx.el.span(initials, class_name=rx.Var.create(f"{look} {colour}"), aria_hidden="true")


def person(
    initials: Words, name: Words, detail: Words = "", *, colour: Words = "k1"
) -> rx.Component:
    """Avatar, name and a line under it."""
    return rx.el.div(
        avatar(initials, colour),
        rx.el.div(
            rx.el.div(name, class_name="font-medium truncate"),
            rx.el.div(detail, class_name="t-sm dim truncate"),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-3 min-w-0",
    )


def colour_of(who: UUID) -> str:
    """One of the eight colours, always the same for the same person."""
    return f"k{who.int % 8 + 1}"
