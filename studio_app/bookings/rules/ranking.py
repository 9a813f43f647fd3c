"""In which order those who wait are asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from studio_app.bookings.rules.waiting import WaitingKind


class Waits(Protocol):
    """What the order is made of."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> WaitingKind: ...
    @property
    def submitted_at(self) -> datetime: ...


W = TypeVar("W", bound=Waits)


def rank(entry: Waits, *, make_ups_first: bool) -> tuple[int, datetime, UUID]:
    """Lower is asked earlier; no two are alike."""
    later = make_ups_first and entry.kind != WaitingKind.MAKE_UP
    return int(later), entry.submitted_at, entry.id


def ranked(entries: Iterable[W], *, make_ups_first: bool) -> list[W]:
    """Make-ups first where the studio wants it, then whoever asked earlier."""
    return sorted(entries, key=lambda one: rank(one, make_ups_first=make_ups_first))
