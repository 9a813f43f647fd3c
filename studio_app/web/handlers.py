"""How an event handler is declared. Handlers are coroutines of about six lines.

    @handler       somebody signed in; a refusal becomes a notice
    @open_handler  anybody: sign-in, public pages
    @loader        loads a page or a section: a refusal takes the section's place
    @open_loader   the same, for anybody

What the person may do is decided by the use cases that the handler runs, not here.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import reflex as rx

from studio_app.web import errors
from studio_app.web.doors import Door, through


def _declared(door: Door, *, in_place: bool = False) -> Callable[..., Any]:
    def declare(function: Callable[..., Any] | None = None, **options: Any) -> Any:
        if function is None:
            return lambda later: declare(later, **options)
        shown: Any = through(door)(_showing(function, in_place=in_place))
        return rx.event(shown, **options)

    return declare


def _showing(function: Callable[..., Any], *, in_place: bool) -> Callable[..., Any]:
    """The handler, with whatever it raises shown to the person."""
    if inspect.isasyncgenfunction(function):
        return _showing_steps(function, in_place=in_place)
    if not inspect.iscoroutinefunction(function):
        raise TypeError(f"{function.__qualname__} is an event handler: make it `async def`")

    @wraps(function)
    async def shown(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            answer = await function(self, *args, **kwargs)
        except Exception as exception:
            return await errors.show(self, exception, in_place=in_place)
        _loaded(self, in_place=in_place)
        return answer

    return shown


def _showing_steps(function: Callable[..., Any], *, in_place: bool) -> Callable[..., Any]:
    @wraps(function)
    async def shown(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            async for step in function(self, *args, **kwargs):
                yield step
        except Exception as exception:
            yield await errors.show(self, exception, in_place=in_place)
            return
        _loaded(self, in_place=in_place)

    return shown


def _loaded(state: Any, *, in_place: bool) -> None:
    if in_place:
        state.ready, state.trouble = True, ""


if TYPE_CHECKING:
    handler = open_handler = loader = open_loader = rx.event
else:
    handler = _declared(Door.SIGNED_IN)
    open_handler = _declared(Door.OPEN)
    loader = _declared(Door.SIGNED_IN, in_place=True)
    open_loader = _declared(Door.OPEN, in_place=True)
