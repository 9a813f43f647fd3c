"""One page of the site."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    title: str
    build: Callable[[], rx.Component]
    on_load: Any = None
    public: bool = False
    """Anybody may ask for it; all others lead to sign-in without a session cookie."""
    demo_only: bool = False
