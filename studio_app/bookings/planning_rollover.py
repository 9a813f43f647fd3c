"""How a weekly lesson would go on in the next term, as a wish for a series."""

from collections.abc import Sequence
from dataclasses import dataclass

from studio_app.bookings.models.rollover import RolloverLesson
from studio_app.kit.ids import StudentId, TermId
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.rules.continuing import first_day_in, on_weekday
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.rules.year import TermDays
from studio_app.scheduling.wishes import NewSeries


@dataclass(frozen=True, slots=True)
class NextTerm:
    id: TermId
    days: TermDays


def next_wish(
    lesson: RolloverLesson,
    series: Series,
    plan: Plan,
    term: NextTerm,
    student_ids: Sequence[StudentId],
) -> NewSeries:
    """The same weekday, time, teacher, place and length, unless the run says otherwise."""
    first = first_day_in(plan, term.days)
    weekdays = frozenset(series.weekdays)
    if lesson.weekday is not None and len(weekdays) == 1:
        first = on_weekday(first, lesson.weekday, term.days)
        weekdays = frozenset({lesson.weekday})
    return NewSeries(
        teacher_id=series.teacher_id,
        lesson_type_id=series.lesson_type_id,
        first_on=first,
        at=lesson.at or series.at,
        weekdays=weekdays,
        student_ids=tuple(student_ids),
        room_id=series.room_id,
        minutes=series.minutes,
        every_weeks=series.every_weeks,
        term_id=term.id,
        term_time_only=series.term_time_only,
        name=series.name,
    )
