"""A policy out of JSON and back, and the schema by which any program can check one."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from studio_app.bookings.rules.policies import shapes
from studio_app.bookings.rules.policies.checking import Unusable, check
from studio_app.bookings.rules.policies.document import Policy
from studio_app.kit.words import Text, _

SCHEMA = Path(__file__).with_name("policy.schema.json")
"""The schema as it is shipped and published; a test holds it to the shapes."""
_POLICY = TypeAdapter(Policy)
_FAULTS_SAID = 12
_WRITTEN = {
    shapes.SPAN: _("Write a time such as 24 h, 90 min or 2 d."),
    shapes.WALL_TIME: _("Write a time of day such as 18:00."),
    shapes.DAY: _("Write a day such as 09-01, or 2026-09-01."),
    shapes.KEY: _("Up to 40 small letters, digits, - and _, please."),
}


def policy_of(data: Any) -> Policy:
    """Raises `Unusable`, with a sentence for each part that is not as the schema says, or that
    cannot be meant."""
    policy = shaped(data)
    check(policy)
    return policy


def shaped(data: Any) -> Policy:
    """By its shape only: a draft may still be without sense. Raises `Unusable`."""
    try:
        return _POLICY.validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False)[:_FAULTS_SAID]
        raise Unusable({_path(one["loc"]): _sentence(one) for one in found}) from None


def read_text(written: str) -> Policy:
    """What somebody pasted. Raises `Unusable`."""
    try:
        data = json.loads(written)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        said = _("This is not JSON: line {line} cannot be read.", line=line)
        raise Unusable({"": said}) from None
    return policy_of(data)


def as_data(policy: Policy) -> dict[str, Any]:
    """JSON of plain values, without what is left unsaid. That there is a credit or a refund is
    said with its kind or share, so that neither reads like nothing."""
    data = _POLICY.dump_python(policy, mode="json", exclude_defaults=True)
    for rule, said in zip(policy.rules, data["rules"], strict=True):
        if rule.then.credit is not None:
            said["then"]["credit"] = {"kind": rule.then.credit.kind.value, **said["then"]["credit"]}
        if rule.then.refund is not None:
            said["then"]["refund"] = {"percent": rule.then.refund.percent, **said["then"]["refund"]}
    return data


def as_text(policy: Policy) -> str:
    return json.dumps(as_data(policy), indent=2, ensure_ascii=False)


@cache
def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a policy."""
    made = _POLICY.json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "A cancellation and make-up policy",
    }


def parts_of(value: Any) -> dict[str, Any]:
    """A value of this package as plain JSON, for keeping what was decided."""
    return json.loads(json.dumps(asdict(value), default=str))


def _path(loc: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in loc)


def _sentence(error: Any) -> Text:
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return _("“{part}” is missing.", part=error["loc"][-1])
        case "unexpected_keyword_argument" | "extra_forbidden":
            return _("“{part}” is not known here.", part=error["loc"][-1])
        case "enum":
            return _("One of {choices}, please.", choices=context["expected"])
        case "greater_than_equal" | "less_than_equal" | "too_long" | "string_too_long":
            return _limit(context)
        case "string_pattern_mismatch":
            return _WRITTEN.get(context["pattern"], _("This is not how it is written."))
        case "too_short" | "string_too_short":
            return _("There is nothing here.")
        case _:
            return _("This is not of the right kind: {expected}", expected=error["msg"])


def _limit(context: dict[str, Any]) -> Text:
    if "ge" in context:
        return _("At least {least}, please.", least=context["ge"])
    if "le" in context:
        return _("At most {most}, please.", most=context["le"])
    return _("That is too much: at most {most}.", most=context["max_length"])
