"""The person's own corner: other places and studios of theirs, language, light, the way out."""

from typing import Any

import reflex as rx
from babel import Locale

from studio_app.kit.words import PSEUDO_LOCALE
from studio_app.web import routes
from studio_app.web.frame import Elsewhere, FrameState
from studio_app.web.front import front
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.buttons import icon_button, link_button
from studio_app.web.ui.dialogs import sheet
from studio_app.web.ui.forms import hidden, native_form
from studio_app.web.ui.icons import icon
from studio_app.web.words import _


def account_line(frame: Any) -> rx.Component:
    """At the foot of the sidebar: who one is, and the sheet with everything else."""
    opener = rx.el.button(
        avatar(frame.initials, size="sm"),
        rx.el.span(frame.person, class_name="t-sm truncate flex-1 text-left"),
        icon("ellipsis", 16),
        type="button",
        class_name="side__person",
        aria_label=_("Your account"),
    )
    return rx.el.div(_account_sheet(opener, frame), class_name="side__me")


def account_button(frame: Any = None) -> rx.Component:
    """On phones: one's initials, in the head of the page."""
    frame = FrameState.frame if frame is None else frame
    opener = rx.el.button(
        avatar(frame.initials, "k1", size="lg"),
        type="button",
        class_name="tap tap--bare",
        aria_label=_("Your account"),
    )
    return _account_sheet(opener, frame)


def _account_sheet(opener: rx.Component, frame: Any) -> rx.Component:
    return sheet(
        rx.el.div(
            _area(frame.in_office, _("Office"), routes.OFFICE, "layout-dashboard"),
            _area(frame.teaches, _("My teaching day"), routes.TODAY, "list-checks"),
            _area(frame.in_family, _("My family"), routes.PORTAL, "house"),
            rx.foreach(FrameState.elsewhere, _switch),
            link_button(_("Messages to you"), routes.MY_MESSAGES, "bell", block=True),
            link_button(_("Your account"), routes.ACCOUNT, "user", block=True),
            class_name="grid gap-2",
        ),
        rx.el.div(
            language_links(),
            colour_mode_button(),
            class_name="flex items-center justify-between gap-3 my-4",
        ),
        native_form(_out(), action="/auth/sign-out"),
        title=frame.person,
        words=frame.studio,
        trigger=opener,
    )


def _area(allowed: Any, words: str, path: str, icon_name: str) -> rx.Component:
    return rx.cond(allowed, link_button(words, path, icon_name, block=True), rx.fragment())


def _switch(studio: rx.vars.ObjectVar[Elsewhere]) -> rx.Component:
    """Another studio is another cookie content: a native post and a full page load."""
    label = [
        icon("repeat", 15),
        rx.el.span(studio.name),
        rx.el.span(studio.role, class_name="faint"),
    ]
    press = rx.el.button(*label, type="submit", class_name="btn btn--block")
    return native_form(hidden("studio_id", studio.id), press, action="/auth/switch")


def _out() -> rx.Component:
    return rx.el.button(
        icon("log-out", 15), rx.el.span(_("Sign out")), type="submit", class_name="btn btn--block"
    )


def colour_mode_button() -> rx.Component:
    return icon_button("sun-moon", _("Light or dark"), on_click=rx.toggle_color_mode)


def language_links() -> rx.Component:
    """Each language in its own words. A page load: pages are compiled once per language."""
    return rx.el.ul(
        *[rx.el.li(_speak(name)) for name in front().languages if name != PSEUDO_LOCALE],
        class_name="languages",
        aria_label=_("Language"),
    )


def name_of(language: str) -> str:
    """Français, English (United Kingdom): the language's own name for itself."""
    name = Locale.parse(language, sep="-").get_display_name() or language
    return name[:1].upper() + name[1:]


def _speak(language: str) -> rx.Component:
    press = rx.el.button(name_of(language), type="submit", lang=language, class_name="link--button")
    return native_form(press, action=f"{routes.SPEAK}{language}")
