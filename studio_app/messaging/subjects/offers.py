"""A time that became free, for who waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from studio_app.bookings.models.waiting import Offer, Waiting
from studio_app.bookings.queries.bookings import when
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.rules.waiting import WaitingState
from studio_app.kit.formats import say_when
from studio_app.kit.ids import OfferId
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import own_students
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType

WITHDRAWN = "slot_withdrawn"


def tell(telling: Telling) -> Answer:
    """What is offered, and until when it stands for who reads it now; or was offered."""
    work = telling.work
    offer = work.session.get(Offer, OfferId(telling.message.about_ids[0]))
    entry = work.session.get(Waiting, offer.waiting_id) if offer else None
    if offer is None or entry is None:
        return _("It is not on offer any more.")
    if entry.student_id not in own_students(work, telling.recipient.contact_id):
        return _("Nobody of this family takes part any more.")
    if telling.message.kind == WITHDRAWN:
        if entry.state != WaitingState.WAITING:
            return _("They do not wait for it any more.")
        return Told(_words(telling, offer, entry), paths.PORTAL_WAITING)
    if offer.decided_at is not None or _until(telling, offer) <= work.now:
        return _("It is not on offer any more.")
    return Told(_words(telling, offer, entry), paths.offer(offer.id))


def _until(telling: Telling, offer: Offer) -> datetime:
    """From delivery on; for who reads it now it would begin now."""
    now = telling.work.now
    return offer.expires_at or min(now + timedelta(minutes=offer.answer_minutes), offer.answer_by)


def _words(telling: Telling, offer: Offer, entry: Waiting) -> dict[str, str]:
    names = (
        select(col(Student.first_name), col(Teacher.name), col(LessonType.name))
        .join_from(Student, Teacher, col(Teacher.id) == offer.teacher_id)
        .join(LessonType, col(LessonType.id) == entry.lesson_type_id)
        .where(col(Student.id) == entry.student_id)
    )
    student, teacher, lesson = telling.work.session.connection().execute(names).one()
    zone, language = telling.house.zone, telling.language
    kind = BookingKind.WEEKLY if offer.weekly else BookingKind.SINGLE
    return {
        "student": student,
        "lesson": lesson,
        "teacher": teacher,
        "when": when(kind, offer.starts_at, zone, language),
        "minutes": str(offer.minutes),
        "until": say_when(_until(telling, offer), zone, language),
    }
