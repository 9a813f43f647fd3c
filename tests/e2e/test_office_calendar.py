"""The office calendar in a real browser: drags, what others change, keys, phones."""

from datetime import datetime, time, timedelta
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import LessonId
from studio_app.kit.work import run
from studio_app.scheduling.commands.availability import come_back, take_time_off
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, move_lesson, schedule_lesson
from studio_app.scheduling.wishes import Absence
from studio_app.web import routes
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import settle, until, violations

WEDNESDAY = (utc_now() + timedelta(days=9 - utc_now().weekday())).date()  # of next week
HERE = f"{routes.CALENDAR}?view=week&date={WEDNESDAY}"


@pytest.fixture(scope="module")
def lessons(site: Site) -> list[LessonId]:
    """Three lessons of Tom's on that Wednesday: at two, three and five on the studio's wall."""
    engine, olivia = site.database.app, site.cast.olivia
    kind = run(engine, olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=45))
    return [
        run(
            engine,
            olivia,
            schedule_lesson,
            NewLesson(
                teacher_id=site.cast.teacher_id,
                lesson_type_id=kind,
                starts_at=datetime.combine(WEDNESDAY, time(hour)),
                student_ids=(site.cast.student_id,),
            ),
        )
        for hour in (14, 15, 17)
    ]


def _open(page: Page, site: Site, lesson: LessonId, path: str = HERE) -> None:
    come_in(page, site, site.cast.olivia)
    page.goto(path)
    settle(page)
    page.wait_for_selector(f"[data-eid='{lesson}']")


def _top(page: Page, lesson: LessonId) -> float:
    block = page.locator(f"[data-eid='{lesson}']")
    until(lambda: block.bounding_box() is not None)  # it is drawn anew when it moves
    box = block.bounding_box()
    return box["y"] if box else -1


def _drag(page: Page, lesson: LessonId, down: float) -> None:
    box = page.locator(f"[data-eid='{lesson}']").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 10 + down / 2, steps=6)
    page.mouse.move(box["x"] + 30, box["y"] + 10 + down, steps=6)
    page.mouse.up()


def test_a_drag_is_kept_small_and_undone(page: Page, site: Site, lessons: list[LessonId]) -> None:
    frames: list[int] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))),
    )
    _open(page, site, lessons[0])
    before = _top(page, lessons[0])
    frames.clear()

    _drag(page, lessons[0], -68)  # two half hours of 34 pixels
    expect(page.locator(".notice")).to_contain_text("Sam Gray is now")
    expect(page.locator(".notice")).to_contain_text("13:00")
    sent = max(frames)
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".notice")).to_contain_text("back where it was")
    until(lambda: abs(_top(page, lessons[0]) - before) < 1)
    assert 0 < sent < 5000


def test_a_taken_time_is_refused_in_words_and_the_block_returns(
    page: Page, site: Site, lessons: list[LessonId]
) -> None:
    _open(page, site, lessons[2])
    before = _top(page, lessons[2])

    _drag(page, lessons[2], -136)
    expect(page.locator(".notice.is-refused")).to_contain_text("Tom Teal teaches Sam Gray then")

    until(lambda: abs(_top(page, lessons[2]) - before) < 1)


def test_a_time_that_needs_a_reason_asks_for_it_and_keeps_it(
    page: Page, site: Site, lessons: list[LessonId]
) -> None:
    app, cast = site.database.app, site.cast
    evening = Absence(WEDNESDAY, WEDNESDAY, 18 * 60, 20 * 60, reason="Choir")
    away = run(app, cast.olivia, take_time_off, cast.teacher_id, evening)
    _open(page, site, lessons[2])
    before = _top(page, lessons[2])

    _drag(page, lessons[2], 68)  # from five to six
    dialog = page.get_by_role("dialog", name="Reschedule")
    expect(dialog).to_contain_text("Tom Teal is away then.")
    expect(dialog.get_by_label("Time")).to_have_value("18:00")
    page.wait_for_timeout(300)
    assert violations(page) == []
    dialog.get_by_label("Why all the same?").fill("Choir is cancelled")
    dialog.get_by_role("button", name="Move to").click()
    expect(page.locator(".notice").last).to_contain_text("Moved to")
    panel = page.get_by_role("complementary", name="Lesson")
    expect(panel).to_contain_text("There all the same: Choir is cancelled")
    until(lambda: _top(page, lessons[2]) > before + 60)

    page.locator(".notice").last.get_by_role("button", name="Undo").click()
    until(lambda: abs(_top(page, lessons[2]) - before) < 1)
    run(app, cast.olivia, come_back, away)


def test_what_somebody_else_moves_arrives_without_reloading(
    page: Page, site: Site, lessons: list[LessonId]
) -> None:
    _open(page, site, lessons[1])
    page.wait_for_timeout(800)  # the stream of changes is open
    before = _top(page, lessons[1])

    later = datetime.combine(WEDNESDAY, time(18, 30))
    run(site.database.app, site.cast.tom, move_lesson, lessons[1], to=later)

    until(lambda: _top(page, lessons[1]) > before + 100)
    again = datetime.combine(WEDNESDAY, time(15))
    run(site.database.app, site.cast.tom, move_lesson, lessons[1], to=again)
    until(lambda: abs(_top(page, lessons[1]) - before) < 1)


def test_keys_and_views_and_the_panel_are_accessible(
    page: Page, site: Site, lessons: list[LessonId]
) -> None:
    _open(page, site, lessons[0])

    for key, view in (("d", "Day"), ("m", "Month"), ("a", "Agenda"), ("w", "Week")):
        page.keyboard.press(key)
        expect(page.get_by_role("radio", name=view).first).to_be_checked()
        until(partial(_at, page, view.lower()))
        assert violations(page) == [], view
    for view in ("Teachers", "Rooms"):
        page.get_by_role("radio", name=view).first.click()
        page.wait_for_timeout(400)
        assert violations(page) == [], view
    page.keyboard.press("w")
    page.locator(f"[data-eid='{lessons[0]}'] button").press("Enter")
    expect(page.get_by_role("complementary", name="Lesson")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Reschedule…").click()
    expect(page.get_by_role("dialog", name="Reschedule")).to_be_visible()
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_n_opens_the_dialog_and_letters_in_it_are_only_letters(
    page: Page, site: Site, lessons: list[LessonId]
) -> None:
    _open(page, site, lessons[0])

    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="New lesson")
    expect(dialog).to_be_visible()
    page.get_by_placeholder("Find a student").fill("")
    page.keyboard.type("sam")
    expect(dialog.get_by_role("button", name="Sam Gray")).to_be_visible()

    assert violations(page) == []
    assert "view=week" in page.url


def test_a_phone_shows_a_list_and_never_seven_columns(
    phone: Page, site: Site, lessons: list[LessonId]
) -> None:
    _open(phone, site, lessons[0])

    expect(phone.locator(".ec-list")).to_be_visible()
    assert phone.locator(".ec-time-grid").count() == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(phone) == []


@pytest.mark.parametrize("path", [routes.OFFICE, HERE])
def test_it_fits_and_is_accessible_at_night(
    browser: Browser, site: Site, lessons: list[LessonId], path: str
) -> None:
    context = browser.new_context(
        base_url=site.base, viewport={"width": 360, "height": 740}, color_scheme="dark"
    )
    page = context.new_page()
    come_in(page, site, site.cast.olivia)
    page.goto(path)
    settle(page)
    page.wait_for_timeout(1500)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def _at(page: Page, view: str) -> bool:
    return f"view={view}" in page.url
