"""Who teaches, and what they know of their weekly lessons."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.ids import ContactId, TeacherId
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.access.causes import Cause
from studio_app.messaging.rules.teaching import ENROLMENT, SERIES
from studio_app.people.models import Teacher
from studio_app.scheduling.models.series import Enrolment, Series


def unless_they_did_it(work: Work, teacher_id: TeacherId, cause: Cause) -> list[ContactId]:
    """The teacher, if it was somebody else's doing."""
    query = select(col(Teacher.person_id)).where(col(Teacher.id) == teacher_id)
    person_id = work.session.connection().execute(query).scalar()
    did_it = cause.by is not None and person_id == cause.by
    return [] if did_it else contacts.of_teachers(work, [teacher_id])


def columns_of(row: Series | Enrolment) -> dict[str, Any]:
    """What counts of a weekly lesson or of a place in it, in JSON's values."""
    counts = SERIES if isinstance(row, Series) else ENROLMENT
    return row.model_dump(mode="json", include=set(counts))


def last_of(work: Work, enrolment: Enrolment) -> Enrolment:
    """The same place after its series was split, perhaps more than once."""
    query = select(Enrolment).where(col(Enrolment.follows_id) == enrolment.id)
    later = work.session.scalars(query.limit(1)).first()
    return last_of(work, later) if later else enrolment
