"""The sample studio begins to tell its families: who wants texts, and what happened today."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from studio_app.demo.desk import Desk
from studio_app.kit.errors import Refused
from studio_app.kit.ids import GuardianId, LessonId
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import Draft, send_to_many
from studio_app.messaging.commands.consenting import note_consent
from studio_app.messaging.commands.settings import begin_telling
from studio_app.messaging.rules.kinds import Channel
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.queries.calendar import CalendarLesson, calendar_range
from studio_app.scheduling.rules.states import CancelledBy

WANTS_TEXTS = 3
"""Of every so many households one has ticked the box for texts."""
CONCERT = Draft(
    "Summer concert: who plays?",
    "Dear {{ first_name }},\n\nthe concert hall is booked. Please tell your teacher by the end of "
    "next week whether you play, and which piece.\n\nYours, {{ studio }}",
    (Channel.EMAIL, Channel.INBOX),
)


def begin_to_tell(desk: Desk, guardians: Sequence[GuardianId]) -> None:
    """From now on everything is told; what was before is news to nobody."""
    for guardian_id in guardians[::WANTS_TEXTS]:
        desk.run(note_consent, guardian_id, given=True, wording="Ticked on the enrolment form")
    desk.run(begin_telling)


def live_on(desk: Desk) -> None:
    """A lesson of the next days is moved, another cancelled, and the pianists asked something."""
    tomorrow = desk.today + timedelta(days=1)
    found = desk.run(calendar_range, tomorrow, tomorrow + timedelta(days=4)).lessons
    held = [one for one in found if one.status.takes_place]
    moved = _move_one(desk, held)
    left = [one for one in held if one.id != moved]
    if left:
        reason = "Exams at the conservatoire"
        desk.run(cancel_lesson, left[-1].id, by=CancelledBy.TEACHER, reason=reason)
    desk.run(send_to_many, CONCERT, Audience(instrument="Piano"), key="concert")


def _move_one(desk: Desk, lessons: Sequence[CalendarLesson]) -> LessonId | None:
    """Half an hour later, where teacher, room and student are free then."""
    for lesson in lessons:
        later = datetime.fromisoformat(lesson.starts) + timedelta(minutes=30)
        with suppress(Refused):
            desk.run(move_lesson, lesson.id, to=later)
            return lesson.id
    return None
