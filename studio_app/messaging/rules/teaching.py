"""What a weekly lesson is to its teacher: told only where that became different.

A state is one line that is compared and never shown. What waits to be told keeps the state that
its reader believes in and the one it tells of.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

PLAN = ("room_id", "lesson_type_id", "at", "minutes", "every_weeks", "weekdays")
SERIES = frozenset({"teacher_id", "first_on", "ended_on", *PLAN})
ENROLMENT = frozenset({"starts_on", "ends_on"})
ENDS = "ends "
NOT_THEIRS = ""
NEVER = f"{ENDS}before it begins"


class Change(Enum):
    """What became of a weekly lesson, or of somebody's place in it."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    ENDS = "ends"
    GOES_ON = "goes on"


def as_taught(series: Mapping[str, Any], teacher_id: str) -> str:
    """`series`: the columns of SERIES as JSON has them."""
    if series["teacher_id"] != teacher_id:
        return NOT_THEIRS
    if series["ended_on"] and series["ended_on"] < series["first_on"]:
        return NEVER
    # Of every second week there are two; the first day alone becomes another by any change.
    week = (date.fromisoformat(series["first_on"]).toordinal() - 1) // 7 % series["every_weeks"]
    plan = " ".join(str(series[name]) for name in PLAN)
    ends = f"{ENDS}{series['ended_on']} " if series["ended_on"] else ""
    return f"{ends}{plan} {week}"


def as_attended(enrolment: Mapping[str, Any]) -> str:
    """`enrolment`: the columns of ENROLMENT as JSON has them."""
    ends = f"{ENDS}{enrolment['ends_on']} " if enrolment["ends_on"] else ""
    return f"{ends}from {enrolment['starts_on']}"


def is_news(before: str, now: str) -> bool:
    """What nobody knew of and never begins is none."""
    return before != now and (before, now) != (NOT_THEIRS, NEVER)


def change_between(before: str, now: str) -> Change:
    if now == NOT_THEIRS:
        return Change.GONE
    if before == NOT_THEIRS:
        return Change.NEW
    if now.startswith(ENDS):
        return Change.ENDS
    return Change.GOES_ON if before.startswith(ENDS) else Change.CHANGED
