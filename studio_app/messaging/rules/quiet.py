"""Quiet hours: walls of a night on the studio's clock, which may wrap midnight.

Times are wall times in the studio's zone; a window from 21:00 to 08:00 is quiet at 21:00 and no
longer at 08:00. Clock changes are resolved as everywhere: see `kit.clock.to_instant`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot, to_instant

MARGIN = timedelta(minutes=15)
"""A reminder that must go out before the night leaves this much earlier than it begins."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Quiet from one wall time to another; equal times mean that nothing is quiet."""

    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


def quiet_span(at: datetime, windows: Sequence[Window], zone: ZoneInfo) -> Slot | None:
    """The whole quiet time around an instant, or None where it is not quiet.

    Several windows are all heeded, so the stricter wins: what overlaps or touches is one span.
    """
    spans = _nights(at, windows, zone)
    around = next((span for span in spans if span.starts_at <= at < span.ends_at), None)
    while around:
        wider = _joined(around, spans)
        if wider == around:
            return around
        around = wider
    return None


def not_before(at: datetime, windows: Sequence[Window], zone: ZoneInfo) -> datetime:
    """When a message that is due at `at` may go: then, or when the quiet time is over."""
    span = quiet_span(at, windows, zone)
    return span.ends_at if span else at


def reminder_at(
    starts_at: datetime, before: timedelta, windows: Sequence[Window], zone: ZoneInfo
) -> datetime:
    """When to remind of a lesson: `before` it.

    Where that is in the night, in the morning if that still leaves half of the time; else before
    the night, so that a lesson at 07:30 is heard of the evening before.
    """
    wanted = starts_at - before
    span = quiet_span(wanted, windows, zone)
    if span is None:
        return wanted
    early_enough = starts_at - span.ends_at >= before / 2
    return span.ends_at if early_enough else span.starts_at - MARGIN


def _nights(at: datetime, windows: Sequence[Window], zone: ZoneInfo) -> list[Slot]:
    today = at.astimezone(zone).date()
    spans: list[Slot] = []
    for window in windows:
        if window.begins == window.ends:
            continue
        over = _DAY if window.ends < window.begins else timedelta()
        for shift in range(-2, 3):
            day = today + timedelta(days=shift)
            begins = to_instant(day, window.begins, zone)
            ends = to_instant(day + over, window.ends, zone)
            if begins < ends:
                spans.append(Slot(begins, ends))
    return spans


def _joined(around: Slot, spans: Sequence[Slot]) -> Slot:
    touching = [
        span
        for span in spans
        if span.starts_at <= around.ends_at and around.starts_at <= span.ends_at
    ]
    return Slot(min(span.starts_at for span in touching), max(span.ends_at for span in touching))


LEAST_OPEN = timedelta(hours=4)


def leaves_room(begins: str, ends: str) -> bool:
    """Whether quiet hours from 21:00 to 08:00, as typed, leave enough of the day."""
    window = Window(time.fromisoformat(begins), time.fromisoformat(ends))
    return _DAY - length(window) >= LEAST_OPEN


def length(window: Window) -> timedelta:
    begins = timedelta(hours=window.begins.hour, minutes=window.begins.minute)
    ends = timedelta(hours=window.ends.hour, minutes=window.ends.minute)
    return (ends - begins) % _DAY


def heeded(studio: Window, own: Sequence[Window]) -> tuple[Window, ...]:
    """The studio's and one's own quiet hours together: the stricter wins.

    Where together they would leave no time at all, the studio's count.
    """
    together = (studio, *(window for window in own if window != studio))
    if sum((length(window) for window in together), timedelta()) <= _DAY - LEAST_OPEN:
        return together
    open_minutes = sum(
        not any(_covers(window, minute) for window in together) for minute in range(24 * 60)
    )
    return together if timedelta(minutes=open_minutes) >= LEAST_OPEN else (studio,)


def _covers(window: Window, minute: int) -> bool:
    begins = window.begins.hour * 60 + window.begins.minute
    return (minute - begins) % (24 * 60) < length(window) / timedelta(minutes=1)
