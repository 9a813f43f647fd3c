"""A small menu: what else can be done here, behind one button."""

from typing import Any

import reflex as rx
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.icons import icon


class _Headless(rx.Component):
    library = "radix-ui@1.8.1"


class MenuRoot(_Headless):
    tag = "DropdownMenu.Root"
    modal: Var[bool]


class MenuTrigger(_Headless):
    tag = "DropdownMenu.Trigger"
    as_child: Var[bool]


class MenuPortal(_Headless):
    tag = "DropdownMenu.Portal"


class MenuContent(_Headless):
    tag = "DropdownMenu.Content"
    align: Var[str]
    side_offset: Var[int]


class MenuItem(_Headless):
    tag = "DropdownMenu.Item"
    on_select: EventHandler[no_args_event_spec]


class MenuLine(_Headless):
    tag = "DropdownMenu.Separator"


def menu(trigger: rx.Component, *items: rx.Component) -> rx.Component:
    """Opens below its trigger; arrows, Escape and the first letter work as in any menu."""
    content = MenuContent.create(*items, align="end", side_offset=4, class_name="menu")
    return MenuRoot.create(
        MenuTrigger.create(trigger, as_child=True), MenuPortal.create(content), modal=False
    )


def menu_item(words: Words, icon_name: str, *, on_select: Any) -> rx.Component:
    return MenuItem.create(
        icon(icon_name, 15), rx.el.span(words), on_select=on_select, class_name="menu__item"
    )


def menu_line() -> rx.Component:
    """Between things of different kinds."""
    return MenuLine.create(class_name="menu__line")
