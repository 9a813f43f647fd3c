"""Telling families and teachers what became of single lessons."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.ids import ContactId, LessonId, StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.messaging.access import causes, contacts, sent
from studio_app.messaging.access.lessons import LessonFacts, lesson_facts
from studio_app.messaging.access.teaching import unless_they_did_it
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.subjects.still import seal_of
from studio_app.scheduling.events import (
    FocusWritten,
    LessonCancelled,
    LessonMoved,
    LessonRestored,
    LessonScheduled,
    SeatsChanged,
)
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.rules.states import CancelledBy

SOON = timedelta(hours=12)
"""What the studio changes within these hours is told at any hour of the night."""


def tell_of_new_lesson(work: Work, event: LessonScheduled) -> None:
    for lesson in _to_come(work, event.lesson_id):
        cause = causes.cause_of(work)
        _families(work, "lesson_booked", lesson, cause, facts=_at(lesson))
        _teacher(work, lesson, cause, facts=_at(lesson))


def tell_of_new_time(work: Work, event: LessonMoved) -> None:
    """Moved and moved back is no news to whoever had not heard of it yet."""
    for lesson in _to_come(work, event.lesson_id):
        cause = causes.cause_of(work)
        urgent = _is_soon(work, lesson) or work.now < event.was_at <= work.now + SOON
        families = contacts.hearing_of_lessons(work, lesson.students)
        _moved(work, "lesson_moved", lesson, event, families, urgent=urgent)
        _moved(work, "teacher_day_changed", lesson, event, _other_teacher(work, lesson, cause))
        _teacher_before(work, lesson, cause)


def _moved(
    work: Work,
    kind: str,
    lesson: LessonFacts,
    event: LessonMoved,
    to: Sequence[ContactId],
    *,
    urgent: bool = False,
) -> None:
    """Each is told where it was when they last heard of it."""
    cause, moved = causes.cause_of(work), event.was_at != event.now_at
    unheard = sent.unheard_was(work, kind, lesson.id) if moved else {}
    for contact_id in to:
        was = unheard.get(contact_id, event.was_at)
        if not moved or was != event.now_at:
            facts = _at(lesson) | ({f"was {lesson.id}": was.isoformat()} if moved else {})
            _tell(work, kind, lesson, cause, [contact_id], facts=facts, urgent=urgent)


def tell_of_cancelling(work: Work, event: LessonCancelled) -> None:
    """Every guardian of every student in it; what ends a whole series is told as that."""
    for lesson in _to_come(work, event.lesson_id):
        if _ended_with_its_series(work, lesson):
            continue
        cause = causes.cause_of(work)
        urgent = _is_soon(work, lesson) and lesson.cancelled_by is not CancelledBy.FAMILY
        to = contacts.hearing_of_an_end(work, lesson.students)
        _tell(work, "lesson_cancelled", lesson, cause, to, urgent=urgent)
        _teacher(work, lesson, cause)


def tell_of_putting_back(work: Work, event: LessonRestored) -> None:
    """Only who had heard that it was cancelled."""
    for lesson in _to_come(work, event.lesson_id):
        cause = causes.cause_of(work)
        heard = sent.who_heard(work, "lesson_cancelled", lesson.id)
        _tell(work, "lesson_restored", lesson, cause, heard, urgent=_is_soon(work, lesson))
        knew = set(sent.who_heard_it_is_off(work, lesson.id))
        teacher = [one for one in _other_teacher(work, lesson, cause) if one in knew]
        facts: dict[str, object] = _at(lesson) | {f"back {lesson.id}": True}
        _tell(work, "teacher_day_changed", lesson, cause, teacher, facts=facts)


def tell_of_new_seat(work: Work, event: SeatsChanged) -> None:
    """Who was put into a single lesson, or taken out of it."""
    cause = causes.cause_of(work)
    seats = select(col(Seat.student_id), col(Seat.left_at)).where(
        col(Seat.id).in_(causes.touched(work, cause, "seat")),
        col(Seat.lesson_id) == event.lesson_id,
    )
    rows = work.session.connection().execute(seats).all()
    came: list[StudentId] = [
        student_id
        for student_id, left_at in rows
        if left_at is None
        and not sent.unheard_of(work, "lesson_cancelled", event.lesson_id, student_id)
    ]
    for lesson in _to_come(work, event.lesson_id):
        facts = _at(lesson) | {"students": [str(each) for each in came]}
        to = contacts.hearing_of_lessons(work, came)
        _tell(work, "lesson_booked", lesson, cause, to, facts=facts)
        for student_id, left_at in rows:
            if left_at is not None and lesson.takes_place:
                _left(work, lesson, cause, student_id)


def _left(work: Work, lesson: LessonFacts, cause: causes.Cause, student_id: StudentId) -> None:
    """To them the lesson is cancelled, though it takes place for others."""
    occasion = Occasion(
        "lesson_cancelled",
        about=(lesson.id,),
        happened_at=cause.at,
        key=f"{cause.id} left {student_id}",
        why="SeatsChanged",
        lesson_id=lesson.id,
        facts={"students": [str(student_id)], "left": True},
        urgent=_is_soon(work, lesson),
    )
    never_knew = sent.unheard_of(work, "lesson_booked", lesson.id, student_id)
    to = contacts.hearing_of_an_end(work, [student_id])
    post(work, occasion, [one for one in to if one not in never_knew])


def tell_what_to_practise(work: Work, event: FocusWritten) -> None:
    for lesson in lesson_facts(work, [event.lesson_id]):
        if not lesson.focus or not lesson.takes_place:
            return
        to = contacts.hearing_of_practice(work, lesson.students)
        seal = seal_of(lesson.focus)
        occasion = Occasion(
            "lesson_notes",
            about=(lesson.id,),
            happened_at=causes.cause_of(work).at,
            key=f"{lesson.id} {seal}",
            why="FocusWritten",
            lesson_id=lesson.id,
            facts={"words": seal},
        )
        post(work, occasion, to)


def _families(
    work: Work,
    kind: str,
    lesson: LessonFacts,
    cause: causes.Cause,
    *,
    facts: dict[str, object] | None = None,
    urgent: bool = False,
) -> None:
    to = contacts.hearing_of_lessons(work, lesson.students)
    _tell(work, kind, lesson, cause, to, facts=facts, urgent=urgent)


def _teacher(
    work: Work,
    lesson: LessonFacts,
    cause: causes.Cause,
    *,
    facts: dict[str, object] | None = None,
) -> None:
    to = _other_teacher(work, lesson, cause)
    _tell(work, "teacher_day_changed", lesson, cause, to, facts=facts)


def _other_teacher(work: Work, lesson: LessonFacts, cause: causes.Cause) -> list[ContactId]:
    return unless_they_did_it(work, lesson.teacher_id, cause)


def _teacher_before(work: Work, lesson: LessonFacts, cause: causes.Cause) -> None:
    """Whose lesson it was, if it was given to somebody else."""
    was = causes.before(work, cause, lesson.id).get("teacher_id")
    if was is None or was == str(lesson.teacher_id):
        return
    facts: dict[str, object] = _at(lesson) | {f"gone {lesson.id}": True}
    to = contacts.of_teachers(work, [TeacherId(UUID(str(was)))])
    _tell(work, "teacher_day_changed", lesson, cause, to, facts=facts)


def _tell(
    work: Work,
    kind: str,
    lesson: LessonFacts,
    cause: causes.Cause,
    to: Sequence[ContactId],
    *,
    facts: dict[str, object] | None = None,
    urgent: bool = False,
) -> None:
    occasion = Occasion(
        kind,
        about=(lesson.id,),
        happened_at=cause.at,
        key=str(cause.id),
        why=kind,
        lesson_id=lesson.id,
        facts=facts or {},
        urgent=urgent,
    )
    post(work, occasion, to)


def _to_come(work: Work, lesson_id: LessonId) -> list[LessonFacts]:
    return [one for one in lesson_facts(work, [lesson_id]) if one.starts_at > work.now]


def _at(lesson: LessonFacts) -> dict[str, object]:
    return {f"at {lesson.id}": lesson.starts_at.isoformat()}


def _is_soon(work: Work, lesson: LessonFacts) -> bool:
    return lesson.starts_at - work.now <= SOON


def _ended_with_its_series(work: Work, lesson: LessonFacts) -> bool:
    query = select(col(Lesson.id)).join(Series, col(Series.id) == col(Lesson.series_id))
    gone = query.where(col(Lesson.id) == lesson.id, col(Series.ended_on) < col(Lesson.occurs_on))
    return work.session.connection().execute(gone).first() is not None
