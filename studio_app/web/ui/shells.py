"""What surrounds a page: office, teacher's phone, family's phone, and the public pages."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.command_palette import command_palette
from studio_app.web.frame import FrameState
from studio_app.web.ui.account import account_line, colour_mode_button, language_links
from studio_app.web.ui.buttons import Words, icon_button
from studio_app.web.ui.dialogs import drawer
from studio_app.web.ui.document import skip_link
from studio_app.web.ui.icons import icon
from studio_app.web.ui.live import live
from studio_app.web.ui.palette import palette_button
from studio_app.web.ui.places import (
    Place,
    office_extra_places,
    office_places,
    portal_places,
    teacher_places,
    thumb_places,
)
from studio_app.web.words import _

QUITE_OFTEN = 300
"""Seconds"""


def office_shell(
    here: str,
    *body: Any,
    title: Words,
    frame: Any = None,
    top: Sequence[Any] = (),
    full: bool = False,
) -> rx.Component:
    """`here` is the path of the section; `top` stands right of the title; `full` fills the
    height without a margin (the calendar). With a frame of its own it is a sample page, which
    brings its own palette."""
    everywhere = []
    if frame is None:
        everywhere = [command_palette(here), *_counts_live(), _unread_live()]
    frame = FrameState.frame if frame is None else frame
    heading = rx.el.h1(title, class_name="t-h2 top__title")
    header = rx.el.header(_menu(here, frame), heading, *top, _bell(frame), class_name="top")
    inner = "main__full" if full else "scroll"
    content = body if full else [rx.el.div(*body, class_name="page")]
    return rx.el.div(
        skip_link(),
        rx.el.nav(*_office_nav(here, frame), class_name="side", aria_label=_("Main")),
        rx.el.div(
            header,
            rx.el.main(*content, id="main", tab_index=-1, class_name=inner),
            class_name="main",
        ),
        _tabs(thumb_places(frame), here, "tabs tabs--office"),
        *everywhere,
        class_name="shell",
    )


def _bell(frame: Any) -> rx.Component:
    """One's own inbox, from wherever one is."""
    count = _count(Place(routes.INBOX, "", "bell", frame.unread, _("not read")), "pip")
    words = _("Your inbox")
    return rx.el.a(
        icon("bell", 17),
        rx.el.span(words, class_name="sr"),
        count,
        href=routes.INBOX,
        title=words,
        class_name="btn btn--ghost btn--icon top__bell",
    )


def _menu(here: str, frame: Any) -> rx.Component:
    """Where there is no room for the sidebar it slides in."""
    opener = icon_button("menu", _("Menu"), class_name="top__menu")
    nav = rx.el.nav(*_office_nav(here, frame), class_name="side side--drawer", aria_label=_("Menu"))
    return drawer(nav, title=_("Menu"), trigger=opener)


def _office_nav(here: str, frame: Any) -> list[rx.Component]:
    return [
        rx.el.div(
            rx.el.span(icon("music-4", 15), class_name="side__mark"),
            rx.el.span(
                rx.el.b(frame.studio, class_name="block t-sm text-ink truncate"),
                rx.el.span(frame.role, class_name="block t-xs faint"),
                class_name="min-w-0",
            ),
            class_name="side__studio",
        ),
        palette_button(),
        rx.el.ul(*[_place(place, here) for place in office_places(frame)], class_name="side__list"),
        rx.el.div(class_name="flex-1"),
        rx.el.ul(*[_place(p, here) for p in office_extra_places()], class_name="side__list"),
        account_line(frame),
    ]


def _place(place: Place, here: str) -> rx.Component:
    current: dict[str, Any] = {"aria_current": "page"} if place.path == here else {}
    return rx.el.li(
        rx.el.a(icon(place.icon), place.label, _count(place, "cnt"), href=place.path, **current)
    )


