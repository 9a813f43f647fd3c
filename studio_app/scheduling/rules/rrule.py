"""Plans as iCalendar text (RFC 5545, 3.3.10 and 3.8.5) and back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from studio_app.kit.clock import local_date, to_instant
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.scheduling.rules.plans import Plan

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STAMP = "%Y%m%dT%H%M%S"
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"}


class UnreadableRule(Refused):
    message = _("That repetition cannot be read: only weekly rules are understood.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A plan and the days taken out of it."""

    plan: Plan
    except_on: frozenset[date] = frozenset()


def rule_text(plan: Plan, except_on: Collection[date] = ()) -> str:
    """DTSTART, RRULE and, where days are taken out, EXDATE, one on each line."""
    zone = plan.zone.key
    first = datetime.combine(_first_day(plan), plan.at).strftime(_STAMP)
    lines = [f"DTSTART;TZID={zone}:{first}", f"RRULE:{_parts(plan)}"]
    if except_on:
        days = ",".join(datetime.combine(d, plan.at).strftime(_STAMP) for d in sorted(except_on))
        lines.append(f"EXDATE;TZID={zone}:{days}")
    return "\n".join(lines)


def read_rule(text: str, *, minutes: int) -> Rule:
    """What `rule_text` wrote, or another program's weekly rule; anything else is refused."""
    try:
        return _read(text, minutes)
    except (KeyError, ValueError, ZoneInfoNotFoundError):
        raise UnreadableRule from None


def _first_day(plan: Plan) -> date:
    """DTSTART must itself be a day of the rule, or programs disagree about the first one."""
    day = plan.first_on
    if day.isoweekday() in plan.weekdays:
        return day
    later = [d for d in plan.weekdays if d > day.isoweekday()]
    if later:
        return date.fromordinal(day.toordinal() + min(later) - day.isoweekday())
    ahead = 7 * plan.every_weeks + min(plan.weekdays) - day.isoweekday()
    return date.fromordinal(day.toordinal() + ahead)


def _parts(plan: Plan) -> str:
    days = ",".join(_DAYS[day - 1] for day in sorted(plan.weekdays))
    parts = ["FREQ=WEEKLY", f"INTERVAL={plan.every_weeks}", f"BYDAY={days}", "WKST=MO"]
    if plan.count is not None:
        parts.append(f"COUNT={plan.count}")
    elif plan.until_on is not None:
        last = to_instant(plan.until_on, plan.at, plan.zone)
        parts.append(f"UNTIL={last.strftime(_STAMP)}Z")
    return ";".join(parts)


def _read(text: str, minutes: int) -> Rule:
    lines = dict(line.split(":", 1) for line in text.strip().splitlines())
    starts = next(name for name in lines if name.startswith("DTSTART;TZID="))
    zone = ZoneInfo(starts.partition("TZID=")[2])
    first = datetime.strptime(lines[starts], _STAMP)  # noqa: DTZ007  wall time; its zone is beside
    parts = dict(part.split("=", 1) for part in lines["RRULE"].split(";"))
    if parts["FREQ"] != "WEEKLY" or not parts.keys() <= _KNOWN or parts.get("WKST", "MO") != "MO":
        raise UnreadableRule
    plan = Plan(
        first.date(),
        first.time(),
        minutes,
        zone,
        _weekdays(parts.get("BYDAY"), first.date()),
        int(parts.get("INTERVAL", "1")),
        _until(parts.get("UNTIL"), zone, first.time()),
        int(parts["COUNT"]) if "COUNT" in parts else None,
    )
    taken_out = [value for name, value in lines.items() if name.startswith("EXDATE")]
    days = [_day(stamp) for value in taken_out for stamp in value.split(",")]
    return Rule(plan, frozenset(days))


def _weekdays(by_day: str | None, first_on: date) -> frozenset[int]:
    if by_day is None:
        return frozenset({first_on.isoweekday()})
    return frozenset(_DAYS.index(day) + 1 for day in by_day.split(","))


def _until(stamp: str | None, zone: ZoneInfo, at: time) -> date | None:
    """The last day: UNTIL is an instant, and the lesson of its own day may come after it."""
    if stamp is None:
        return None
    if not stamp.endswith("Z"):
        return _day(stamp)
    instant = datetime.strptime(stamp, _STAMP + "Z").replace(tzinfo=UTC)
    day = local_date(instant, zone)
    if to_instant(day, at, zone) > instant:
        return date.fromordinal(day.toordinal() - 1)
    return day


def _day(stamp: str) -> date:
    return date.fromisoformat(stamp[:8])
