"""One action of an automation, with the fields that its kind wants."""

from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import button, icon_button
from studio_app.web.ui.cards import hint
from studio_app.web.ui.forms import fields, select_field, text_area, text_field
from studio_app.web.words import _


def step(state: Any, one: Any, fault: rx.Component) -> rx.Component:
    number = one.n.to_string()

    def typed(label: str, part: str, *, area: bool = False, **props: Any) -> rx.Component:
        make = text_area if area else text_field
        return make(
            label,
            f"then-{part}-" + number,
            default_value=one[part],
            on_blur=lambda value: state.set_action(one.n, part, value),
            key=one.uid + one.do,
            **props,
        )

    what = select_field(
        _("Do this"),
        "then-do-" + number,
        state.done,
        value=one.do,
        on_change=lambda value: state.set_action(one.n, "do", value),
    )
    task = rx.fragment(
        typed(_("What is to be done"), "words", area=True, rows=2),
        typed(_("Due in so many days"), "due_in", input_mode="numeric", hint=_("Empty: no day.")),
    )
    letter = rx.fragment(
        typed(_("Subject"), "subject"),
        typed(_("Words"), "words", area=True),
        _ways(state, one),
    )
    tag = typed(_("Tag"), "tag")
    told = rx.fragment(typed(_("Address"), "url", kind="url"), _key(state, one))
    wants: Any = rx.match(
        one.do,
        ("task", task),
        ("message_family", letter),
        ("message_teacher", letter),
        ("add_tag", tag),
        ("remove_tag", tag),
        ("webhook", told),
        rx.fragment(),
    )
    up = icon_button("arrow-up", _("Do this earlier"), on_click=state.earlier(one.n))
    gone = icon_button("trash-2", _("Remove this action"), on_click=state.drop_action(one.n))
    body = rx.el.div(what, rx.fragment(wants), fault, class_name="form flex-1 min-w-0")
    return rx.el.li(
        body,
        rx.el.div(rx.cond(one.n > 0, up, rx.fragment()), gone, class_name="grid gap-1"),
        class_name="row items-start",
    )


def _ways(state: Any, one: Any) -> rx.Component:
    return select_field(
        _("By which way"),
        "then-by_text-" + one.n.to_string(),
        [("", _("By e-mail and in Cadenza")), ("yes", _("As a text too, where they allow it"))],
        value=one.by_text,
        on_change=lambda value: state.set_action(one.n, "by_text", value),
    )


def _key(state: Any, one: Any) -> rx.Component:
    """What the other program knows us by: shown once, when it is there."""
    later = rx.el.p(
        _("What is sent is signed. The key can be seen once, after saving."),
        class_name="t-xs faint",
    )
    was_shown = state.shown_hooks.contains(one.hook)
    show = button(
        _("Show the key once"), "key-round", size="sm", on_click=state.show_secret(one.hook)
    )
    renew = button(
        _("Make a new key"), "rotate-cw", size="sm", on_click=state.renew_secret(one.hook)
    )
    secret = rx.el.div(
        hint("key-round", rx.el.code(state.secret, class_name="break-all"), tone="warn"),
        rx.el.p(_("Copy it now: it is not shown again."), class_name="t-xs faint mt-1"),
        role="status",
    )
    return rx.el.div(
        rx.cond(one.hook == "", later, fields(rx.cond(was_shown, renew, show))),
        rx.cond((state.secret != "") & (one.hook == state.secret_of), secret, rx.fragment()),
    )
