"""Lessons to come and lessons that were, of each child."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reflex as rx

from studio_app.overview.queries import my_home
from studio_app.scheduling.queries.families import FamilyLesson, my_lessons
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.portal.home_state import what_of
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.avatars import avatar, colour_of
from studio_app.web.ui.badges import badge
from studio_app.web.ui.cards import card
from studio_app.web.ui.choices import chip, option, segmented
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.ui.phone import timed_row, who
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

AHEAD = timedelta(weeks=26)
"""Half a year each way: what families ask about."""


@dataclass(frozen=True)
class ChildChip:
    id: str = ""
    first_name: str = ""
    colour: str = "k1"


@dataclass(frozen=True)
class LessonLine:
    day: str = ""
    """Said above the first lesson of each day; empty for the others."""
    time: str = ""
    child: str = ""
    initials: str = ""
    colour: str = "k1"
    what: str = ""
    where: str = ""
    teacher: str = ""
    standing: str = ""
    reason: str = ""


class FamilyScheduleState(PageState, rx.State):
    children: list[ChildChip] = []
    lines: list[LessonLine] = []
    shown: str = ""
    """Whose lessons; empty: everybody's."""
    period: str = "upcoming"

    @loader
    async def load(self) -> None:
        self.shown, self.period = "", "upcoming"
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def only(self, student_id: str) -> None:
        self.shown = "" if self.shown == student_id else student_id
        await self._show()

    @handler
    async def look(self, period: str, marker: str) -> None:
        self.period = period
        await self._show()

    async def _show(self) -> None:
        home = await self._run(my_home)
        today, past = home.today, self.period == "past"
        span = (today - AHEAD, today) if past else (today, today + AHEAD)
        found = await self._run(my_lessons, *span)
        self.children = [
            ChildChip(str(one.id), one.first_name, colour_of(one.id)) for one in home.children
        ]
        wanted = [one for one in found if self.shown in {"", str(one.student_id)}]
        self.lines = _lines(wanted[::-1] if past else wanted)


def _lines(lessons: list[FamilyLesson]) -> list[LessonLine]:
    days = ["", *(one.day for one in lessons)]
    return [
        _line(one, "" if one.day == before else one.day)
        for one, before in zip(lessons, days, strict=False)
    ]


def _line(lesson: FamilyLesson, day: str) -> LessonLine:
    standing = "makeup" if lesson.kind.value == "make_up" else ""
    return LessonLine(
        day=day,
        time=lesson.time,
        child=lesson.student.split(maxsplit=1)[0],
        initials=initials(lesson.student),
        colour=colour_of(lesson.student_id),
        what=what_of(lesson),
        where=_("Online") if lesson.is_online else lesson.location,
        teacher=lesson.teacher,
        standing="cancelled" if lesson.status.value == "cancelled" else standing,
        reason=lesson.cancel_reason,
    )


def page() -> rx.Component:
    state: Any = FamilyScheduleState
    periods = [option("upcoming", _("Coming")), option("past", _("Past"))]
    choose = segmented(_("Period"), state.period, periods, on_choose=state.look)
    listed = card(rx.el.ul(rx.foreach(state.lines, _row), class_name="rows"))
    content = loaded(
        state,
        rx.cond(state.children.length() > 1, _chips(state), rx.fragment()),
        rx.cond(some(state.lines), listed, card(_nothing(state))),
        skeleton=card(skeleton_rows(5)),
        on_retry=FamilyScheduleState.load,
    )
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Schedule"), "", choose, account_button()),
        content,
        live("lesson", "seat", on_change=FamilyScheduleState.look_again),
    )


def _chips(state: Any) -> rx.Component:
    def one(child: Any) -> rx.Component:
        pressed = state.shown == child.id
        return chip(
            child.first_name, pressed=pressed, colour=child.colour, on_click=state.only(child.id)
        )

    label = _("Show only the lessons of")
    return rx.el.div(
        rx.foreach(state.children, one), class_name="chips chips--phone", role="group",
        aria_label=label,
    )  # fmt: skip


def _row(one: Any) -> rx.Component:
    heading = rx.el.li(rx.el.h2(one.day, class_name="t-over"), class_name="row row--day")
    gone = one.standing == "cancelled"
    standing = rx.match(
        one.standing, ("cancelled", badge("cancelled")), ("makeup", badge("makeup")), rx.fragment()
    )
    reason = rx.cond(one.reason != "", rx.el.span(one.reason), rx.fragment())
    name = who(
        one.child,
        rx.el.span(one.what, " · ", one.teacher),
        rx.cond(one.where != "", rx.el.span(one.where), rx.fragment()),
        rx.fragment(standing),
        reason,
        struck=gone,
    )
    line = timed_row(one.time, avatar(one.initials, one.colour), name)
    return rx.fragment(rx.cond(one.day != "", heading, rx.fragment()), line)


def _nothing(state: Any) -> rx.Component:
    coming = empty(
        "calendar-days",
        _("No lessons are planned"),
        _("The studio puts them here; you need do nothing."),
        level=2,
    )
    past = empty(
        "history", _("No lessons yet"), _("Those that were held are listed here."), level=2
    )
    return rx.cond(state.period == "past", past, coming)
