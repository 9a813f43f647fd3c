"""By which rules families book: the studio's, and each kind of lesson with what it inherits."""

from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.ids import LessonTypeId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands.booking_rules import RuleChange
from studio_app.scheduling.models.availability import BookingRule
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.booking import PRESETS, BookingRules, WayOfWorking, rules_of
from studio_app.scheduling.rules.states import Confirming

_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class KindRules:
    """The rules of one kind of lesson, or of the studio, whose id is None."""

    lesson_type_id: LessonTypeId | None
    name: str
    own: RuleChange
    """What it says for itself; None is as the studio, in the studio's as it ships"""
    rules: BookingRules
    """What holds"""
    said: tuple[str, ...]
    """In words: what holds, for the studio; where a kind differs, for a kind"""


@dataclass(frozen=True, slots=True)
class RulesOfStudio:
    studio: KindRules
    kinds: tuple[KindRules, ...]


@requires(Permission.SCHEDULE_CONFIGURE)
def booking_rules(work: Work) -> RulesOfStudio:
    """The studio's own, and every kind of lesson by name; two statements."""
    rows = {row.lesson_type_id: _said(row) for row in work.session.exec(select(BookingRule))}
    general = rows.get(None, {})
    query = select(LessonType).where(col(LessonType.archived_at).is_(None))
    kinds = work.session.exec(query.order_by(col(LessonType.name))).all()
    held = rules_of(general, {})
    return RulesOfStudio(
        KindRules(None, "", _own(general), held, _say(work, _sentences(held))),
        tuple(_kind(work, kind, general, rows.get(kind.id, {})) for kind in kinds),
    )


@requires(Permission.SCHEDULE_CONFIGURE)
def preset(work: Work, way: WayOfWorking) -> BookingRules:
    """What a form of rules is filled with to begin with; nothing is saved."""
    return PRESETS[way]


def _said(row: BookingRule) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(RuleChange)}


def _kind(work: Work, kind: LessonType, general: dict[str, Any], said: dict[str, Any]) -> KindRules:
    rules = rules_of(general, said)
    words = _sentences(rules)
    differs = {name: words[name] for name in words if said.get(name) is not None}
    return KindRules(kind.id, kind.name, _own(said), rules, _say(work, differs))


def _own(said: dict[str, Any]) -> RuleChange:
    known = {field.name: said.get(field.name) for field in fields(RuleChange)}
    if known["confirming"] is not None:
        known["confirming"] = Confirming(known["confirming"])
    return RuleChange(**known)


def _say(work: Work, sentences: dict[str, Text]) -> tuple[str, ...]:
    return tuple(text.say(work.actor.locale) for text in sentences.values())


def _sentences(rules: BookingRules) -> dict[str, Text]:
    """Each rule in a few words, by its name; what does not limit says so."""
    at_once = rules.confirming == Confirming.AT_ONCE
    week = many("{n} lesson a week at most", "{n} lessons a week at most", n=rules.most_a_week)
    return {
        "is_open": _("Families may book") if rules.is_open else _("Families may not book"),
        "lead_minutes": _("{time} before at the latest", time=lasting_text(rules.lead_minutes)),
        "horizon_days": _("{time} ahead at most", time=lasting_text(rules.horizon_days * _DAY)),
        "most_a_week": week if rules.most_a_week else _("Any number of lessons a week"),
        "buffer_minutes": _("{time} between lessons", time=lasting_text(rules.buffer_minutes)),
        "travel_minutes": _("{time} between places", time=lasting_text(rules.travel_minutes)),
        "step_minutes": _("Every {time}", time=lasting_text(rules.step_minutes)),
        "confirming": _("Holds at once") if at_once else _("Somebody looks first"),
        "one_active": _("One weekly time each") if rules.one_active else _("Several weekly times"),
        "expire_days": _("Lapses after {time}", time=lasting_text(rules.expire_days * _DAY)),
    }


def lasting_text(minutes: int) -> Text:
    """30 minutes, 12 hours, 2 days: in the largest unit that is exact; an hour stays an hour."""
    if minutes and minutes % _DAY == 0 and minutes > _DAY:
        return many("{n} day", "{n} days", n=minutes // _DAY)
    if minutes and minutes % _HOUR == 0:
        return many("{n} hour", "{n} hours", n=minutes // _HOUR)
    return many("{n} minute", "{n} minutes", n=minutes)
