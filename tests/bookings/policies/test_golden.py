"""Real studios' rules and the presets, at their edges. Each file is one studio; none needs code."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from studio_app.bookings.rules.policies.deciding import decide
from studio_app.bookings.rules.policies.reading import as_data, policy_of, schema
from tests.bookings.policies.reading_cases import GOLDEN, Golden, golden_cases, outcome

CASES = list(golden_cases())


@pytest.mark.parametrize("golden", CASES, ids=[f"{one.file}: {one.name}" for one in CASES])
def test_it_decides_as_the_studio_would(golden: Golden) -> None:
    found = outcome(decide(golden.policy, golden.case))
    for name, wanted in golden.expected.items():
        if name == "contains":
            assert wanted in found["says"]
        elif name == "credit" and wanted and found["credit"]:
            assert {key: found["credit"][key] for key in wanted} == wanted
        else:
            assert found[name] == wanted, name


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_row_of_the_catalogue_is_data(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if "policy" in data:
        jsonschema_rs.validator_for(schema()).validate(data["policy"])
        again = policy_of(as_data(policy_of(data["policy"])))
        assert again == policy_of(data["policy"])
