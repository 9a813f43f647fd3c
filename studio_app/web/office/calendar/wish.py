"""What the form of a new lesson asks for."""

from dataclasses import dataclass
from typing import Any

from studio_app.kit.ids import LessonTypeId, RoomId, StudentId, TeacherId, TermId
from studio_app.scheduling.commands.lessons import NewLesson
from studio_app.scheduling.wishes import NewSeries
from studio_app.web.inputs import Form, as_wall_time
from studio_app.web.ui.reasons import DESPITE

ONCE, WEEKLY = "once", "weekly"
GOES_ON, UNTIL, COUNT, TERM = "goes_on", "until", "count", "term"
ENDS = (GOES_ON, UNTIL, COUNT, TERM)
MOST_LESSONS = 500
WEEKS_IN_A_YEAR = 52
MINUTES_IN_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of the form that are not fields: students, weekdays, how it ends."""

    student_ids: tuple[StudentId, ...]
    weekdays: frozenset[int] = frozenset()
    ends: str = GOES_ON


def new_lesson(sent: dict[str, Any], asked: Asked) -> NewLesson:
    form = Form(sent)
    common = _common(form)
    on, at = form.day("on"), form.clock("at")
    despite = form.optional_text(DESPITE)
    form.check()
    starts_at = as_wall_time(f"{on.isoformat()}T{at.isoformat()}")
    students = asked.student_ids
    return NewLesson(starts_at=starts_at, student_ids=students, despite=despite, **common)


def new_series(sent: dict[str, Any], asked: Asked) -> NewSeries:
    form = Form(sent)
    common = _common(form)
    first_on, at = form.day("on"), form.clock("at")
    wish = NewSeries(
        first_on=first_on,
        at=at,
        weekdays=asked.weekdays or frozenset({first_on.isoweekday()}),
        student_ids=asked.student_ids,
        every_weeks=form.number("every_weeks", least=1, most=WEEKS_IN_A_YEAR),
        until_on=form.day("until_on") if asked.ends == UNTIL else None,
        count=form.number("count", least=1, most=MOST_LESSONS) if asked.ends == COUNT else None,
        term_id=TermId(form.id("term_id")) if asked.ends == TERM else None,
        term_time_only=form.flag("term_time_only"),
        name=form.optional_text("name", longest=80),
        **common,
    )
    form.check()
    return wish


def _common(form: Form) -> dict[str, Any]:
    room = form.optional_id("room_id")
    minutes = (
        form.number("minutes", least=5, most=MINUTES_IN_A_DAY)
        if form.optional_text("minutes")
        else None
    )
    return {
        "teacher_id": TeacherId(form.id("teacher_id")),
        "lesson_type_id": LessonTypeId(form.id("lesson_type_id")),
        "room_id": RoomId(room) if room else None,
        "minutes": minutes,
    }
