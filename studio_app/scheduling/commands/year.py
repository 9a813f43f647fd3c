"""The school year: terms, closures, and the bank holidays a studio keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_days
from studio_app.kit.errors import Conflict, constraint
from studio_app.kit.ids import ClosureId, LocationId, TermId, new_id
from studio_app.kit.words import _, many
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.dependants import StillNeeded
from studio_app.scheduling.access.setup import EndsBeforeItStarts, row
from studio_app.scheduling.commands.places import required
from studio_app.scheduling.events import LessonDeclined, LessonRestored, StudioClosed
from studio_app.scheduling.generation import generate, hold
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series, SeriesException
from studio_app.scheduling.models.setup import Closure, IgnoredHoliday, Location, Room, Term
from studio_app.scheduling.rules.states import CancelledBy
from studio_app.scheduling.rules.year import common_name


class WasAskedAbout(Conflict):
    message = _("Families were asked to go on from or to this term: that is kept with it.")


@dataclass(frozen=True, slots=True)
class Reopened:
    """How many lessons take place again, and how many do not because their time was given."""

    restored: int
    still_off: int


@requires(Permission.SCHEDULE_CONFIGURE)
def add_term(work: Work, *, name: str, starts_on: date, ends_on: date) -> TermId:
    _in_order(starts_on, ends_on)
    term = Term(name=required(name), starts_on=starts_on, ends_on=ends_on, created_at=work.now)
    work.session.add(term)
    work.session.flush()
    return term.id


@requires(Permission.SCHEDULE_CONFIGURE)
def change_term(work: Work, term_id: TermId, *, name: str, starts_on: date, ends_on: date) -> None:
    """Other dates change what will be put into the diary, not what is in it already."""
    _in_order(starts_on, ends_on)
    term = row(work, Term, term_id, lock=True)
    if ends_on < term.ends_on:
        _require_no_series(work, term)
    term.name, term.starts_on, term.ends_on = required(name), starts_on, ends_on


@requires(Permission.SCHEDULE_CONFIGURE)
def remove_term(work: Work, term_id: TermId) -> None:
    """Refused while series end with it, or families were asked about it."""
    term = row(work, Term, term_id, lock=True)
    _require_no_series(work, term)
    with constraint({"rollover_from_term": WasAskedAbout, "rollover_to_term": WasAskedAbout}):
        work.session.delete(term)
        work.session.flush()


@requires(Permission.SCHEDULE_CONFIGURE)
def close_studio_on(
    work: Work,
    *,
    name: str,
    first_on: date,
    last_on: date,
    location_id: LocationId | None = None,
    keep_lessons: bool = False,
) -> ClosureId:
    """Close the studio, or one location, on these days, both included.

    Lessons in these days are called off unless they are to be kept; series make none there.
    """
    _in_order(first_on, last_on)
    if location_id is not None:
        row(work, Location, location_id)
    closure = Closure(
        name=required(name),
        starts_on=first_on,
        ends_on=last_on,
        location_id=location_id,
        created_at=work.now,
    )
    work.session.add(closure)
    work.session.flush()
    for lesson in () if keep_lessons else _lessons_in(work, closure):
        told = diary.call_off(work, lesson, by=CancelledBy.SCHOOL, reason=closure.name)
        if isinstance(told, LessonDeclined):
            work.emit(told)
        else:
            lesson.closure_id = closure.id
    work.session.flush()
    work.emit(StudioClosed(closure.id))
    return closure.id


@requires(Permission.SCHEDULE_CONFIGURE)
def reopen_studio(work: Work, closure_id: ClosureId) -> Reopened:
    """Take a closure back: its lessons take place again where their time is still free."""
    closure = row(work, Closure, closure_id, lock=True)
    query = select(Lesson).where(Lesson.closure_id == closure_id).with_for_update()
    called_off = work.session.exec(query.order_by(col(Lesson.id))).all()
    clashes = clashes_for(work, diary.needs(work, called_off))
    free = [lesson for lesson, found in zip(called_off, clashes, strict=True) if not found]
    diary.put_back(work, free)
    work.emit(*(LessonRestored(lesson.id) for lesson in free))
    for lesson in called_off:
        lesson.closure_id = None
    work.session.flush()
    skipped = _forget_exceptions(work, closure_id)
    work.session.delete(closure)
    work.session.flush()
    made = sum(_fill(work, series, closure) for series in skipped)
    return Reopened(len(free) + made, len(called_off) - len(free))


@requires(Permission.SCHEDULE_CONFIGURE)
def ignore_holiday(work: Work, name: str) -> None:
    """Teach on this bank holiday, every year; for lessons to be put into the diary."""
    values = {"id": new_id(), "name": common_name(name), "created_at": work.now}
    work.session.connection().execute(
        insert(IgnoredHoliday).values(values).on_conflict_do_nothing()
    )


@requires(Permission.SCHEDULE_CONFIGURE)
def observe_holiday(work: Work, name: str) -> None:
    """Keep this bank holiday again."""
    ignored = delete(IgnoredHoliday).where(col(IgnoredHoliday.name) == common_name(name))
    work.session.connection().execute(ignored)


def _in_order(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise EndsBeforeItStarts


def _require_no_series(work: Work, term: Term) -> None:
    query = select(func.count()).select_from(Series).where(Series.term_id == term.id)
    n = work.session.exec(query).one()
    if n:
        series = many("{n} series ends", "{n} series end", n=n)
        raise StillNeeded(
            _("{series} with {term}. Give them another end first.", series=series, term=term.name)
        )


def _lessons_in(work: Work, closure: Closure) -> Sequence[Lesson]:
    """The lessons that a closure calls off, locked in one order."""
    zone = studio_zone(work)
    days = local_days(closure.starts_on, closure.ends_on + timedelta(days=1), zone)
    query = select(Lesson).where(
        Lesson.starts_at >= days.starts_at,
        Lesson.starts_at < days.ends_at,
        col(Lesson.blocking),
    )
    if closure.location_id is not None:
        rooms = select(Room.id).where(Room.location_id == closure.location_id)
        query = query.where(col(Lesson.room_id).in_(rooms))
    return work.session.exec(query.order_by(col(Lesson.id)).with_for_update()).all()


def _forget_exceptions(work: Work, closure_id: ClosureId) -> Sequence[Series]:
    """The series that skipped days for this closure; the days are open again."""
    theirs = select(SeriesException.series_id).where(SeriesException.closure_id == closure_id)
    skipped = work.session.exec(select(Series).where(col(Series.id).in_(theirs))).all()
    gone = delete(SeriesException).where(col(SeriesException.closure_id) == closure_id)
    work.session.connection().execute(gone)
    return skipped


def _fill(work: Work, series: Series, closure: Closure) -> int:
    hold(work, series)
    until = closure.ends_on + timedelta(days=1)
    return len(generate(work, series, first=closure.starts_on, until=until).lesson_ids)
