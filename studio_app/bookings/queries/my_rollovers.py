"""What a family is asked about the next term, and what it has said."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.bookings.access.bookings import own_bookable
from studio_app.bookings.access.rollover import terms_of
from studio_app.bookings.access.rollover_places import Listed, listed, said_of
from studio_app.bookings.models.rollover import Rollover, RolloverPlace
from studio_app.bookings.rules.rollover import Answer, RolloverState
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_date
from studio_app.kit.ids import RolloverId, RolloverPlaceId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.models import Student


@dataclass(frozen=True, slots=True)
class MyPlace:
    """One weekly lesson of one's own, as it would be in the new term."""

    id: RolloverPlaceId
    student: str
    lesson: str
    teacher: str
    rhythm: str
    minutes: int
    where: str
    from_on: str
    answer: Answer | None
    said: str
    """Who answered, and when; empty without an answer"""
    reason: str


@dataclass(frozen=True, slots=True)
class MyRollover:
    id: RolloverId
    term: str
    dates: str
    answer_by: str
    is_late: bool
    """The day to answer by is over, and answers are still taken"""
    is_open: bool
    may_answer: bool
    """A child reads it; a parent, or who is grown up, answers"""
    places: tuple[MyPlace, ...]

    @property
    def waiting(self) -> int:
        return sum(one.answer is None for one in self.places)


@requires(Permission.LESSON_BOOK)
def my_rollover(work: Work, rollover_id: RolloverId) -> MyRollover:
    """A run with one's own places in it; NotFound where there are none."""
    run = work.session.get(Rollover, rollover_id)
    if run is None or run.state == RolloverState.PREPARED:
        raise NotFound
    found = listed(work, run.id, students=_own(work))
    if not found:
        raise NotFound
    return _mine(work, run, found)


@requires(Permission.LESSON_BOOK)
def my_rollovers(work: Work) -> list[MyRollover]:
    """The runs that take answers about one's own, the first to end first."""
    query = (
        select(Rollover)
        .where(
            Rollover.state == RolloverState.OPEN,
            col(Rollover.id).in_(
                select(RolloverPlace.rollover_id).where(
                    col(RolloverPlace.student_id).in_(own_students(work)),
                    col(RolloverPlace.left_out).is_(False),
                )
            ),
        )
        .order_by(col(Rollover.answer_by), col(Rollover.id))
    )
    runs = work.session.exec(query).all()
    own = _own(work) if runs else []
    mine = [(run, listed(work, run.id, students=own)) for run in runs]
    return [_mine(work, run, found) for run, found in mine if found]


def _own(work: Work) -> list[StudentId]:
    """Those who have left are not asked any more."""
    here = own_students(work).where(col(Student.archived_at).is_(None))
    return list(work.session.exec(here))


def _mine(work: Work, run: Rollover, found: Sequence[Listed]) -> MyRollover:
    _old, new = terms_of(work, run)
    locale, zone = work.actor.locale, studio_zone(work)
    today = local_date(work.now, zone)
    is_open = run.state == RolloverState.OPEN
    by_child = sorted(found, key=lambda one: (one.first_name, one.place.student_id))
    return MyRollover(
        id=run.id,
        term=new.name,
        dates=f"{say_date(new.first_on, locale)} – {say_date(new.last_on, locale)}",
        answer_by=say_date(run.answer_by, locale),
        is_late=is_open and run.answer_by < today,
        is_open=is_open,
        may_answer=is_open and _may_answer(work, {one.place.student_id for one in found}),
        places=tuple(_place(work, one, zone) for one in by_child),
    )


def _may_answer(work: Work, students: set[StudentId]) -> bool:
    mine = own_bookable(work).where(col(Student.id).in_(students))
    return set(work.session.exec(mine)) == students


def _place(work: Work, one: Listed, zone: ZoneInfo) -> MyPlace:
    locale = work.actor.locale
    return MyPlace(
        id=one.place.id,
        student=one.first_name,
        lesson=one.name,
        teacher=one.teacher,
        rhythm=one.rhythm(locale, zone).say(locale),
        minutes=one.plan.minutes,
        where=_("online").say(locale) if one.is_online else one.where,
        from_on=say_date(one.series.first_on, locale) if one.lesson.next_id else "",
        answer=one.answer,
        said=said_of(work, one).say(locale) if one.answer else "",
        reason=one.place.reason,
    )
