"""Who gets nothing from which handler: called past the guard, with Harmony's own ids."""

import logging
from collections.abc import Iterator

import pytest

from tests.access.driving import Seen, drive, handlers, payloads
from tests.access.matrix import HANDLERS
from tests.access.roles import EVERY_ROLE, NOBODY, STRANGER
from tests.access.traces import betrayed, changes
from tests.stage import CANARY, Stage, pointed_at

CLOSED = sorted(name for name, who in HANDLERS.items() if NOBODY not in who)


@pytest.fixture(scope="module")
def cookies(stage: Stage) -> Iterator[dict[str, str]]:
    """A session for each of the cast, and none for nobody."""
    with pointed_at(stage.database):
        yield {**{who: stage.cookie(who) for who in stage.people}, NOBODY: ""}


def seen_by(who: str, name: str, stage: Stage, cookie: str, *, every: bool) -> list[Seen]:
    handler = handlers()[name]
    return drive(handler, cookie, payloads(handler, stage.ids, every=every), stage.ids)


def test_every_handler_has_a_row_and_every_row_a_handler() -> None:
    assert set(handlers()) == set(HANDLERS)


@pytest.mark.parametrize("name", CLOSED)
def test_nobody_is_led_to_sign_in(name: str, stage: Stage, cookies: dict[str, str]) -> None:
    before = changes(stage)

    seen = seen_by(NOBODY, name, stage, cookies[NOBODY], every=False)

    assert all(one.led_to_sign_in for one in seen), seen
    assert changes(stage) == before


@pytest.mark.parametrize("name", sorted(HANDLERS))
def test_a_role_without_the_right_changes_and_sees_nothing(
    name: str, stage: Stage, cookies: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = changes(stage)

    for role in EVERY_ROLE:
        if role not in HANDLERS[name]:
            seen = seen_by(role, name, stage, cookies[role], every=False)
            assert not any(CANARY in one.all for one in seen), role

    assert changes(stage) == before
    assert unexpected(caplog) == []


@pytest.mark.parametrize("name", sorted(HANDLERS))
def test_a_stranger_changes_and_sees_nothing(
    name: str, stage: Stage, cookies: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = changes(stage)

    seen = seen_by(STRANGER, name, stage, cookies[STRANGER], every=True)

    assert [word for one in seen for word in betrayed(one.all)] == []
    assert changes(stage) == before
    assert unexpected(caplog) == []


FAILS_ON_PURPOSE = "asked for by the gallery"


def unexpected(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What a handler did not refuse but failed at."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR and FAILS_ON_PURPOSE not in str(record.exc_info)
    ]
