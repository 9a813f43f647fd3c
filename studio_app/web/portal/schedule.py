"""A family's lessons: what comes and what was, of all children or of one."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.calendars.queries.meetings import meeting_links
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId, SeatId
from studio_app.overview.queries_family import FamilyDiary, my_diary
from studio_app.scheduling.commands.confirming import confirm_seats, unconfirm_seats
from studio_app.scheduling.queries.families import FamilyLesson, my_lesson
from studio_app.web import routes
from studio_app.web.frame import FrameState, initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.meeting import join_button
from studio_app.web.portal.absence import absence_button
from studio_app.web.portal.proposals import proposals
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.avatars import avatar, colour_of
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip, segmented
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

UPCOMING, PAST = "upcoming", "past"


@dataclass(frozen=True)
class LessonLine:
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    when: str = ""
    about: str = ""
    status: str = ""
    reason: str = ""
    seat_id: str = ""
    can_confirm: bool = False
    can_cancel: bool = False
    address: str = ""
    meeting: str = ""
    swap: str = ""
    """Where another family is asked to change places, if it can be"""


@dataclass(frozen=True)
class ChildChip:
    id: str = ""
    name: str = ""
    chosen: bool = False


class ScheduleState(PageState, rx.State):
    lessons: list[LessonLine] = []
    children: list[ChildChip] = []
    """Empty where there is only one: then there is nothing to choose."""
    view: str = UPCOMING
    chosen: list[LessonLine] = []
    """The lesson that the address names, once for each child in it."""
    _child: str = ""
    _lesson: str = ""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def come(self) -> None:
        """The address may name a lesson: a message led here."""
        self._lesson, self.chosen = self._asked("lesson"), []
        await self._show_chosen()

    @handler
    async def confirm(self, seat_id: str) -> None:
        await self._run(confirm_seats, [SeatId(as_id(seat_id))])
        await self._show()
        undo = ScheduleState.unconfirm(seat_id)
        await self._tell(_("Thank you. The studio knows that you will come."), undo=undo)

    @handler
    async def unconfirm(self, seat_id: str) -> None:
        await self._run(unconfirm_seats, [SeatId(as_id(seat_id))])
        await self._show()

    @handler
    async def choose_view(self, view: str, marker: str) -> None:
        if view not in {UPCOMING, PAST}:
            raise NotFound
        self.view = view
        await self._show()

    @handler
    async def choose_child(self, child: str) -> None:
        self._child = "" if child == self._child else child
        await self._show()

    async def _show(self) -> None:
        past = self.view == PAST
        diary: FamilyDiary = await self._run(my_diary, past=past)
        chosen = [one for one in diary.lessons if self._child in {"", str(one.student_id)}]
        self.lessons = await self._lines(chosen)
        chips = [
            ChildChip(str(one.id), one.first_name, str(one.id) == self._child)
            for one in diary.learners
        ]
        self.children = chips if len(chips) > 1 else []
        await self._show_chosen()

    async def _show_chosen(self) -> None:
        if self._lesson:
            found = await self._run(my_lesson, LessonId(as_id(self._lesson)))
            self.chosen = await self._lines(found)

    async def _lines(self, found: list[FamilyLesson]) -> list[LessonLine]:
        ahead = {one.lesson_id for one in found if one.is_online and not one.is_over}
        links = await self._run(meeting_links, ahead) if ahead else {}
        return [_line(one, links.get(one.lesson_id, "")) for one in found]


def _line(one: FamilyLesson, meeting: str) -> LessonLine:
    where = _("Online") if one.is_online else one.room
    kind = "makeup" if one.kind.value == "makeup" else ""
    cancelled = one.status.value == "cancelled"
    promised = one.will_come and not one.is_over and not cancelled
    kept = "confirmed" if promised else kind
    return LessonLine(
        name=one.student,
        initials=initials(one.student),
        colour=colour_of(one.student_id),
        when=one.when,
        about=" · ".join(part for part in (one.lesson_type, one.teacher, where) if part),
        status=kept if one.status.value == "scheduled" else one.status.value,
        reason=one.cancel_reason if cancelled else "",
        seat_id=str(one.seat_id),
        can_confirm=one.status.value == "scheduled" and not (one.is_over or one.will_come),
        can_cancel=one.status.takes_place and not one.has_begun,
        address=", ".join(part for part in (one.location, one.address) if part),
        meeting="" if one.is_over else meeting,
        swap=routes.filled(routes.PORTAL_SWAP_WITH, lesson_id=one.lesson_id)
        if one.can_be_swapped
        else "",
    )


def page() -> rx.Component:
    state: Any = ScheduleState
    views = [
        {"value": UPCOMING, "label": _("Upcoming")},
        {"value": PAST, "label": _("Past")},
    ]
    choose = segmented(_("Which lessons"), state.view, views, on_choose=ScheduleState.choose_view)
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Schedule"), FrameState.frame.studio, account_button()),
        rx.el.div(choose, _chips(state), class_name="phone__tools"),
        loaded(
            state,
            proposals(),
            rx.cond(some(state.chosen), _chosen(state), rx.fragment()),
            card(rows(state.lessons, _row, empty=_nothing(state))),
            rx.el.p(
                link(_("Have them in your own calendar"), routes.MY_CALENDAR),
                class_name="t-sm px-4",
            ),
            skeleton=card(skeleton_rows(6)),
            on_retry=ScheduleState.load,
        ),
        live("lesson", "seat", "meeting", on_change=ScheduleState.look_again),
    )


def _chips(state: Any) -> rx.Component:
    def one(child: rx.vars.ObjectVar[ChildChip]) -> rx.Component:
        choose = ScheduleState.choose_child(child.id)
        return chip(child.name, pressed=child.chosen, on_click=choose)

    listed = rx.foreach(state.children, one)
    return rx.el.div(listed, class_name="chips", role="group", aria_label=_("Child"))


def _chosen(state: Any) -> rx.Component:
    """The lesson a message was about, before all others."""

    def one(line: rx.vars.ObjectVar[LessonLine]) -> rx.Component:
        confirm = button(
            _("We will be there"),
            "check",
            kind="primary",
            block=True,
            on_click=ScheduleState.confirm(line.seat_id),
        )
        place = rx.el.li(icon("map-pin", 15), line.address, class_name="row t-sm dim")
        return rx.fragment(
            _row(line),
            rx.cond(line.address != "", place, rx.fragment()),
            rx.cond(
                line.can_confirm, rx.el.li(card_body(confirm, class_name="py-3")), rx.fragment()
            ),
        )

    return card(
        rx.el.h2(_("This lesson"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(state.chosen, one), class_name="rows"),
        class_name="card--now",
    )


def _row(line: rx.vars.ObjectVar[LessonLine]) -> rx.Component:
    marked = status_badge(
        line.status, "cancelled", "requested", "provisional", "makeup", "confirmed"
    )
    reason = rx.el.span(line.reason, class_name="t-sm faint block")
    return rx.el.li(
        avatar(line.initials, line.colour),
        rx.el.div(
            rx.el.span(line.when, class_name="font-medium num block"),
            rx.el.span(line.name, class_name="t-sm block"),
            rx.el.span(line.about, class_name="t-sm dim block"),
            rx.cond(line.reason != "", reason, rx.fragment()),
            join_button(line.meeting),
            rx.cond(
                line.can_cancel,
                absence_button(line.seat_id, line.when, line.name),
                rx.fragment(),
            ),
            class_name="flex-1 min-w-0",
        ),
        rx.cond(line.status != "", marked, rx.fragment()),
        rx.cond(line.swap != "", _swap(line), rx.fragment()),
        class_name="row",
    )


def _swap(line: rx.vars.ObjectVar[LessonLine]) -> rx.Component:
    words = _("Swap with another family: {name}, {when}", name=line.name, when=line.when)
    return rx.el.a(
        icon("arrow-left-right", 16),
        href=line.swap,
        aria_label=words,
        title=_("Swap with another family"),
        class_name="btn btn--ghost btn--icon",
    )


def _nothing(state: Any) -> rx.Component:
    ahead = empty(
        "calendar-days",
        _("No lessons to come"),
        _("As soon as the studio plans one, it stands here."),
        level=2,
    )
    past = empty(
        "calendar-days",
        _("No lessons in the last weeks"),
        _("Lessons that took place stand here."),
        level=2,
    )
    return rx.cond(state.view == PAST, past, ahead)
