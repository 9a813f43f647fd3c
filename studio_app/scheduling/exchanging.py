"""Two lessons change places, both or neither: each takes the other's time and room.

Students, teacher, price and place in the series stay with the lesson, so each is a lesson that
was moved. The exclusion constraints hold after every statement and there is no order in which
two lessons pass each other, so one waits meanwhile in a century without lessons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from studio_app.kit.clock import Slot
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.ids import LessonId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.setup import room_if_any, row
from studio_app.scheduling.events import LessonMoved
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.clashes import Wanted

ASIDE = timedelta(days=100 * 365)


class CannotSwap(Conflict):
    message = _("One of the two lessons does not take place, or is over.")


class MovedSince(Conflict):
    message = _("One of the two lessons has been moved meanwhile. Please look again.")


class InEachOthersWay(Conflict):
    message = _("The two lessons would overlap: they are not equally long.")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Both lessons, each with what it needs in the other's place."""

    lesson: Lesson
    other: Lesson
    wants: Wanted
    others_wants: Wanted


def look(work: Work, lesson_id: LessonId, other_id: LessonId) -> Exchange:
    """What it would take; SlotTaken says who and where stands in the way."""
    found = _plan(work, lesson_id, other_id, lock=False)
    _require_to_come(work, found)
    _require_possible(work, found)
    return found


def are_alone(work: Work, found: Exchange) -> bool:
    """Each is a lesson of one student, of a kind that is no group."""
    pairs = ((found.lesson, found.wants), (found.other, found.others_wants))
    return all(
        len(wants.student_ids) == 1
        and row(work, LessonType, lesson.lesson_type_id).capacity in {None, 1}
        for lesson, wants in pairs
    )


def exchange(
    work: Work, lesson_id: LessonId, other_id: LessonId, expected: Mapping[LessonId, datetime]
) -> None:
    """Let them change places, if they still are where they were `expected`."""
    seen = _plan(work, lesson_id, other_id, lock=False)
    diary.lock_ids(
        work,
        {i for w in (seen.wants, seen.others_wants) for i in (w.teacher_id, w.room_id)}
        | seen.wants.student_ids
        | seen.others_wants.student_ids,
    )
    found = _plan(work, lesson_id, other_id, lock=True)
    _require_to_come(work, found)
    if any(one.starts_at != expected[one.id] for one in (found.lesson, found.other)):
        raise MovedSince
    _require_possible(work, found)
    first, second = found.lesson.starts_at, found.other.starts_at
    with diary.keeping_promises():
        _step_aside(work, found.lesson)
        diary.place(found.other, found.others_wants)
        work.session.flush()
        diary.place(found.lesson, found.wants)
        work.session.flush()
    work.emit(LessonMoved(found.lesson.id, was_at=first, now_at=second))
    work.emit(LessonMoved(found.other.id, was_at=second, now_at=first))


def _step_aside(work: Work, lesson: Lesson) -> None:
    lesson.starts_at, lesson.ends_at = lesson.starts_at - ASIDE, lesson.ends_at - ASIDE
    work.session.flush()


def _plan(work: Work, lesson_id: LessonId, other_id: LessonId, *, lock: bool) -> Exchange:
    query = select(Lesson).where(col(Lesson.id).in_([lesson_id, other_id]))
    if lock:
        query = query.with_for_update()
    query = query.order_by(col(Lesson.id)).execution_options(populate_existing=True)
    found = {one.id: one for one in work.session.exec(query)}
    if set(found) != {lesson_id, other_id}:
        raise NotFound
    lesson, other = found[lesson_id], found[other_id]
    return Exchange(
        lesson, other, _instead_of(work, lesson, other), _instead_of(work, other, lesson)
    )


def _instead_of(work: Work, lesson: Lesson, other: Lesson) -> Wanted:
    """A lesson at the other's beginning and in its room, as long as it is itself."""
    slot = Slot(other.starts_at, other.starts_at + lesson.lasting)
    room = room_if_any(work, other.room_id)
    return diary.wanted(slot, lesson.teacher_id, room, access.students_in(work, lesson.id))


def _require_to_come(work: Work, found: Exchange) -> None:
    for lesson in (found.lesson, found.other):
        if not lesson.takes_time or lesson.starts_at <= work.now:
            raise CannotSwap


def _require_possible(work: Work, found: Exchange) -> None:
    pairs = ((found.lesson, found.wants), (found.other, found.others_wants))
    for lesson, wants in pairs:
        kind = row(work, LessonType, lesson.lesson_type_id)
        diary.require_seats(len(wants.student_ids), kind, room_if_any(work, wants.room_id))
    diary.require_free(
        work, [wants for _lesson, wants in pairs], without={one.id for one, _w in pairs}
    )
    mine, theirs = found.wants, found.others_wants
    if mine.slot.overlaps(theirs.slot) and _meet(mine, theirs):
        raise InEachOthersWay


def _meet(mine: Wanted, theirs: Wanted) -> bool:
    room = mine.single_use and mine.room_id is not None and mine.room_id == theirs.room_id
    students = not mine.student_ids.isdisjoint(theirs.student_ids)
    return room or students or mine.teacher_id == theirs.teacher_id
