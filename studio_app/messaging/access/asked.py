"""Which lessons somebody was asked about by text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.kit.ids import ContactId, LessonId, SeatId, StudentId
from studio_app.kit.work import Work
from studio_app.messaging.access.lessons import lesson_facts, own_students
from studio_app.messaging.access.sent import GONE_OUT
from studio_app.messaging.models.messages import Message, Reply
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Heard

GRACE = timedelta(hours=2)
"""How long after its beginning a lesson can still be confirmed."""
REMEMBERED = timedelta(days=7)
ASKED_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Asked:
    """A place in a lesson that somebody was reminded of."""

    contact_id: ContactId
    lesson_id: LessonId
    seat_id: SeatId
    student_id: StudentId
    student: str
    starts_at: datetime


def asked_about(work: Work, people: Collection[ContactId], number: str) -> list[Asked]:
    """For each student the lesson their people were last texted about at this number, if it is
    still to come or began within the grace."""
    texts = _texted(work, people, number, ("lesson_reminder", "lesson_booked", "lesson_moved"))
    facts = {one.id: one for one in lesson_facts(work, {lesson for _who, lesson in texts})}
    found: dict[StudentId, Asked] = {}
    for contact_id, lesson_id in texts:
        lesson = facts.get(lesson_id)
        if lesson is None or not lesson.takes_place or lesson.starts_at < work.now - GRACE:
            continue
        own = own_students(work, contact_id)
        for seat in lesson.seats:
            if seat.student_id in own and seat.student_id not in found:
                found[seat.student_id] = Asked(
                    contact_id, lesson_id, seat.seat_id, seat.student_id, seat.student,
                    lesson.starts_at,
                )  # fmt: skip
    return sorted(found.values(), key=lambda one: (one.starts_at, one.student))


def last_texted(work: Work, people: Collection[ContactId], number: str) -> LessonId | None:
    """The lesson that the last text to these people at this number was about."""
    found = _texted(work, people, number, ())
    return found[0][1] if found else None


def choices_of(work: Work, number: str) -> list[UUID]:
    """The seats that this number was asked to choose among, if it has not answered yet."""
    query = (
        select(col(Reply.heard), col(Reply.choices), col(Reply.received_at))
        .where(col(Reply.number) == number)
        .order_by(col(Reply.received_at).desc(), col(Reply.id).desc())
        .limit(1)
    )
    row = work.session.connection().execute(query).first()
    if row is None or row[0] != Heard.ASKED_BACK or work.now - row[2] > ASKED_LASTS:
        return []
    return list(row[1])


def _texted(
    work: Work, people: Collection[ContactId], number: str, kinds: tuple[str, ...]
) -> list[tuple[ContactId, LessonId]]:
    """Newest first; also what the text service has in hand and we have not noted as sent yet."""
    left_at = func.greatest(col(Message.sent_at), col(Message.tried_at))
    query = (
        select(col(Message.contact_id), col(Message.lesson_id))
        .where(
            col(Message.contact_id).in_(people),
            col(Message.channel) == Channel.TEXT.value,
            col(Message.address) == number,
            col(Message.status).in_([one.value for one in GONE_OUT]),
            left_at >= work.now - REMEMBERED,
            col(Message.lesson_id).is_not(None),
        )
        .order_by(left_at.desc(), col(Message.id).desc())
    )
    if kinds:
        query = query.where(col(Message.kind).in_(kinds))
    found = work.session.connection().execute(query)
    return [(who, lesson) for who, lesson in found if who and lesson]
