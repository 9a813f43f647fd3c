"""A change that is sent twice under one key is made once, whichever route it is sent to."""

import pytest

from studio_app.kit.ids import new_id
from tests.access.asking import Ids, request_for
from tests.access.matrix_scheduling import ROUTES
from tests.access.roles import GUARDIAN, OWNER
from tests.calling import Api, said
from tests.stage import Stage

CHANGING = sorted(name for name in ROUTES if not name.startswith("GET"))


@pytest.mark.parametrize("name", CHANGING)
def test_the_same_key_hears_the_same(name: str, stage: Stage, api: Api) -> None:
    who = OWNER if OWNER in ROUTES[name] else GUARDIAN
    wanted = request_for(name, Ids(stage.ids))
    key = str(new_id())

    first = api.send(wanted.method, wanted.path, who, wanted.body, key=key)
    again = api.send(wanted.method, wanted.path, who, wanted.body, key=key)

    assert first.status_code < 500, first.text
    assert (again.status_code, said(again)) == (first.status_code, said(first))
