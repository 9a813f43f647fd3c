"""Asking families which of the proposed times they want, and telling who proposed them."""

from studio_app.kit.work import Work
from studio_app.messaging.access import causes, contacts
from studio_app.messaging.access.lessons import lesson_facts
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.subscribers.lessons import SOON
from studio_app.scheduling.events import TimesDeclined, TimesProposed


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


def tell_teacher_of_a_no(work: Work, event: TimesDeclined) -> None:
    """Who would have taught then is to think of something else."""
    for lesson in lesson_facts(work, [event.lesson_id]):
        occasion = Occasion(
            "times_declined",
            about=(lesson.id,),
            happened_at=causes.cause_of(work).at,
            key=str(event.proposal_id),
            why="TimesDeclined",
            lesson_id=lesson.id,
            facts={"proposal": str(event.proposal_id)},
        )
        post(work, occasion, contacts.of_teachers(work, [lesson.teacher_id]))
