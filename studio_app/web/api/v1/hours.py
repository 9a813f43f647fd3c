"""When teachers teach and when they are away: their own for teachers, anybody's for the office.

Days and minutes are the studio's wall time; minutes count from midnight, 1440 is the day's end.
"""

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import AvailabilityId, TeacherId, TimeOffId
from studio_app.scheduling.commands.absences import (
    DayCancelled,
    DayRestored,
    cancel_day,
    restore_day,
)
from studio_app.scheduling.commands.availability import (
    change_hours,
    come_back,
    offer_hours,
    take_time_off,
    withdraw_hours,
)
from studio_app.scheduling.queries.absences import AbsenceAhead, absence_ahead
from studio_app.scheduling.queries.availability import HoursOfTeacher, teaching_hours
from studio_app.scheduling.wishes import Absence, TeachingHours
from studio_app.web.api.caller import Asking, Caller
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import AnyDay

router = APIRouter(prefix="/api/v1", tags=["hours and times off"])
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Away:
    """From a minute of one day to a minute of another."""

    first_on: AnyDay
    last_on: AnyDay
    from_minute: Annotated[int, Field(ge=0, lt=DAY)] = 0
    until_minute: Annotated[int, Field(ge=1, le=DAY)] = DAY
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Both days included; without `until` it is one day."""

    day: AnyDay
    until: AnyDay | None = None
    reason: str = ""


@router.get("/me/hours")
def my_hours(asking: Asking) -> HoursOfTeacher:
    """One's own week, dated hours and times off; 404 for who does not teach."""
    return _hours(asking, None)


@router.get("/teachers/{teacher_id}/hours")
def hours_of_teacher(asking: Asking, teacher_id: TeacherId) -> HoursOfTeacher:
    """The week that is offered, Monday first, hours on single dates, and times off to come."""
    return _hours(asking, teacher_id)


@router.post("/teachers/{teacher_id}/hours", status_code=201)
def create_hours(asking: Asking, teacher_id: TeacherId, hours: TeachingHours) -> Made:
    """On a `weekday` (Monday is 1), or `dated_on` one day; `slot_minutes` publishes fixed slots
    of that length, without it any time in them is open. 422 where they overlap others."""
    return Made(asking.run(offer_hours, teacher_id, hours))


@router.put("/hours/{availability_id}")
def replace_hours(
    asking: Asking, availability_id: AvailabilityId, hours: TeachingHours
) -> TeachingHours:
    """Answers what they were: sending that back undoes it. Lessons stay where they are."""
    return asking.run(change_hours, availability_id, hours)


@router.delete("/hours/{availability_id}")
def delete_hours(asking: Asking, availability_id: AvailabilityId) -> TeachingHours:
    """Offer them no longer; answers what they were."""
    return asking.run(withdraw_hours, availability_id)


@router.post("/teachers/{teacher_id}/times-off/ahead")
def what_an_absence_meets(asking: Asking, teacher_id: TeacherId, away: Away) -> AbsenceAhead:
    """How many lessons would fall into it. Nothing changes."""
    return asking.run(absence_ahead, Absence(**asdict(away)), teacher_id=teacher_id)


@router.post("/teachers/{teacher_id}/times-off", status_code=201)
def create_time_off(asking: Asking, teacher_id: TeacherId, away: Away) -> Made:
    """Nothing can be booked then. Lessons in it stay; `cancel-days` calls them off too."""
    return Made(asking.run(take_time_off, teacher_id, Absence(**asdict(away))))


@router.delete("/times-off/{time_off_id}")
def delete_time_off(asking: Asking, time_off_id: TimeOffId) -> Absence:
    """Answers what it was. Lessons that were called off for it stay so; see `restore`."""
    return asking.run(come_back, time_off_id)


@router.post("/teachers/{teacher_id}/cancel-days")
def cancel_days(asking: Asking, teacher_id: TeacherId, days: DaysOff) -> DayCancelled:
    """Call off what is still to be given on these days and take them off; the families are
    told. `time_off_id` is what `restore` takes; null: there was nothing left to do."""
    return asking.run(cancel_day, teacher_id, days.day, reason=days.reason, until=days.until)


@router.post("/times-off/{time_off_id}/restore")
def restore_days(asking: Asking, time_off_id: TimeOffId) -> DayRestored:
    """The teacher comes after all: what was called off takes place again where its time is
    free; `taken` says how many cannot."""
    return asking.run(restore_day, time_off_id)


def _hours(asking: Caller, teacher_id: TeacherId | None) -> HoursOfTeacher:
    found = asking.run(teaching_hours, teacher_id)
    if found is None:
        raise NotFound
    return found
