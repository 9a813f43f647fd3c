"""What cannot be meant is refused with a sentence beside its part."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio_app.bookings.rules.policies.checking import Unusable
from studio_app.bookings.rules.policies.phrases import Voice, rule_words
from studio_app.bookings.rules.policies.presets import PRESETS
from studio_app.bookings.rules.policies.reading import (
    SCHEMA,
    as_text,
    policy_of,
    read_text,
    schema,
)
from studio_app.bookings.rules.policies.wording import say

REST = {"id": "rest"}
VOICE = Voice("en-GB", "GBP", {})


def _faults(*rules: dict[str, Any], **more: Any) -> dict[str, str]:
    with pytest.raises(Unusable) as refused:
        policy_of({"rules": [*rules, REST], **more})
    return {path: str(words) for path, words in refused.value.faults.items()}


def _rule(**parts: Any) -> dict[str, Any]:
    return {"id": "one", "when": {"acts": ["cancel"]}, **parts}


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"when": {}}, "rules.0.when"),
        ({"when": {"notice": {}}}, "rules.0.when.notice"),
        ({"when": {"notice": {"at_least": "24 h", "less_than": "24 h"}}}, "rules.0.when.notice"),
        ({"when": {"reasons": ["wedding"]}}, "rules.0.when.reasons"),
        ({"when": {"windows": ["Summer"]}}, "rules.0.when.windows"),
        ({"when": {"late_by": {}}}, "rules.0.when.late_by"),
        ({"when": {"counts": [{"what": "credits", "period": "term"}]}}, "rules.0.when.counts.0"),
        (
            {"when": {"counts": [{"what": "credits", "period": "rolling", "at_least": 1}]}},
            "rules.0.when.counts.0",
        ),
        ({"unless": {}}, "rules.0.unless"),
        ({"then": {"allowed": False, "fee": {"minor": 5}}}, "rules.0.then"),
        ({"then": {"charge": {"how": "percent"}}}, "rules.0.then.charge"),
        ({"then": {"fee": {}}}, "rules.0.then.fee"),
        ({"then": {"fee": {"minor": 5, "percent": 5}}}, "rules.0.then.fee"),
        ({"then": {"credit": {"kind": "money"}}}, "rules.0.then.credit"),
        ({"then": {"credit": {"percent": 5}}}, "rules.0.then.credit"),
        ({"then": {"charge": {"how": "none"}, "credit": {}}}, "rules.0.then.credit"),
        ({"then": {"refund": {}, "credit": {}}}, "rules.0.then.credit"),
        ({"then": {"credit": {"valid": {"until": "window"}}}}, "rules.0.then.credit.valid"),
        ({"then": {"credit": {"usable_in": ["make_up_days"]}}}, "rules.0.then.credit"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_part(parts: dict[str, Any], where: str) -> None:
    assert list(_faults(_rule(**parts))) == [where]


@pytest.mark.parametrize(
    ("parts", "where", "words"),
    [
        ({"when": {"notise": {}}}, "rules.0.when.notise", "“notise” is not known here."),
        ({"when": {"acts": ["sneeze"]}}, "rules.0.when.acts.0", "One of 'cancel'"),
        ({"when": {"notice": {"at_least": "24h"}}}, "rules.0.when.notice.at_least", "24 h"),
        ({"then": {"refund": {"percent": 101}}}, "rules.0.then.refund.percent", "At most 100"),
        ({"then": {"refund": {"percent": "5"}}}, "rules.0.then.refund.percent", "right kind"),
        ({"id": ""}, "rules.0.id", "small letters"),
    ],
)
def test_what_is_not_as_the_schema_says_is_explained(
    parts: dict[str, Any], where: str, words: str
) -> None:
    assert words in _faults(_rule(**parts))[where]


def test_the_last_rule_is_for_all_the_rest() -> None:
    with pytest.raises(Unusable, match="The last rule has no conditions"):
        policy_of({"rules": [_rule()]})


def test_two_rules_of_one_name_are_told_apart() -> None:
    assert "rules.1.id" in _faults(_rule(), _rule())


def test_days_that_do_not_exist_are_refused() -> None:
    assert "windows.0" in _faults(windows=[{"name": "Odd", "first": "02-30", "last": "03-05"}])
    assert "year_begins" in _faults(year_begins="2026-09-01")


def test_what_is_pasted_says_in_which_line_it_cannot_be_read() -> None:
    with pytest.raises(Unusable, match="line 2 cannot be read"):
        read_text('{"rules": [\n{"id": rest}]}')


def test_what_is_shown_can_be_pasted_again() -> None:
    for preset in PRESETS.values():
        assert read_text(as_text(preset.policy)) == preset.policy


def test_the_shipped_schema_is_that_of_the_shapes() -> None:
    published = Path(__file__).parents[3] / "docs" / "policy.schema.json"
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()
    assert published.read_text(encoding="utf-8") == SCHEMA.read_text(encoding="utf-8")


def test_a_rule_reads_as_a_sentence() -> None:
    rules = PRESETS["music_studio"].policy.rules
    said = {
        rule.id: say(rule_words(PRESETS["music_studio"].policy, rule, VOICE), "en-GB")
        for rule in rules
    }
    assert said["late"] == (
        "If a lesson is cancelled less than 24 hours before the lesson: "
        "the lesson is charged in full, no make-up credit and it is marked as late."
    )
    assert said["studio-cancels"] == (
        "If the teacher cancels, the studio cancels or the teacher does not come: "
        "nothing is charged for it, 100% of what was paid comes off the next invoice "
        "and a credit that was used comes back."
    )
    assert said["rest"].startswith("In all other cases: the lesson is billed as usual")


EVERYTHING: dict[str, Any] = {
    "reasons": [{"key": "exam", "name": "An exam"}],
    "windows": [{"name": "Summer", "first": "07-15", "last": "08-31"}],
    "rules": [
        {
            "id": "all",
            "when": {
                "acts": ["cancel", "move"],
                "by": ["family"],
                "notice": {
                    "at_least": "12 h",
                    "later_than": {"days_before": 2, "at": "18:00"},
                },
                "reasons": ["illness", "exam"],
                "counts": [
                    {
                        "what": "credits",
                        "period": "rolling",
                        "days": 90,
                        "fewer_than": 2,
                        "of": "family",
                        "not_if": {
                            "reasons": ["illness"],
                            "by": ["teacher"],
                            "noted": True,
                        },
                    }
                ],
                "plans": ["term", "package"],
                "group": False,
                "months": [6, 7],
                "weekdays": [6],
                "windows": ["Summer"],
                "member_for": {"at_least": "30 d"},
            },
            "unless": {"paid": False},
            "then": {
                "fee": {"minor": 500},
                "credit": {"valid": {"days": 30, "until": "term"}, "aligned": True},
                "slot": "released",
                "teacher_pay": 50,
            },
        },
        REST,
    ],
}


def test_every_condition_has_words() -> None:
    policy = policy_of(EVERYTHING)
    assert say(rule_words(policy, policy.rules[0], VOICE), "en-GB") == (
        "If the family cancels or the family moves a lesson 12 hours or more before the lesson "
        "and later than 18:00 2 days before the lesson, the reason is illness or “An exam”, "
        "there were fewer than 2 credits of the whole family in the last 90 days "
        "(not counting illness, the teacher’s or those with a note), "
        "it is paid by the term or with a package, it is a single lesson, "
        "the lesson is in Jun or Jul, the lesson is on a Saturday, the lesson is in “Summer” "
        "and they have had lessons for 30 days or more, unless it has not been paid for: "
        "the lesson is billed as usual, a fee of £5.00, "
        "a make-up credit (30 days from the lesson, until the end of the term "
        "and at the own weekday and time), the teacher gets 50% of the pay "
        "and the weekly place is given up."
    )
