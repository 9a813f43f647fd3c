"""The calendar's bridge: moves by key and by pointer, the server's veto, undo."""

from playwright.sync_api import Page, expect

from studio_app.web import routes
from tests.e2e.looking import settle, until, violations

LESSON = "2-16"  # Wednesday 16:00


def _open(page: Page) -> None:
    page.goto(routes.KIT_CALENDAR)
    settle(page)
    page.wait_for_selector(f"[data-eid='{LESSON}']")


def _top(page: Page) -> float:
    box = page.locator(f"[data-eid='{LESSON}']").bounding_box()
    assert box is not None
    return box["y"]


def test_keys_move_a_lesson_and_undo_brings_it_back(page: Page) -> None:
    _open(page)
    before = _top(page)

    page.locator(f"[data-eid='{LESSON}'] button").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".notice")).to_contain_text("was moved")
    moved = _top(page)
    page.get_by_role("button", name="Undo").click()

    assert moved > before
    expect(page.locator(".notice")).to_have_count(0)
    until(lambda: abs(_top(page) - before) < 1)


def test_a_veto_puts_a_dragged_lesson_back(page: Page) -> None:
    _open(page)
    lesson = page.locator(f"[data-eid='{LESSON}']")
    box = lesson.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 40, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 120, steps=6)
    page.mouse.move(box["x"] + 40, box["y"] + 250, steps=6)
    page.mouse.up()
    expect(page.locator(".notice")).to_contain_text("closed")

    until(lambda: abs(_top(page) - box["y"]) < 1)


def test_every_view_is_accessible_and_a_lesson_opens_its_panel(page: Page) -> None:
    _open(page)

    for view in ("Day", "Month", "Agenda", "Teachers", "Week"):
        page.get_by_role("radio", name=view).click()
        page.wait_for_timeout(250)
        assert violations(page) == [], view
    page.locator(f"[data-eid='{LESSON}'] button").press("Enter")

    expect(page.get_by_role("complementary", name="Lesson")).to_be_visible()
    assert violations(page) == []
