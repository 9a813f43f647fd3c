"""Who is refused by which route: with Harmony's own ids, and nothing of Harmony moves."""

from typing import Any

import httpx
import pytest

from tests.access.asking import Ids, Request, request_for, route_names
from tests.access.matrix_routes import ROUTES
from tests.access.roles import EVERY_ROLE, NOBODY, STRANGER
from tests.access.traces import betrayed, changes
from tests.calling import Api, said
from tests.stage import Stage

BY_COOKIE = {name for name in ROUTES if name.split(" ")[1].startswith(("/auth/", "/live"))}
CLOSED = sorted(name for name, who in ROUTES.items() if NOBODY not in who)
OPEN = sorted(ROUTES.keys() - set(CLOSED))
OWN_ROUTES = sorted(set(CLOSED) - BY_COOKIE)


def sent(api: Api, who: str, wanted: Request) -> httpx.Response:
    more: dict[str, Any] = {"files": wanted.files} if wanted.files else {}
    return api.send(wanted.method, wanted.path, who, wanted.body, **more)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert route_names() == set(ROUTES)


@pytest.mark.parametrize("name", CLOSED)
def test_without_a_session_there_is_only_sign_in(name: str, stage: Stage, api: Api) -> None:
    before = changes(stage)

    answer = sent(api, NOBODY, request_for(name, Ids(stage.ids)))

    if name != "POST /auth/switch":  # a form: it is answered below, with what a form sends
        assert answer.status_code == 401, answer.text
    assert (betrayed(answer.text), changes(stage)) == ([], before)


@pytest.mark.parametrize("name", OWN_ROUTES)
def test_a_role_without_the_right_is_refused(name: str, stage: Stage, api: Api) -> None:
    before = changes(stage)

    for role in EVERY_ROLE:
        if role not in ROUTES[name]:
            answer = sent(api, role, request_for(name, Ids(stage.ids)))
            assert answer.status_code == 403, f"{role}: {answer.text}"
            assert betrayed(answer.text) == []

    assert changes(stage) == before


@pytest.mark.parametrize("name", OWN_ROUTES)
def test_a_stranger_cannot_tell_our_ids_from_unknown_ones(
    name: str, stage: Stage, api: Api
) -> None:
    before, ours, unknown = changes(stage), Ids(stage.ids), Ids()

    answer = sent(api, STRANGER, request_for(name, ours))
    other = sent(api, STRANGER, request_for(name, unknown))

    assert answer.status_code < 500, answer.text
    assert (betrayed(answer.text), changes(stage)) == ([], before)
    if ours.used:
        assert answer.status_code == other.status_code
        assert said(answer) == said(other) or answer.status_code == 201  # what is new has an id
    if "_id}" in name:
        assert answer.status_code == 404 or answer.json() == [], answer.text


def test_switching_studio_without_a_session_or_into_a_strange_one(stage: Stage, api: Api) -> None:
    form = {"studio_id": str(stage.ids["studio_id"])}
    cookie = {"cookie": f"studio_session={stage.cookie(STRANGER)}"}

    nobody = api.post("/auth/switch", NOBODY, data=form)
    stranger = api.post("/auth/switch", NOBODY, data=form, headers=cookie)

    assert (nobody.status_code, stranger.status_code) == (401, 404)


@pytest.mark.parametrize("name", OPEN)
def test_what_anybody_may_ask_tells_nobody_anything(name: str, stage: Stage, api: Api) -> None:
    before = changes(stage)

    answer = sent(api, NOBODY, request_for(name, Ids(stage.ids)))

    assert answer.status_code < 500
    assert (betrayed(answer.text), changes(stage)) == ([], before)
