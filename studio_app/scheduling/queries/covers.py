"""Who could give the lessons of a teacher who is away."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, func, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_days
from studio_app.kit.ids import LessonId, LessonTypeId, TeacherId
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.people.models import Teacher
from studio_app.scheduling.access import covers as access
from studio_app.scheduling.access.covers import Uncovered
from studio_app.scheduling.cautions import hurried
from studio_app.scheduling.phrases import span_text
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.covers import Candidate, Rota, Substitute, Task, substitutes
from studio_app.scheduling.slots import LONGEST_SEARCH, NoDays, TooManyDays

DAY = timedelta(days=1)
SubstituteShown = Substitute
"""Somebody who could give a lesson, and what speaks for them."""


@dataclass(frozen=True, slots=True)
class CoverNeed:
    """A lesson that somebody else has to give, and who could, the best suited first."""

    lesson_id: LessonId
    when: str
    title: str
    kind: str
    room: str
    substitutes: tuple[Substitute, ...]


@dataclass(frozen=True, slots=True)
class TeacherAway:
    id: TeacherId
    name: str


@requires(Permission.CALENDAR_MANAGE)
def who_may_be_away(work: Work) -> list[TeacherAway]:
    """Everybody who teaches here, by name."""
    query = select(Teacher.id, Teacher.name).where(col(Teacher.archived_at).is_(None))
    rows = work.session.exec(query.order_by(func.lower(Teacher.name), col(Teacher.id)))
    return [TeacherAway(TeacherId(teacher_id), name) for teacher_id, name in rows]


@requires(Permission.CALENDAR_MANAGE)
def cover_suggestions(
    work: Work, teacher_id: TeacherId, first_on: date, until: date
) -> list[CoverNeed]:
    """The lessons to come of a teacher from one day to another, both included.

    Nobody is suggested first for two of them that overlap: a teacher's own lessons never do.
    """
    teacher = people.teacher(work, teacher_id)
    if until < first_on:
        raise NoDays
    if (until - first_on).days > LONGEST_SEARCH:
        raise TooManyDays
    zone, locale = studio_zone(work), work.actor.locale
    lessons = access.uncovered(work, teacher_id, local_days(first_on, until + DAY, zone))
    everybody = access.candidates(work, lessons, first_on, until)
    others = [one for one in everybody if one.id != teacher_id]
    own = frozenset(each.strip().lower() for each in teacher.instruments if each.strip())
    rota = Rota(zone, others, _hurried(work, lessons, others))
    return [
        CoverNeed(
            lesson.id,
            span_text(lesson.slot, zone, locale),
            ", ".join(one.name for one in lesson.seated) or lesson.kind,
            lesson.kind,
            lesson.room,
            tuple(substitutes(rota, _task(lesson, own))),
        )
        for lesson in lessons
    ]


def _task(lesson: Uncovered, own: frozenset[str]) -> Task:
    """What is learned decides; where nobody wrote that down, what the teacher teaches."""
    learned = {one.instrument.strip().lower() for one in lesson.seated} - {""}
    students = frozenset(one.student_id for one in lesson.seated)
    return Task(lesson.slot, lesson.location_id, frozenset(learned) or own, students)


def _hurried(
    work: Work, lessons: Sequence[Uncovered], others: Sequence[Candidate]
) -> dict[TeacherId, set[Slot]]:
    """Who would have too little time for the way; asked once for each kind of lesson."""
    by_kind: dict[LessonTypeId, list[Wanted]] = defaultdict(list)
    for lesson in lessons:
        if lesson.room_id is not None:
            by_kind[lesson.lesson_type_id] += [
                Wanted(lesson.slot, one.id, lesson.room_id) for one in others
            ]
    found: dict[TeacherId, set[Slot]] = defaultdict(set)
    for kind, wants in by_kind.items():
        for want, is_hurried in zip(wants, hurried(work, wants, kind), strict=True):
            if is_hurried:
                found[want.teacher_id].add(want.slot)
    return found
