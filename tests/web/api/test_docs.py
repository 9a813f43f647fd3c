"""What is written about the API is true of it."""

import re
from pathlib import Path

from tests.access.asking import route_names

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
ROUTE = re.compile(r"`(GET|POST|PUT|DELETE) (/[^`?]*)")


def test_every_route_that_is_written_about_is_there() -> None:
    told = {f"{method} /api/v1{path}" for method, path in ROUTE.findall(PAGE.read_text())}

    assert len(told) > 30
    assert told <= route_names()
