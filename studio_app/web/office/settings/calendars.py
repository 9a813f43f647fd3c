"""Calendars for other programs: each teacher's, each room's, and what families have."""

from typing import Any

import reflex as rx

from studio_app.calendars.queries.feeds import FeedAbout, office_feeds
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.own.calendar_parts import ChangingLinks, FeedLine, feed_line, feed_rows
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

_GIVEN = {FeedAbout.TEACHER, FeedAbout.ROOM}


class CalendarLinksState(ChangingLinks, rx.State):
    lines: list[FeedLine] = []
    theirs: list[FeedLine] = []

    @loader
    async def load(self) -> None:
        await self._look()

    async def _look(self) -> None:
        found = await self._run(office_feeds)
        self.lines = [line for one in found if one.about in _GIVEN for line in feed_line(one)]
        others = [line for one in found if one.about not in _GIVEN for line in feed_line(one)]
        self.theirs = [line for line in others if line.feed_id]


def page() -> rx.Component:
    state: Any = CalendarLinksState
    none = empty(
        "calendar-off",
        _("Nothing to show yet"),
        _("Add teachers and rooms: each of them has a calendar."),
        level=2,
    )
    nobody = empty(
        "users", _("No family has one yet"), _("They find it on their account page."), level=2
    )
    told = hint(
        "info",
        _(
            "An address works as long as whoever made it is in the office. A room’s calendar "
            "names who teaches and no student."
        ),
    )
    return settings_shell(
        routes.SETTINGS_CALENDARS,
        loaded(
            state,
            stack(
                card(
                    card_body(told),
                    feed_rows(state, state.lines, empty=none),
                    title=_("Teachers and rooms"),
                ),
                card(feed_rows(state, state.theirs, empty=nobody), title=_("Families")),
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=CalendarLinksState.load,
        ),
    )
