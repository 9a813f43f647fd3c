"""What a browser may call: a handler without a door is refused by the guard."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "__door__"


class Door(Enum):
    SIGNED_IN = "signed in"
    OPEN = "open"


def through(door: Door) -> Callable[[F], F]:
    def mark(function: F) -> F:
        setattr(function, _MARK, door)
        return function

    return mark


def door_of(function: Callable[..., Any]) -> Door | None:
    return getattr(function, _MARK, None)
