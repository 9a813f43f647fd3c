"""The form of the booking rules: of the studio, and of each kind of lesson."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import LessonTypeId
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.queries.booking_rules import (
    BookingRules,
    Confirming,
    KindRules,
    WayOfWorking,
    booking_rules,
    preset,
)
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_choice, as_id
from studio_app.web.opening import Opening
from studio_app.web.words import _

UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60}
YES, NO = "yes", "no"
FLAGS = {YES: True, NO: False}
ITS = "its_"
"""Before the names of the fields of a kind: the studio's own are on the page too"""
LIMITS = {
    "horizon_days": (1, 730),
    "most_a_week": (0, 100),
    "buffer_minutes": (0, 24 * 60),
    "travel_minutes": (0, 24 * 60),
    "step_minutes": (5, 240),
    "expire_days": (1, 365),
}


@dataclass(frozen=True)
class RuleFields:
    """What stands in the form; empty is as the studio, or as it ships."""

    is_open: str = ""
    lead: str = ""
    lead_unit: str = "hours"
    horizon_days: str = ""
    most_a_week: str = ""
    buffer_minutes: str = ""
    travel_minutes: str = ""
    step_minutes: str = ""
    confirming: str = ""
    one_active: str = ""
    expire_days: str = ""


@dataclass(frozen=True)
class KindLine:
    id: str = ""
    name: str = ""
    said: tuple[str, ...] = ()
    fields: RuleFields = RuleFields()
    inherits: RuleFields = RuleFields()
    """What holds where its own field is empty, in words"""


class BookingRulesState(Opening, rx.State):
    fields: RuleFields = RuleFields()
    filled: int = 0
    """Another number is another filling of the form"""
    way: str = ""
    kinds: list[KindLine] = []

    @loader
    async def load(self) -> None:
        found = await self._run(booking_rules)
        self._fill(found.studio.rules)
        self.way = ""
        inherits = _words(found.studio.rules)
        self.kinds = [_kind(one, inherits) for one in found.kinds]

    @handler
    async def choose_way(self, way: str) -> None:
        """Fill the form with how such studios work; nothing is saved yet."""
        chosen = as_choice(way, WayOfWorking)
        self._fill(await self._run(preset, chosen))
        self.way, self.faults = way, {}

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        """Of the studio; whoever has none of their own follow."""
        return await self._save(_change(sent), None)

    @handler
    async def save_kind(self, sent: dict[str, Any]) -> EventType[()]:
        kind_id = LessonTypeId(as_id(self._about("kind")))
        return await self._save(_change(sent, ITS), kind_id)

    @handler
    async def put_back(self, kind_id: str, was: dict[str, str]) -> EventType[()]:
        of_kind = LessonTypeId(as_id(kind_id)) if kind_id else None
        await self._run(set_booking_rules, _change(was), lesson_type_id=of_kind)
        return BookingRulesState.load

    async def _save(self, change: RuleChange, kind_id: LessonTypeId | None) -> EventType[()]:
        self.faults = {}
        found = await self._run(booking_rules)
        before = [one for one in (found.studio, *found.kinds) if one.lesson_type_id == kind_id]
        await self._run(set_booking_rules, change, lesson_type_id=kind_id)
        self.opened = ""
        was = _sent(before[0].own) if before else {}
        undo = BookingRulesState.put_back(str(kind_id or ""), was)
        await self._tell(_("Saved. What is booked already stays."), undo=undo)
        return BookingRulesState.load

    def _fill(self, rules: BookingRules) -> None:
        self.fields = _fields(rules)
        self.filled += 1


def _kind(one: KindRules, inherits: RuleFields) -> KindLine:
    return KindLine(str(one.lesson_type_id), one.name, one.said, _fields(one.own), inherits)


def _change(sent: dict[str, Any], its: str = "") -> RuleChange:
    form = Form(sent)
    typed = {name.removeprefix(its) for name, value in sent.items() if str(value or "").strip()}
    unit = UNITS.get(str(sent.get(f"{its}lead_unit")), UNITS["hours"])
    most = UNITS["days"] * 365 // unit
    numbers = {
        name: form.number(its + name, least=least, most=highest) if name in typed else None
        for name, (least, highest) in LIMITS.items()
    }
    change = RuleChange(
        is_open=FLAGS.get(str(sent.get(f"{its}is_open"))),
        lead_minutes=form.number(f"{its}lead", most=most) * unit if "lead" in typed else None,
        confirming=form.choice(f"{its}confirming", Confirming) if "confirming" in typed else None,
        one_active=FLAGS.get(str(sent.get(f"{its}one_active"))),
        **numbers,
    )
    form.check()
    return change


def _fields(rules: BookingRules | RuleChange) -> RuleFields:
    lead, unit = _in_unit(rules.lead_minutes)
    return RuleFields(
        is_open=_yes_no(rules.is_open),
        lead=lead,
        lead_unit=unit,
        confirming=rules.confirming.value if rules.confirming else "",
        one_active=_yes_no(rules.one_active),
        **{name: _plain(getattr(rules, name)) for name in LIMITS},
    )


def _sent(own: RuleChange) -> dict[str, str]:
    shown = _fields(own)
    return {name: getattr(shown, name) for name in RuleFields.__dataclass_fields__}


def _words(rules: BookingRules) -> RuleFields:
    """What the studio says, for the empty fields of a kind."""
    shown = _fields(rules)
    named = {NO: _("no"), YES: _("yes")}
    weekly = {NO: _("as many as they like"), YES: _("one at a time")}
    at_once = rules.confirming == Confirming.AT_ONCE
    unit = {"minutes": _("minutes"), "hours": _("hours"), "days": _("days")}[shown.lead_unit]
    return RuleFields(
        is_open=named[shown.is_open],
        lead=f"{shown.lead} {unit}",
        lead_unit=shown.lead_unit,
        confirming=_("it holds at once") if at_once else _("somebody looks first"),
        one_active=weekly[shown.one_active],
        **{name: getattr(shown, name) for name in LIMITS},
    )


def _in_unit(minutes: int | None) -> tuple[str, str]:
    """In hours where that is exact, days from two on, else minutes."""
    if minutes is None:
        return "", "hours"
    fitting = [name for name in ("hours", "days") if minutes % UNITS[name] == 0]
    if "days" in fitting and minutes >= 2 * UNITS["days"]:
        return str(minutes // UNITS["days"]), "days"
    return (str(minutes // 60), "hours") if fitting else (str(minutes), "minutes")


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes_no(flag: bool | None) -> str:
    return "" if flag is None else YES if flag else NO
