"""Links for other programs' calendars, the meetings of online lessons, and who makes them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.calendars.rules.video import Provider, RequestState, Why
from studio_app.kit.ids import (
    FamilyId,
    FeedId,
    LessonId,
    MeetingId,
    MeetingRequestId,
    PersonId,
    RoomId,
    StudentId,
    TeacherId,
    VideoAccountId,
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
        same_studio("request_id", "meeting_request", ondelete="SET NULL (request_id)"),
        UniqueConstraint("studio_id", "lesson_id", name="meeting_once_per_lesson"),
    )

    id: MeetingId = key()
    lesson_id: LessonId = ref(index=False)
    provider: Provider = Field(sa_type=String)
    url: str
    made_for: datetime = instant()
    made_at: datetime = instant()
    request_id: MeetingRequestId | None = ref(default=None, index=False)
    """Whose answer this is; a room of Jitsi's was asked of nobody"""
    passed_over: list[list[str]] = Field(default_factory=list, sa_type=JSONB)  # type: ignore[call-overload]
    """Who else should have made it, and why they did not: provider and why"""


class MeetingRequest(StudioOwned, table=True):
    """One provider was asked for the meeting of one lesson at one time: never twice.

    What stands here as made, and is not needed any more, is removed at the provider.
    """

    __table_args__ = studio_table(
        same_studio("lesson_id", "lesson", ondelete="CASCADE"),
        Index(
            "meeting_request_once",
            "studio_id",
            "lesson_id",
            "made_for",
            "provider",
            unique=True,
            postgresql_where=text("state in ('asking', 'made', 'refused', 'doubtful')"),
        ),
        Index("meeting_request_time", "studio_id", "made_for"),
    )

    id: MeetingRequestId = key()
    lesson_id: LessonId = ref(index=False)
    provider: Provider = Field(sa_type=String)
    made_for: datetime = instant()
    state: RequestState = Field(sa_type=String)
    asked_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)
    why: Why | None = Field(default=None, sa_type=String)
    provider_id: str = ""
    """The provider's name for what it made"""


class VideoAccount(StudioOwned, table=True):
    """A studio's own account with somebody who makes meetings; the lowest rank is asked first."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "provider", name="video_account_once_per_provider"),
    )

    id: VideoAccountId = key()
    provider: Provider = Field(sa_type=String)
    rank: int
    account: str
    client_id: str
    sealed_secret: str
    """Opened only by whoever has STUDIO_SECRET; see kit.sealing"""
    host: str = ""
    """In whose name; empty: the teacher of each lesson, by their address"""
    why: Why | None = Field(default=None, sa_type=String)
    """Why it made no meeting the last time it was asked; None: it did"""
    resting_until: datetime | None = instant(default=None)
    """Until then others are asked"""
    trying_since: datetime | None = instant(default=None)
    """Somebody wants to know whether it works, and is not answered yet"""
    worked_at: datetime | None = instant(default=None)
    """When a meeting was last made there"""
