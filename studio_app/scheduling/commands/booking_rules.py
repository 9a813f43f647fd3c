"""By which rules families may book: the studio's, and where a kind of lesson differs."""

from dataclasses import asdict, dataclass

from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import LessonTypeId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.availability import rule_row
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.models.availability import BookingRule
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.booking import beyond
from studio_app.scheduling.rules.states import Confirming


class BeyondLimits(Refused):
    message = _("That is more, or less, than Cadenza can keep to.")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """All of a row; None is as the studio says, in the studio's own as it ships. Units as in
    `BookingRules`."""

    is_open: bool | None = None
    lead_minutes: int | None = None
    horizon_days: int | None = None
    most_a_week: int | None = None
    buffer_minutes: int | None = None
    travel_minutes: int | None = None
    step_minutes: int | None = None
    confirming: Confirming | None = None
    one_active: bool | None = None
    expire_days: int | None = None


@requires(Permission.SCHEDULE_CONFIGURE)
def set_booking_rules(
    work: Work, change: RuleChange, *, lesson_type_id: LessonTypeId | None = None
) -> None:
    """Of the whole studio, or of one kind of lesson. What is booked already stays."""
    wrong = beyond(asdict(change))
    if wrong is not None:
        raise BeyondLimits(wrong)
    if lesson_type_id is not None:
        row(work, LessonType, lesson_type_id)
    found = rule_row(work, lesson_type_id, lock=True)
    if found is None:
        found = BookingRule(lesson_type_id=lesson_type_id, created_at=work.now)
        work.session.add(found)
    found.sqlmodel_update(asdict(change))
    work.session.flush()
