"""Hours and times off as rows, for whoever may change them."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import AvailabilityId, TeacherId, TimeOffId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.work import Work
from studio_app.people import access as people
from studio_app.people.models import Teacher
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.access.setup import one
from studio_app.scheduling.models.availability import Availability, BookingRule, TimeOff
from studio_app.scheduling.models.lessons import Lesson


def teacher_to_plan(work: Work, teacher_id: TeacherId, *, lock: bool = False) -> Teacher:
    """Oneself; any teacher for who manages the calendar. Locked, whoever plans them waits."""
    if not work.actor.may(Permission.CALENDAR_MANAGE):
        mine = work.session.exec(own_teachers(work)).all()
        if teacher_id not in mine:
            raise NotFound
    if lock:
        lock_in_order(work, teacher_id)
    return people.teacher(work, teacher_id)


def block(work: Work, block_id: AvailabilityId) -> Availability:
    """Hours to change, their teacher locked."""
    found = one(work, select(Availability).where(Availability.id == block_id), lock=False)
    teacher_to_plan(work, found.teacher_id, lock=True)
    return one(work, select(Availability).where(Availability.id == block_id), lock=True)


def time_off(work: Work, time_off_id: TimeOffId) -> TimeOff:
    found = one(work, select(TimeOff).where(TimeOff.id == time_off_id), lock=True)
    teacher_to_plan(work, found.teacher_id)
    return found


def forget_absence(work: Work, time_off_id: TimeOffId) -> None:
    """No lesson points at it any more."""
    theirs = update(Lesson).where(col(Lesson.time_off_id) == time_off_id)
    work.session.connection().execute(theirs.values(time_off_id=None))


def blocks_of(work: Work, teacher_id: TeacherId) -> list[Availability]:
    query = select(Availability).where(Availability.teacher_id == teacher_id)
    order = col(Availability.weekday), col(Availability.dated_on), col(Availability.from_minute)
    return list(work.session.exec(query.order_by(*order)))


def rule_row(work: Work, lesson_type_id: UUID | None, *, lock: bool = False) -> BookingRule | None:
    query = select(BookingRule).where(
        col(BookingRule.lesson_type_id).is_not_distinct_from(lesson_type_id)
    )
    return work.session.exec(query.with_for_update() if lock else query).one_or_none()
