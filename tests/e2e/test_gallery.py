"""The design system's parts, touched as a person would."""

import pytest
from playwright.sync_api import Browser, Page, expect

from studio_app.web import routes
from studio_app.web.front import front
from studio_app.web.ui.account import name_of
from tests.e2e.conftest import DESK, PHONE, Site
from tests.e2e.looking import picture, settle, transferred, untranslated, violations

KIT_PAGES = (routes.KIT, routes.KIT_PHONE, routes.KIT_PUBLIC, routes.KIT_CALENDAR)
KILOBYTE = 1024


@pytest.mark.parametrize("path", KIT_PAGES)
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_wrong(
    browser: Browser, site: Site, path: str, mode: str, size: tuple[int, int]
) -> None:
    width, height = size
    page = browser.new_page(
        base_url=site.base,
        viewport={"width": width, "height": height},
        color_scheme="dark" if mode == "dark" else "light",
    )
    page.goto(path)
    settle(page)

    picture(page, f"{path.strip('/').replace('/', '-')}-{width}-{mode}")
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("path", KIT_PAGES)
def test_nothing_is_wider_than_a_small_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    settle(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_notice_says_what_happened_and_undo_takes_it_back(phone: Page) -> None:
    phone.goto(routes.KIT_PHONE)
    settle(phone)
    present = phone.get_by_role("radio", name="Present")

    present.click()
    expect(phone.locator(".notice")).to_contain_text("Marked.")
    phone.get_by_role("button", name="Undo").click()

    expect(present).to_have_attribute("aria-checked", "false")
    expect(phone.locator(".notice")).to_have_count(0)


def test_a_notice_does_not_come_back_with_the_next_page(phone: Page) -> None:
    phone.goto(routes.KIT_PHONE)
    settle(phone)
    phone.get_by_role("radio", name="Late").click()
    expect(phone.locator(".notice")).to_be_visible()

    phone.reload()
    settle(phone)
    expect(phone.get_by_role("radio", name="Late")).to_have_attribute("aria-checked", "true")

    expect(phone.locator(".notice")).to_have_count(0)


def test_a_refusal_is_announced_at_once(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)

    page.get_by_role("button", name="Refuse me").click()

    expect(page.get_by_role("alert").filter(has_text="Somebody else changed this")).to_have_count(1)


def test_a_fault_of_ours_gives_a_number_and_keeps_the_page(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)

    page.get_by_role("button", name="Break").click()

    expect(page.locator(".notice")).to_contain_text("mention")
    assert "ZeroDivisionError" not in page.content()
    expect(page.get_by_role("heading", name="Design kit")).to_be_visible()


def test_a_form_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)

    page.get_by_label("Price").fill("twelve")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("#kit_name-fault")).to_have_text("Please fill this in.")
    expect(page.locator("#kit_price-fault")).to_contain_text("32.50")
    expect(page.get_by_label("Price")).to_have_value("twelve")
    expect(page.get_by_label("Price")).to_have_attribute("aria-invalid", "true")


def test_a_dialog_holds_the_focus_and_gives_it_back(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)
    opener = page.get_by_role("button", name="Reschedule")

    opener.click()
    expect(page.get_by_role("dialog", name="Move this lesson")).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('[role=dialog]')")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_palette_opens_by_key_and_finds(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)

    page.keyboard.press("Control+k")
    page.keyboard.type("sam")

    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text("Sam Green")
    assert violations(page) == []


def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_find_as_you_type(page: Page) -> None:
    page.goto(routes.KIT)
    settle(page)

    page.get_by_role("searchbox", name="Find a student").fill("mia")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("searchbox", name="Find a student").fill("nobody at all")

    expect(page.get_by_text("Nobody by that name")).to_be_visible()


def test_on_a_phone_the_navigation_slides_in(phone: Page) -> None:
    phone.goto(routes.KIT)
    settle(phone)

    phone.get_by_role("button", name="Menu").click()

    drawer = phone.get_by_role("dialog", name="Menu")
    expect(drawer.get_by_role("link", name="Settings")).to_be_visible()
    assert violations(phone) == []


def test_the_sheet_rises_without_violations(phone: Page) -> None:
    phone.goto(routes.KIT_PHONE)
    settle(phone)

    phone.get_by_role("button", name="Reschedule").click()

    expect(phone.get_by_role("radio", name="Friday 20 November")).to_be_visible()
    phone.wait_for_timeout(300)
    picture(phone, "kit-sheet-390-light")
    assert violations(phone) == []


def test_words_of_a_page_come_from_the_catalogue(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.base)
    page.context.add_cookies([{"name": "studio_language", "value": "en-XA", "url": site.base}])
    page.goto(routes.KIT_PUBLIC)
    settle(page)

    languages = {name_of(language) for language in front().languages}
    assert untranslated(page, data={"Cadenza"} | languages) == []
    page.close()


def test_a_phone_page_stays_within_its_bytes(phone: Page) -> None:
    sizes = transferred(phone, routes.KIT_PHONE)

    assert sizes["script"] <= 200 * KILOBYTE, sizes
    assert sizes["stylesheet"] <= 20 * KILOBYTE, sizes
