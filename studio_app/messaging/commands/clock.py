"""What the clock does for messages: send what is due, plan reminders."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.ids import ContactId, LessonId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import contacts, sent
from studio_app.messaging.access.lessons import LessonFacts, lesson_facts, lessons_between
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.studio import House, house
from studio_app.messaging.access.wishes import Wishes, wishes_of
from studio_app.messaging.commands.posting import Occasion, announce, post_all
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.quiet import heeded, reminder_at
from studio_app.messaging.rules.states import MessageStatus

AT_ONCE = 500
"""How many messages one tick sets going; the next tick goes on. So many lessons are looked at
together."""
FORGOTTEN = timedelta(minutes=10)
"""A message whose job is gone, or who sent it is gone, is looked at again after this."""
MISSED = timedelta(hours=1)
"""How long after its time a reminder is still planned."""
AHEAD = timedelta(hours=20)
"""How much earlier than asked a reminder may have to go, to be out before the night."""


@requires(Permission.JOBS_RUN)
def send_due_messages(work: Work) -> str:
    """Set everything going whose time has come, and what was left lying by a worker that died."""
    forgotten = work.now - FORGOTTEN
    waiting = and_(
        col(Message.status) == MessageStatus.WAITING,
        col(Message.due_at) <= work.now,
        or_(col(Message.queued_at).is_(None), col(Message.queued_at) < forgotten),
    )
    left = and_(col(Message.status) == MessageStatus.SENDING, col(Message.tried_at) < forgotten)
    query = (
        select(col(Message.id))
        .where(or_(waiting, left))
        .order_by(col(Message.due_at), col(Message.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    due = list(work.session.connection().execute(query).scalars())
    announce(work, due)
    return f"{len(due)} messages"


@requires(Permission.JOBS_RUN)
def plan_reminders(work: Work) -> str:
    """Make the reminders of lessons to come whose time is near; each once."""
    here = house(work)
    if here.started_at is None or not here.reminder_hours:
        return "0 reminders"
    until = work.now + timedelta(hours=here.reminder_hours[0]) + AHEAD
    ids = lessons_between(work, work.now, until)
    made = sum(
        post_all(work, _reminders(work, here, ids[first : first + AT_ONCE]))
        for first in range(0, len(ids), AT_ONCE)
    )
    return f"{made} reminders"


def _reminders(
    work: Work, here: House, ids: Sequence[LessonId]
) -> list[tuple[Occasion, list[ContactId]]]:
    """Of these lessons all that are due now, and whom they are for."""
    lessons = lesson_facts(work, ids)
    students = {student_id for lesson in lessons for student_id in lesson.students}
    hearing = contacts.hearing_of_each(work, students)
    everybody = {who for heard in hearing.values() for who in heard}
    known = {who.contact_id: who for who in recipients(work, everybody)}
    wishes, news = wishes_of(work, everybody), sent.latest_news(work, ids)
    return [
        (_reminder(work, lesson, hours, due, _ways(here, who, wishes, hours)), [who.contact_id])
        for lesson in lessons
        for contact_id in contacts.together(hearing, lesson.students)
        if (who := known.get(contact_id))
        for hours in here.reminder_hours
        if (due := _due(work, here, lesson, who, hours, news.get((lesson.id, who.contact_id))))
    ]


def _due(
    work: Work,
    here: House,
    lesson: LessonFacts,
    who: Recipient,
    hours: int,
    heard_at: datetime | None,
) -> datetime | None:
    """When they are to be reminded, if that is near and they have not heard of it since."""
    windows = heeded(here.quiet, who.quiet)
    due = reminder_at(lesson.starts_at, timedelta(hours=hours), windows, here.zone)
    is_near = work.now - MISSED <= due < work.now + AHEAD
    return due if is_near and not (heard_at and heard_at >= due) else None


def _reminder(
    work: Work, lesson: LessonFacts, hours: int, due: datetime, ways: tuple[Channel, ...] | None
) -> Occasion:
    return Occasion(
        "lesson_reminder",
        about=(lesson.id,),
        happened_at=work.now,
        key=f"{lesson.id} {lesson.starts_at.isoformat()} {hours}",
        why=f"{hours} hours before",
        lesson_id=lesson.id,
        facts={f"at {lesson.id}": lesson.starts_at.isoformat()},
        due_at=max(due, work.now),
        ways=ways,
    )


def _ways(here: House, who: Recipient, wishes: Wishes, hours: int) -> tuple[Channel, ...] | None:
    """The first reminder comes every way; a later one only where it is heard at once, and as a
    letter to who can be reached no other way."""
    if hours == here.reminder_hours[0]:
        alone = len(here.reminder_hours) == 1
        return None if alone else (Channel.EMAIL, Channel.PUSH, Channel.INBOX)
    at_once: Sequence[Channel] = [Channel.TEXT] if wishes.texts_reach(who) else []
    if who.browsers:
        at_once = [*at_once, Channel.PUSH]
    return tuple(at_once) or (Channel.EMAIL,)
