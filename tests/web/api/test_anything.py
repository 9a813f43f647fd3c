"""Whatever is sent, something is answered that says what was wrong: never a 5xx."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.access.asking import Ids, Request, request_for
from tests.access.matrix_routes import ROUTES
from tests.access.roles import NOBODY
from tests.calling import Api
from tests.stage import Stage

CHANGING = sorted(
    name
    for name, who in ROUTES.items()
    if name.split(" ")[1].startswith("/api/v1/") and not name.startswith("GET")
)
READING = sorted(
    name for name in ROUTES if name.startswith("GET /api/v1/") and NOBODY not in ROUTES[name]
)
EXAMPLES = 200

hostile = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**63, -(2**63) - 1, 0, -1]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["\x00", "\ud800".encode("utf-8", "replace").decode(), "9" * 400, "%", "'"]),
    st.sampled_from(["0001-01-01", "9999-12-31", "2026-02-30", "9999-12-31T23:59:59.999999Z"]),
    st.sampled_from(["0001-01-01T00:00:00", "23:59:59.999999", "24:00", "GBP", "zzz", ""]),
    st.lists(st.none(), max_size=2),
    st.just({}),
)


@st.composite
def spoilt(draw: st.DrawFn, body: Any) -> Any:
    """A valid body with something hostile in place of one or two of its parts."""
    if isinstance(body, dict) and body and draw(st.integers(0, 9)):
        chosen = draw(st.sampled_from(sorted(body)))
        return {**body, chosen: draw(spoilt(body[chosen]))}
    if isinstance(body, list) and body and draw(st.booleans()):
        return [draw(spoilt(body[0])), *body[1:]]
    return draw(hostile)


def sent(api: Api, wanted: Request, body: Any) -> None:
    more: dict[str, Any] = {"files": wanted.files} if wanted.files else {}
    answer = api.send(wanted.method, wanted.path, "owner", body, **more)
    assert answer.status_code < 500, (wanted, body, answer.text)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_body_is_answered_with_a_fault_of_ours(
    stage: Stage, api: Api, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(CHANGING))
    wanted = request_for(name, Ids(stage.ids))

    sent(api, wanted, data.draw(spoilt(wanted.body)))


NAMES = (
    "on",
    "first",
    "until",
    "since",
    "after",
    "before",
    "limit",
    "page",
    "q",
    "group",
    "status",
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_question_is_answered_with_a_fault_of_ours(
    stage: Stage, api: Api, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(READING))
    wanted = request_for(name, Ids(stage.ids))
    asked = data.draw(st.dictionaries(st.sampled_from(NAMES), hostile, max_size=4))
    params = {key: value for key, value in asked.items() if not isinstance(value, list | dict)}

    answer = api.send(wanted.method, wanted.path.split("?")[0], "owner", params=params)

    assert answer.status_code < 500, (wanted, params, answer.text)


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"null", b"[]", b"1" * 5000, b'{"a":' * 2000])
def test_what_is_no_json_is_a_problem_too(api: Api, body: bytes) -> None:
    json = {"content-type": "application/json"}

    answer = api.send("POST", "/families", "owner", headers=json, content=body)

    assert answer.status_code in {400, 422}, answer.text
