"""The lessons of a feed as rows, and one number that changes whenever any of them does.

Both come from one select: whatever a feed is written from is in its rows, and the stamp is the
sum of their hashes. So an unchanged stamp means an unchanged feed, whoever changed what where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    true,
)
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.calendars.access.feeds import subject_name
from studio_app.calendars.links import Link
from studio_app.calendars.models import Meeting
from studio_app.calendars.rules.feeds import PAST, FeedAbout
from studio_app.identity.models import Studio
from studio_app.kit.access import Actor
from studio_app.kit.audit import AuditChange, AuditEntry
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import StudentId
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.people.access import own_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.rules.states import LessonStatus

Found = Select[*tuple[Any, ...]]
_SINCE = bindparam("since", type_=DateTime(timezone=True))
_FIRST_ENTRY = bindparam("first_entry", type_=Uuid)
_HASH: Any = func.hash_record_extended(literal_column("feed_rows"), 0)
_EVERY = literal_column("feed_rows.*", String)
_SUBJECT = literal_column("subject.*", String)


@dataclass(frozen=True, slots=True)
class Head:
    """Whose feed it is, and in whose studio."""

    subject: str
    studio: str
    zone: str


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a feed has, and the sum of their hashes."""

    count: int
    total: int


_CHANGES = columns(func.count()).where(col(AuditEntry.id) >= _FIRST_ENTRY)
_COUNTED = Ready(_CHANGES)


def changes_since(work: Work, first_entry: UUID) -> int:
    """How many pieces of work have changed something in the studio from this one on.

    Every table that a feed reads is audited, so as long as nothing is counted that was not
    before, no feed has changed.
    """
    given = {"first_entry": first_entry}
    return _COUNTED.send(work.session.connection(), given).scalar_one()


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A lesson once for each student in it whom this feed names; once where it names none."""

    id: UUID
    series_id: UUID | None
    occurs_on: date | None
    starts_at: datetime
    ends_at: datetime
    status: LessonStatus
    created_at: datetime
    teacher: str
    lesson_type: str
    is_online: bool
    room: str | None
    location: str | None
    address: str | None
    first_on: date | None
    at: time | None
    minutes: int | None
    zone: str | None
    weekdays: list[int] | None
    every_weeks: int | None
    meeting: str | None
    student_id: UUID | None
    first_name: str | None
    last_name: str | None
    hash: int


def head_and_sum(work: Work, link: Link, first_entry: UUID) -> tuple[Head, Sum, int]:
    """With `changes_since` in one statement; NotFound where the maker may not have it any more."""
    given = {"since": _since(work), "first_entry": first_entry}
    found: Any = _head_of(work, link).send(work.session.connection(), given).first()
    if found is None:
        raise NotFound
    return Head(*found[:3]), Sum(found.n, int(found.total)), found.changes


def _since(work: Work) -> datetime:
    """The same all day long: what is asked for twice a day is the same calendar."""
    return datetime.combine((work.now - PAST).date(), time(), UTC)


def head(work: Work, link: Link) -> Head:
    """The same without the sum, for who reads all the rows anyway."""
    found: Any = work.session.connection().execute(_named(work, link)).first()
    if found is None:
        raise NotFound
    return Head(*found)


_heads: dict[tuple[Actor, FeedAbout, UUID | None], Ready] = {}
MOST_HEADS = 500


def _head_of(work: Work, link: Link) -> Ready:
    """Programs ask for the same again and again, so each link's statement is written once."""
    asked = (work.actor, link.about, link.subject_id)
    ready = _heads.get(asked)
    if ready is None:
        if len(_heads) >= MOST_HEADS:
            _heads.clear()
        ready = _heads[asked] = Ready(_head(work, link))
    return ready


def _head(work: Work, link: Link) -> Found:
    rows = _lessons(work, link).subquery("feed_rows")
    stamp = columns(func.count().label("n"), func.coalesce(func.sum(_HASH), 0).label("total"))
    sums = stamp.select_from(rows).subquery("stamp")
    changes = _CHANGES.scalar_subquery().label("changes")
    return _named(work, link).add_columns(sums.c.n, sums.c.total, changes).join(sums, true())


