"""The lessons of a series that was cut: put where the new rule has them, or called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.kit.clock import Slot, to_instant
from studio_app.kit.ids import LessonId, StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access.bookings import students_of
from studio_app.scheduling.access.setup import location_of, row, school_year
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.phrases import obstacle_text
from studio_app.scheduling.rules.changes import Tail
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.rules.states import CancelledBy


@dataclass(frozen=True, slots=True)
class Split:
    """A series cut at a day: what it was, what follows, and the lessons that follow."""

    was: Plan
    tail: Tail
    from_on: date
    lessons: Sequence[Lesson]
    alike: frozenset[LessonId]
    """The lessons that are as the old rule put them: they take the new one on."""


def refit(work: Work, following: Series, split: Split, room: Room | None) -> list[LessonId]:
    """Put the lessons that go with the rule where it has them now, or call them off; which of
    them are elsewhere now, or somebody else's."""
    plan = split.tail.plan
    days = [lesson.occurs_on for lesson in split.lessons if lesson.occurs_on]
    if not days:
        return []
    year = school_year(work, min(days), max(days) + timedelta(days=1))
    place = location_of(work, following.room_id)
    moved = plan.weekdays != split.was.weekdays
    staying: list[tuple[Lesson, Slot]] = []
    for lesson in split.lessons:
        if lesson.id not in split.alike or lesson.occurs_on is None:
            continue
        obstacle = year.obstacle(
            lesson.occurs_on, location_id=place, term_time_only=following.term_time_only
        )
        if moved and obstacle:
            diary.call_off(work, lesson, by=CancelledBy.SCHOOL, reason=str(obstacle_text(obstacle)))
            continue
        start = to_instant(lesson.occurs_on, plan.at, plan.zone)
        staying.append((lesson, Slot(start, start + plan.lasting)))
    return _place(work, following, staying, room)


def _require_seats(
    work: Work,
    following: Series,
    seated: Sequence[tuple[Lesson, frozenset[StudentId]]],
    room: Room | None,
) -> None:
    """Whoever is in them fits where the lessons go, if that is another room or kind."""
    kind = row(work, LessonType, following.lesson_type_id)
    changed = [
        len(students)
        for lesson, students in seated
        if (lesson.lesson_type_id, lesson.room_id) != (kind.id, following.room_id)
    ]
    diary.require_seats(max(changed, default=0), kind, room)


def _giver(lesson: Lesson, following: Series) -> TeacherId:
    """Who stands in for the teacher on one day goes on doing so."""
    return lesson.teacher_id if lesson.covers_for_id else following.teacher_id


def _place(
    work: Work, following: Series, staying: Sequence[tuple[Lesson, Slot]], room: Room | None
) -> list[LessonId]:
    seated = students_of(work, [lesson.id for lesson, _slot in staying])
    wants = [
        diary.wanted(slot, _giver(lesson, following), room, seated[lesson.id])
        for lesson, slot in staying
    ]
    _require_seats(
        work, following, [(lesson, seated[lesson.id]) for lesson, _slot in staying], room
    )
    diary.require_free(work, wants, without={lesson.id for lesson, _slot in staying})
    moved = [
        lesson.id
        for (lesson, _slot), want in zip(staying, wants, strict=True)
        if _goes(lesson, want)
    ]
    with diary.keeping_promises():
        for (lesson, _slot), want in zip(staying, wants, strict=True):
            diary.place(lesson, want)
            lesson.lesson_type_id = following.lesson_type_id
        work.session.flush()
    return moved


def _goes(lesson: Lesson, want: Wanted) -> bool:
    was = (lesson.slot, lesson.teacher_id, lesson.room_id)
    return was != (want.slot, want.teacher_id, want.room_id)
