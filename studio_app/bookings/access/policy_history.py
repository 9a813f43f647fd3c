"""What was decided before for whom, as far as it still counts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.bookings.models.policies import PolicyDecision
from studio_app.bookings.rules.policies.case import Past
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.kit.ids import FamilyId
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.rules.states import CancelledBy, LessonKind


class Histories:
    """Of families; `of` is what one of their seats looks back on."""

    def __init__(self, rows: Collection[Any]) -> None:
        self._of: dict[FamilyId, list[Any]] = {}
        for row in rows:
            self._of.setdefault(row.family_id, []).append(row)

    def of(self, seat: Any) -> tuple[Past, ...]:
        return tuple(_past(row, seat) for row in self._of.get(seat.family_id, []))


def histories(work: Work, family_ids: Collection[FamilyId]) -> Histories:
    """In one statement. What was undone has not happened."""
    undoing = aliased(PolicyDecision)
    decided = (
        select(
            col(Student.family_id),
            col(PolicyDecision.student_id),
            col(Seat.enrolment_id),
            col(Lesson.kind),
            col(PolicyDecision.act),
            col(PolicyDecision.by),
            col(PolicyDecision.reason),
            col(PolicyDecision.decided_at),
            col(PolicyDecision.starts_at),
            col(PolicyDecision.was_credited),
            col(PolicyDecision.was_late),
            col(PolicyDecision.inputs)["noted"].as_boolean().label("noted"),
        )
        .join(Student, col(Student.id) == col(PolicyDecision.student_id))
        .join(Seat, col(Seat.id) == col(PolicyDecision.seat_id))
        .join(Lesson, col(Lesson.id) == col(Seat.lesson_id))
        .where(
            among(col(Student.family_id), family_ids),
            col(PolicyDecision.undoes_id).is_(None),
            ~exists().where(col(undoing.undoes_id) == col(PolicyDecision.id)),
        )
        .order_by(col(PolicyDecision.decided_at), col(PolicyDecision.id))
    )
    return Histories(ask(work, decided) if family_ids else [])


def _past(row: Any, seat: Any) -> Past:
    return Past(
        act=Act(row.act),
        by=CancelledBy(row.by),
        at=row.decided_at,
        starts_at=row.starts_at,
        reason=row.reason,
        credited=row.was_credited,
        late=row.was_late,
        noted=bool(row.noted),
        is_make_up=row.kind == LessonKind.MAKE_UP,
        same_student=row.student_id == seat.student_id,
        same_enrolment=row.enrolment_id == seat.enrolment_id,
    )