def _named(work: Work, link: Link) -> Found:
    subject = subject_name(work, link.about, link.subject_id).subquery("subject")
    query: Any = columns(_SUBJECT, col(Studio.name), col(Studio.timezone))
    here = col(Studio.id) == work.studio_id
    return query.select_from(Studio).join(subject, true()).where(here)


def feed_rows(work: Work, link: Link) -> list[FeedRow]:
    """The rows with their hashes: the sum is the stamp of exactly these."""
    rows = _lessons(work, link).subquery("feed_rows")
    query = columns(_EVERY, _HASH.label("hash")).select_from(rows)
    ordered = query.order_by(rows.c.starts_at, rows.c.id)
    found: Any = work.session.connection().execute(ordered, {"since": _since(work)})
    return [FeedRow(*row) for row in found]


def changed_at(work: Work, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each of these lessons was last changed, by the audit."""
    query = (
        columns(col(AuditChange.row_id), func.max(col(AuditEntry.at)))
        .join(AuditEntry, col(AuditEntry.id) == col(AuditChange.entry_id))
        .where(col(AuditChange.row_id).in_(ids), col(AuditChange.table_name) == "lesson")
        .group_by(col(AuditChange.row_id))
    )
    found: Any = work.session.connection().execute(query)
    return dict(found.all())


_SHOWN = (LessonStatus.PROVISIONAL, LessonStatus.SCHEDULED, LessonStatus.CANCELLED)
"""One by one: a statement that is written once has no lists of unknown length."""


def _lessons(work: Work, link: Link) -> Found:
    query = _of_subject(work, link)
    return (
        query.join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .outerjoin(Series, col(Series.id) == col(Lesson.series_id))
        .outerjoin(
            Meeting,
            and_(
                col(Meeting.lesson_id) == col(Lesson.id),
                col(Meeting.made_for) == col(Lesson.starts_at),
            ),
        )
        .where(
            col(Lesson.starts_at) >= _SINCE,
            or_(*(col(Lesson.status) == status.value for status in _SHOWN)),
        )
    )


_COLUMNS: list[Any] = [
    col(Lesson.id),
    col(Lesson.series_id),
    col(Lesson.occurs_on),
    col(Lesson.starts_at),
    col(Lesson.ends_at),
    col(Lesson.status),
    col(Lesson.created_at),
    col(Teacher.name).label("teacher"),
    col(LessonType.name).label("lesson_type"),
    is_online().label("online"),
    col(Room.name).label("room"),
    col(Location.name).label("location"),
    col(Location.address),
    col(Series.first_on),
    col(Series.at),
    col(Series.minutes),
    col(Series.zone),
    col(Series.weekdays),
    col(Series.every_weeks),
    col(Meeting.url).label("meeting"),
]
_STUDENT: list[Any] = [col(Student.id).label("student_id"), Student.first_name, Student.last_name]
_NOBODY: list[Any] = [
    null().label("student_id"),
    null().label("first_name"),
    null().label("last_name"),
]


def _of_subject(work: Work, link: Link) -> Found:
    """A room's calendar hangs on its door: it names no student. A family's names its own."""
    if link.about is FeedAbout.ROOM:
        return columns(*_COLUMNS, *_NOBODY).where(col(Lesson.room_id) == link.subject_id)
    seated = and_(col(Seat.lesson_id) == col(Lesson.id), col(Seat.left_at).is_(None))
    seats = columns(*_COLUMNS, *_STUDENT)
    if link.about is FeedAbout.TEACHER:
        theirs = col(Lesson.teacher_id) == link.subject_id
        named = seats.outerjoin(Seat, seated).outerjoin(
            Student, col(Student.id) == col(Seat.student_id)
        )
        return named.where(theirs)
    named = seats.join(Seat, seated).join(Student, col(Student.id) == col(Seat.student_id))
    return named.where(col(Student.id).in_(_students(work, link)))


def _students(work: Work, link: Link) -> SelectOfScalar[StudentId]:
    match link.about:
        case FeedAbout.OWN:
            return own_students(work)
        case FeedAbout.FAMILY:
            return select(col(Student.id)).where(col(Student.family_id) == link.subject_id)
        case _:
            return select(col(Student.id)).where(col(Student.id) == link.subject_id)
