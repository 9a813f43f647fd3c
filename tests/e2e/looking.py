"""Ways to look at a page: with axe, with a ruler, with a camera, for text nobody translated."""

import shutil
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from studio_app.kit.machine import machine
from studio_app.kit.settings import ROOT

PICTURES = ROOT / ".build" / "pictures"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """The browser to test with; STUDIO_CHROMIUM names another one."""
    found = machine().studio_chromium or next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, "No Chromium on this machine: install it, or say where it is in STUDIO_CHROMIUM."
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: rule and the elements."""
    source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    page.evaluate(source)
    run = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})"
    found: dict[str, Any] = page.evaluate(run, _RULES)
    return [
        f"{one['id']}: {', '.join(' '.join(map(str, node['target'])) for node in one['nodes'])}"
        for one in found["violations"]
    ]


def untranslated(page: Page, *, data: set[str] | frozenset[str] = frozenset()) -> list[str]:
    """Words on a page compiled in the pseudo language that did not come from the catalogue.

    `data` are words that are nobody's to translate: names of people, of the product.
    """
    words: list[str] = page.evaluate(
        """() => {
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const parent = walk.currentNode.parentElement;
            if (!parent || parent.closest('script, style, noscript')) continue;
            found.push(walk.currentNode.textContent.trim());
          }
          for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
            document.querySelectorAll(`[${name}]`).forEach(e => found.push(e.getAttribute(name)));
          return found;
        }"""
    )
    letters = [w for w in words if any(c.isalpha() for c in w)]
    return sorted(
        {w for w in letters if not (w.startswith("[") and w.endswith("]")) and w not in data}
    )


def settle(page: Page) -> None:
    """Wait until the browser owns the page and the server has answered."""
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


def until(true: Callable[[], bool], *, within: float = 8.0) -> None:
    """Wait for something that only Python can judge; the page's policy forbids polling in it."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def picture(page: Page, name: str) -> Path:
    """A photograph of the window, for a person to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    return path


def transferred(page: Page, path: str) -> dict[str, int]:
    """Bytes over the wire for a first visit, by kind: script, stylesheet, font, document."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"].lower()

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "other")
        sizes[kind] = sizes.get(kind, 0) + int(event["encodedDataLength"])

    client.on("Network.responseReceived", answered)
    client.on("Network.loadingFinished", finished)
    page.goto(path)
    settle(page)
    return sizes
