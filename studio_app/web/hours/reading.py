"""Hours and absences between a form's fields and what the use cases take."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from studio_app.kit.ids import LocationId
from studio_app.scheduling.commands.availability import EndsBeforeItStarts
from studio_app.scheduling.queries.availability import HoursRow
from studio_app.scheduling.wishes import Absence, TeachingHours
from studio_app.web.inputs import Form, Invalid

T = TypeVar("T")
DAY = 24 * 60


def hours_wished(sent: Mapping[str, Any]) -> TeachingHours:
    """Of one date where the form has one, else of a weekday; raises Invalid with every fault."""
    form = Form(sent)
    dated_on = form.day("dated_on") if "dated_on" in sent else None
    weekday = None if "dated_on" in sent else form.number("weekday", least=1, most=7)
    begins, ends = _minute(form.clock("from_at")), _minute(form.clock("until_at"), ends=True)
    location_id = form.optional_id("location_id")
    wish = TeachingHours(
        begins,
        ends,
        weekday=weekday,
        dated_on=dated_on,
        location_id=LocationId(location_id) if location_id else None,
        slot_minutes=form.number("slot_minutes", least=5, most=DAY)
        if sent.get("slot_minutes")
        else None,
        starts_on=form.optional_day("starts_on"),
        ends_on=form.optional_day("ends_on"),
    )
    if not form.faults and ends <= begins:
        form.faults["until_at"] = EndsBeforeItStarts.message
    form.check()
    return wish


def hours_sent(was: TeachingHours | HoursRow) -> dict[str, str]:
    """The same as a form would send it: what Undo keeps."""
    day: dict[str, str] = {"dated_on": _of(was.dated_on)} if was.dated_on else {}
    return {
        **(day or {"weekday": str(was.weekday)}),
        "from_at": clock(was.from_minute),
        "until_at": clock(was.until_minute),
        "location_id": str(was.location_id or ""),
        "slot_minutes": str(was.slot_minutes or ""),
        "starts_on": _of(was.starts_on),
        "ends_on": _of(was.ends_on),
    }


def absence_wished(sent: Mapping[str, Any]) -> Absence:
    """Whole days, unless times are given; raises Invalid with every fault."""
    form = Form(sent)
    first_on = form.day("first_on")
    last_on = form.optional_day("last_on") or first_on
    begins = _minute(form.clock("from_at")) if sent.get("from_at") else 0
    ends = _minute(form.clock("until_at"), ends=True) if sent.get("until_at") else DAY
    reason = form.optional_text("reason")
    if not form.faults and (last_on, ends) <= (first_on, begins):
        wrong = "until_at" if last_on == first_on else "last_on"
        form.faults[wrong] = EndsBeforeItStarts.message
    form.check()
    return Absence(first_on, last_on, begins, ends, reason)


def absence_sent(was: Absence) -> dict[str, str]:
    return {
        "first_on": _of(was.first_on),
        "last_on": _of(was.last_on),
        "from_at": clock(was.from_minute) if was.from_minute else "",
        "until_at": clock(was.until_minute) if was.until_minute < DAY else "",
        "reason": was.reason,
    }


def whole(read: Callable[[Mapping[str, Any]], T], sent: Mapping[str, Any]) -> T | None:
    """What is read of a form that is being filled in; None until it can be."""
    try:
        return read(sent)
    except Invalid:
        return None


def clock(minute: int) -> str:
    """16:30 as an input of time takes it; the end of the day is 00:00."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _minute(at: time, *, ends: bool = False) -> int:
    """Midnight as an end is the end of the day."""
    return at.hour * 60 + at.minute or (DAY if ends else 0)


def _of(day: date | None) -> str:
    return day.isoformat() if day else ""
