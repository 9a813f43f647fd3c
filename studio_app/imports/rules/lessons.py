"""What a row says about weekly lessons: a proposal where nothing has to be guessed, else a
sentence for the list of things to do."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from studio_app.imports.rules.parsed import Parsed
from studio_app.imports.rules.problems import TodoCode
from studio_app.people.rules import StudentStatus

TAUGHT = frozenset({StudentStatus.ACTIVE, StudentStatus.TRIAL})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A weekly series: one teacher, one length, one time."""

    teacher: str
    weekday: int
    at: time
    minutes: int
    first_on: date
    price_minor: int | None


@dataclass(frozen=True, slots=True)
class Todo:
    code: TodoCode
    params: dict[str, str | int]


def can_be_proposed(parsed: Parsed) -> bool:
    """Only with exactly one teacher and one length, and a time: nothing is guessed."""
    if parsed.weekly is None or parsed.status not in TAUGHT:
        return False
    return len(set(parsed.teachers)) == 1 and len(set(parsed.minutes)) == 1


def still_to_come(first_on: date, today: date) -> date:
    """The first of a lesson's weekly days that has not passed."""
    return first_on + timedelta(weeks=-(-max(0, (today - first_on).days) // 7))


def proposal_in(parsed: Parsed, *, today: date) -> Proposal | None:
    """A next lesson that has passed since the export moves on by whole weeks to the first that
    is still to come."""
    weekly = parsed.weekly
    if weekly is None or not can_be_proposed(parsed):
        return None
    first_on = weekly.next_on or today + timedelta((weekly.weekday - today.isoweekday()) % 7)
    first_on = still_to_come(first_on, today)
    prices = set(parsed.prices_minor)
    return Proposal(
        teacher=parsed.teachers[0],
        weekday=first_on.isoweekday(),
        at=weekly.at,
        minutes=parsed.minutes[0],
        first_on=first_on,
        price_minor=prices.pop() if len(prices) == 1 else None,
    )


def todos_in(parsed: Parsed, *, proposed: bool, is_new: bool = True) -> list[Todo]:
    """What a person has to finish by hand, because the file does not say it. Whoever was here
    before has their lessons and parents already."""
    name = parsed.name
    found: list[Todo] = []
    if is_new and not proposed and parsed.status in TAUGHT:
        found.append(_lesson_todo(parsed))
    if proposed and len(set(parsed.prices_minor)) > 1:
        found.append(Todo(TodoCode.PRICE, {"name": name}))
    if parsed.make_ups > 0:
        found.append(Todo(TodoCode.MAKE_UPS_OWED, {"name": name, "n": parsed.make_ups}))
    if parsed.make_ups < 0:
        found.append(Todo(TodoCode.LESSONS_TO_COLLECT, {"name": name, "n": -parsed.make_ups}))
    if is_new and not parsed.is_adult and not parsed.contacts:
        found.append(Todo(TodoCode.NO_PARENT, {"name": name}))
    return found


def _lesson_todo(parsed: Parsed) -> Todo:
    teachers, minutes = dict.fromkeys(parsed.teachers), dict.fromkeys(parsed.minutes)
    when = _when(parsed)
    if len(teachers) > 1 or len(minutes) > 1:
        told: dict[str, str | int] = {
            "name": parsed.name,
            "teachers": ", ".join(teachers) or "–",
            "minutes": ", ".join(map(str, minutes)) or "–",
        }
        return Todo(TodoCode.SEVERAL_LESSONS, told)
    if not when:
        return Todo(TodoCode.NO_TIME, {"name": parsed.name})
    code = TodoCode.NO_LENGTH if teachers else TodoCode.NO_TEACHER
    return Todo(code, {"name": parsed.name, "when": when})


def _when(parsed: Parsed) -> str:
    """2026-09-03 16:30: shown as it is, so that it reads the same in every language."""
    if parsed.weekly is None or parsed.weekly.next_on is None:
        return f"{parsed.weekly.at:%H:%M}" if parsed.weekly else ""
    return f"{parsed.weekly.next_on.isoformat()} {parsed.weekly.at:%H:%M}"
