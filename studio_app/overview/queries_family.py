"""A family's home: who comes next, what to practise, how many lessons there were."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import HELD
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.queries.students import Learner, my_learners
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.queries.families import (
    FamilyLesson,
    lessons_of_family,
    next_lessons_of,
)
from studio_app.scheduling.queries.notes import LastNote, my_focus

DAY = timedelta(days=1)
SPAN = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class LearnersHome:
    """One child on the family's first page."""

    learner: Learner
    next_lesson: FamilyLesson | None
    focus: LastNote | None
    completed: int
    """Lessons that were held, since the beginning"""
    soon: str = ""
    """Of the next lesson: Today or Tomorrow"""


@dataclass(frozen=True, slots=True)
class FamilyDiary:
    learners: tuple[Learner, ...]
    lessons: tuple[FamilyLesson, ...]


@requires(Permission.LESSON_VIEW)
def my_home(work: Work) -> list[LearnersHome]:
    """One's own children, or oneself; of who teaches too nobody else."""
    learners = my_learners(work)
    ids = [learner.id for learner in learners]
    upcoming = next_lessons_of(work, ids) if ids else []
    following = {lesson.student_id: lesson for lesson in upcoming}
    focus, completed = my_focus(work), _completed(work)
    return [
        LearnersHome(
            each,
            following.get(each.id),
            focus.get(each.id),
            completed.get(each.id, 0),
            _soon(work, following.get(each.id)),
        )
        for each in learners
    ]


def _soon(work: Work, lesson: FamilyLesson | None) -> str:
    today = local_date(work.now, studio_zone(work))
    near = {today: _("Today"), today + DAY: _("Tomorrow")}
    return near[lesson.on].say(work.actor.locale) if lesson and lesson.on in near else ""


@requires(Permission.LESSON_VIEW)
def my_diary(work: Work, *, past: bool = False) -> FamilyDiary:
    """Six weeks of the lessons of one's own: those to come, or the past ones, newest first."""
    learners = my_learners(work)
    ids = [learner.id for learner in learners]
    today = local_date(work.now, studio_zone(work))
    first, until = (today - SPAN, today + DAY) if past else (today, today + SPAN)
    found = lessons_of_family(work, first, until, student_ids=ids) if ids else []
    lessons = [one for one in found if (one.starts_at <= work.now) == past]
    return FamilyDiary(tuple(learners), tuple(lessons[::-1] if past else lessons))


def _completed(work: Work) -> dict[StudentId, int]:
    query = (
        select(col(Seat.student_id), func.count())
        .join_from(Seat, AttendanceMark, col(AttendanceMark.seat_id) == col(Seat.id))
        .where(
            col(Seat.student_id).in_(own_students(work)),
            col(AttendanceMark.outcome).in_(HELD),
            is_latest(),
        )
        .group_by(col(Seat.student_id))
    )
    return {student_id: int(n) for student_id, n in ask(work, query)}
