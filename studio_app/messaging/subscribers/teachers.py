"""Telling teachers what somebody else did to their weekly lessons, and to places in them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.clock import local_date
from studio_app.kit.ids import EnrolmentId, SeriesId, StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.messaging.access import causes, sent
from studio_app.messaging.access.lessons import LessonFacts, lesson_facts
from studio_app.messaging.access.studio import house
from studio_app.messaging.access.teaching import columns_of, unless_they_did_it
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.rules.teaching import NOT_THEIRS, as_attended, as_taught, is_news
from studio_app.messaging.subscribers.series import was_first
from studio_app.scheduling.events import (
    EnrolmentEnded,
    SeatsChanged,
    SeriesChanged,
    SeriesEnded,
    SeriesScheduled,
    StudentEnrolled,
)
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.models.series import Enrolment, Series

WEEKLY = "teacher_series_changed"
SINGLE = "teacher_day_changed"


def tell_teacher_of_weekly_lesson(work: Work, event: SeriesScheduled) -> None:
    _tell_of_series(work, event.series_id, None, {})


def tell_teacher_of_new_rhythm(work: Work, event: SeriesChanged) -> None:
    """Whose it was, and whose it is, if it was given to somebody else."""
    facts = {"from_on": _from_now(work, event.from_on)} | was_first(work, event)
    _tell_of_series(work, event.series_id, event.was_series_id, facts)


def tell_teacher_of_its_end(work: Work, event: SeriesEnded) -> None:
    facts = {"from_on": event.from_on.isoformat()}
    _tell_of_series(work, event.series_id, event.series_id, facts)


def tell_teacher_of_joining(work: Work, event: StudentEnrolled) -> None:
    _tell_of_place(work, event.enrolment_id)


def tell_teacher_of_leaving(work: Work, event: EnrolmentEnded) -> None:
    _tell_of_place(work, event.enrolment_id)


def tell_teacher_of_new_seat(work: Work, event: SeatsChanged) -> None:
    """Who was put into a single lesson, or taken out of it."""
    cause = causes.cause_of(work)
    seats = select(col(Seat.student_id), col(Seat.left_at)).where(
        col(Seat.id).in_(causes.touched(work, cause, "seat")),
        col(Seat.lesson_id) == event.lesson_id,
    )
    for student_id, left_at in work.session.connection().execute(seats).all():
        for lesson in lesson_facts(work, [event.lesson_id]):
            if lesson.takes_place and lesson.starts_at > work.now:
                _tell_of_seat(work, lesson, cause, student_id, has_left=left_at is not None)


def _tell_of_seat(
    work: Work, lesson: LessonFacts, cause: causes.Cause, student_id: StudentId, *, has_left: bool
) -> None:
    before, now = ("in", "out") if has_left else ("out", "in")
    known = sent.believed(work, SINGLE, lesson.id, str(student_id))
    occasion = Occasion(
        SINGLE,
        about=(lesson.id,),
        happened_at=cause.at,
        key=f"{cause.id} {lesson.id} {student_id}",
        why=SINGLE,
        lesson_id=lesson.id,
        facts={
            f"at {lesson.id}": lesson.starts_at.isoformat(),
            "students": [str(student_id)],
            "of": str(student_id),
            "before": before,
            "seat": now,
        },
    )
    to = unless_they_did_it(work, lesson.teacher_id, cause)
    post(work, occasion, [one for one in to if known.get(one, before) != now])


def _tell_of_series(
    work: Work, series_id: SeriesId, was_id: SeriesId | None, facts: dict[str, Any]
) -> None:
    """Each teacher of whose week it is, or was, a part; was_id: none before."""
    series = work.session.get(Series, series_id)
    before = work.session.get(Series, was_id) if was_id else None
    if series is None:
        return
    now, cause = columns_of(series), causes.cause_of(work)
    then = columns_of(before) | causes.before(work, cause, before.id) if before else {}
    for teacher_id in dict.fromkeys([now["teacher_id"], then.get("teacher_id", now["teacher_id"])]):
        was = as_taught(then, teacher_id) if then else NOT_THEIRS
        said = facts | {"before": was, "now": as_taught(now, teacher_id)}
        _tell(work, series_id, TeacherId(UUID(teacher_id)), said, of="")


def _tell_of_place(work: Work, enrolment_id: EnrolmentId) -> None:
    enrolment = work.session.get(Enrolment, enrolment_id)
    series = work.session.get(Series, enrolment.series_id) if enrolment else None
    if enrolment is None or series is None:
        return
    cause, now = causes.cause_of(work), columns_of(enrolment)
    is_new = causes.was_made(work, cause, enrolment.id)
    then = NOT_THEIRS if is_new else as_attended(now | causes.before(work, cause, enrolment.id))
    facts: dict[str, Any] = {
        "before": then,
        "now": as_attended(now),
        "students": [str(enrolment.student_id)],
        "enrolment": str(enrolment.id),
        "from_on": _from_now(work, enrolment.starts_on),
    }
    if enrolment.ends_on:
        facts["last"] = enrolment.ends_on.isoformat()
    _tell(work, series.id, series.teacher_id, facts, of=str(enrolment.id))


def _tell(
    work: Work, series_id: SeriesId, teacher_id: TeacherId, facts: dict[str, Any], *, of: str
) -> None:
    """What they believe already, because nothing of it was told yet, is no news."""
    cause = causes.cause_of(work)
    known = sent.believed(work, WEEKLY, series_id, of)
    for contact_id in unless_they_did_it(work, teacher_id, cause):
        before = known.get(contact_id, str(facts["before"]))
        if not is_news(before, facts["now"]):
            continue
        occasion = Occasion(
            WEEKLY,
            about=(series_id,),
            happened_at=cause.at,
            key=f"{cause.id} {series_id} {of}",
            why=WEEKLY,
            facts=facts | {"before": before, "of": of, "teacher": str(teacher_id)},
        )
        post(work, occasion, [contact_id])


def _from_now(work: Work, day: date) -> str:
    return max(day, local_date(work.now, house(work).zone)).isoformat()
