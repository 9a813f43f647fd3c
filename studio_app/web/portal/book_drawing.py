"""Open times as the booking page draws them: days, times and groups, words said already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from studio_app.bookings.queries.choices import Bookable
from studio_app.bookings.queries.offers import Offer
from studio_app.kit.formats import say_short_weekday
from studio_app.web.words import many


@dataclass(frozen=True)
class ChildChip:
    id: str = ""
    name: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class GroupLine:
    value: str = ""
    time: str = ""
    about: str = ""
    left: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Picked:
    """The time that one tap more books."""

    value: str = ""
    when: str = ""
    about: str = ""
    weekly: bool = False
    """It can be had every week"""
    but: str = ""
    """With which exceptions"""
    is_group: bool = False


def day_strip(found: Sequence[Offer], locale: str) -> list[dict[str, Any]]:
    """The days on which something is open: weekday above, day of the month below it."""
    by_day: dict[str, list[Offer]] = {}
    for one in found:
        by_day.setdefault(one.on.isoformat(), []).append(one)
    return [
        {
            "value": day,
            "top": say_short_weekday(open_[0].on, locale),
            "bold": str(open_[0].on.day),
            "aria": f"{open_[0].day}, {many('{n} time', '{n} times', n=len(open_))}",
            "className": "day",
        }
        for day, open_ in by_day.items()
    ]


def slot(one: Offer, *, named: bool) -> dict[str, Any]:
    """A time to tap; `named` says with whom, where that is not known yet."""
    return {
        "value": value_of(one),
        "label": f"{one.time} {one.teacher.split()[0]}" if named else one.time,
        "aria": f"{one.when}, {one.teacher}",
        "className": "slot num",
    }


def group_line(one: Offer, picked: str) -> GroupLine:
    value = value_of(one)
    return GroupLine(value, one.time, about(one), left(one), value == picked)


def kind_option(one: Bookable) -> dict[str, str]:
    lasting = many("{n} minute", "{n} minutes", n=one.minutes)
    return {"value": str(one.id), "label": f"{one.name} · {lasting}"}


def moment(one: Offer) -> tuple[datetime, str]:
    return one.starts_at, one.teacher


def value_of(one: Offer) -> str:
    return f"{one.starts_at.isoformat()} {one.lesson_id or one.teacher_id}"


def about(one: Offer) -> str:
    return " · ".join(part for part in (one.teacher, one.location) if part)


def left(one: Offer) -> str:
    return "" if one.places is None else many("{n} place left", "{n} places left", n=one.places)
