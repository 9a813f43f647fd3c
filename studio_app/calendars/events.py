"""What this context tells: whom to ask for a meeting, and what is needed no more."""

from dataclasses import dataclass

from studio_app.kit.ids import LessonId, MeetingRequestId, VideoAccountId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class MeetingDue(Event):
    """An online lesson begins soon and does not know where it meets."""

    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class MeetingLeft(Event):
    """A provider has a meeting of ours that nobody needs any more."""

    request_id: MeetingRequestId


@dataclass(frozen=True, slots=True)
class AccountTried(Event):
    """Somebody wants to know whether an account makes meetings."""

    account_id: VideoAccountId
