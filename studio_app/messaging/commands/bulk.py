"""One text for many, and the teacher's word that they are late."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
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
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.studio import house
from studio_app.messaging.access.wishes import wishes_of
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.events import BulkDue
from studio_app.messaging.models.messages import Bulk
from studio_app.messaging.rules.kinds import KINDS, Channel
from studio_app.messaging.rules.wording import require_sound, wording_for
from studio_app.scheduling.access.lessons import lesson_to_change

WORDS = ("name", "first_name", "studio")
LATEST = 120
AT_ONCE = 500
"""People in one part of a text for many."""


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

    Texts go to who allowed them, news to who wants news; the letter goes to all others. For whom
    it is is settled here: who comes later does not get it. The messages are written afterwards,
    part by part, so that nobody waits for them.
    """
    lock_in_order(work, uuid5(work.studio_id, key))  # pressed twice at once, one waits
    found = work.session.scalars(select(Bulk).where(col(Bulk.key) == key)).one_or_none()
    if found is not None:
        return found.id
    students = students_in(work, audience)
    to = contacts.hearing_of_lessons(work, students)
    if not to:
        raise NobodyChosen
    bulk = _drafted(work, draft, audience, key=key)
    bulk.to_ids, bulk.recipients = list(to), _reached(work, draft, to)
    if not bulk.recipients:
        raise NobodyChosen
    work.session.add(bulk)
    work.session.flush()
    work.emit(BulkDue(bulk.id, work.id))
    return bulk.id


def write_the_next(work: Work, event: BulkDue) -> None:
    """The messages to the next of those a text for many is for; then there may be more to do.

    A part and how far it came are one transaction: killed in between, the part is done again.
    """
    query = select(Bulk).where(col(Bulk.id) == event.bulk_id).with_for_update()
    bulk = work.session.scalars(query).one()
    to = [ContactId(each) for each in bulk.to_ids[bulk.prepared : bulk.prepared + AT_ONCE]]
    draft = Draft(bulk.subject, bulk.body, tuple(map(Channel, bulk.channels)), is_news=bulk.is_news)
    occasion = _occasion(draft, bulk.made_at, key=str(bulk.id), why="send_to_many", bulk_id=bulk.id)
    post(replace(work, cause=event.cause), occasion, to)
    bulk.prepared += len(to)
    work.session.flush()
    if bulk.prepared < len(bulk.to_ids):
        work.emit(event)


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
    return post(work, _occasion(draft, work.now, key=key, why=why), to)


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


def _drafted(work: Work, draft: Draft, audience: Audience, *, key: str) -> Bulk:
    if not draft.channels:
        raise NoWay
    require_sound(wording_for(draft.subject, draft.body, draft.channels), WORDS)
    return Bulk(
        key=key,
        subject=draft.subject.strip(),
        body=draft.body.strip(),
        is_news=draft.is_news,
        channels=[channel.value for channel in draft.channels],
        chosen=audience.kept(),
        made_by=work.actor.person_id,
        made_at=work.now,
    )


def _reached(work: Work, draft: Draft, to: Sequence[ContactId]) -> int:
    """How many of them there is a way to."""
    kind, wishes = KINDS[_kind(draft)], wishes_of(work, to)
    ways = [way for way in house(work).ways(kind) if way in draft.channels]

    def reaches(who: Recipient, way: Channel) -> bool:
        has_address = way is not Channel.EMAIL or bool(who.email)
        return has_address and wishes.want(who, kind, way)

    return sum(any(reaches(who, way) for way in ways) for who in recipients(work, to))


def _kind(draft: Draft) -> str:
    return "news" if draft.is_news else "by_hand"


def _occasion(
    draft: Draft, at: datetime, *, key: str, why: str, bulk_id: BulkId | None = None
) -> Occasion:
    return Occasion(
        _kind(draft),
        about=(),
        happened_at=at,
        key=key,
        why=why,
        bulk_id=bulk_id,
        facts={"subject": draft.subject.strip(), "body": draft.body.strip()},
        ways=draft.channels,
    )
