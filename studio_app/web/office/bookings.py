"""What families have asked for: yes with one tap, no with a reason; what waits longest first."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.deciding import confirm_booking, decline_booking
from studio_app.bookings.commands.reopening import reopen_booking
from studio_app.bookings.queries.bookings import BookingRow, waiting_bookings
from studio_app.kit.ids import BookingId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill, status_badge
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, text_field
from studio_app.web.ui.lists import acting_row, rows
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class BookingLine:
    id: str = ""
    state: str = ""
    student: str = ""
    href: str = ""
    when: str = ""
    about: str = ""
    sentence: str = ""
    age: str = ""
    until: str = ""
    is_late: bool = False
    dialog: str = ""


class BookingsState(Opening, rx.State):
    rows: list[BookingLine] = []

    @loader
    async def load(self) -> None:
        self.rows = [_line(one) for one in await self._run(waiting_bookings)]

    @handler
    async def approve(self, booking_id: str) -> EventType[()]:
        await self._run(confirm_booking, BookingId(as_id(booking_id)))
        undo = BookingsState.reopen(booking_id)
        await self._tell(_("Booked. The family and the teacher are told."), undo=undo)
        return BookingsState.load

    @handler
    async def decline(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        reason = read.optional_text("reason", longest=500)
        read.check()
        booking_id = BookingId(as_id(self._about("decline")))
        await self._run(decline_booking, booking_id, reason=reason)
        self.opened = ""
        undo = BookingsState.reopen(str(booking_id))
        await self._tell(_("Declined. The family is told."), undo=undo)
        return BookingsState.load

    @handler
    async def reopen(self, booking_id: str) -> EventType[()]:
        """Undo of both: it waits again."""
        await self._run(reopen_booking, BookingId(as_id(booking_id)))
        return BookingsState.load


def _line(one: BookingRow) -> BookingLine:
    about = " · ".join(part for part in (one.lesson_type, one.teacher, one.where) if part)
    waits = (
        many("waits {n} day", "waits {n} days", n=one.age_days) if one.age_days else _("new today")
    )
    asked = _("{waits}, asked by {name}", waits=waits, name=one.asked_by)
    return BookingLine(
        id=str(one.id),
        state=one.state.value,
        student=one.student,
        href=routes.filled(routes.STUDENT, student_id=one.student_id),
        when=one.when,
        about=about,
        sentence=one.sentence,
        age=asked if one.asked_by else waits,
        until=_("until {day}", day=one.expires),
        is_late=one.is_late,
        dialog=f"decline {one.id}",
    )


def page() -> rx.Component:
    state: Any = BookingsState
    nothing = empty(
        "calendar-check",
        _("Nothing to decide"),
        _("What families book and somebody has to look at stands here, the most urgent first."),
        level=2,
    )
    return office_shell(
        routes.BOOKINGS,
        loaded(
            state,
            card(rows(state.rows, lambda one: _row(state, one), empty=nothing)),
            skeleton=card(skeleton_rows(4)),
            on_retry=BookingsState.load,
        ),
        live("booking", "lesson", on_change=[BookingsState.load]),
        title=_("Bookings"),
    )


def _row(state: Any, one: Any) -> rx.Component:
    until = rx.cond(one.is_late, pill(one.until, tone="warn"), pill(one.until))
    words = rx.el.div(
        rx.el.div(
            link(one.student, one.href, class_name="font-medium"),
            status_badge(one.state, "requested", "provisional"),
            until,
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(one.when, class_name="num"),
        rx.el.p(one.about, class_name="t-sm dim"),
        rx.el.p(one.sentence, class_name="t-sm"),
        rx.el.p(one.age, class_name="t-xs faint"),
        class_name="grow min-w-0",
    )
    yes = button(_("Approve"), "check", kind="primary", size="sm", on_click=state.approve(one.id))
    return acting_row(words, rx.el.div(_decline(state, one), yes, class_name="flex gap-2"))


def _decline(state: Any, one: Any) -> rx.Component:
    typed = form(
        text_field(
            _("Why"), "reason", faults=state.faults, hint=_("The family reads it. May be empty.")
        ),
        form_actions(submit(_("Decline"))),
        on_submit=state.decline,
    )
    opener = button(_("Decline"), size="sm")
    return named_dialog(
        state, one.dialog, typed, title=_("Decline this booking"), trigger=opener, words=one.when
    )
