"""What somebody waits for, as a form: the family's and the office's are the same."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

import reflex as rx

from studio_app.bookings.queries.waiting import WaitingRow
from studio_app.bookings.wishes import TimeWish, WaitingKind, WaitingWish
from studio_app.kit.ids import LessonTypeId, TeacherId
from studio_app.web.inputs import Form
from studio_app.web.ui.forms import checkbox, fields, select_field, text_field
from studio_app.web.words import _, weekdays

ANYBODY = ""
"""Any teacher of the instrument"""
DAY = 24 * 60


@dataclass(frozen=True)
class WishShown:
    """The fields as they are filled in."""

    kind: str = ""
    teacher: str = ANYBODY
    instrument: str = ""
    days: list[str] = field(default_factory=list[str])
    """ISO weekdays; none is any day"""
    begins: str = ""
    ends: str = ""
    """Empty where any time of the day will do"""
    until_on: str = ""
    weekly: bool = False
    makes_up: bool = False


def wish_of(one: WaitingRow) -> WishShown:
    """An entry as it stands. Where its days have times of their own the widest is shown."""
    begins = min((each.from_minute for each in one.times), default=0)
    ends = max((each.until_minute for each in one.times), default=DAY)
    days = [str(each.weekday) for each in one.times]
    return WishShown(
        kind=str(one.lesson_type_id),
        teacher=str(one.teacher_id or ANYBODY),
        instrument=one.instrument,
        days=[] if len(days) == len(weekdays()) else days,
        begins=_clock(begins) if begins else "",
        ends=_clock(ends) if ends < DAY else "",
        until_on=one.until_on.isoformat() if one.until_on else "",
        weekly=one.weekly,
        makes_up=one.kind is WaitingKind.MAKE_UP,
    )


def read_wish(read: Form, instrument: str) -> WaitingWish:
    """`instrument` counts where any teacher will do. Check the form afterwards."""
    teacher_id = read.optional_id("teacher")
    days = [day for day in range(1, len(weekdays()) + 1) if read.flag(f"day{day}")]
    begins, ends = read.optional_clock("begins"), read.optional_clock("ends")
    span = (_minute(begins) if begins else 0, _minute(ends) if ends else DAY)
    whole = span == (0, DAY) and not days
    wanted = days or range(1, len(weekdays()) + 1)
    return WaitingWish(
        LessonTypeId(read.id("kind")),
        TeacherId(teacher_id) if teacher_id else None,
        "" if teacher_id else instrument,
        () if whole else tuple(TimeWish(day, *span) for day in wanted),
        until_on=read.optional_day("until_on"),
        weekly=read.flag("weekly"),
        kind=WaitingKind.MAKE_UP if read.flag("makes_up") else WaitingKind.REGULAR,
    )


def wish_fields(wish: Any, kinds: Any, teachers: Any, faults: Any, *, about: Any) -> rx.Component:
    """The fields, filled in anew whenever `about` changes: whose, or which entry it is."""

    def day(number: int, name: str) -> rx.Component:
        on = wish.days.contains(str(number))
        box = rx.el.input(
            type="checkbox", name=f"day{number}", default_checked=on, key=about, class_name="check"
        )
        return rx.el.label(box, name, class_name="check-line")

    def select(label: str, name: str, options: Any, value: Any) -> rx.Component:
        return select_field(label, name, options, default_value=value, key=about, faults=faults)

    def clock(label: str, name: str, value: Any) -> rx.Component:
        return text_field(label, name, kind="time", default_value=value, key=about, faults=faults)

    return rx.fragment(
        select(_("Kind of lesson"), "kind", kinds, wish.kind),
        select(_("Teacher"), "teacher", teachers, wish.teacher),
        _days(day),
        fields(
            clock(_("Not before"), "begins", wish.begins),
            clock(_("Over by"), "ends", wish.ends),
        ),
        text_field(
            _("Until which day"), "until_on", kind="date", default_value=wish.until_on, key=about,
            faults=faults,
        ),
        checkbox(
            _("Every week"), "weekly", detail=_("A place of your own, not just one lesson."),
            default_checked=wish.weekly, key=about,
        ),
    )  # fmt: skip


def _days(one: Any) -> rx.Component:
    boxes = [one(number, name) for number, name in enumerate(weekdays(), 1)]
    legend = rx.el.legend(_("On which days? None chosen: any day"), class_name="field__label")
    listed = rx.el.div(*boxes, class_name="check-grid")
    return rx.el.fieldset(legend, listed, class_name="field")


def _minute(at: time) -> int:
    """The last minute of a day that can be typed is its end."""
    return DAY if at == time(23, 59) else at.hour * 60 + at.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
