"""Telling families what becomes of their weekly lesson."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.kit.ids import ContactId, EnrolmentId, SeriesId, StudentId
from studio_app.kit.work import Work
from studio_app.messaging.access import causes, contacts, sent
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.subscribers.lessons import SOON
from studio_app.scheduling.events import (
    EnrolmentEnded,
    SeriesChanged,
    SeriesEnded,
    SeriesScheduled,
    StudentEnrolled,
)
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment, Series


def tell_of_weekly_lesson(work: Work, event: SeriesScheduled) -> None:
    _tell(work, "series_booked", event.series_id, _families_of(work, event.series_id))


def tell_of_joining(work: Work, event: StudentEnrolled) -> None:
    """A new place in a class; who only stays after all hears of it if they had heard otherwise."""
    enrolment = work.session.get(Enrolment, event.enrolment_id)
    if enrolment is None:
        return
    to = contacts.hearing_of_lessons(work, [enrolment.student_id])
    cause = causes.cause_of(work)
    if not causes.was_made(work, cause, enrolment.id):
        to = _who_heard_of_its_end(work, enrolment.series_id, to)
    facts = {
        "students": [str(enrolment.student_id)],
        "from_on": max(enrolment.starts_on, cause.at.date()).isoformat(),
    }
    _tell(work, "series_booked", enrolment.series_id, to, facts, of=enrolment.id)


def tell_of_new_rhythm(work: Work, event: SeriesChanged) -> None:
    """Another day, time, place or teacher from a day on."""
    to = _families_of(work, event.series_id)
    if event.resumed:
        to = _who_heard_of_its_end(work, event.series_id, to)
    facts = {"from_on": event.from_on.isoformat()} | was_first(work, event)
    _tell(work, "series_changed", event.series_id, to, facts)


def tell_of_its_end(work: Work, event: SeriesEnded) -> None:
    series = work.session.get(Series, event.series_id)
    if series is None:
        return
    first = _first_from(work, event.series_id, event.from_on)
    urgent = first is not None and first.starts_at - work.now <= SOON
    to = contacts.hearing_of_an_end(work, _students_of(work, event.series_id))
    facts = {"from_on": event.from_on.isoformat()}
    _tell(work, "series_ended", event.series_id, to, facts, urgent=urgent)


def tell_of_leaving(work: Work, event: EnrolmentEnded) -> None:
    enrolment = work.session.get(Enrolment, event.enrolment_id)
    if enrolment is None or enrolment.ends_on is None:
        return
    facts = {
        "students": [str(enrolment.student_id)],
        "last": enrolment.ends_on.isoformat(),
        "enrolment": str(enrolment.id),
    }
    to = contacts.hearing_of_an_end(work, [enrolment.student_id])
    _tell(work, "series_ended", enrolment.series_id, to, facts, of=enrolment.id)


def _tell(
    work: Work,
    kind: str,
    series_id: SeriesId,
    to: Collection[ContactId],
    facts: dict[str, Any] | None = None,
    *,
    urgent: bool = False,
    of: EnrolmentId | None = None,
) -> None:
    cause = causes.cause_of(work)
    occasion = Occasion(
        kind,
        about=(series_id,),
        happened_at=cause.at,
        key=f"{cause.id} {series_id}" + (f" {of}" if of else ""),
        why=kind,
        facts=facts or {},
        urgent=urgent,
    )
    post(work, occasion, to)


def _first_from(work: Work, series_id: SeriesId, day: date) -> Lesson | None:
    query = select(Lesson).where(
        col(Lesson.series_id) == series_id,
        col(Lesson.occurs_on) >= day,
        col(Lesson.starts_at) > work.now,
    )
    return work.session.scalars(query.order_by(col(Lesson.starts_at)).limit(1)).first()


def was_first(work: Work, event: SeriesChanged) -> dict[str, str]:
    """When the first of the changed lessons would have begun: until then it is to be told."""
    first = _first_from(work, event.series_id, event.from_on)
    was = causes.before(work, causes.cause_of(work), first.id) if first else {}
    return {f"was {first.id}": was["starts_at"]} if first and "starts_at" in was else {}


def _families_of(work: Work, series_id: SeriesId) -> list[ContactId]:
    return contacts.hearing_of_lessons(work, _students_of(work, series_id))


def _students_of(work: Work, series_id: SeriesId) -> list[StudentId]:
    """Of the students who take part now or later."""
    yesterday = work.now.date() - timedelta(days=1)
    query = select(col(Enrolment.student_id)).where(
        col(Enrolment.series_id) == series_id,
        func.coalesce(col(Enrolment.ends_on), yesterday) >= yesterday,
    )
    return list(work.session.connection().execute(query).scalars())


def _who_heard_of_its_end(
    work: Work, series_id: SeriesId, to: Collection[ContactId]
) -> list[ContactId]:
    heard = set(sent.who_heard(work, "series_ended", series_id))
    return [one for one in to if one in heard]
