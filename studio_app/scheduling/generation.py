"""Puts the lessons of a series into the diary, as far as they are not there yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from studio_app.kit.ids import LessonId, StudentId
from studio_app.kit.work import Work
from studio_app.scheduling import diary, phrases
from studio_app.scheduling.access import bookings, lessons, setup
from studio_app.scheduling.access.series import draft, plan_of
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment, Series, SeriesException
from studio_app.scheduling.rules.clashes import Clash, Wanted
from studio_app.scheduling.rules.drafts import Draft
from studio_app.scheduling.rules.states import EnrolmentState, LessonStatus, Why
from studio_app.scheduling.rules.year import Obstacle
from studio_app.scheduling.wishes import Decision


@dataclass(frozen=True, slots=True)
class Generated:
    lesson_ids: tuple[LessonId, ...]
    clashes: tuple[date, ...]
    """Days left out because somebody or something was taken."""


def hold(work: Work, series: Series, *more: UUID | None) -> Series:
    """Lock who and what a series needs, and the series; it is read again under the lock."""
    students = frozenset(row.student_id for row in lessons.enrolments(work, series.id))
    ids = {series.id, series.teacher_id, series.room_id, *students, *more}
    diary.lock_ids(work, ids)
    work.session.refresh(series, with_for_update=True)
    return series


def generate(
    work: Work,
    series: Series,
    *,
    until: date,
    first: date | None = None,
    decisions: Mapping[date, Decision] | None = None,
    refuse_clashes: bool = False,
) -> Generated:
    """Every day before `until` gets its lesson, or the reason why it has none.

    Without `first` it goes on where it stopped the last time. Days that are done stay as they
    are, so doing it again changes nothing and nothing that was cancelled or skipped comes
    back. Hold the series first. A clash is refused, or else kept as a reason to look at.
    """
    plan = plan_of(work, series)
    done = series.generated_until
    start = first or (done + timedelta(days=1) if done else plan.first_on)
    days = draft(work, series, plan, start, until, decisions or {})
    enrolled = lessons.enrolments(work, series.id)
    room = setup.room_if_any(work, series.room_id)
    free = [day for day in days if day.obstacle is None]
    wants = [
        diary.wanted(day.slot, series.teacher_id, room, _students(enrolled, day.day))
        for day in free
    ]
    found = bookings.clashes_for(work, wants)
    if refuse_clashes and any(found):
        raise diary.SlotTaken(phrases.taken_text(work, [c for each in found for c in each]))
    clear = [(day, w) for day, w, clash in zip(free, wants, found, strict=True) if not clash]
    made = _write(work, series, clear, enrolled)
    _except(work, series, days, _clashing(free, found))
    last = min(until - timedelta(days=1), series.ended_on or date.max)
    series.generated_until = max(series.generated_until or last, last)
    work.session.flush()
    return Generated(tuple(made), tuple(day.day for day in _clashing(free, found)))


def _students(enrolled: Sequence[Enrolment], day: date) -> list[StudentId]:
    return [row.student_id for row in _taking_part(enrolled, day)]


def _taking_part(enrolled: Sequence[Enrolment], day: date) -> list[Enrolment]:
    return [
        row
        for row in enrolled
        if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
    ]


def _status(taking_part: Sequence[Enrolment]) -> LessonStatus:
    """A lesson is provisional as long as everybody's place in it is."""
    held = [row.state == EnrolmentState.PROVISIONAL for row in taking_part]
    return LessonStatus.PROVISIONAL if held and all(held) else LessonStatus.SCHEDULED


def _clashing(days: Sequence[Draft], found: Sequence[Sequence[Clash]]) -> list[Draft]:
    return [day for day, clashes in zip(days, found, strict=True) if clashes]


def _write(
    work: Work,
    series: Series,
    clear: Sequence[tuple[Draft, Wanted]],
    enrolled: Sequence[Enrolment],
) -> list[LessonId]:
    made = [
        Lesson(
            series_id=series.id,
            occurs_on=day.day,
            teacher_id=series.teacher_id,
            room_id=series.room_id,
            room_single_use=wants.single_use if series.room_id else None,
            lesson_type_id=series.lesson_type_id,
            status=_status(_taking_part(enrolled, day.day)),
            starts_at=wants.slot.starts_at,
            ends_at=wants.slot.ends_at,
            created_at=work.now,
        )
        for day, wants in clear
    ]
    seats = [
        diary.seat(lesson, row.student_id, enrolment_id=row.id)
        for lesson, (day, _wants) in zip(made, clear, strict=True)
        for row in _taking_part(enrolled, day.day)
    ]
    diary.write(work, made, seats)
    return [lesson.id for lesson in made]


def _except(work: Work, series: Series, days: Sequence[Draft], clashing: Sequence[Draft]) -> None:
    reasons = [(day.day, day.obstacle) for day in days if day.obstacle is not None]
    reasons += [(day.day, Obstacle(Why.CONFLICT)) for day in clashing]
    rows = [
        SeriesException(
            series_id=series.id,
            occurs_on=day,
            why=obstacle.why,
            closure_id=obstacle.closure_id,
            created_at=work.now,
        )
        for day, obstacle in reasons
    ]
    diary.write_rows(work, rows)
