"""One text for many, and the teacher's word that they are late."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid5

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import BulkId, ContactId, LessonId, StudentId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import contacts
from studio_app.messaging.access.audience import Audience, students_in
from studio_app.messaging.access.lessons import lesson_facts
from studio_app.messaging.access.recipients import recipients
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.models.messages import Bulk, Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.wording import require_sound, wording_for
from studio_app.scheduling.access.lessons import lesson_to_change

WORDS = ("name", "first_name", "studio")
LATEST = 120


class NobodyChosen(Refused):
    message = _("Nobody would get this. Please choose somebody else.")


class NoWay(Refused):
    message = _("Please choose at least one way to send it.")


class NotLate(Refused):
    message = _("Please choose between 1 and 120 minutes.")


class NobodyHears(Refused):
    message = _("Nobody of this lesson can be told. Please ring them.")


class TooLateForThat(Refused):
    message = _("This lesson is over, or does not take place.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the office writes to many. `is_news` goes only to who allowed news."""

    subject: str
    body: str
    channels: tuple[Channel, ...]
    is_news: bool = False


@requires(Permission.MESSAGE_SEND)
def send_to_many(work: Work, draft: Draft, audience: Audience, *, key: str) -> BulkId:
    """One message to each family's people and each way; the same key again is the same bulk.

    Texts go to who allowed them, news to who wants news; the letter goes to all others.
    """
    lock_in_order(work, uuid5(work.studio_id, key))  # pressed twice at once, one waits
    found = work.session.scalars(select(Bulk).where(col(Bulk.key) == key)).one_or_none()
    if found is not None:
        return found.id
    students = students_in(work, audience)
    to = contacts.hearing_of_lessons(work, students)
    if not to:
        raise NobodyChosen
    bulk = _write_down(work, draft, audience, key=key)
    bulk.recipients = _post(work, bulk, draft, to)
    if not bulk.recipients:
        raise NobodyChosen
    work.session.flush()
    return bulk.id


@requires(Permission.MESSAGE_SEND)
def post_by_hand(
    work: Work,
    students: Collection[StudentId],
    draft: Draft,
    *,
    key: str,
    why: str,
    to_teachers: bool = False,
) -> int:
    """Words of the studio to these students' families, or teachers, once for each key."""
    require_sound(wording_for(draft.subject, draft.body, draft.channels), WORDS)
    to = (
        contacts.teachers_of(work, students)
        if to_teachers
        else contacts.hearing_of_lessons(work, students)
    )
    return post(work, _occasion(work, draft, key=key, why=why), to)


@requires(Permission.LESSON_MOVE)
def say_running_late(work: Work, lesson_id: LessonId, minutes: int) -> tuple[str, ...]:
    """Tell the families of one's next lesson at once; the names of who is told."""
    if not 1 <= minutes <= LATEST:
        raise NotLate
    lesson_to_change(work, lesson_id)
    [lesson] = lesson_facts(work, [lesson_id])
    over = lesson.ends_at <= work.now
    if over or not lesson.takes_place or lesson.starts_at - work.now > timedelta(hours=12):
        raise TooLateForThat
    occasion = Occasion(
        "running_late",
        about=(lesson.id,),
        happened_at=work.now,
        key=f"{lesson.id} {minutes} {lesson.starts_at.isoformat()}",
        why="say_running_late",
        lesson_id=lesson.id,
        facts={"late": minutes},
    )
    to = contacts.hearing_of_lessons(work, lesson.students)
    if not post(work, occasion, to):
        raise NobodyHears
    return tuple(sorted(who.name for who in recipients(work, to)))


def _write_down(work: Work, draft: Draft, audience: Audience, *, key: str) -> Bulk:
    if not draft.channels:
        raise NoWay
    require_sound(wording_for(draft.subject, draft.body, draft.channels), WORDS)
    bulk = Bulk(
        key=key,
        subject=draft.subject.strip(),
        body=draft.body.strip(),
        is_news=draft.is_news,
        channels=[channel.value for channel in draft.channels],
        chosen=audience.kept(),
        made_by=work.actor.person_id,
        made_at=work.now,
    )
    work.session.add(bulk)
    work.session.flush()
    return bulk


def _post(work: Work, bulk: Bulk, draft: Draft, to: Sequence[ContactId]) -> int:
    occasion = _occasion(work, draft, key=str(bulk.id), why="send_to_many", bulk_id=bulk.id)
    post(work, occasion, to)
    made = select(col(Message.contact_id)).where(col(Message.bulk_id) == bulk.id).distinct()
    return len(work.session.connection().execute(made).all())


def _occasion(
    work: Work, draft: Draft, *, key: str, why: str, bulk_id: BulkId | None = None
) -> Occasion:
    return Occasion(
        "news" if draft.is_news else "by_hand",
        about=(),
        happened_at=work.now,
        key=key,
        why=why,
        bulk_id=bulk_id,
        facts={"subject": draft.subject.strip(), "body": draft.body.strip()},
        ways=draft.channels,
    )
