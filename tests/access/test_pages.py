"""Who reaches which page, and whom it tells something."""

import asyncio
from collections.abc import Iterator

import pytest

import studio_app.studio_app as product
from studio_app.web import site
from studio_app.web.edge import Edge
from studio_app.web.page import Page
from studio_app.web.site import pages
from tests.access.driving import Browser, Handler, handlers
from tests.access.matrix import PAGES
from tests.access.roles import EVERY_ROLE, NOBODY, STRANGER
from tests.access.traces import betrayed, changes
from tests.calling import through
from tests.stage import Stage, pointed_at

ALL = {page.path: page for page in pages()}
CLOSED = sorted(path for path, who in PAGES.items() if NOBODY not in who)
REFUSAL = "You do not have permission"


@pytest.fixture(scope="module")
def cookies(stage: Stage) -> Iterator[dict[str, str]]:
    with pointed_at(stage.database):
        yield {who: stage.cookie(who) for who in stage.people}


def loads_of(page: Page) -> list[Handler]:
    wanted = [load.fn for load in site.loads(page)]
    return [handler for fn in wanted for handler in handlers().values() if handler.function is fn]


def opened(path: str, cookie: str, stage: Stage) -> str:
    """Everything that a page shows of itself when it is opened."""

    async def act() -> str:
        browser = Browser(cookie, stage.ids)
        return " ".join([(await browser.call(load, {})).all for load in loads_of(ALL[path])])

    return asyncio.run(act())


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert set(ALL) == set(PAGES)


@pytest.mark.parametrize("path", sorted(PAGES))
def test_without_a_session_only_public_pages_are_served(path: str) -> None:
    answer = through(Edge(product.api, pages(), product.app.router), "GET", path)

    if NOBODY in PAGES[path]:
        assert ALL[path].public
    else:
        assert (answer.status_code, ALL[path].public) == (303, False)
        assert answer.headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("path", CLOSED)
def test_a_page_opens_for_whom_its_row_names(
    path: str, stage: Stage, cookies: dict[str, str]
) -> None:
    refused = {role for role in EVERY_ROLE if REFUSAL in opened(path, cookies[role], stage)}

    assert refused == set(EVERY_ROLE) - PAGES[path]


@pytest.mark.parametrize("path", sorted(PAGES))
def test_a_stranger_is_told_nothing(path: str, stage: Stage, cookies: dict[str, str]) -> None:
    before = changes(stage)

    assert betrayed(opened(path, cookies[STRANGER], stage)) == []
    assert changes(stage) == before
