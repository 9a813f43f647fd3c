"""One's own lessons in one's own calendar program: subscribing, and ending it."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.calendars.commands.feeds import (
    FeedAbout,
    end_feed,
    make_feed,
    prepare_my_feeds,
    renew_feed,
)
from studio_app.calendars.queries.feeds import my_feeds
from studio_app.kit.ids import FeedId
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_choice, as_id
from studio_app.web.own.calendar_parts import FeedLine, feed_line, feed_rows
from studio_app.web.session import PageState
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import plain_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


class MyCalendarState(PageState, rx.State):
    lines: list[FeedLine] = []

    @loader
    async def load(self) -> None:
        await self._run(prepare_my_feeds)
        found = await self._run(my_feeds)
        self.lines = [line for one in found for line in feed_line(one)]

    @handler
    async def make(self, about: str, subject_id: str) -> EventType[()]:
        subject = as_id(subject_id) if subject_id else None
        await self._run(make_feed, as_choice(about, FeedAbout), subject)
        return MyCalendarState.load

    @handler
    async def renew(self, feed_id: str) -> EventType[()]:
        await self._run(renew_feed, FeedId(as_id(feed_id)))
        await self._tell(_("There is a new address. The old one works no more."))
        return MyCalendarState.load

    @handler
    async def end(self, feed_id: str) -> EventType[()]:
        await self._run(end_feed, FeedId(as_id(feed_id)))
        await self._tell(_("That address works no more."))
        return MyCalendarState.load


def page() -> rx.Component:
    state: Any = MyCalendarState
    none = empty(
        "calendar-off",
        _("No lessons of yours"),
        _("Who teaches, learns or has children here finds their calendar on this page."),
        level=2,
    )
    words = rx.el.p(
        _(
            "Your lessons appear in your own calendar and follow every change by themselves. "
            "Whoever has the address can read them: keep it to yourself."
        ),
        class_name="t-sm dim",
    )
    return plain_shell(
        loaded(
            state,
            stack(
                card(
                    card_body(words, class_name="pt-4"),
                    feed_rows(state, state.lines, empty=none),
                )
            ),
            skeleton=skeleton_block("h-64"),
            on_retry=MyCalendarState.load,
        ),
        title=_("Your calendar"),
    )
