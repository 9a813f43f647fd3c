"""When the teachers of the sample studios teach, who is away soon, and how one books."""

from collections.abc import Sequence
from datetime import timedelta

from studio_app.demo.desk import Desk
from studio_app.demo.people import Colleague
from studio_app.demo.places import Places
from studio_app.demo.timetable import OPENS, ROOMS, WEEKDAYS
from studio_app.demo.year import WEEK
from studio_app.kit.ids import LocationId
from studio_app.scheduling.commands.availability import offer_hours, take_time_off
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.rules.states import Confirming
from studio_app.scheduling.wishes import Absence, TeachingHours

SLOT = 45
CLOSES = 19 * 60 + 30
AT_THE_MILL = {"Mill Studio", "Loft"}
IN_SLOTS = 2
"""Whose Saturday mornings are published as slots of half an hour."""


def offer_teaching_hours(desk: Desk, places: Places, colleagues: Sequence[Colleague]) -> None:
    """Every weekday afternoon where they teach then; one of them on Saturdays too."""
    for nth, colleague in enumerate(colleagues):
        for weekday in WEEKDAYS:
            room = ROOMS[nth][weekday - 1]
            where = places.mill if room in AT_THE_MILL else places.river
            hours = TeachingHours(OPENS[nth], CLOSES, weekday=weekday, location_id=where)
            desk.run(offer_hours, colleague.teacher_id, hours)
    saturday = TeachingHours(
        9 * 60 + 30, 12 * 60 + 30, weekday=6, location_id=places.mill, slot_minutes=30
    )
    desk.run(offer_hours, colleagues[IN_SLOTS].teacher_id, saturday)


def publish_slots(
    desk: Desk, place: LocationId, colleagues: Sequence[Colleague], weekdays: Sequence[int]
) -> None:
    """Slots on one day a week; somebody looks before a place is given away for good."""
    for colleague, weekday in zip(colleagues, weekdays, strict=True):
        hours = TeachingHours(
            9 * 60, 19 * 60, weekday=weekday, location_id=place, slot_minutes=SLOT
        )
        desk.run(offer_hours, colleague.teacher_id, hours)
    desk.run(set_booking_rules, RuleChange(confirming=Confirming.REVIEW, one_active=True))


def be_away(desk: Desk, colleague: Colleague) -> None:
    """Soon, for two days on which there are lessons: somebody has to see to them."""
    first = desk.monday + 4 * WEEK + timedelta(days=3)
    away = Absence(first, first + timedelta(days=1), reason="Jury at a competition")
    desk.run(take_time_off, colleague.teacher_id, away)
