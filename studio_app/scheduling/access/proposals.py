"""Proposals of other times, for staff and for the families they are made to."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, ProposalId, StudentId
from studio_app.kit.work import Work
from studio_app.people.access import own_students
from studio_app.people.models import Student
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.setup import one, room_if_any
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.models.setup import Room
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.states import LessonStatus, ProposalStatus


def to_decide(work: Work) -> SelectOfScalar[LessonId]:
    """Lessons about which the actor may decide: one's children's, and one's own once grown up."""
    deciding = select(col(Student.id)).where(
        col(Student.id).in_(own_students(work)),
        or_(col(Student.is_adult), col(Student.person_id).is_distinct_from(work.actor.person_id)),
    )
    seats = select(col(Seat.lesson_id)).where(col(Seat.left_at).is_(None))
    return seats.where(col(Seat.student_id).in_(deciding))


def proposal_to_answer(work: Work, proposal_id: ProposalId, *, lock: bool = False) -> Proposal:
    """One that was made to the actor's family."""
    query = select(Proposal).where(
        Proposal.id == proposal_id, col(Proposal.lesson_id).in_(to_decide(work))
    )
    return one(work, query, lock=lock)


def proposal_to_withdraw(work: Work, proposal_id: ProposalId) -> Proposal:
    """Whoever may change the lesson may take it back."""
    found = one(work, select(Proposal).where(Proposal.id == proposal_id), lock=True)
    lessons.lesson_to_change(work, found.lesson_id)
    return found


def open_proposal(work: Work, lesson_id: LessonId) -> Proposal | None:
    query = select(Proposal).where(
        Proposal.lesson_id == lesson_id, Proposal.status == ProposalStatus.OPEN
    )
    return work.session.exec(query.with_for_update()).one_or_none()


def lesson_of(work: Work, proposal: Proposal, *, lock: bool = False) -> Lesson:
    return one(work, select(Lesson).where(Lesson.id == proposal.lesson_id), lock=lock)


def is_current(work: Work, proposal: Proposal, lesson: Lesson) -> bool:
    """Whether it can still be answered: the lesson is where it was and has not begun."""
    return (
        proposal.status == ProposalStatus.OPEN
        and LessonStatus(lesson.status).takes_place
        and lesson.starts_at == proposal.lesson_at
        and lesson.starts_at > work.now
    )


def fitting(
    work: Work, lesson: Lesson, students: Sequence[StudentId], times: Sequence[datetime]
) -> dict[datetime, Wanted]:
    """Of these times those to come at which the lesson fits, in its own room or in another one
    of that place; one statement for the diary however many they are."""
    rooms = _rooms(work, lesson, len(students))
    wants = [
        diary.wanted(Slot(at, at + lesson.lasting), lesson.teacher_id, room, students)
        for at in times
        if at > work.now
        for room in rooms
    ]
    found: dict[datetime, Wanted] = {}
    for want, clashes in zip(wants, clashes_for(work, wants, without={lesson.id}), strict=True):
        if not clashes:
            found.setdefault(want.slot.starts_at, want)
    return found


def _rooms(work: Work, lesson: Lesson, students: int) -> list[Room | None]:
    own = room_if_any(work, lesson.room_id)
    if own is None:
        return [None]
    query = select(Room).where(
        Room.location_id == own.location_id,
        Room.id != own.id,
        col(Room.archived_at).is_(None),
        or_(col(Room.max_capacity).is_(None), col(Room.max_capacity) >= students),
    )
    return [own, *work.session.exec(query.order_by(col(Room.name), col(Room.id)))]


def families_in(work: Work, students: Sequence[StudentId]) -> int:
    query = select(Student.family_id).where(col(Student.id).in_(students)).distinct()
    return len(work.session.exec(query).all())
