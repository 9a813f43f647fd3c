"""A time that became free, for who waits for it."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from studio_app.bookings.models.waiting import Offer, Waiting
from studio_app.bookings.queries.bookings import when
from studio_app.bookings.rules.states import BookingKind
from studio_app.kit.formats import say_when
from studio_app.kit.ids import OfferId
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import own_students
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType


def tell(telling: Telling) -> Answer:
    """What is offered, and until when it stands for who reads it now."""
    work = telling.work
    offer = work.session.get(Offer, OfferId(telling.message.about_ids[0]))
    entry = work.session.get(Waiting, offer.waiting_id) if offer else None
    if offer is None or entry is None or offer.decided_at is not None:
        return _("It is not on offer any more.")
    if entry.student_id not in own_students(work, telling.recipient.contact_id):
        return _("Nobody of this family takes part any more.")
    until = min(work.now + timedelta(minutes=offer.answer_minutes), offer.answer_by)
    if (offer.expires_at or until) <= work.now:
        return _("It is not on offer any more.")
    names = (
        select(col(Student.first_name), col(Teacher.name), col(LessonType.name))
        .join_from(Student, Teacher, col(Teacher.id) == offer.teacher_id)
        .join(LessonType, col(LessonType.id) == entry.lesson_type_id)
        .where(col(Student.id) == entry.student_id)
    )
    student, teacher, lesson = work.session.connection().execute(names).one()
    zone, language = telling.house.zone, telling.language
    kind = BookingKind.WEEKLY if offer.weekly else BookingKind.SINGLE
    words = {
        "student": student,
        "lesson": lesson,
        "teacher": teacher,
        "when": when(kind, offer.starts_at, zone, language),
        "minutes": str(offer.minutes),
        "until": say_when(offer.expires_at or until, zone, language),
    }
    return Told(words, paths.offer(offer.id))
