"""By which rules families book: the studio's, and where a kind of lesson differs."""

from fastapi import APIRouter

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonTypeId
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.queries.booking_rules import KindRules, RulesOfStudio, booking_rules
from studio_app.web.api.caller import Asking

router = APIRouter(prefix="/api/v1", tags=["booking rules"])


@router.get("/booking-rules")
def read_rules(asking: Asking) -> RulesOfStudio:
    """`own` is what is said here, `rules` what holds, `said` the same in words."""
    return asking.run(booking_rules)


@router.put("/booking-rules", status_code=204)
def replace_rules(asking: Asking, change: RuleChange) -> None:
    """The studio's own. What is null or left out is as Cadenza ships; bookings there are stay."""
    asking.run(set_booking_rules, change)


@router.get("/lesson-types/{lesson_type_id}/booking-rules")
def read_rules_of_kind(asking: Asking, lesson_type_id: LessonTypeId) -> KindRules:
    found = asking.run(booking_rules).kinds
    of_kind = next((one for one in found if one.lesson_type_id == lesson_type_id), None)
    if of_kind is None:
        raise NotFound
    return of_kind


@router.put("/lesson-types/{lesson_type_id}/booking-rules", status_code=204)
def replace_rules_of_kind(asking: Asking, lesson_type_id: LessonTypeId, change: RuleChange) -> None:
    """What is null or left out is as the studio says."""
    asking.run(set_booking_rules, change, lesson_type_id=lesson_type_id)
