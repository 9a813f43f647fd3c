"""One's own lessons in one's own calendar program: subscribing, and ending it."""

from typing import Any

import reflex as rx

from studio_app.calendars.commands.feeds import prepare_my_feeds
from studio_app.calendars.queries.feeds import my_feeds
from studio_app.web.handlers import loader
from studio_app.web.own.calendar_parts import ChangingLinks, FeedLine, feed_line, feed_rows
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import plain_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


class MyCalendarState(ChangingLinks, rx.State):
    lines: list[FeedLine] = []

    @loader
    async def load(self) -> None:
        await self._look()

    async def _look(self) -> None:
        await self._run(prepare_my_feeds)
        found = await self._run(my_feeds)
        self.lines = [line for one in found for line in feed_line(one)]


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
