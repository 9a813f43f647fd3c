"""Links for other programs' calendars, and the meetings of online lessons."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.calendars.rules.video import Provider
from studio_app.kit.ids import (
    FamilyId,
    FeedId,
    LessonId,
    MeetingId,
    PersonId,
    RoomId,
    StudentId,
    TeacherId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class CalendarFeed(StudioOwned, table=True):
    """A secret address that shows lessons to a calendar program.

    It reads as the person who made it, with what they may see at that moment; so it ends with
    their part in the studio. Only a hash of its token is kept.
    """

    __table_args__ = studio_table(
        same_studio("teacher_id", "teacher", ondelete="CASCADE"),
        same_studio("student_id", "student", ondelete="CASCADE"),
        same_studio("family_id", "family", ondelete="CASCADE"),
        same_studio("room_id", "room", ondelete="CASCADE"),
        CheckConstraint(
            "num_nonnulls(teacher_id, student_id, family_id, room_id)"
            " = case when about = 'own' then 0 else 1 end",
            name="calendar_feed_has_one_subject",
        ),
        Index(
            "calendar_feed_once_per_maker",
            "studio_id",
            "made_by",
            "about",
            text("coalesce(teacher_id, student_id, family_id, room_id)"),
            unique=True,
            postgresql_where=text("revoked_at is null"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: FeedId = key()
    token_hash: str = Field(unique=True)
    about: FeedAbout = Field(sa_type=String)
    teacher_id: TeacherId | None = ref(default=None, index=False)
    student_id: StudentId | None = ref(default=None, index=False)
    family_id: FamilyId | None = ref(default=None, index=False)
    room_id: RoomId | None = ref(default=None, index=False)
    made_by: PersonId = ref(foreign_key="person.id", index=False)
    revoked_at: datetime | None = instant(default=None)
    fetched_at: datetime | None = instant(default=None)
    """When a program last asked, to the day."""


class Meeting(StudioOwned, table=True):
    """Where an online lesson meets; good for the time it was made for and no other."""

    __table_args__ = studio_table(
        same_studio("lesson_id", "lesson", ondelete="CASCADE"),
        UniqueConstraint("studio_id", "lesson_id", name="meeting_once_per_lesson"),
    )

    id: MeetingId = key()
    lesson_id: LessonId = ref(index=False)
    provider: Provider = Field(sa_type=String)
    url: str
    made_for: datetime = instant()
    made_at: datetime = instant()
