"""Links, and what each of them may be about."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.calendars.models import CalendarFeed
from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import FeedId, PersonId
from studio_app.kit.work import Work
from studio_app.people.access import own_students
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.models.setup import Room


def subject_name(work: Work, about: FeedAbout, subject_id: UUID | None) -> SelectOfScalar[str]:
    """Selects what the subject is called; no row unless the actor may have its calendar now.

    The office may have everybody's; a teacher their own; a family its children's. What was put
    away has none.
    """
    if about is FeedAbout.OWN:
        own = own_students(work).exists()
        return select(literal("")).where(own)
    named = _named(work, about, subject_id)
    if work.actor.may(Permission.CALENDAR_MANAGE):
        return named
    if about is FeedAbout.TEACHER:
        return named.where(
            col(Teacher.person_id).is_not(None), Teacher.person_id == work.actor.person_id
        )
    if about is FeedAbout.STUDENT:
        return named.where(col(Student.id).in_(own_students(work)))
    return named.where(literal(value=False))


def _named(work: Work, about: FeedAbout, subject_id: UUID | None) -> SelectOfScalar[str]:
    match about:
        case FeedAbout.TEACHER:
            query = select(col(Teacher.name)).where(col(Teacher.archived_at).is_(None))
            return query.where(Teacher.id == subject_id)
        case FeedAbout.STUDENT:
            name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
            query = select(name).where(col(Student.archived_at).is_(None))
            return query.where(Student.id == subject_id)
        case FeedAbout.FAMILY:
            query = select(col(Family.name)).where(col(Family.archived_at).is_(None))
            return query.where(Family.id == subject_id)
        case _:
            query = select(col(Room.name)).where(col(Room.archived_at).is_(None))
            return query.where(Room.id == subject_id)


def require_subject(work: Work, about: FeedAbout, subject_id: UUID | None) -> None:
    if work.session.exec(subject_name(work, about, subject_id)).first() is None:
        raise NotFound


def living(work: Work, about: FeedAbout, subject_id: UUID | None) -> Sequence[CalendarFeed]:
    """The links there are of a subject, the oldest first."""
    query = select(CalendarFeed).where(
        CalendarFeed.about == about, col(CalendarFeed.revoked_at).is_(None)
    )
    if subject_id is not None:
        query = query.where(subject_column(about) == subject_id)
    return work.session.exec(query.order_by(col(CalendarFeed.created_at))).all()


def subject_column(about: FeedAbout) -> Mapped[Any]:
    return {
        FeedAbout.TEACHER: col(CalendarFeed.teacher_id),
        FeedAbout.STUDENT: col(CalendarFeed.student_id),
        FeedAbout.FAMILY: col(CalendarFeed.family_id),
        FeedAbout.ROOM: col(CalendarFeed.room_id),
    }[about]


def own_subjects(work: Work) -> list[tuple[FeedAbout, UUID | None, str]]:
    """Calendars of one's own: what one teaches, all one's children, each of several."""
    mine = select(Teacher).where(
        Teacher.person_id == work.actor.person_id,
        col(Teacher.person_id).is_not(None),
        col(Teacher.archived_at).is_(None),
    )
    found: list[tuple[FeedAbout, UUID | None, str]] = [
        (FeedAbout.TEACHER, one.id, one.name) for one in work.session.exec(mine)
    ]
    whose = select(Student).where(
        col(Student.id).in_(own_students(work)), col(Student.archived_at).is_(None)
    )
    children = work.session.exec(whose.order_by(col(Student.first_name), col(Student.id))).all()
    if children:
        found.append((FeedAbout.OWN, None, children[0].name if len(children) == 1 else ""))
    if len(children) > 1:
        found.extend((FeedAbout.STUDENT, one.id, one.name) for one in children)
    return found


def made_by(work: Work, person_id: PersonId | None) -> Sequence[CalendarFeed]:
    """Every link somebody has made, the ended ones too."""
    query = select(CalendarFeed).where(CalendarFeed.made_by == person_id)
    return work.session.exec(query.order_by(col(CalendarFeed.created_at))).all()


def subject_of(feed: CalendarFeed) -> UUID | None:
    return feed.teacher_id or feed.student_id or feed.family_id or feed.room_id


def feed(work: Work, feed_id: FeedId, *, lock: bool = False) -> CalendarFeed:
    """A living link: one's own, or any for the office."""
    query = select(CalendarFeed).where(
        CalendarFeed.id == feed_id, col(CalendarFeed.revoked_at).is_(None)
    )
    if not work.actor.may(Permission.CALENDAR_MANAGE):
        query = query.where(CalendarFeed.made_by == work.actor.person_id)
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found
