"""Dialogs, sheets and drawers: behaviour from headless parts, looks from our classes.

The trigger stays inside the root, or focus is lost when the dialog closes.
"""

from typing import Any

import reflex as rx
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.buttons import Kind, Words, button, icon_button
from studio_app.web.words import _


class _Headless(rx.Component):
    library = "radix-ui@1.8.1"


class DialogRoot(_Headless):
    tag = "Dialog.Root"
    open: Var[bool]
    on_open_change: EventHandler[passthrough_event_spec(bool)]


class DialogTrigger(_Headless):
    tag = "Dialog.Trigger"
    as_child: Var[bool]


class DialogPortal(_Headless):
    tag = "Dialog.Portal"


class DialogOverlay(_Headless):
    tag = "Dialog.Overlay"


class DialogContent(_Headless):
    tag = "Dialog.Content"


class DialogTitle(_Headless):
    tag = "Dialog.Title"


class DialogDescription(_Headless):
    tag = "Dialog.Description"


class DialogClose(_Headless):
    tag = "Dialog.Close"
    as_child: Var[bool]


def dialog(
    *children: Any,
    title: Words,
    words: Words = "",
    trigger: rx.Component | None = None,
    is_open: Any = None,
    on_open_change: Any = None,
    look: str = "dialog",
) -> rx.Component:
    """A dialog: on a phone it rises from below. Opened by its trigger or by `is_open`."""
    shown = DialogPortal.create(
        DialogOverlay.create(class_name="scrim"),
        DialogContent.create(
            rx.el.div(class_name="grab", aria_hidden="true"),
            DialogTitle.create(title, class_name="dialog__title"),
            DialogDescription.create(words, class_name="dim dialog__words"),
            *children,
            DialogClose.create(
                icon_button("x", _("Close"), class_name="dialog__close"), as_child=True
            ),
            class_name=look,
        ),
    )
    opener = [DialogTrigger.create(trigger, as_child=True)] if trigger is not None else []
    props: dict[str, Any] = {} if is_open is None else {"open": is_open}
    if on_open_change is not None:
        props["on_open_change"] = on_open_change
    return DialogRoot.create(*opener, shown, **props)


def sheet(*children: Any, title: Words, **more: Any) -> rx.Component:
    """For phones: always rises from the bottom edge."""
    return dialog(*children, title=title, look="dialog sheet", **more)


def drawer(*children: Any, title: Words, trigger: rx.Component, words: Words = "") -> rx.Component:
    """Slides in from the left: navigation where there is no room for a sidebar."""
    return dialog(*children, title=title, words=words, trigger=trigger, look="drawer")


def confirm(
    *,
    title: Words,
    words: Words,
    action: Words,
    on_confirm: Any,
    trigger: rx.Component | None = None,
    kind: Kind = "danger",
    **more: Any,
) -> rx.Component:
    """Asks once, says what will happen, and repeats the verb on the button."""
    stay = DialogClose.create(button(_("Keep it as it is")), as_child=True)
    act = DialogClose.create(button(action, kind=kind, on_click=on_confirm), as_child=True)
    return dialog(dialog_actions(stay, act), title=title, words=words, trigger=trigger, **more)


def dialog_actions(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="dialog__actions")


def close_button(label: Words) -> rx.Component:
    """Inside a dialog: closes it without asking the server."""
    return DialogClose.create(button(label, kind="ghost"), as_child=True)


def closing(inside: rx.Component) -> rx.Component:
    """A button that closes the dialog it stands in, whatever else it does."""
    return DialogClose.create(inside, as_child=True)


def named_dialog(
    state: Any,
    name: Words,
    *children: Any,
    title: Words,
    trigger: rx.Component,
    words: Words = "",
    look: str = "dialog",
) -> rx.Component:
    """A dialog of an `Opening` state: it closes when the state says so, after the answer."""
    return dialog(
        *children,
        title=title,
        words=words,
        trigger=trigger,
        is_open=state.opened == name,
        on_open_change=state.open(name),
        look=look,
    )


def form_actions(save: rx.Component, back: Words = "") -> rx.Component:
    """The foot of a dialog's form: the way back, and the button that says what happens."""
    return dialog_actions(close_button(back or _("Not now")), save)
