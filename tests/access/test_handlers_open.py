"""Whom each handler lets in. The calls change the stage, so it is this module's own."""

import pytest

from tests.access.driving import drive, handlers, payloads
from tests.access.matrix import HANDLERS
from tests.access.roles import EVERY_ROLE
from tests.access.test_handlers import cookies, unexpected  # noqa: F401  a fixture
from tests.stage import Stage

REFUSAL = "You do not have permission"


@pytest.mark.parametrize("name", sorted(HANDLERS))
def test_it_lets_in_whom_its_row_names(
    name: str,
    stage: Stage,
    cookies: dict[str, str],  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    handler = handlers()[name]

    for role in EVERY_ROLE:
        if role in HANDLERS[name]:
            sent = payloads(handler, stage.ids, every=False)
            seen = drive(handler, cookies[role], sent, stage.ids)
            assert not any(REFUSAL in one.all for one in seen), role

    assert unexpected(caplog) == []
