"""The calendar: our props on @event-calendar/core (MIT). See studio_calendar.jsx for the rules.

Dates that cross are naive wall clock of the studio ("2026-11-16T15:30:00").
"""

from typing import Any, NotRequired

import reflex as rx
from reflex_base.components.component import NoSSRComponent, field
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var
from typing_extensions import TypedDict

from studio_app.web.ui.scripts import script
from studio_app.web.words import _


class Move(TypedDict):
    """A lesson as the browser has put it. Believe nothing but the id, times and resources."""

    id: str
    start: str
    end: str
    resource_ids: list[str]
    old_start: str
    old_end: str
    old_resource_ids: list[str]
    deadline: NotRequired[float]
    """Milliseconds since 1970: later than this the browser has put the lesson back."""


class Slot(TypedDict):
    start: str
    end: str
    resource_id: str
    all_day: bool


class Range(TypedDict):
    start: str
    end: str
    view: str
    title: str


class StudioCalendar(NoSSRComponent):
    library = script("studio_calendar.jsx")
    tag = "StudioCalendar"
    lib_dependencies: list[str] = ["@event-calendar/core@5.15.0"]

    events: Var[list[dict[str, Any]]] = field(
        doc="[{id, title, start, end, resourceIds, extendedProps: {status, status_label, "
        "color, meta, label, locked}}]; color is k1 to k8"
    )
    resources: Var[list[dict[str, Any]]] = field(doc="[{id, title}]: teachers or rooms")
    patch: Var[dict[str, Any]] = field(
        doc="{n: counter, upsert: [event], remove: [id], revert: [id]}: the answer to a drag"
    )
    rev: Var[int] = field(doc="bump after replacing events: settles what is pending")
    view: Var[str] = field(
        doc="timeGridDay, timeGridWeek, dayGridMonth, listWeek, resourceTimeGridDay"
    )
    date: Var[str] = field(doc="YYYY-MM-DD")
    timezone: Var[str] = field(doc="IANA zone of the studio")
    locale: Var[str] = field(doc="BCP 47")
    first_day: Var[int] = field(doc="0 is Sunday")
    editable: Var[bool] = field(doc="drag, resize, create")
    slot_min_time: Var[str] = field(doc="HH:MM:SS")
    slot_max_time: Var[str] = field(doc="HH:MM:SS")
    snap_duration: Var[str] = field(doc="HH:MM:SS")
    slot_height: Var[int] = field(doc="pixels per 30 minutes")
    scroll_time: Var[str] = field(doc="HH:MM:SS")
    column_width: Var[str] = field(doc="least width of a column; a phone scrolls sideways")
    hidden_days: Var[list[int]] = field(doc="closed weekdays, 0 is Sunday")
    ack_timeout: Var[int] = field(doc="milliseconds before an unanswered drag goes back")
    server_now: Var[float] = field(doc="server's milliseconds since 1970 when the page loaded")
    selected_id: Var[str]
    aria_label: Var[str]
    timeout_words: Var[str]
    until_word: Var[str]

    on_event_click: EventHandler[passthrough_event_spec(Move)]
    on_slot_click: EventHandler[passthrough_event_spec(Slot)]
    on_slot_select: EventHandler[passthrough_event_spec(Slot)]
    on_event_drop: EventHandler[passthrough_event_spec(Move)]
    on_event_resize: EventHandler[passthrough_event_spec(Move)]
    on_range_change: EventHandler[passthrough_event_spec(Range)]
    on_locked: EventHandler[passthrough_event_spec(Move)]


def studio_calendar(**props: Any) -> rx.Component:
    props.setdefault(
        "aria_label",
        _("Lessons. Tab to a lesson, Enter to open it, Alt and arrow keys to move it."),
    )
    return StudioCalendar.create(
        timeout_words=_("No answer from the studio. The lesson went back to its old time."),
        until_word=_("until"),
        **props,
    )


def settled(patch: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The next patch: `settled(self.patch, revert=[id])` or `upsert=[event]`."""
    return {"n": int(patch.get("n", 0)) + 1, **changes}
