"""P13: a cold start with the pages built, and what a page sends over the wire."""

import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import httpx

from studio_app.cli.prepare import compile_once
from studio_app.web.build import build_all, build_of
from tests.bench.ground import Ground
from tests.bench.measure import Figure, counted, taken
from tests.bench.server import bare, ours

LANGUAGE = "en-GB"
STARTS = 5
START_LIMIT = 3
FIRST_PAGE_MS = 500
PHONE_KB, ANY_KB = 200, 250
PHONE = ("/teach", "/today", "/portal", "/sign-in", "/link", "/invitation")
SCRIPT = re.compile(r'(?:src|href)="(/[^"]+\.js)"')


def measure(ground: Ground) -> Iterator[Figure]:
    build_all([LANGUAGE])
    compile_once()  # as before any start
    cold = [_start(ground) for _ in range(STARTS)]
    ratio = statistics.median(a / b for a, b, _ in cold)
    yield Figure(
        "P13 start", "From nothing to an answer, against a bare Reflex backend",
        statistics.median(a for a, _, _ in cold) * 1000,
        statistics.median(b for _, b, _ in cold) * 1000,
        ratio, f"≤ {START_LIMIT}x the time", ratio <= START_LIMIT,
    )  # fmt: skip
    first = statistics.median(page for _, _, page in cold) * 1000
    yield counted("P13 first page", "The first page after a start", first, FIRST_PAGE_MS, unit="ms")
    sizes = _sizes()
    for what, limit, chosen in (
        ("phone pages", PHONE_KB, [path for path in sizes if path.startswith(PHONE)]),
        ("all pages", ANY_KB, list(sizes)),
    ):
        heaviest = max(chosen, key=lambda path: sizes[path])
        said = f"JavaScript of the heaviest of {len(chosen)} {what}: {heaviest}"
        yield counted(f"P13 {what}", said, sizes[heaviest], limit, unit="KB")


def _sizes() -> dict[str, float]:
    """Kilobytes by address, for every page that is not the kit's own gallery."""
    client = build_of(LANGUAGE).client
    pages = {f"/{p.relative_to(client).with_suffix('')}": p for p in client.rglob("*.html")}
    return {
        path: kilobytes(page)
        for path, page in sorted(pages.items())
        if "/kit" not in path and page.name != "index.html"
    }


def _start(ground: Ground) -> tuple[float, float, float]:
    with ours(ground, STUDIO_LANGUAGES=LANGUAGE) as site:
        page = taken(lambda: httpx.get(f"{site.base}/sign-in").raise_for_status())
        took = site.started_in
    with bare(ground) as plain:
        return took, plain.started_in, page


def kilobytes(page: Path) -> float:
    """What the scripts that a page names weigh, compressed as they are sent."""
    client = build_of(LANGUAGE).client
    scripts = {client / found.lstrip("/") for found in SCRIPT.findall(page.read_text())}
    return sum(_sent(script) for script in scripts) / 1024


def _sent(script: Path) -> int:
    brotli = script.with_name(f"{script.name}.br")
    return (brotli if brotli.exists() else script).stat().st_size
