"""When the teachers of the sample studios teach, and how their times can be booked."""

from collections.abc import Sequence

from studio_app.demo.desk import Desk
from studio_app.demo.people import Colleague
from studio_app.demo.places import Places
from studio_app.demo.timetable import ROOMS, WEEKDAYS
from studio_app.kit.ids import LocationId
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.rules.states import Confirming

OPENS, CLOSES = 13 * 60, 20 * 60 + 30
MORNING, EVENING = 9 * 60, 19 * 60
SLOT = 45


def offer_times_at_riverside(desk: Desk, places: Places, colleagues: Sequence[Colleague]) -> None:
    """Every weekday from one to half past eight, where the teacher is on that day."""
    at_mill = {"Mill Studio", "Loft"}
    for colleague, rooms in zip(colleagues, ROOMS, strict=True):
        for weekday in WEEKDAYS:
            place = places.mill if rooms[weekday - 1] in at_mill else places.river
            _offer(desk, colleague, place, weekday, TeachingHours(OPENS, CLOSES))
    for name in ("Theory class", "Ensemble"):
        joining = RuleChange(confirming=Confirming.REVIEW)
        desk.run(set_booking_rules, joining, lesson_type_id=places.types[name])


def publish_slots(
    desk: Desk, place: LocationId, colleagues: Sequence[Colleague], weekdays: Sequence[int]
) -> None:
    """Slots on one day a week; somebody looks before a place is given away for good."""
    for colleague, weekday in zip(colleagues, weekdays, strict=True):
        hours = TeachingHours(MORNING, EVENING, slot_minutes=SLOT)
        _offer(desk, colleague, place, weekday, hours)
    desk.run(set_booking_rules, RuleChange(confirming=Confirming.REVIEW, one_active=True))


def _offer(
    desk: Desk, colleague: Colleague, place: LocationId, weekday: int, hours: TeachingHours
) -> None:
    wish = TeachingHours(
        hours.from_minute,
        hours.until_minute,
        weekday=weekday,
        location_id=place,
        slot_minutes=hours.slot_minutes,
    )
    desk.run(offer_hours, colleague.teacher_id, wish)
