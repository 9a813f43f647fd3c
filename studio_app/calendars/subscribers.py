"""What a change of a lesson means for where it meets."""

from studio_app.calendars.commands.meetings import make_meetings
from studio_app.kit.work import Work
from studio_app.scheduling.events import (
    LessonCancelled,
    LessonMoved,
    LessonRestored,
    LessonScheduled,
)


def arrange_meeting(
    work: Work, event: LessonScheduled | LessonMoved | LessonRestored | LessonCancelled
) -> None:
    """At once, where it begins soon: whoever is told of it is told where. Else the clock does.

    What was made for another time, or for a lesson that is cancelled, is left.
    """
    make_meetings(work, event.lesson_id)
