"""Other teachers give somebody's lessons on some days. The series, its price and the rooms stay;
who taught is the lesson's teacher."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import LessonId, LessonTypeId, TeacherId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access.covers import names_of
from studio_app.scheduling.cautions import Cautioned, against_teachers
from studio_app.scheduling.commands.lessons import IsCancelled
from studio_app.scheduling.events import LessonMoved, LessonRestored
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.phrases import span_text
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus


class NotCovered(Refused):
    message = _("Nobody covers these lessons any more.")


class NothingChosen(Refused):
    message = _("Choose who gives at least one of the lessons, or cancel one.")


@dataclass(frozen=True, slots=True)
class Covered:
    """The lessons somebody else gives now, and those that were cancelled."""

    lesson_ids: tuple[LessonId, ...]
    cancelled_ids: tuple[LessonId, ...] = ()


@requires(Permission.CALENDAR_MANAGE)
def assign_cover(
    work: Work,
    covers: Mapping[LessonId, TeacherId],
    *,
    cancelled: Collection[LessonId] = (),
    reason: str = "",
    despite: str = "",
) -> Covered:
    """Each of these lessons is given by that teacher, and the others fall away: all or nothing.

    SlotTaken says who is in the way, Cautioned what speaks against it where no reason is given.
    """
    if not covers and not cancelled:
        raise NothingChosen
    lessons = _locked(work, covers)
    _call_off(work, cancelled, reason)
    _give(work, lessons, covers, despite=despite)
    return Covered(tuple(covers), tuple(cancelled))


@requires(Permission.CALENDAR_MANAGE)
def end_cover(work: Work, lesson_ids: Collection[LessonId]) -> Covered:
    """Whoever the lessons belong to gives them after all; refused if they are taken then."""
    query = select(Lesson.id, Lesson.covers_for_id).where(
        col(Lesson.id).in_(lesson_ids), col(Lesson.covers_for_id).is_not(None)
    )
    back = {
        LessonId(lesson_id): TeacherId(owner)
        for lesson_id, owner in work.session.exec(query)
        if owner is not None
    }
    if not back:
        raise NotCovered
    lessons = _locked(work, back)
    _give(work, lessons, back, despite=str(_("Put back")))
    return Covered(tuple(back))


@requires(Permission.CALENDAR_MANAGE)
def take_cover_back(work: Work, done: Covered) -> None:
    """All of it as it was: the lessons with whom they belong to, the cancelled ones put back."""
    query = select(Lesson).where(
        col(Lesson.id).in_(done.cancelled_ids), col(Lesson.status) == LessonStatus.CANCELLED
    )
    off = work.session.exec(query.order_by(col(Lesson.id)).with_for_update()).all()
    diary.put_back(work, off)
    work.emit(*(LessonRestored(lesson.id) for lesson in off))
    if done.lesson_ids:
        end_cover(work, done.lesson_ids)


def _locked(work: Work, covers: Mapping[LessonId, TeacherId]) -> Sequence[Lesson]:
    """The lessons, with everybody who is to give them or gave them held, in one order."""
    query = select(Lesson).where(col(Lesson.id).in_(covers)).order_by(col(Lesson.id))
    seen = work.session.exec(query).all()
    diary.lock_ids(work, {*covers.values(), *(lesson.teacher_id for lesson in seen)})
    fresh = query.with_for_update().execution_options(populate_existing=True)
    lessons = work.session.exec(fresh).all()
    wanted = set(covers.values())
    if len(lessons) != len(covers) or names_of(work, wanted).keys() != wanted:
        raise NotFound
    if not all(lesson.takes_time for lesson in lessons):
        raise IsCancelled
    return lessons


def _give(
    work: Work, lessons: Sequence[Lesson], covers: Mapping[LessonId, TeacherId], *, despite: str
) -> None:
    changed = [lesson for lesson in lessons if lesson.teacher_id != covers[lesson.id]]
    wants = [Wanted(one.slot, covers[one.id], one.room_id) for one in changed]
    diary.require_free(work, wants, without={lesson.id for lesson in changed})
    _require_apart(work, wants)
    cautioned = _require_reason(work, changed, wants, despite)
    with diary.keeping_promises():
        for lesson in changed:
            _hand_over(lesson, covers[lesson.id])
            if lesson.id in cautioned:
                lesson.despite = despite.strip()
        work.session.flush()
    work.emit(*(LessonMoved(one.id, was_at=one.starts_at, now_at=one.starts_at) for one in changed))


def _hand_over(lesson: Lesson, teacher_id: TeacherId) -> None:
    owner = lesson.covers_for_id or lesson.teacher_id
    lesson.teacher_id = teacher_id
    lesson.covers_for_id = None if teacher_id == owner else owner


def _require_apart(work: Work, wants: Sequence[Wanted]) -> None:
    """Nobody is to give two of these at once."""
    by_teacher: dict[TeacherId, list[Wanted]] = defaultdict(list)
    for want in sorted(wants, key=lambda each: each.slot):
        by_teacher[want.teacher_id].append(want)
    for teacher_id, given in by_teacher.items():
        for before, after in pairwise(given):
            if before.slot.overlaps(after.slot):
                who = names_of(work, [teacher_id])[teacher_id]
                when = span_text(after.slot, studio_zone(work), work.actor.locale)
                raise diary.SlotTaken(
                    _("{teacher} cannot give two lessons at once ({when}).", teacher=who, when=when)
                )


def _require_reason(
    work: Work, lessons: Sequence[Lesson], wants: Sequence[Wanted], despite: str
) -> set[LessonId]:
    """The lessons that something speaks against; Cautioned if no reason is given for them."""
    by_kind: dict[LessonTypeId, list[tuple[Lesson, Wanted]]] = defaultdict(list)
    for lesson, want in zip(lessons, wants, strict=True):
        by_kind[lesson.lesson_type_id].append((lesson, want))
    found: dict[LessonId, list[Text]] = {}
    for kind, pairs in by_kind.items():
        said = against_teachers(work, [want for _lesson, want in pairs], kind)
        found |= {
            lesson.id: texts for (lesson, _want), texts in zip(pairs, said, strict=True) if texts
        }
    if found and not despite.strip():
        each_once = {str(text): text for texts in found.values() for text in texts}
        raise Cautioned(work, list(each_once.values()))
    return set(found)


def _call_off(work: Work, lesson_ids: Collection[LessonId], reason: str) -> None:
    query = select(Lesson).where(col(Lesson.id).in_(lesson_ids), col(Lesson.blocking))
    lessons = work.session.exec(query.order_by(col(Lesson.id)).with_for_update()).all()
    told = [diary.call_off(work, one, by=CancelledBy.TEACHER, reason=reason) for one in lessons]
    work.session.flush()
    work.emit(*told)
