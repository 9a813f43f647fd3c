"""By which rules lessons may be booked: the studio's, and where one kind of lesson differs."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from studio_app.kit.words import Labelled, Text, _
from studio_app.scheduling.rules.states import Confirming


@dataclass(frozen=True, slots=True)
class BookingRules:
    """As they ship: a day's notice, two months ahead, on the quarter hour, at once.

    `lead_minutes` is the notice, `horizon_days` how far ahead; `most_a_week` limits the lessons
    of one student in a week, 0 does not. `buffer_minutes` stay free between any two lessons
    of a teacher, `travel_minutes` between two at different locations (for the student too).
    """

    is_open: bool = True
    lead_minutes: int = 24 * 60
    horizon_days: int = 60
    most_a_week: int = 0
    buffer_minutes: int = 0
    travel_minutes: int = 0
    step_minutes: int = 15
    confirming: Confirming = Confirming.AT_ONCE
    one_active: bool = False
    expire_days: int = 14

    @property
    def buffer(self) -> timedelta:
        return timedelta(minutes=self.buffer_minutes)

    @property
    def travel(self) -> timedelta:
        """Between two locations: at least what lies between any two lessons."""
        return timedelta(minutes=max(self.buffer_minutes, self.travel_minutes))

    def earliest(self, now: datetime) -> datetime:
        return now + timedelta(minutes=self.lead_minutes)

    def latest(self, now: datetime) -> datetime:
        return now + timedelta(days=self.horizon_days)


class WayOfWorking(Labelled):
    """The four ways in which studios let people book; each a set of rules to begin with."""

    MUSIC_STUDIO = "music_studio"
    COACH = "coach"
    WEEKLY_SLOTS = "weekly_slots"
    MARKETPLACE = "marketplace"


PRESETS: dict[WayOfWorking, BookingRules] = {
    WayOfWorking.MUSIC_STUDIO: BookingRules(
        lead_minutes=24 * 60,
        horizon_days=90,
        most_a_week=2,
        travel_minutes=30,
        confirming=Confirming.REVIEW,
    ),
    WayOfWorking.COACH: BookingRules(
        lead_minutes=12 * 60, horizon_days=60, buffer_minutes=15, travel_minutes=30, step_minutes=30
    ),
    WayOfWorking.WEEKLY_SLOTS: BookingRules(
        lead_minutes=48 * 60,
        horizon_days=120,
        most_a_week=1,
        travel_minutes=30,
        step_minutes=30,
        confirming=Confirming.REVIEW,
        one_active=True,
    ),
    WayOfWorking.MARKETPLACE: BookingRules(
        lead_minutes=4 * 60, horizon_days=30, buffer_minutes=10, step_minutes=30, expire_days=3
    ),
}


def rules_of(studio: dict[str, Any], kind: dict[str, Any]) -> BookingRules:
    """What a kind of lesson says for itself, else the studio, else as it ships."""
    said: dict[str, Any] = {}
    for field in fields(BookingRules):
        own, general = kind.get(field.name), studio.get(field.name)
        value = general if own is None else own
        if value is not None:
            said[field.name] = Confirming(value) if field.name == "confirming" else value
    return BookingRules(**said)


_LIMITS: dict[str, tuple[int, int, Text]] = {
    "lead_minutes": (0, 365 * 24 * 60, _("The notice is between none and a year.")),
    "horizon_days": (1, 730, _("Lessons can be booked between one day and two years ahead.")),
    "most_a_week": (0, 100, _("Up to a hundred lessons a week; 0 does not limit them.")),
    "buffer_minutes": (0, 24 * 60, _("Between two lessons lies a day at most.")),
    "travel_minutes": (0, 24 * 60, _("The way between two locations takes a day at most.")),
    "step_minutes": (5, 240, _("Times can be offered every 5 to 240 minutes.")),
    "expire_days": (1, 365, _("A place may wait between one day and a year.")),
}


def beyond(said: Mapping[str, Any]) -> Text | None:
    """Which limit one of these numbers is beyond, or None."""
    for name, (least, most, sentence) in _LIMITS.items():
        value = said.get(name)
        if value is not None and not least <= value <= most:
            return sentence
    return None
