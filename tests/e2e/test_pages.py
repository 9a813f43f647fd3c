"""Every page with something on it: sound, accessible, fit for a small phone."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from studio_app.web import routes
from studio_app.web.site import pages
from tests.e2e.conftest import DESK, PHONE, Site, session_cookie, sound
from tests.e2e.looking import settle, violations
from tests.stage import Stage, furnished

SMALL_PHONE = {"width": 360, "height": 740}
PATHS = sorted(page.path for page in pages() if not page.demo_only)
PUBLIC = {page.path for page in pages() if page.public}
LEADS_ON = {routes.HOME: routes.SIGN_IN}


@pytest.fixture(scope="module")
def stage(site: Site) -> Stage:
    """Harmony with one of everything: a lesson held, a series, an invoice, a file."""
    return furnished(site.database, site.cast)


@pytest.fixture(scope="module")
def browsers(browser: Browser, stage: Stage, site: Site) -> Iterator[dict[str, BrowserContext]]:
    """A browser for each person, so that only the first page of each is loaded cold."""
    opened = {who: browser.new_context(base_url=site.base) for who in ("", *stage.people)}
    for who, actor in stage.people.items():
        opened[who].add_cookies([session_cookie(site, actor)])
    yield opened
    for context in opened.values():
        context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_sound_accessible_and_fits_a_small_phone(
    browsers: dict[str, BrowserContext], stage: Stage, path: str
) -> None:
    with sound(browsers[_whose(path)]) as page:
        _look(page, path, routes.filled(path, message_kind="lesson_moved", **stage.ids))


def _look(page: Page, path: str, address: str) -> None:
    width, height = DESK if path.startswith(routes.OFFICE) else PHONE
    page.set_viewport_size({"width": width, "height": height})

    page.goto(address)
    settle(page)
    page.wait_for_url(lambda url: urlsplit(url).path == LEADS_ON.get(path, address))
    expect(page.locator(".skel")).to_have_count(0)

    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_text("This could not be loaded")).to_have_count(0)
    assert violations(page) == []
    page.set_viewport_size(SMALL_PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


def _whose(path: str) -> str:
    if path in PUBLIC:
        return ""
    if path.startswith(routes.PORTAL):
        return "guardian"
    return "teacher" if path.startswith(routes.TODAY) else "owner"


def test_typing_a_name_and_pressing_enter_leads_to_the_person(
    browsers: dict[str, BrowserContext], stage: Stage
) -> None:
    with sound(browsers["owner"]) as page:
        page.goto(routes.OFFICE)
        settle(page)
        page.keyboard.press("Control+k")
        page.keyboard.type("sam gr")
        first = page.get_by_role("option").first
        expect(first).to_contain_text("Sam Gray")
        expect(first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        page.wait_for_url("**" + routes.filled(routes.STUDENT, student_id=stage.ids["student_id"]))
