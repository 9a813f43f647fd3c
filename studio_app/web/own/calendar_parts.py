"""Rows of calendars and their addresses, for one's own page and for the office's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.calendars.commands.feeds import end_feed, make_feed, renew_feed
from studio_app.calendars.queries.feeds import FeedAbout, FeedChoice, FeedLink
from studio_app.kit.ids import FeedId
from studio_app.web.handlers import handler
from studio_app.web.inputs import as_choice, as_id
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.copying import copy_button
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.lists import rows
from studio_app.web.words import _


@dataclass(frozen=True)
class FeedLine:
    """A calendar with one of its addresses, or with none."""

    about: str = ""
    subject_id: str = ""
    title: str = ""
    detail: str = ""
    feed_id: str = ""
    address: str = ""
    webcal: str = ""
    google: str = ""
    is_mine: bool = False


class ChangingLinks(PageState, mixin=True):
    """A page with addresses of calendars: made, renewed and ended."""

    @handler
    async def make(self, about: str, subject_id: str) -> None:
        subject = as_id(subject_id) if subject_id else None
        await self._run(make_feed, as_choice(about, FeedAbout), subject)
        await self._look()

    @handler
    async def renew(self, feed_id: str) -> None:
        await self._run(renew_feed, FeedId(as_id(feed_id)))
        await self._look()
        await self._tell(_("There is a new address. The old one works no more."))

    @handler
    async def end(self, feed_id: str) -> None:
        await self._run(end_feed, FeedId(as_id(feed_id)))
        await self._look()
        await self._tell(_("That address works no more."))

    async def _look(self) -> None:
        """The addresses as they are now; each page says which."""


def feed_line(choice: FeedChoice) -> Iterator[FeedLine]:
    subject = str(choice.subject_id or "")
    title = _title(choice)
    for link in choice.links:
        yield FeedLine(
            about=choice.about.value,
            subject_id=subject,
            title=title,
            detail=_detail(link),
            feed_id=str(link.id),
            address=link.address,
            webcal=link.webcal,
            google=link.google,
            is_mine=link.is_mine,
        )
    if not any(link.is_mine for link in choice.links):
        yield FeedLine(about=choice.about.value, subject_id=subject, title=title)


def _title(choice: FeedChoice) -> str:
    if choice.about is FeedAbout.OWN and not choice.name:
        return _("All your children")
    if choice.about is FeedAbout.TEACHER:
        return _("What {name} teaches", name=choice.name)
    return choice.name


def _detail(link: FeedLink) -> str:
    asked = _("last read on {day}", day=link.fetched_on) if link.fetched_on else _("never read yet")
    return asked if link.is_mine else f"{link.made_by} · {asked}"


def feed_rows(state: Any, lines: Any, *, empty: rx.Component) -> rx.Component:
    """`state` has `make`, `renew` and `end`."""
    return rows(lines, lambda line: _row(state, line), empty=empty)


def _row(state: Any, line: Any) -> rx.Component:
    make = button(
        _("Make an address"), "link", size="sm", on_click=state.make(line.about, line.subject_id)
    )
    own = rx.fragment(
        link_button(_("Subscribe"), line.webcal, "calendar-plus", kind="primary", size="sm"),
        link_button(_("Google Calendar"), line.google, size="sm", target="_blank"),
        copy_button(_("Copy the address"), line.address, size="sm"),
        _ask(
            _("New address"),
            _("Make a new address?"),
            _("Programs that read the old one stop. Subscribe with the new one again."),
            state.renew(line.feed_id),
        ),
    )
    end = _ask(
        _("End"),
        _("End this address?"),
        _("Programs that read it get nothing more."),
        state.end(line.feed_id),
    )
    acts = rx.cond(
        line.feed_id == "", make, rx.fragment(rx.cond(line.is_mine, own, rx.fragment()), end)
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(line.title, class_name="font-medium block"),
            rx.el.span(line.detail, class_name="t-sm dim block"),
            class_name="flex-[1_1_220px] min-w-0",
        ),
        rx.el.div(acts, class_name="flex flex-wrap gap-2"),
        class_name="row flex-wrap",
    )


def _ask(label: str, title: str, words: str, on_confirm: Any) -> rx.Component:
    return confirm(
        title=title,
        words=words,
        action=label,
        on_confirm=on_confirm,
        trigger=button(label, size="sm", kind="ghost"),
    )
