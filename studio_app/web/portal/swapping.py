"""Asking another family to change places: which times it could be, and nobody's name."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.swapping import propose_swap
from studio_app.bookings.queries.swapping import SwapChoices, SwapDay, SwapTime, swap_choices
from studio_app.kit.ids import LessonId, new_id
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card, card_body, facts, hint
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class TimeShown:
    id: str = ""
    time: str = ""
    when: str = ""


@dataclass(frozen=True)
class DayShown:
    day: str = ""
    times: list[TimeShown] = field(default_factory=list[TimeShown])


class SwapWithState(PageState, rx.State):
    student: str = ""
    when: str = ""
    about: str = ""
    is_alone: bool = True
    days: list[DayShown] = []
    _key: str = ""

    @loader
    async def load(self) -> None:
        self._key = str(new_id())
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def ask(self, other_id: str) -> EventType[()]:
        """The other family is told; its answer moves both lessons."""
        other = LessonId(as_id(other_id))
        swap_id = await self._run_once(f"{self._key} {other}", propose_swap, self._id(), other)
        await self._tell(_("Asked. Both lessons move as soon as the other family agrees."))
        return rx.redirect(routes.filled(routes.PORTAL_SWAP, swap_id=swap_id))

    async def _look(self) -> None:
        found: SwapChoices = await self._run(swap_choices, self._id())
        self.student, self.when = found.student, found.when
        self.about = f"{found.lesson_type} · {found.teacher}"
        self.is_alone = found.is_alone
        self.days = [_day(one) for one in found.days]

    def _id(self) -> LessonId:
        return LessonId(self._path_id("lesson_id"))


def _day(one: SwapDay) -> DayShown:
    return DayShown(one.day, [_time(each) for each in one.times])


def _time(one: SwapTime) -> TimeShown:
    return TimeShown(str(one.lesson_id), one.time, one.when)


def page() -> rx.Component:
    state: Any = SwapWithState
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Change places"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            _own(state),
            rx.cond(some(state.days), _times(state), _nothing(state)),
            skeleton=card(skeleton_rows(5)),
            on_retry=SwapWithState.load,
        ),
        live("swap", "lesson", "seat", on_change=SwapWithState.look_again),
    )


def _own(state: Any) -> rx.Component:
    words = _("The other family reads your time and their own, and no name. They may say no.")
    return card(
        card_body(
            rx.el.h2(state.student, class_name="t-h2 pt-4"),
            rx.el.div(hint("info", words), class_name="my-3"),
            facts(
                ("calendar-days", _("Your lesson"), state.when),
                ("music-4", _("Kind of lesson"), state.about),
            ),
        ),
        class_name="card--now",
    )


def _times(state: Any) -> rx.Component:
    def day(one: Any) -> rx.Component:
        times = rx.el.div(
            rx.foreach(one.times, lambda each: _ask(state, each)),
            class_name="grid grid-cols-2 gap-2 mb-3",
        )
        return rx.el.div(rx.el.h3(one.day, class_name="t-sm font-medium mb-2"), times)

    return card(
        card_body(
            rx.el.h2(_("Times you can ask for"), class_name="t-over pt-4 mb-3"),
            rx.foreach(state.days, day),
        )
    )


def _ask(state: Any, one: Any) -> rx.Component:
    """Two taps: the time, and that it is meant."""
    words = _("Instead of {when}. Nothing moves before the other family agrees.", when=state.when)
    return confirm(
        title=_("Ask for {when}?", when=one.when),
        words=words,
        action=_("Ask"),
        on_confirm=SwapWithState.ask(one.id),
        trigger=button(one.time, class_name="num min-h-[44px]"),
        kind="primary",
    )


def _nothing(state: Any) -> rx.Component:
    back = link_button(_("Schedule"), routes.PORTAL_SCHEDULE, "calendar-days")
    alone = empty(
        "arrow-left-right",
        _("No time that would suit"),
        _("In the four weeks around it no other lesson could change places with this one."),
        back,
        level=2,
    )
    group = empty(
        "users-round",
        _("Classes do not change places"),
        _("Only lessons of one student can change places."),
        back,
        level=2,
    )
    return card(rx.cond(state.is_alone, alone, group))
