"""Whom each route lets in. The calls change the stage, so it is this module's own."""

import pytest

from tests.access.asking import Ids, request_for
from tests.access.matrix_routes import ROUTES
from tests.access.roles import EVERY_ROLE
from tests.access.test_routes import OWN_ROUTES, sent
from tests.calling import Api
from tests.stage import Stage

READING_FIRST = sorted(OWN_ROUTES, key=lambda name: (name.split(" ")[0] != "GET", name))


@pytest.mark.parametrize("name", READING_FIRST)
def test_it_lets_in_whom_its_row_names(name: str, stage: Stage, api: Api) -> None:
    for role in EVERY_ROLE:
        if role in ROUTES[name]:
            answer = sent(api, role, request_for(name, Ids(stage.ids)))
            assert answer.status_code not in {401, 403}, f"{role}: {answer.text}"
            assert answer.status_code < 500, f"{role}: {answer.text}"
            assert "fields" not in answer.text or answer.status_code < 400, answer.text
