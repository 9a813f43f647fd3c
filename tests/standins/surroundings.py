"""Settings for the time of a test, where stand-ins tell the product where they are."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from studio_app.kit.settings import settings


@contextmanager
def surroundings(**values: str) -> Iterator[None]:
    """`surroundings(studio_smtp_url="smtp://…")`: the environment says so until the end."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name.upper(), value)
        settings.cache_clear()
        try:
            yield
        finally:
            patch.undo()
            settings.cache_clear()
