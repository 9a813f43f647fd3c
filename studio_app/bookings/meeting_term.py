"""What each weekly lesson of a run meets in the new term, worked out for all of them at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import col, select

from studio_app.bookings.access.rollover import lessons, series_of
from studio_app.bookings.access.rollover_places import Listed
from studio_app.bookings.models.rollover import Rollover, RolloverLesson
from studio_app.bookings.planning_rollover import NextTerm, next_wish
from studio_app.kit.formats import say_date, say_day
from studio_app.kit.ids import (
    LessonId,
    LessonTypeId,
    RolloverLessonId,
    StudentId,
    TeacherId,
    new_id,
)
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.scheduling import cautions, diary
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.continuing import plans_of
from studio_app.scheduling.access.setup import school_year
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.models.series import Series, SeriesException
from studio_app.scheduling.models.setup import Room
from studio_app.scheduling.phrases import clash_text, names_in, obstacle_text
from studio_app.scheduling.rules.clashes import Booking, Clash, Wanted, clashes
from studio_app.scheduling.rules.drafts import Draft, drafts
from studio_app.scheduling.rules.hours import Hours
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.rules.states import Why
from studio_app.scheduling.rules.year import TermDays

DAY = timedelta(days=1)
MINUTES = 60


@dataclass
class Ahead:
    """A weekly lesson in a term to come, day by day."""

    teacher: str
    from_on: str = ""
    lessons: int = 0
    closed: list[str] = field(default_factory=list[str])
    conflicts: list[str] = field(default_factory=list[str])
    cautions: list[Text] = field(default_factory=list[Text])
    outside: int = 0
    """Days on which it lies outside of its teacher's hours"""


@dataclass(frozen=True, slots=True)
class _Course:
    """One weekly lesson: its old series, its days in the new term, who would come."""

    lesson: RolloverLesson
    series: Series
    plan: Plan
    days: Sequence[Draft]
    students: frozenset[StudentId]
    teacher: str

    @property
    def free(self) -> list[Draft]:
        return [day for day in self.days if day.obstacle is None]


def ahead_of(
    work: Work, run: Rollover, new: TermDays, places: Sequence[Listed]
) -> dict[RolloverLessonId, Ahead]:
    courses = _courses(work, run, new, places)
    locale = work.actor.locale
    found = {one.lesson.id: _begun(one, locale) for one in courses}
    _add_conflicts(work, courses, found)
    _add_left_out(work, courses, new, found)
    _add_hours(work, courses, found)
    return found


def _begun(one: _Course, locale: str) -> Ahead:
    first = one.free[0].day if one.free else None
    return Ahead(
        teacher=one.teacher,
        from_on=say_date(first, locale) if first else "",
        lessons=len(one.free),
        closed=[
            day.obstacle.name or str(obstacle_text(day.obstacle))
            for day in one.days
            if day.obstacle
        ],
    )


def _courses(work: Work, run: Rollover, new: TermDays, places: Sequence[Listed]) -> list[_Course]:
    rows = lessons(work, run.id)
    old = series_of(work, list(rows.values()))
    plans = plans_of(work, list(old.values()))
    year = school_year(work, new.first_on, new.last_on + DAY)
    where = {room.id: room.location_id for room in work.session.exec(select(Room))}
    made: list[_Course] = []
    for row in rows.values():
        series = old[row.series_id]
        theirs = [one for one in places if one.lesson.id == row.id]
        coming = [one for one in theirs if not one.place.left_out] or theirs
        if not theirs:
            continue
        plan = _plan(row, series, plans[series.id], NextTerm(run.to_term_id, new))
        room_id = series.room_id
        days = drafts(
            plan,
            year,
            first=new.first_on,
            until=new.last_on + DAY,
            location_id=where[room_id] if room_id else None,
            term_time_only=False,
            decisions={},
        )
        students = frozenset(one.place.student_id for one in coming)
        made.append(_Course(row, series, plan, days, students, theirs[0].teacher))
    return made


def _plan(row: RolloverLesson, series: Series, plan: Plan, term: NextTerm) -> Plan:
    """Its rule in the new term."""
    if row.goes_on:
        return plan
    wish = next_wish(row, series, plan, term, ())
    return Plan(
        wish.first_on, wish.at, series.minutes, plan.zone, wish.weekdays, series.every_weeks
    )