def _count(place: Place, look: str) -> rx.Component:
    if not isinstance(place.count, rx.Var) and not place.count:
        return rx.fragment()
    said = rx.el.span(" ", place.says, class_name="sr")
    shown = rx.el.span(place.count, said, class_name=look)
    return rx.cond(place.count != "", shown, rx.fragment())


def _tabs(places: Sequence[Place], here: str, look: str = "tabs") -> rx.Component:
    def tab(place: Place) -> rx.Component:
        current: dict[str, Any] = {"aria_current": "page"} if place.path == here else {}
        mark = _count(place, "pip")
        return rx.el.a(icon(place.icon, 22), place.label, mark, href=place.path, **current)

    return rx.el.nav(*map(tab, places), class_name=look, aria_label=_("Sections"))


def phone_shell(places: Sequence[Place], here: str, *body: Any) -> rx.Component:
    """One column for a thumb; still one column in the middle of a big screen."""
    return rx.el.div(
        skip_link(),
        rx.el.main(*body, id="main", tab_index=-1),
        _tabs(places, here),
        class_name="phone",
    )


def teacher_shell(here: str, *body: Any) -> rx.Component:
    return phone_shell(teacher_places(FrameState.frame), here, *body, _unread_live())


def portal_shell(here: str, *body: Any, frame: Any = None) -> rx.Component:
    """With a frame of its own it is a sample page, which hears of nothing."""
    news = [_unread_live()] if frame is None else []
    frame = FrameState.frame if frame is None else frame
    return phone_shell(portal_places(frame), here, *body, *news)


def _counts_live() -> tuple[rx.Component, ...]:
    """The numbers in the sidebar go on being true; a lesson ends without anybody's doing."""
    return (
        live("message", "reply", on_change=FrameState.count_messages),
        live(
            "booking",
            "lesson",
            "seat",
            "attendance_mark",
            "left_for_later",
            on_change=FrameState.count_undone,
            every=QUITE_OFTEN,
        ),
    )


def _unread_live() -> rx.Component:
    """The number beside the messages goes on being true."""
    return live("inbox", on_change=FrameState.count_unread)


def phone_header(title: Words, above: Words = "", *right: Any) -> rx.Component:
    """The head of a phone page: where one is, in small, and the title."""
    return rx.el.header(
        rx.el.div(
            rx.el.p(above, class_name="t-sm dim"),
            rx.el.h1(title, class_name="t-h1"),
            class_name="min-w-0",
        ),
        rx.el.div(*right, class_name="flex items-center gap-2"),
        class_name="phone__head",
    )


def public_shell(*body: Any, title: Words, words: Words = "") -> rx.Component:
    """Sign-in and everything else for people we do not know yet: one card in the middle."""
    return rx.el.div(
        skip_link(),
        rx.el.header(
            rx.el.a(
                rx.el.span(icon("music-4", 16), class_name="side__mark"),
                rx.el.b("Cadenza"),
                href=routes.HOME,
                class_name="public__brand",
            ),
            colour_mode_button(),
            class_name="public__head",
        ),
        rx.el.main(
            rx.el.h1(title, class_name="t-h1"),
            rx.el.p(words, class_name="dim public__words"),
            *body,
            id="main",
            tab_index=-1,
            class_name="card public__card",
        ),
        rx.el.footer(language_links(), class_name="public__foot"),
        class_name="public",
    )


def plain_shell(*body: Any, title: Words) -> rx.Component:
    """A page that belongs to nobody's work in particular, such as one's account: one column,
    and the way home."""
    home = rx.el.a(
        icon("arrow-left", 16), _("Back"), href=routes.HOME, class_name="btn btn--ghost", id="home"
    )
    return rx.el.div(
        skip_link(),
        rx.el.header(home, rx.el.h1(title, class_name="t-h2 top__title"), class_name="top"),
        rx.el.main(*body, id="main", tab_index=-1, class_name="page page--narrow"),
    )
