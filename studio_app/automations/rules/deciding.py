"""Whether the conditions of an automation hold. Values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from studio_app.automations.rules.asking import NO, YES
from studio_app.automations.rules.recipe import Compare, Condition, What

Found = str | int | tuple[str, ...] | None
"""None: there is nothing to look at, such as the age of who has no birthday."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of whom or what a happening is about, at that moment."""

    at: datetime
    status: str | None = None
    age: int | None = None
    instrument: str | None = None
    tags: tuple[str, ...] | None = None
    is_adult: bool | None = None
    teacher_ids: tuple[UUID, ...] | None = None
    lesson_type_id: UUID | None = None
    lesson_teacher_id: UUID | None = None
    lesson_weekday: int | None = None
    """ISO, on the studio's wall"""
    lesson_is_online: bool | None = None
    lesson_starts_at: datetime | None = None
    cancelled_by: str | None = None
    owed_minor: int | None = None
    overdue_days: int | None = None
    no_shows: tuple[datetime, ...] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One condition, what was found, and whether it held."""

    condition: Condition
    found: Found
    held: bool


def outcomes(conditions: Iterable[Condition], known: Known) -> tuple[Outcome, ...]:
    """All are looked at, so that the history can say why nothing was done."""
    return tuple(_outcome(condition, known) for condition in conditions)


def all_held(found: Iterable[Outcome]) -> bool:
    return all(one.held for one in found)


def _outcome(condition: Condition, known: Known) -> Outcome:
    found = _found(condition, known)
    return Outcome(condition, found, found is not None and _holds(condition, found))


def _holds(condition: Condition, found: Found) -> bool:
    """Words are the same whatever their case; of several, one that fits is enough."""
    if isinstance(found, int):
        wanted = int(condition.value)
        match condition.compare:
            case Compare.MORE_THAN:
                return found > wanted
            case Compare.LESS_THAN:
                return found < wanted
            case Compare.AT_LEAST:
                return found >= wanted
            case _:
                return (found == wanted) is (condition.compare is Compare.IS)
    several = found if isinstance(found, tuple) else (found,)
    same = condition.value.strip().casefold() in {str(one).strip().casefold() for one in several}
    return same is (condition.compare is Compare.IS)


def _found(condition: Condition, known: Known) -> Found:
    match condition.what:
        case What.NO_SHOWS:
            return _counted(known.no_shows, known.at, condition.days)
        case What.LESSON_HOURS_BEFORE:
            return _hours(known.lesson_starts_at, known.at)
        case What.STUDENT_TEACHER:
            return None if known.teacher_ids is None else tuple(map(str, known.teacher_ids))
        case What.STUDENT_ADULT | What.LESSON_ONLINE:
            return _flag(known, condition.what)
        case _:
            return _plain(known, condition.what)


def _plain(known: Known, what: What) -> Found:
    weekday = known.lesson_weekday
    found: dict[What, UUID | Found] = {
        What.STUDENT_STATUS: known.status,
        What.STUDENT_AGE: known.age,
        What.STUDENT_INSTRUMENT: known.instrument,
        What.STUDENT_TAG: known.tags,
        What.LESSON_TYPE: known.lesson_type_id,
        What.LESSON_TEACHER: known.lesson_teacher_id,
        What.LESSON_WEEKDAY: None if weekday is None else str(weekday),
        What.LESSON_CANCELLED_BY: known.cancelled_by,
        What.OWED: known.owed_minor,
        What.OVERDUE_DAYS: known.overdue_days,
    }
    value = found[what]
    return str(value) if isinstance(value, UUID) else value


def _flag(known: Known, what: What) -> str | None:
    value = known.is_adult if what is What.STUDENT_ADULT else known.lesson_is_online
    return None if value is None else YES if value else NO


def _counted(moments: tuple[datetime, ...] | None, at: datetime, days: int) -> int | None:
    if moments is None:
        return None
    return sum(at - timedelta(days=days) <= one <= at for one in moments)


def _hours(starts_at: datetime | None, at: datetime) -> int | None:
    """Whole hours left before the lesson; none below nothing once it has begun."""
    if starts_at is None:
        return None
    return max(int((starts_at - at).total_seconds() // 3600), 0)