def _add_conflicts(
    work: Work, courses: Sequence[_Course], found: Mapping[RolloverLessonId, Ahead]
) -> None:
    """With what is in the calendar, and of a lesson that was changed with the others of the run."""
    rooms = {room.id: room for room in work.session.exec(select(Room))}
    wants = {
        one.lesson.id: [
            diary.wanted(
                day.slot,
                one.series.teacher_id,
                rooms[one.series.room_id] if one.series.room_id else None,
                one.students,
            )
            for day in one.free
        ]
        for one in courses
        if not one.lesson.goes_on
    }
    flat = [want for each in wants.values() for want in each]
    in_diary = iter(clashes_for(work, flat))
    met: dict[RolloverLessonId, list[list[Clash]]] = {}
    for one in courses:
        theirs = wants.get(one.lesson.id, [])
        met[one.lesson.id] = [next(in_diary) for _want in theirs]
        if one.lesson.weekday or one.lesson.at:
            others = [w for id_, each in wants.items() if id_ != one.lesson.id for w in each]
            among = clashes(theirs, [Booking(LessonId(new_id()), other) for other in others])
            met[one.lesson.id] = [[*a, *b] for a, b in zip(met[one.lesson.id], among, strict=True)]
    known = names_in(work, [clash for each in met.values() for day in each for clash in day])
    locale = work.actor.locale
    for one in courses:
        ahead, days = found[one.lesson.id], met[one.lesson.id]
        ahead.lessons -= sum(bool(day) for day in days)
        ahead.conflicts += [
            str(clash_text(day[0], known, known.zone, locale)) for day in days if day
        ]
    _add_cautions(work, courses, wants, found)


def _add_cautions(
    work: Work,
    courses: Sequence[_Course],
    wants: Mapping[RolloverLessonId, Sequence[Wanted]],
    found: Mapping[RolloverLessonId, Ahead],
) -> None:
    by_kind: dict[LessonTypeId, list[_Course]] = defaultdict(list)
    for one in courses:
        by_kind[one.series.lesson_type_id].append(one)
    for kind, those in by_kind.items():
        flat = [(one, want) for one in those for want in wants.get(one.lesson.id, ())]
        said = cautions.against(work, [want for _one, want in flat], kind, closures=False)
        for (one, _want), each in zip(flat, said, strict=True):
            found[one.lesson.id].cautions += each


def _add_left_out(
    work: Work,
    courses: Sequence[_Course],
    new: TermDays,
    found: Mapping[RolloverLessonId, Ahead],
) -> None:
    """Of what goes on by itself: days that were left out because somebody was taken."""
    going = {one.series.id: one.lesson.id for one in courses if one.lesson.goes_on}
    query = select(SeriesException).where(
        col(SeriesException.series_id).in_(going),
        SeriesException.why == Why.CONFLICT,
        SeriesException.occurs_on >= new.first_on,
        SeriesException.occurs_on <= new.last_on,
    )
    for left_out in work.session.exec(query):
        ahead = found[going[left_out.series_id]]
        ahead.lessons -= 1
        day = say_day(left_out.occurs_on, work.actor.locale)
        ahead.conflicts.append(str(_("{day}: somebody or something is taken.", day=day)))


def _add_hours(
    work: Work, courses: Sequence[_Course], found: Mapping[RolloverLessonId, Ahead]
) -> None:
    """Only of teachers who said when they teach at all."""
    offered: dict[TeacherId, list[Hours]] = defaultdict(list)
    for row in work.session.exec(select(Availability)):
        offered[row.teacher_id].append(
            Hours(
                row.teacher_id,
                row.location_id,
                row.from_minute,
                row.until_minute,
                row.weekday,
                row.dated_on,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
        )
    for one in courses:
        theirs = offered.get(one.series.teacher_id)
        if theirs:
            begins = one.plan.at.hour * MINUTES + one.plan.at.minute
            found[one.lesson.id].outside = sum(
                not _within(theirs, day.day, begins, begins + one.plan.minutes) for day in one.free
            )


def _within(hours: Sequence[Hours], day: date, begins: int, ends: int) -> bool:
    return any(
        (each.weekday == day.isoweekday() or each.dated_on == day)
        and each.holds_on(day)
        and each.from_minute <= begins
        and ends <= each.until_minute
        for each in hours
    )
