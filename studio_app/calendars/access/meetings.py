"""Online lessons and where they meet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from studio_app.calendars.models import Meeting
from studio_app.calendars.rules.video import AHEAD
from studio_app.kit.ids import LessonId
from studio_app.kit.work import Work
from studio_app.people.models import Teacher
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, takes_place
from studio_app.scheduling.models.setup import LessonType, Location, Room

MOST = 500


@dataclass(frozen=True, slots=True)
class Homeless:
    """An online lesson that does not know yet where it meets."""

    lesson_id: LessonId
    starts_at: datetime
    ends_at: datetime
    lesson_type: str
    teacher_address: str


def lessons_without(work: Work, lesson_id: LessonId | None = None) -> list[Homeless]:
    """Online lessons that begin soon and have no meeting for their time; all, or this one.

    Locked. Asked for all, what somebody else has in hand is left out: the clock comes again.
    """
    query: Any = (
        columns(
            col(Lesson.id),
            col(Lesson.starts_at),
            col(Lesson.ends_at),
            col(LessonType.name),
            col(Teacher.email),
        )
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .outerjoin(Meeting, col(Meeting.lesson_id) == col(Lesson.id))
        .where(
            is_online(),
            takes_place(),
            col(Lesson.ends_at) > work.now,
            col(Lesson.starts_at) <= work.now + AHEAD,
            or_(col(Meeting.id).is_(None), col(Meeting.made_for) != col(Lesson.starts_at)),
        )
        .order_by(col(Lesson.id))
        .limit(MOST)
        .with_for_update(of=Lesson, skip_locked=lesson_id is None)
    )
    if lesson_id is not None:
        query = query.where(col(Lesson.id) == lesson_id)
    return [Homeless(*row) for row in work.session.connection().execute(query)]


def meeting_of(work: Work, lesson_id: LessonId) -> Meeting | None:
    query = select(Meeting).where(Meeting.lesson_id == lesson_id)
    return work.session.exec(query).one_or_none()


def addresses(work: Work, lesson_ids: Collection[LessonId]) -> Mapping[LessonId, str]:
    """Where each of these lessons meets; only those that take place, at the time they have now."""
    query: Any = (
        select(col(Meeting.lesson_id), col(Meeting.url))
        .join(
            Lesson,
            and_(
                col(Lesson.id) == col(Meeting.lesson_id),
                col(Lesson.starts_at) == col(Meeting.made_for),
                takes_place(),
            ),
        )
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .where(col(Meeting.lesson_id).in_(lesson_ids), is_online())
    )
    if not lesson_ids:
        return {}
    found: Any = work.session.connection().execute(query)
    return dict(found.all())
