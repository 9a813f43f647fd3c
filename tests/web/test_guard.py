"""What may come in over the websocket."""

from typing import Any

import pytest

import studio_app.studio_app  # noqa: F401  registers every page and its handlers
from studio_app.web import guard
from studio_app.web.guard import BURST, Gate, is_framework, undeclared_handlers, validated
from studio_app.web.ui.calendar import Move


def test_every_handler_of_ours_has_a_door() -> None:
    assert undeclared_handlers() == []


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("reflex___state____state.hydrate", True),
        ("reflex___state____state.reflex___state____on_load_internal_state.on_load_internal", True),
        ("reflex___state____state.setvar", False),
        ("reflex___state____state.studio_app___web___notices____notices.undo", False),
        ("reflex___state____state.evil.reflex___x", False),
        ("hydrate", False),
    ],
)
def test_only_reflexs_own_events_count_as_the_frameworks(name: str, theirs: bool) -> None:
    assert is_framework(name) is theirs


async def sample(self: Any, name: str, count: int = 1) -> None: ...


async def moving(self: Any, move: Move) -> None: ...


def test_arguments_get_their_declared_types() -> None:
    assert validated(sample, {"name": "a", "count": "2"}) == {"name": "a", "count": 2}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"count": 1},
        {"name": "a", "more": 1},
        {"name": ["a"]},
        {"name": None},
        {"name": "a", "count": "x"},
    ],
)
def test_missing_surplus_and_wrong_arguments_are_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        validated(sample, payload)


def test_a_move_without_its_times_is_refused() -> None:
    with pytest.raises(ValueError, match="start"):
        validated(moving, {"move": {"id": "1"}})


class Namespace:
    """Reflex's side of the socket, counting what reaches it."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    async def on_event(self, sid: str, sent: Any) -> None:
        self.heard.append((sid, sent))

    def on_disconnect(self, sid: str) -> None: ...


UNDO = {"name": "reflex___state____state.studio_app___web___notices____notices.undo"}


@pytest.mark.anyio
async def test_a_flood_is_cut_off_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.time, "monotonic", lambda: 100.0)
    namespace = Namespace()
    gate = Gate(namespace)

    for _ in range(3000):
        await namespace.on_event("flooding", UNDO)
    await namespace.on_event("quiet", UNDO)

    assert len([sid for sid, _sent in namespace.heard if sid == "flooding"]) == BURST
    assert ("quiet", UNDO) in namespace.heard
    assert gate.dropped == 3000 - BURST


@pytest.mark.anyio
async def test_unknown_events_are_dropped_without_a_word_of_theirs_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    namespace = Namespace()
    Gate(namespace)

    await namespace.on_event("one", {"name": "drop table", "router_data": {"cookie": "secret"}})
    await namespace.on_event("one", "not even a dict")

    assert namespace.heard == []
    assert "secret" not in caplog.text
    assert "drop table" not in caplog.text
