"""Texts for many: whom one would reach, how it reads, and what became of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.ids import BulkId, TeacherId
from studio_app.kit.words import Text
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.audience import Audience, students_in
from studio_app.messaging.access.listed import named_messages
from studio_app.messaging.access.reach import reach_of
from studio_app.messaging.access.studio import house
from studio_app.messaging.models.messages import Bulk, Message
from studio_app.messaging.queries.log import MessageRow, row_of
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import UNDELIVERED, MessageStatus
from studio_app.messaging.rules.wording import faults_of, filled, named, wording_for
from studio_app.messaging.sms_gateway import segments
from studio_app.people.models import Student, Teacher

__all__ = ["Audience", "Channel"]
WORDS = ("name", "first_name", "studio")
LISTED = 200
RECENT = 10


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who would get it; `ways` is empty for who cannot be reached."""

    name: str
    ways: tuple[Channel, ...]
    said: str
    """E-mail, text message"""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a text for many would reach."""

    people: list[Reached]
    reached: int
    unreached: int
    by_way: dict[Channel, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text for many reads for one of them; `faults` says which part cannot be used."""

    subject: str
    body: str
    text: str
    characters: int
    texts: int
    faults: dict[str, Text]


@dataclass(frozen=True, slots=True)
class BulkCard:
    """One text for many in a list."""

    id: BulkId
    subject: str
    when: str
    by: str
    recipients: int


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """How far one has come. Every message is counted once: together they are `all`.

    The messages are written part by part: `prepared` of the `people` it is for have theirs.
    """

    card: BulkCard
    body: str
    is_news: bool
    people: int
    prepared: int
    all: int
    sent: int
    waiting: int
    failed: int
    doubtful: int
    skipped: int
    lost: list[MessageRow]
    """What failed or nobody knows of, at most two hundred"""

    @property
    def done(self) -> int:
        return self.all - self.waiting

    @property
    def is_being_prepared(self) -> bool:
        return self.prepared < self.people


@dataclass(frozen=True, slots=True)
class Choosable:
    """What an audience can be narrowed by."""

    teachers: list[tuple[TeacherId, str]]
    instruments: list[str]


@requires(Permission.MESSAGE_SEND)
def choosable_audiences(work: Work) -> Choosable:
    """Teachers and instruments by name."""
    run = work.session.connection().execute
    teachers = select(col(Teacher.id), col(Teacher.name)).where(col(Teacher.archived_at).is_(None))
    played = select(func.min(col(Student.instrument))).where(
        col(Student.instrument) != "", col(Student.archived_at).is_(None)
    )
    played = played.group_by(func.lower(col(Student.instrument)))
    named_teachers = [(row[0], row[1]) for row in run(teachers.order_by(col(Teacher.name)))]
    return Choosable(named_teachers, sorted(run(played).scalars()))


@requires(Permission.MESSAGE_SEND)
def bulk_reach(
    work: Work, audience: Audience, channels: Sequence[Channel], *, is_news: bool = False
) -> Reach:
    """Who would get this, by which ways, and who cannot be reached; nothing is sent."""
    found = reach_of(work, students_in(work, audience), channels, is_news=is_news)
    people = [Reached(one.name, one.ways, _said(one.ways)) for one in found]
    by_way = Counter(way for one in found for way in one.ways)
    reached = sum(bool(one.ways) for one in found)
    return Reach(people, reached, len(found) - reached, {way: by_way[way] for way in channels})


@requires(Permission.MESSAGE_SEND)
def bulk_reading(
    work: Work, subject: str, body: str, channels: Sequence[Channel], *, name: str
) -> Reading:
    """How these words read for somebody of this name."""
    faults = faults_of(wording_for(subject, body, channels), WORDS)
    own = {part: fault for part, fault in faults.items() if part != "short"}
    if not own and (too_long := faults.get("short")):
        own["body"] = too_long
    if own:
        return Reading("", "", "", 0, 0, own)
    here = house(work)
    first = name.split(maxsplit=1)[0] if name else ""
    words = {"name": name, "first_name": first, "studio": here.name}
    said = filled(body, words)
    text = named(here.name, said)
    return Reading(filled(subject, words), said, text, len(text), segments(text), {})


@requires(Permission.MESSAGE_VIEW)
def bulk_progress(work: Work, bulk_id: BulkId) -> BulkProgress:
    """Raises NotFound where there is none."""
    run = work.session.connection().execute
    row = run(_cards().where(col(Bulk.id) == bulk_id)).first()
    if row is None:
        raise NotFound
    counting = select(col(Message.status), func.count()).where(col(Message.bulk_id) == bulk_id)
    counts = Counter(
        {MessageStatus(status): n for status, n in run(counting.group_by(col(Message.status)))}
    )
    zone, locale = studio_zone(work), work.actor.locale
    lost = [one.value for one in UNDELIVERED]
    query = (
        named_messages()
        .where(col(Message.bulk_id) == bulk_id, col(Message.status).in_(lost))
        .order_by(col(Message.status), col(Message.address), col(Message.id))
        .limit(LISTED)
    )
    return BulkProgress(
        card=_card(work, row),
        body=row.body,
        is_news=row.is_news,
        people=row.people,
        prepared=row.prepared,
        all=counts.total(),
        sent=counts[MessageStatus.SENT] + counts[MessageStatus.DELIVERED],
        waiting=counts[MessageStatus.WAITING] + counts[MessageStatus.SENDING],
        failed=counts[MessageStatus.FAILED],
        doubtful=counts[MessageStatus.DOUBTFUL],
        skipped=counts[MessageStatus.SKIPPED],
        lost=[row_of(one, zone, locale) for one in run(query)],
    )


@requires(Permission.MESSAGE_VIEW)
def recent_bulks(work: Work) -> list[BulkCard]:
    """The latest texts for many, the newest first."""
    query = _cards().order_by(col(Bulk.made_at).desc(), col(Bulk.id).desc()).limit(RECENT)
    return [_card(work, row) for row in work.session.connection().execute(query)]


def _cards() -> Any:
    columns = (Bulk.id, Bulk.subject, Bulk.body, Bulk.is_news, Bulk.made_at, Bulk.recipients)
    who = func.coalesce(col(Person.name), "").label("by")
    far = (func.cardinality(col(Bulk.to_ids)).label("people"), col(Bulk.prepared))
    return select(*map(col, columns), *far, who).outerjoin(
        Person, col(Person.id) == col(Bulk.made_by)
    )


def _card(work: Work, row: Any) -> BulkCard:
    when = say_when(row.made_at, studio_zone(work), work.actor.locale)
    return BulkCard(row.id, row.subject, when, row.by, row.recipients)


def _said(ways: Sequence[Channel]) -> str:
    return ", ".join(str(way.label) for way in ways)
