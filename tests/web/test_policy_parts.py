"""A rule's fields and its JSON say the same, and what no field is for stays."""

from typing import Any

import pytest

from studio_app.bookings.rules.policies.presets import PRESETS
from studio_app.bookings.rules.policies.reading import as_data, policy_of, shaped
from studio_app.web.inputs import Invalid
from studio_app.web.office.settings.policies.fields import then_fields, when_fields
from studio_app.web.office.settings.policies.parts import (
    outcome_of,
    shown,
    toggled,
    value_at,
    with_part,
)

Rule = dict[str, Any]
RULE: Rule = {"id": "one", "when": {"acts": ["cancel"]}}


def put(part: str, typed: str, rule: Rule = RULE) -> Rule:
    changed = with_part(rule, part, typed, "GBP")
    policy_of({"rules": [changed, {"id": "rest"}]})
    return changed


def test_a_field_is_written_and_emptied() -> None:
    timed = put("when.notice.at_least", "24 h")
    assert timed["when"] == {"acts": ["cancel"], "notice": {"at_least": "24 h"}}
    assert with_part(timed, "when.notice.at_least", " ", "GBP") == RULE
    assert RULE == {"id": "one", "when": {"acts": ["cancel"]}}


def test_money_is_typed_as_people_write_it() -> None:
    fee = put("then.fee.minor", "12,50")
    assert (value_at(fee, "then.fee.minor"), shown(fee, "then.fee.minor", "GBP")) == (1250, "12.50")
    with pytest.raises(Invalid):
        put("then.fee.minor", "1.234")


def test_what_is_no_number_is_said_beside_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        put("then.refund.percent", "half")
    assert list(refused.value.faults) == ["then.refund.percent"]


def test_chips_are_pressed_and_released() -> None:
    both = toggled(RULE, "when.acts", "move")
    assert both["when"]["acts"] == ["cancel", "move"]
    assert toggled(toggled(both, "when.acts", "move"), "when.acts", "cancel") == {"id": "one"}


def test_counting_begins_with_something_that_can_be_meant() -> None:
    counting = put("when.counts.0.what", "credits")
    rolling = put("when.counts.0.period", "rolling", counting)
    assert rolling["when"]["counts"] == [
        {"what": "credits", "period": "rolling", "fewer_than": 1, "days": 30}
    ]
    assert put("when.counts.0.period", "month", rolling) == put(
        "when.counts.0.period", "month", counting
    )
    assert put("when.counts.0.what", "", rolling) == RULE


def test_what_is_not_possible_has_no_other_consequence() -> None:
    dear = put("then.words", "Ask us.", put("then.fee.minor", "5"))
    never = put("then.outcome", "no", dear)
    assert never["then"] == {"allowed": False, "words": "Ask us."}
    assert outcome_of(put("then.outcome", "ask", never)) == "ask"


def test_another_kind_of_credit_keeps_how_long_it_is_good() -> None:
    lesson = put("then.credit.valid.days", "30", put("then.credit.kind", "lesson"))
    money = put("then.credit.kind", "money", lesson)
    assert money["then"]["credit"] == {"kind": "money", "percent": 100, "valid": {"days": 30}}
    assert "then" not in put("then.credit.kind", "", money)


def test_a_part_of_the_price_begins_at_half_of_it() -> None:
    half = put("then.charge.how", "percent")
    assert half["then"]["charge"] == {"how": "percent", "percent": 50}
    assert put("then.charge.how", "billed", half) == RULE


def test_what_no_field_is_for_stays() -> None:
    rule = {
        **RULE,
        "unless": {"reasons": ["illness"]},
        "then": {"credit": {"given": "once_filled"}},
    }
    assert put("title", "Mine", rule) == {**rule, "title": "Mine"}


def test_a_credit_as_it_comes_survives_another_change() -> None:
    plain = {**RULE, "then": {"credit": {}, "refund": {}}, "when": {"by": ["teacher"]}}
    policy = shaped({"rules": [plain, {"id": "rest"}]})
    kept: Rule = as_data(policy)["rules"][0]
    changed = with_part(kept, "title", "Ours", "GBP")
    assert changed["then"] == {"credit": {"kind": "lesson"}, "refund": {"percent": 100}}


@pytest.mark.parametrize("key", sorted(PRESETS))
def test_every_rule_there_is_has_its_fields(key: str) -> None:
    document = as_data(PRESETS[key].policy)
    for rule in document["rules"]:
        asked = {one.part: one for one in when_fields(rule, document, (), "GBP")}
        done = {one.part: one for one in then_fields(rule, "GBP")}
        assert {one.value for one in asked["when.acts"].options if one.on} == set(
            value_at(rule, "when.acts") or ()
        )
        assert done["then.charge.how"].value == (value_at(rule, "then.charge.how") or "billed")
