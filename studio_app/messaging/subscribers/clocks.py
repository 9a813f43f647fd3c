"""Telling everybody with lessons to come that the studio's clock shows another zone's time."""

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.work import Work
from studio_app.messaging import paths
from studio_app.messaging.access import causes, contacts
from studio_app.messaging.commands.posting import Occasion, post_all
from studio_app.people.models import Teacher
from studio_app.scheduling.events import LocalTimesKept
from studio_app.scheduling.models.lessons import Lesson, Seat, takes_place


def tell_of_another_clock(work: Work, event: LocalTimesKept) -> None:
    """One message to each, however many of their lessons are at another moment now."""
    cause = causes.cause_of(work)
    run = work.session.connection().execute
    to_come = (takes_place(), col(Lesson.starts_at) > work.now)
    seated = (
        select(col(Seat.student_id))
        .join(Lesson, col(Lesson.id) == col(Seat.lesson_id))
        .where(*to_come, col(Seat.left_at).is_(None))
        .distinct()
    )
    teaching = select(col(Teacher.id)).where(
        col(Teacher.id).in_(select(col(Lesson.teacher_id)).where(*to_come))
    )
    if cause.by is not None:
        teaching = teaching.where(col(Teacher.person_id).is_distinct_from(cause.by))
    families = contacts.hearing_of_lessons(work, list(run(seated).scalars()))
    teachers = contacts.of_teachers(work, list(run(teaching).scalars()))
    only_teach = [one for one in teachers if one not in set(families)]
    post_all(
        work,
        [
            (_occasion(event, cause, paths.PORTAL_SCHEDULE), families),
            (_occasion(event, cause, paths.TEACHER_WEEK), only_teach),
        ],
    )


def _occasion(event: LocalTimesKept, cause: causes.Cause, path: str) -> Occasion:
    return Occasion(
        "clock_changed",
        about=(),
        happened_at=cause.at,
        key=str(cause.id),
        why="clock_changed",
        facts={"was": event.was, "zone": event.zone, "path": path},
    )
