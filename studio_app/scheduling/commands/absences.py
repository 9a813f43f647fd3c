"""A teacher cannot come: every lesson of a day, or of some days, is taken off at one stroke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_days
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import TeacherId, TimeOffId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access.availability import teacher_to_plan, time_off
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.access.covers import families_with_seats
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.commands.availability import Absence, come_back, take_time_off
from studio_app.scheduling.events import LessonRestored
from studio_app.scheduling.models.availability import TimeOff
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus

DAY = timedelta(days=1)


class DayIsOver(Refused):
    message = _("That day is over. Its lessons can be marked, or cancelled one by one.")


@dataclass(frozen=True, slots=True)
class DayCancelled:
    """What was called off; `time_off_id` takes it back. None: there was nothing left to do."""

    time_off_id: TimeOffId | None
    lessons: int = 0
    families: int = 0


@dataclass(frozen=True, slots=True)
class DayRestored:
    lessons: int
    taken: int
    """Lessons whose time, room or student has gone to another one meanwhile"""


@requires(Permission.LESSON_MOVE)
def cancel_day(
    work: Work,
    teacher_id: TeacherId | None,
    day: date,
    *,
    reason: str = "",
    until: date | None = None,
) -> DayCancelled:
    """Call off what a teacher still has to give from `day` to `until`, both included, and take
    these days off; what was only asked for is declined. Without a teacher it is who asks.
    Again, it changes nothing.
    """
    teacher_id = teacher_to_plan(work, teacher_id or _oneself(work), lock=True).id
    absence = _absence(work, day, until or day, reason)
    lessons = _to_come(work, teacher_id, day, absence.last_on)
    if not lessons and _is_off(work, teacher_id, absence):
        return DayCancelled(None)
    time_off_id = take_time_off(work, teacher_id, absence)
    for lesson in lessons:
        lesson.time_off_id = time_off_id
    told = [diary.call_off(work, one, by=CancelledBy.TEACHER, reason=reason) for one in lessons]
    work.session.flush()
    work.emit(*told)
    families = families_with_seats(work, [lesson.id for lesson in lessons])
    return DayCancelled(time_off_id, len(lessons), families)


@requires(Permission.LESSON_MOVE)
def restore_day(work: Work, time_off_id: TimeOffId) -> DayRestored:
    """The teacher comes after all: lessons to come that were called off for this absence take
    place again, where their time is still free."""
    off = time_off(work, time_off_id)
    teacher_to_plan(work, off.teacher_id, lock=True)
    query = select(Lesson).where(
        Lesson.time_off_id == time_off_id,
        Lesson.status == LessonStatus.CANCELLED,
        Lesson.starts_at > work.now,
    )
    called_off = work.session.exec(query.order_by(col(Lesson.id)).with_for_update()).all()
    found = clashes_for(work, diary.needs(work, called_off))
    free = [lesson for lesson, clashes in zip(called_off, found, strict=True) if not clashes]
    diary.put_back(work, free)
    work.emit(*(LessonRestored(lesson.id) for lesson in free))
    come_back(work, time_off_id)
    return DayRestored(len(free), len(called_off) - len(free))


def _oneself(work: Work) -> TeacherId:
    found = work.session.exec(own_teachers(work)).first()
    if found is None:
        raise NotFound
    return found


def _absence(work: Work, first_on: date, last_on: date, reason: str) -> Absence:
    """Today one is away from now on: what was taught this morning was taught."""
    zone = studio_zone(work)
    today = local_date(work.now, zone)
    if first_on < today:
        raise DayIsOver
    now = work.now.astimezone(zone)
    minute = now.hour * 60 + now.minute if first_on == today else 0
    return Absence(first_on, last_on, from_minute=minute, reason=reason)


def _to_come(work: Work, teacher_id: TeacherId, first_on: date, last_on: date) -> Sequence[Lesson]:
    """The lessons that have not begun, locked in one order."""
    days = local_days(first_on, last_on + DAY, studio_zone(work))
    query = select(Lesson).where(
        Lesson.teacher_id == teacher_id,
        Lesson.starts_at >= max(days.starts_at, work.now),
        Lesson.starts_at < days.ends_at,
        col(Lesson.blocking),
    )
    return work.session.exec(query.order_by(col(Lesson.id)).with_for_update()).all()


def _is_off(work: Work, teacher_id: TeacherId, absence: Absence) -> bool:
    """Whether one absence, or a longer one, covers these days already."""
    offs = work.session.exec(select(TimeOff).where(TimeOff.teacher_id == teacher_id))
    begins = (absence.first_on, absence.from_minute)
    ends = (absence.last_on, absence.until_minute)
    return any(
        (off.first_on, off.from_minute) <= begins and ends <= (off.last_on, off.until_minute)
        for off in offs
    )
