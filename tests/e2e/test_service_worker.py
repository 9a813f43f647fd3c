"""The service worker in a real browser: what a push shows, and where a tap leads."""

import json
import mimetypes
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Worker

from studio_app.kit.settings import ROOT
from tests.standins.peer import Heard, Said, served

OPENED = """async ([path, windows]) => {
  const asked = [];
  const clients = { openWindow: async (p) => { asked.push(["opened", p]); },
    matchAll: async () => windows.map((url) => ({ url,
      focus: async () => { asked.push(["focused", url]); },
      navigate: async (p) => { asked.push(["went", p]);
        return { focus: async () => { asked.push(["focused", p]); } }; } })) };
  Object.defineProperty(self, "clients", { value: clients, configurable: true });
  const event = new ExtendableEvent("notificationclick");
  const ended = new Promise((done) => { event.waitUntil = (work) => work.then(done); });
  event.notification = { close: () => asked.push(["closed"]), data: { path } };
  self.dispatchEvent(event);
  await ended;
  return asked;
}"""


# Asked and answered in one look: the browser changes its list of notifications after the event.
SHOWN = """async (body) => {
  const worker = await navigator.serviceWorker.ready;
  for (let looked = 0; ; looked++) {
    const shown = await worker.getNotifications();
    if (looked === 300 || shown.some((one) => one.body === body))
      return shown.map((n) => ({ title: n.title, body: n.body, tag: n.tag, data: n.data }));
    await new Promise((later) => setTimeout(later, 50));
  }
}"""


def _site(heard: Heard) -> Said:
    """The assets as they are, and a page that takes the worker."""
    asset = ROOT / "assets" / heard.path.removeprefix("/")
    if asset.is_file():
        kind = mimetypes.guess_type(asset.name)[0] or "application/octet-stream"
        return Said(200, asset.read_bytes(), {"Content-Type": kind})
    return Said(200, b"<!doctype html><title>Studio</title>", {"Content-Type": "text/html"})


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with served(_site) as url:
        yield url


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(permissions=["notifications"])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def page(phone: BrowserContext, origin: str) -> Page:
    page = phone.new_page()
    page.goto(origin)
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)"
    )
    return page


@pytest.fixture
def worker(phone: BrowserContext, page: Page) -> Worker:
    return phone.service_workers[0]


def _push(phone: BrowserContext, page: Page, origin: str, said: str) -> list[dict[str, Any]]:
    """Deliver it as the browser does; what is then on the screen."""
    devtools = phone.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda update: registrations.extend(update["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(0)
    while not registrations:
        page.wait_for_timeout(20)
    known = {"origin": origin, "registrationId": registrations[0]["registrationId"]}
    devtools.send("ServiceWorker.deliverPushMessage", {**known, "data": said})
    shown: list[dict[str, Any]] = page.evaluate(SHOWN, json.loads(said)["body"])
    devtools.detach()
    return shown


def test_a_push_is_shown_with_its_words_and_once(
    phone: BrowserContext, page: Page, origin: str
) -> None:
    said = {"key": "k1", "title": "Sam’s lesson <b>", "body": "At 16:00", "path": "/portal?a=1"}

    _push(phone, page, origin, json.dumps({**said, "body": "At 15:00"}))
    shown = _push(phone, page, origin, json.dumps(said))

    assert shown == [
        {
            "title": "Sam’s lesson <b>",
            "body": "At 16:00",
            "tag": "k1",
            "data": {"path": "/portal?a=1"},
        }
    ]


def test_a_tap_with_no_window_open_opens_the_page(worker: Worker) -> None:
    assert worker.evaluate(OPENED, ["/portal/lessons?a=1#x", []]) == [
        ["closed"],
        ["opened", "/portal/lessons?a=1#x"],
    ]


def test_a_tap_uses_the_window_that_is_open(worker: Worker, origin: str) -> None:
    there = [f"{origin}/office", f"{origin}/portal"]

    assert worker.evaluate(OPENED, ["/portal", there])[1:] == [["focused", f"{origin}/portal"]]
    assert worker.evaluate(OPENED, ["/teacher", there])[1:] == [
        ["went", "/teacher"],
        ["focused", "/teacher"],
    ]


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/x", "//evil.example", "/\\evil.example", "javascript:alert(1)",
     "data:text/html,x", "http://[", None],
)  # fmt: skip
def test_a_tap_never_leads_to_another_house(worker: Worker, path: str | None) -> None:
    assert worker.evaluate(OPENED, [path, []]) == [["closed"], ["opened", "/"]]
