"""Telling families and teachers of all the lessons that a closure calls off."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.ids import ContactId, LessonId, TeacherId
from studio_app.kit.work import Work
from studio_app.messaging.access import causes, contacts
from studio_app.messaging.access.lessons import LessonFacts, lesson_facts
from studio_app.messaging.commands.posting import Occasion, post_all
from studio_app.messaging.subscribers.lessons import SOON
from studio_app.people.models import Teacher
from studio_app.scheduling.events import StudioClosed
from studio_app.scheduling.models.lessons import Lesson

AT_ONCE = 500


def tell_of_closing(work: Work, event: StudioClosed) -> None:
    """One message to each, however many of their lessons it is; its cause is one for all."""
    closed = (
        select(col(Lesson.id))
        .where(col(Lesson.closure_id) == event.closure_id, col(Lesson.starts_at) > work.now)
        .order_by(col(Lesson.starts_at), col(Lesson.id))
    )
    cause = causes.cause_of(work)
    ids = list(work.session.connection().execute(closed).scalars())
    for first in range(0, len(ids), AT_ONCE):
        post_all(work, _told(work, cause, ids[first : first + AT_ONCE]))


def _told(
    work: Work, cause: causes.Cause, ids: Sequence[LessonId]
) -> Iterator[tuple[Occasion, Sequence[ContactId]]]:
    lessons = lesson_facts(work, ids)
    students = {student_id for lesson in lessons for student_id in lesson.students}
    families = contacts.hearing_of_each(work, students, gone=True)
    teachers = _other_teachers(work, cause, {lesson.teacher_id for lesson in lessons})
    for lesson in lessons:
        is_soon = lesson.starts_at - work.now <= SOON
        yield (
            _occasion("lesson_cancelled", lesson, cause, urgent=is_soon),
            contacts.together(families, lesson.students),
        )
        yield (
            _occasion("teacher_day_changed", lesson, cause),
            teachers.get(lesson.teacher_id, ()),
        )


def _occasion(
    kind: str, lesson: LessonFacts, cause: causes.Cause, *, urgent: bool = False
) -> Occasion:
    return Occasion(
        kind,
        about=(lesson.id,),
        happened_at=cause.at,
        key=str(cause.id),
        why=kind,
        lesson_id=lesson.id,
        urgent=urgent,
    )


def _other_teachers(
    work: Work, cause: causes.Cause, ids: set[TeacherId]
) -> dict[TeacherId, list[ContactId]]:
    """All of them, but for who did it themselves."""
    query = select(col(Teacher.id)).where(col(Teacher.id).in_(ids))
    if cause.by is not None:
        query = query.where(col(Teacher.person_id).is_distinct_from(cause.by))
    others: list[TeacherId] = list(work.session.connection().execute(query).scalars())
    return contacts.of_each_teacher(work, others)
