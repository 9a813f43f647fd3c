"""One button. It looks like what it does: primary once per view, danger for what hurts."""

from typing import Any, Literal

import reflex as rx

from studio_app.web.ui.icons import icon

Words = str | rx.Var[str]
Kind = Literal["", "primary", "ghost", "danger", "ghost danger"]
Size = Literal["", "sm", "lg"]


def _classes(kind: str, size: str, *, block: bool, alone: bool, more: str) -> str:
    names = [f"btn--{name}" for name in f"{kind} {size}".split()]
    names += ["btn--block"] if block else []
    names += ["btn--icon"] if alone else []
    return " ".join(["btn", *names, *more.split()])


def button(
    label: Words,
    icon_name: str = "",
    *,
    kind: Kind = "",
    size: Size = "",
    block: bool = False,
    **props: Any,
) -> rx.Component:
    """Says its result: "Move to Fri 20 Nov, 16:30". `loading=` greys it while the server works."""
    loading = props.pop("loading", None)
    if loading is not None:
        props["aria_busy"] = rx.cond(loading, "true", "false")
        props["disabled"] = loading
    more = props.pop("class_name", "")
    props.setdefault("type", "button")
    children = ([icon(icon_name, 15)] if icon_name else []) + [rx.el.span(label)]
    return rx.el.button(
        *children,
        class_name=_classes(kind, size, block=block, alone=False, more=more),
        **props,
    )


def submit(label: Words, icon_name: str = "", **props: Any) -> rx.Component:
    return button(label, icon_name, kind="primary", type="submit", **props)


def icon_button(
    icon_name: str, label: Words, *, kind: Kind = "ghost", size: Size = "", **props: Any
) -> rx.Component:
    """An icon alone; its words are for the screen reader and the tooltip."""
    more = props.pop("class_name", "")
    return rx.el.button(
        icon(icon_name, 16),
        type="button",
        aria_label=label,
        title=label,
        class_name=_classes(kind, size, block=False, alone=True, more=more),
        **props,
    )


def link_button(
    label: Words,
    href: Words,
    icon_name: str = "",
    *,
    kind: Kind = "",
    size: Size = "",
    block: bool = False,
    **props: Any,
) -> rx.Component:
    """Goes somewhere, looks like a button."""
    more = props.pop("class_name", "")
    children = ([icon(icon_name, 15)] if icon_name else []) + [rx.el.span(label)]
    look = _classes(kind, size, block=block, alone=False, more=more)
    return rx.el.a(*children, href=href, class_name=look, **props)


def link(label: Words | rx.Component, href: Words, **props: Any) -> rx.Component:
    more = props.pop("class_name", "")
    return rx.el.a(label, href=href, class_name=f"link {more}".strip(), **props)


def text_button(label: Words, **props: Any) -> rx.Component:
    """A button that looks like a link, for small second actions."""
    return rx.el.button(label, type="button", class_name="link link--button", **props)


def key_hint(*keys: str) -> rx.Component:
    return rx.el.span(
        *[rx.el.kbd(key, class_name="kbd") for key in keys],
        class_name="inline-flex gap-1",
        aria_hidden="true",
    )
