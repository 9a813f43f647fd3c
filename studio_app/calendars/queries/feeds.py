"""Which calendars one may subscribe to, and at which addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.calendars.access import feeds as access
from studio_app.calendars.links import PURPOSE
from studio_app.calendars.models import CalendarFeed
from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.identity.secrets import token_about
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date
from studio_app.kit.ids import FeedId
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.models.setup import Location, Room

GOOGLE = "https://calendar.google.com/calendar/r?cid="


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An address. The secret in it is only for whoever made it: for others it is empty."""

    id: FeedId
    address: str
    webcal: str
    """The same for programs that ask whether to subscribe: Apple's, Outlook, Thunderbird."""
    google: str
    made_by: str
    is_mine: bool
    fetched_on: str
    """When a program last asked; empty: never."""


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """A calendar and the addresses it has; `name` is empty where it is of all one's children."""

    about: FeedAbout
    subject_id: UUID | None
    name: str
    links: tuple[FeedLink, ...]


Subject = tuple[FeedAbout, UUID | None, str]


@requires(Permission.LESSON_VIEW)
def my_feeds(work: Work) -> list[FeedChoice]:
    """One's own: as a teacher, of all one's children, of each of several."""
    mine = [one for one in access.made_by(work, work.actor.person_id) if one.revoked_at is None]
    return _choices(work, access.own_subjects(work), mine)


@requires(Permission.CALENDAR_MANAGE)
def office_feeds(work: Work) -> list[FeedChoice]:
    """Every teacher's and room's calendar; then what families and students have made or been
    given."""
    query = select(CalendarFeed).where(col(CalendarFeed.revoked_at).is_(None))
    living = work.session.exec(query.order_by(col(CalendarFeed.created_at))).all()
    subjects = [*_teachers(work), *_rooms(work), *_families(work, living)]
    return _choices(work, subjects, living)


@requires(Permission.CALENDAR_MANAGE)
def feeds_in_use(work: Work) -> int:
    """How many addresses show the studio's lessons to other programs."""
    query = select(func.count(col(CalendarFeed.id))).where(col(CalendarFeed.revoked_at).is_(None))
    return work.session.exec(query).one()


def _choices(
    work: Work, subjects: Iterable[Subject], living: Iterable[CalendarFeed]
) -> list[FeedChoice]:
    links: dict[tuple[str, UUID | None], list[FeedLink]] = {}
    living = list(living)
    names = _makers(work, living)
    for one in living:
        about = (str(one.about), access.subject_of(one))
        links.setdefault(about, []).append(_link(work, one, names.get(one.made_by, "")))
    return [
        FeedChoice(about, subject_id, name, tuple(links.get((about.value, subject_id), ())))
        for about, subject_id, name in subjects
    ]


def _link(work: Work, feed: CalendarFeed, maker: str) -> FeedLink:
    is_mine = feed.made_by == work.actor.person_id
    address = f"{settings().studio_origin}/feeds/{token_about(PURPOSE, feed.id)}.ics"
    webcal = f"webcal://{address.partition('://')[2]}"
    fetched = feed.fetched_at and local_date(feed.fetched_at, studio_zone(work))
    return FeedLink(
        feed.id,
        address if is_mine else "",
        webcal if is_mine else "",
        f"{GOOGLE}{quote(webcal, safe='')}" if is_mine else "",
        maker,
        is_mine,
        say_date(fetched, work.actor.locale) if fetched else "",
    )


def _makers(work: Work, living: Iterable[CalendarFeed]) -> dict[UUID, str]:
    ids = {one.made_by for one in living}
    found = work.session.exec(
        select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids))
    )
    return dict(found.all()) if ids else {}


def _teachers(work: Work) -> list[Subject]:
    query = select(col(Teacher.id), col(Teacher.name)).where(col(Teacher.archived_at).is_(None))
    found = work.session.exec(query.order_by(func.lower(Teacher.name), col(Teacher.id)))
    return [(FeedAbout.TEACHER, teacher_id, name) for teacher_id, name in found]


def _rooms(work: Work) -> list[Subject]:
    query = (
        select(col(Room.id), col(Location.name), col(Room.name))
        .join(Location, col(Location.id) == col(Room.location_id))
        .where(col(Room.archived_at).is_(None))
        .order_by(func.lower(Location.name), func.lower(Room.name), col(Room.id))
    )
    found = work.session.exec(query)
    return [(FeedAbout.ROOM, room_id, f"{place}, {room}") for room_id, place, room in found]


def _families(work: Work, living: Iterable[CalendarFeed]) -> list[Subject]:
    """Only of those who have an address: a studio has too many families to list."""
    living = list(living)
    families = {one.family_id for one in living if one.family_id}
    students = {one.student_id for one in living if one.student_id}
    found: list[Subject] = []
    if families:
        query = select(col(Family.id), col(Family.name)).where(col(Family.id).in_(families))
        found += [(FeedAbout.FAMILY, i, name) for i, name in work.session.exec(query)]
    if students:
        name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
        query = select(col(Student.id), name).where(col(Student.id).in_(students))
        found += [(FeedAbout.STUDENT, i, str(name)) for i, name in work.session.exec(query)]
    if any(one.about == FeedAbout.OWN for one in living):
        found.append((FeedAbout.OWN, None, ""))
    return found
