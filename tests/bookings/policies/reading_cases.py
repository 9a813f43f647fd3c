"""Golden cases: JSON as a person writes it, read into the values the engine takes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from studio_app.bookings.rules.policies.case import Case, Days, Past
from studio_app.bookings.rules.policies.deciding import Decision
from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.kinds import Act, Plan
from studio_app.bookings.rules.policies.presets import PRESETS
from studio_app.bookings.rules.policies.reading import policy_of
from studio_app.bookings.rules.policies.wording import say
from studio_app.kit.clock import to_instant
from studio_app.kit.money import Money
from studio_app.scheduling.rules.states import CancelledBy

GOLDEN = Path(__file__).with_name("golden")
_SPANS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
_FROM_LESSON = re.compile(r"([+-]) (\d+) (s|min|h|d)")
_FLAGS = {
    "group": "is_group",
    "make_up": "is_make_up",
    "trial": "is_trial",
    "online": "is_online",
    "adult": "is_adult",
    "paid": "is_paid",
    "held": "is_held",
    "noted": "noted",
}


@dataclass(frozen=True)
class Golden:
    file: str
    name: str
    policy: Policy
    case: Case
    expected: Mapping[str, Any]


@cache
def policy_in(file: str) -> Policy:
    data = json.loads((GOLDEN / f"{file}.json").read_text(encoding="utf-8"))
    return PRESETS[data["preset"]].policy if "preset" in data else policy_of(data["policy"])


def golden_cases() -> Iterator[Golden]:
    for path in sorted(GOLDEN.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for told in data["cases"]:
            case = case_of({**data["base"], **told})
            yield Golden(path.stem, told["name"], policy_in(path.stem), case, told["expect"])


def case_of(told: Mapping[str, Any]) -> Case:
    zone = ZoneInfo(told.get("zone", "Europe/London"))
    starts_at = _wall(told["lesson"], zone)
    price = told.get("price", 3200)
    flags = {field: told[name] for name, field in _FLAGS.items() if name in told}
    late_by, since = told.get("late_by"), told.get("member_since")
    return Case(
        act=Act(told.get("act", "cancel")),
        by=CancelledBy(told.get("by", "family")),
        at=_instant(told["at"], starts_at, zone),
        starts_at=starts_at,
        zone=zone,
        currency="GBP",
        price=None if price is None else Money(price, "GBP"),
        studio="Allegro Music",
        reason=told.get("reason", "other"),
        plan=Plan(told.get("plan", "term")),
        late_by=timedelta(seconds=_seconds(late_by)) if late_by else None,
        member_since=date.fromisoformat(since) if since else None,
        terms=tuple(_days(one) for one in told.get("terms", ())),
        closed=tuple(_days(one) for one in told.get("closed", ())),
        history=tuple(_past(one, zone) for one in told.get("history", ())),
        **flags,
    )


def outcome(decision: Decision) -> dict[str, Any]:
    """What was decided, in the words the files use."""
    effects = decision.effects
    money = {
        name: getattr(effects, name).minor if getattr(effects, name) else None
        for name in ("fee", "refund")
    }
    return {
        "rule": decision.rule_id,
        "allowed": effects.allowed,
        "approval": effects.approval,
        "late": effects.late,
        "charge": effects.charge.value,
        "charged": effects.charged.minor if effects.charged is not None else None,
        "credit": _credit(decision),
        "refund_to": effects.refund_to.value,
        "hold": effects.hold.value if effects.hold else None,
        "used_credit": effects.used_credit.value if effects.used_credit else None,
        "teacher_pay": effects.teacher_pay,
        "slot": effects.slot.value,
        "says": say(decision.sentence, "en-GB"),
        **money,
    }


def _credit(decision: Decision) -> dict[str, Any] | None:
    credit = decision.effects.credit
    if credit is None:
        return None
    until = credit.valid.until
    return {
        "kind": credit.kind.value,
        "units": credit.units,
        "minor": credit.money.minor if credit.money else None,
        "since": credit.valid.since.isoformat(),
        "until": until.isoformat() if until else None,
        "aligned": credit.aligned,
        "usable_in": [one.value for one in credit.usable_in],
        "given": credit.given.value,
    }


def _past(told: Mapping[str, Any], zone: ZoneInfo) -> Past:
    starts_at = _wall(told["lesson"], zone)
    return Past(
        act=Act(told.get("act", "cancel")),
        by=CancelledBy(told.get("by", "family")),
        at=_wall(told["at"], zone) if "at" in told else starts_at - timedelta(days=2),
        starts_at=starts_at,
        reason=told.get("reason", "other"),
        credited=told.get("credited", False),
        late=told.get("late", False),
        noted=told.get("noted", False),
        is_make_up=told.get("make_up", False),
        same_student=told.get("same_student", True),
    )


def _instant(told: str, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """A wall time, or so much elapsed time from the lesson: "lesson - 24 h + 1 s"."""
    if not told.startswith("lesson"):
        return _wall(told, zone)
    moved = sum(
        int(number) * _SPANS[unit] * (1 if sign == "+" else -1)
        for sign, number, unit in _FROM_LESSON.findall(told)
    )
    return starts_at + timedelta(seconds=moved)


def _wall(told: str, zone: ZoneInfo) -> datetime:
    wall = datetime.fromisoformat(told)
    return to_instant(wall.date(), wall.time(), zone)


def _seconds(told: str) -> int:
    number, unit = told.split(" ")
    return int(number) * _SPANS[unit]


def _days(told: list[str]) -> Days:
    return Days(date.fromisoformat(told[0]), date.fromisoformat(told[1]))
