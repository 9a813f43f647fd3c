"""Asking families which of the proposed times they want."""

from studio_app.kit.work import Work
from studio_app.messaging.access import causes, contacts
from studio_app.messaging.access.lessons import lesson_facts
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.subscribers.lessons import SOON
from studio_app.scheduling.events import TimesProposed


def ask_for_a_time(work: Work, event: TimesProposed) -> None:
    """Everybody who hears of the lesson; whoever answers first has answered."""
    for lesson in lesson_facts(work, [event.lesson_id]):
        occasion = Occasion(
            "times_proposed",
            about=(lesson.id,),
            happened_at=causes.cause_of(work).at,
            key=str(event.proposal_id),
            why="TimesProposed",
            lesson_id=lesson.id,
            facts={
                "proposal": str(event.proposal_id),
                f"at {lesson.id}": lesson.starts_at.isoformat(),
            },
            urgent=work.now < lesson.starts_at <= work.now + SOON,
        )
        post(work, occasion, contacts.hearing_of_lessons(work, lesson.students))
