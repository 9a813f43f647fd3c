"""A rule's JSON part by part: what stands in a field, and the rule with another value there.

What no field is for, such as a second count, stays as it is.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import Any

from studio_app.kit.errors import NotFound
from studio_app.kit.money import exponent
from studio_app.kit.words import Text, _
from studio_app.web.inputs import Invalid

Document = dict[str, Any]
YES, NO = "yes", "no"
FLAGS = ("group", "make_up", "paid", "noted", "adult")
NUMBERS = frozenset({"percent", "days", "months", "years", "units", "fewer_than", "teacher_pay"})
_NUMBER: Text = _("A whole number, please.")


def value_at(rule: Mapping[str, Any], part: str) -> Any:
    """What is at `then.credit.kind`; None where nothing is said."""
    here: Any = rule
    for step in part.split("."):
        if isinstance(here, list):
            here = here[int(step)] if int(step) < len(here) else None
        elif isinstance(here, Mapping):
            here = here.get(step)
        if here is None:
            return None
    return here


def shown(rule: Mapping[str, Any], part: str, currency: str) -> str:
    """What the field of a part shows."""
    value = value_at(rule, part)
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if part.endswith(".minor"):
        return f"{Decimal(value).scaleb(-exponent(currency))}"
    return str(value)


def outcome_of(rule: Mapping[str, Any]) -> str:
    if value_at(rule, "then.allowed") is False:
        return NO
    return "ask" if value_at(rule, "then.approval") else YES


def with_part(rule: Document, part: str, typed: str, currency: str) -> Document:
    """The rule with this typed into that field; empty takes it out. Raises Invalid."""
    changed = deepcopy(rule)
    special = _SPECIAL.get(part)
    if special is not None:
        special(changed, typed)
    else:
        _put(changed, part.split("."), _read(part, typed.strip(), currency))
    return _tidy(changed)


def toggled(rule: Document, part: str, value: str) -> Document:
    """The rule with one more, or one less, of a list such as `when.acts`."""
    changed, chosen = deepcopy(rule), list(value_at(rule, part) or [])
    chosen = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
    _put(changed, part.split("."), chosen or None)
    return _tidy(changed)


def _read(part: str, typed: str, currency: str) -> Any:
    name = part.rsplit(".", maxsplit=1)[-1]
    if not typed:
        return None
    if name == "minor":
        return _minor(part, typed, currency)
    if name in NUMBERS or part.startswith("when.counts.0.at_least"):
        if not (typed.isascii() and typed.isdigit()):
            raise Invalid({part: _NUMBER})
        return int(typed)
    if name in FLAGS or name in {"late", "aligned"}:
        return typed == YES
    return typed


def _minor(part: str, typed: str, currency: str) -> int:
    try:
        minor = Decimal(typed.replace(",", ".")).scaleb(exponent(currency))
        if minor == minor.to_integral_value() and 0 <= minor <= 10**9:
            return int(minor)
    except InvalidOperation:
        pass
    raise Invalid({part: _("An amount such as 32.50, please.")})


def _put(rule: Document, steps: list[str], value: Any) -> None:
    here: Any = rule
    for step in steps[:-1]:
        if isinstance(here, list):
            if int(step) >= len(here):
                raise NotFound
            here = here[int(step)]
        else:
            here = here.setdefault(step, {})
    if value is None:
        here.pop(steps[-1], None)
    else:
        here[steps[-1]] = value


def _outcome(rule: Document, typed: str) -> None:
    """What is not possible has no other consequence, only its words."""
    then = rule.setdefault("then", {})
    if typed == NO:
        rule["then"] = {"allowed": False, **{k: v for k, v in then.items() if k == "words"}}
        return
    then.pop("allowed", None)
    then.pop("approval", None)
    if typed == "ask":
        then["approval"] = True


def _charge(rule: Document, typed: str) -> None:
    charge = rule.setdefault("then", {}).setdefault("charge", {})
    charge["how"] = typed
    charge.pop("percent", None)
    if typed == "percent":
        charge["percent"] = 50
    if typed in {"", "billed"}:
        del rule["then"]["charge"]


def _credit(rule: Document, typed: str) -> None:
    then = rule.setdefault("then", {})
    before = then.pop("credit", {})
    if not typed:
        return
    kept = {key: before[key] for key in ("valid", "aligned", "usable_in", "given") if key in before}
    then["credit"] = {"kind": typed, **({"percent": 100} if typed == "money" else {}), **kept}


def _counted(rule: Document, typed: str) -> None:
    when = rule.setdefault("when", {})
    counts = when.setdefault("counts", [])
    if not typed:
        del counts[:1]
    elif counts:
        counts[0]["what"] = typed
    else:
        counts.append({"what": typed, "period": "term", "fewer_than": 1})


def _period(rule: Document, typed: str) -> None:
    count = value_at(rule, "when.counts.0")
    if count is None:
        raise NotFound
    count["period"] = typed
    count.pop("days", None)
    if typed == "rolling":
        count["days"] = 30


_SPECIAL: Mapping[str, Callable[[Document, str], None]] = {
    "then.outcome": _outcome,
    "then.charge.how": _charge,
    "then.credit.kind": _credit,
    "when.counts.0.what": _counted,
    "when.counts.0.period": _period,
}


def _tidy(value: Any) -> Any:
    """Without what became empty."""
    if isinstance(value, dict):
        kept: Document = {key: _tidy(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ({}, [], None)}
    return [_tidy(one) for one in value] if isinstance(value, list) else value
