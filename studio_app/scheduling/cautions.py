"""What staff should think of before a lesson is put somewhere, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.clock import is_skipped, is_twice
from studio_app.kit.errors import NeedsReason
from studio_app.kit.formats import say_time, say_wall_time
from studio_app.kit.ids import LessonId, LessonTypeId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access import cautions as access
from studio_app.scheduling.access.people import names
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import Location
from studio_app.scheduling.phrases import obstacle_text
from studio_app.scheduling.rules.cautions import Concern, Elsewhere, Known, TimeOff, Way, concerns
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.year import Obstacle

MINUTE = timedelta(minutes=1)


class Cautioned(NeedsReason):
    """Staff may go ahead: with a reason, which is kept with the lesson."""

    def __init__(self, work: Work, found: Sequence[Text]) -> None:
        said = " ".join(one.say(work.actor.locale) for one in found)
        again = _("{cautions} To go ahead, reschedule it and give a reason.", cautions=said)
        super().__init__(said, again)


def require_reason(
    work: Work,
    wants: Wanted,
    kind: LessonTypeId,
    *,
    despite: str,
    without: LessonId | None = None,
    wall: datetime | None = None,
) -> str:
    """The reason to be kept, empty where nothing speaks against it; else Cautioned says what.

    `wall` is the wall time somebody typed: it may be one the clocks jump over.
    """
    found = against(work, [wants], kind, without=without)[0]
    found += doubts(work, wall, wants.slot.starts_at)
    if found and not despite.strip():
        raise Cautioned(work, found)
    return despite.strip() if found else ""


def keep_reason(
    work: Work, lesson_ids: Sequence[LessonId], kind: LessonTypeId, *, despite: str
) -> None:
    """For lessons that have just been written: Cautioned without a reason, else it is kept with
    those that need one. Closures were decided day by day."""
    rows = work.session.exec(select(Lesson).where(col(Lesson.id).in_(lesson_ids))).all()
    found = against(work, diary.needs(work, rows), kind, closures=False)
    concerned = [row.id for row, each in zip(rows, found, strict=True) if each]
    if not concerned:
        return
    if not despite.strip():
        raise Cautioned(work, next(filter(None, found)))
    kept = update(Lesson).where(col(Lesson.id).in_(concerned)).values(despite=despite.strip())
    work.session.connection().execute(kept)


def against(
    work: Work,
    wants: Sequence[Wanted],
    kind: LessonTypeId,
    *,
    without: LessonId | None = None,
    closures: bool = True,
) -> list[list[Text]]:
    """For each wanted lesson what speaks against it; as many statements however many they are.

    `without` is a lesson that would move away; without `closures` only what is not decided day
    by day anyhow.
    """
    if not wants:
        return []
    known = access.known(work, wants, kind, without=without)
    found = [_concerns(known, want, closures=closures) for want in wants]
    called = _called(work, [one for each in found for one in each])
    return [[_said(one, called) for one in each] for each in found]


def against_teachers(work: Work, wants: Sequence[Wanted], kind: LessonTypeId) -> list[list[Text]]:
    """As `against`, but only what concerns who would teach: these lessons are in the diary."""
    if not wants:
        return []
    known = access.known(work, wants, kind, without=None)
    found = [_of_teacher(known, want) for want in wants]
    called = _called(work, [one for each in found for one in each])
    return [[_said(one, called) for one in each] for each in found]


def hurried(work: Work, wants: Sequence[Wanted], kind: LessonTypeId) -> list[bool]:
    """For each whether who would teach it has too little time for the way there or on."""
    known = access.known(work, wants, kind, without=None) if wants else None
    return [
        known is not None and any(isinstance(one, Way) for one in _of_teacher(known, want))
        for want in wants
    ]


def _of_teacher(known: Known, want: Wanted) -> list[Way | TimeOff]:
    found = dict.fromkeys(concerns(known, want))
    theirs = [one for one in found if isinstance(one, Way | TimeOff)]
    return [one for one in theirs if one.who == want.teacher_id]


def wall_of(at: datetime) -> datetime | None:
    """The wall time, where it is one and not an instant."""
    return at if at.tzinfo is None else None


def doubts(work: Work, wall: datetime | None, meant: datetime) -> list[Text]:
    """That this time does not exist on its day, and when the lesson would begin instead."""
    if wall is None or not is_skipped(wall, zone := studio_zone(work)):
        return []
    locale = work.actor.locale
    said = {"time": say_wall_time(wall.time(), locale), "instead": say_time(meant, zone, locale)}
    return [_("{time} does not exist that day: the clocks go forward to {instead}.", **said)]


def remarks(work: Work, wall: datetime | None) -> list[Text]:
    """That this time comes twice on its day, and which is meant."""
    if wall is None or not is_twice(wall, studio_zone(work)):
        return []
    said = say_wall_time(wall.time(), work.actor.locale)
    return [_("{time} comes twice that day: the clocks go back. The first is meant.", time=said)]


def _concerns(known: Known, want: Wanted, *, closures: bool) -> list[Concern]:
    found = dict.fromkeys(concerns(known, want))
    return [one for one in found if closures or not isinstance(one, Obstacle)]


def _said(concern: Concern, called: Mapping[UUID, str]) -> Text:
    match concern:
        case TimeOff():
            return _("{who} is away then.", who=called[concern.who])
        case Elsewhere():
            return _("{who} has a lesson at another studio then.", who=called[concern.who])
        case Way():
            return _way(concern, called)
        case _:
            return _("{obstacle}.", obstacle=obstacle_text(concern))


def _way(way: Way, called: Mapping[UUID, str]) -> Text:
    given = {
        "who": called[way.who],
        "there": called[way.there],
        "gap": way.gap // MINUTE,
        "needed": way.needed // MINUTE,
    }
    if way.comes_from:
        return _("{who} comes from {there} {gap} minutes before; {needed} are needed.", **given)
    return _("{who} has to be at {there} {gap} minutes later; {needed} are needed.", **given)


def _called(work: Work, found: Sequence[Concern]) -> dict[UUID, str]:
    """What the people and places in these are called; nothing is asked where there are none."""
    people = {one.who for one in found if isinstance(one, Way | TimeOff | Elsewhere)}
    if not people:
        return {}
    called, _zone = names(work, people, (), people)
    there = {one.there for one in found if isinstance(one, Way)}
    if there:
        query = select(Location.id, Location.name).where(col(Location.id).in_(there))
        called |= dict(work.session.exec(query).all())
    return called
