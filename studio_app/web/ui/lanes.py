"""A day as lanes, one for each teacher: blocks along an axis of hours."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.buttons import Words


@dataclass(frozen=True)
class Block:
    """Where a lesson stands in its lane, in per cent of the axis."""

    title: str = ""
    says: str = ""
    """What it is, with its time: for the screen reader and the tooltip."""
    href: str = ""
    left: str = "0%"
    width: str = "0%"
    off: bool = False


@dataclass(frozen=True)
class Lane:
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Hour:
    label: str = ""
    left: str = "0%"


def lanes(rows: Any, hours: Any, now: Any, *, label: Words) -> rx.Component:
    """`now` is where the present is, in per cent; empty when it is not on the axis."""
    axis = rx.el.div(
        rx.foreach(hours, _hour), class_name="lanes__axis", custom_attrs={"aria-hidden": "true"}
    )
    line = rx.cond(now != "", rx.el.i(class_name="lanes__now", style={"left": now}), rx.fragment())
    listed = rx.el.ul(rx.foreach(rows, lambda row: _lane(row, line)), class_name="lanes__rows")
    inner = rx.el.div(axis, listed, class_name="lanes__in")
    return rx.el.div(inner, class_name="lanes", role="region", aria_label=label, tab_index=0)


def _hour(hour: Any) -> rx.Component:
    return rx.el.span(hour.label, class_name="t-xs faint num", style={"left": hour.left})


def _lane(lane: Any, line: rx.Component) -> rx.Component:
    who = rx.el.div(
        avatar(lane.initials, lane.colour),
        rx.el.span(lane.name, class_name="t-sm truncate"),
        class_name="lanes__who",
    )
    blocks = rx.el.ul(
        rx.foreach(lane.blocks, lambda one: _block(one, lane)), class_name="lanes__bar"
    )
    return rx.el.li(
        who, rx.el.div(blocks, line, class_name="lanes__track"), class_name="lanes__row"
    )


def _block(block: Any, lane: Any) -> rx.Component:
    plain = rx.Var.create(f"lanes__block {lane.colour}")
    look = rx.cond(block.off, rx.Var.create(f"lanes__block is-off {lane.colour}"), plain)
    shown = rx.el.a(
        rx.el.span(block.title, aria_hidden="true"),
        rx.el.span(block.says, class_name="sr"),
        href=block.href,
        title=block.says,
        class_name=look,
    )
    return rx.el.li(shown, style={"left": block.left, "width": block.width})
