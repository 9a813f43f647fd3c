"""A booking on the stage that nobody has decided about."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from studio_app.bookings.commands.booking import book
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.clock import local_date, to_instant, utc_now
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours

LONDON = ZoneInfo("Europe/London")


def booked_on(stage: Any) -> dict[str, Any]:
    """Tom offers one morning in a fortnight, and Grace asks for the first hour of it."""
    cast, ids = stage.cast, stage.ids
    day = local_date(utc_now(), LONDON) + timedelta(days=16)
    hours = TeachingHours(7 * 60, 9 * 60, dated_on=day, location_id=ids["location_id"])
    stage.run(cast.tom, offer_hours, cast.teacher_id, hours)
    wish = BookingWish(cast.student_id, ids["lesson_type_id"], cast.teacher_id, seven(day))
    return {"booking_id": stage.run(cast.grace, book, wish)}


def seven(day: Any) -> datetime:
    return to_instant(day, time(7), LONDON).astimezone(UTC)
