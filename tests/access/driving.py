"""Calling an event handler as a browser does: past the guard, with a session's cookie."""

import asyncio
import inspect
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints
from uuid import UUID

import reflex as rx
from reflex.istate.data import RouterData
from reflex.state import BaseState
from reflex.utils.format import json_dumps
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

import studio_app.studio_app as product
from studio_app.web import visitor
from studio_app.web.guard import Guard, is_framework
from tests.access.asking import CHOSEN

WEB = Path(product.__file__).parent / "web"
_READS = re.compile(r"\.(?:optional_)?(text|day|clock|number|money|choice|id|flag)\(\s*\"(\w+)\"")
_TYPED = {
    "text": "Anything",
    "day": "2026-09-03",
    "clock": "18:00",
    "number": "30",
    "money": "10.00",
    "choice": "active",
    "flag": "",
}


@dataclass(frozen=True)
class Handler:
    """One thing that a browser may call: `StudentsState.load`."""

    name: str
    event: str
    function: Any
    state: type[BaseState]

    @property
    def loads_before(self) -> list["Handler"]:
        """What a page would have loaded before this is tapped."""
        own = handlers()
        before = [f"{self.state.__name__}.{name}" for name in ("arrive", "load")]
        return [own[name] for name in before if name in own and name != self.name]


@dataclass(frozen=True)
class Seen:
    """What came back: the guard's or the handler's events, and what the page shows now."""

    events: str
    shown: str

    @property
    def all(self) -> str:
        return self.events + self.shown

    @property
    def led_to_sign_in(self) -> bool:
        return "/sign-in" in self.events and not self.shown


@cache
def handlers() -> dict[str, Handler]:
    found = RegistrationContext.get().event_handlers.items()
    own = [(event, known) for event, known in found if not is_framework(event)]
    made = [
        Handler(
            f"{known.states[0].__name__}.{event.rpartition('.')[2]}",
            event,
            known.handler.fn,
            known.states[0],
        )
        for event, known in own
        if not event.endswith(".setvar")
    ]
    named = {handler.name: handler for handler in made}
    assert len(named) == len(made), "two states have the same name"
    return named


class Browser:
    """One client: its cookie, and the states of its pages."""

    def __init__(self, cookie: str, in_path: Mapping[str, Any]) -> None:
        made: Any = rx.State
        self._root: Any = made(_reflex_internal_init=True)
        headers = {"cookie": f"studio_session={cookie}"} if cookie else {}
        query = {name: str(value) for name, value in in_path.items()}
        self._router = {"pathname": "/", "asPath": "/", "query": query, "headers": headers}
        self._root.router_data = self._router
        self._root.router = RouterData.from_router_data(self._router)
        self._in_path = query
        self._root._clean()

    async def call(self, handler: Handler, payload: Mapping[str, Any]) -> Seen:
        event = Event(name=handler.event, payload=dict(payload), router_data=self._router)
        visitor.visiting.set(None)
        stopped = await Guard().preprocess(product.app, self._root, event)
        if stopped is not None:
            return Seen(repr(stopped.events), "")
        page: Any = self._root.get_substate(handler.state.get_full_name().split("."))
        for name in self._in_path.keys() & page.get_fields().keys():
            object.__setattr__(page, name, self._in_path[name])
        events = [repr(one) async for one in _answers(handler.function(page, **event.payload))]
        delta = await self._root._get_resolved_delta()
        self._root._clean()
        return Seen(" ".join(events), json_dumps(_without_frame(delta)))


def drive(
    handler: Handler, cookie: str, payloads: Iterable[Mapping[str, Any]], ids: Mapping[str, UUID]
) -> list[Seen]:
    """Open the page, then call the handler once with each of the payloads."""

    async def act() -> list[Seen]:
        browser = Browser(cookie, ids)
        for before in handler.loads_before:
            await browser.call(before, {})
        return [await browser.call(handler, payload) for payload in payloads]

    return asyncio.run(act())


def payloads(handler: Handler, ids: Mapping[str, UUID], *, every: bool) -> Iterator[dict[str, Any]]:
    """Arguments of the declared types that name our rows; `every` id where any might fit."""
    hints = get_type_hints(handler.function)
    names = [name for name in inspect.signature(handler.function).parameters if name != "self"]
    yield {name: _value(name, hints.get(name, str), ids) for name in names}
    guesses = [name for name in names if hints.get(name) is str and name not in ids]
    for value in set(ids.values()) if every and guesses else ():
        yield {
            name: str(value) if name in guesses else _value(name, hints.get(name, str), ids)
            for name in names
        }


def _value(name: str, hint: Any, ids: Mapping[str, UUID]) -> Any:
    if name in ids:
        return str(ids[name])
    if hint is bool:
        return True
    if hint in {int, float}:
        return CHOSEN.get(name, 1)
    if getattr(hint, "__origin__", None) is dict:
        return form(ids)
    if getattr(hint, "__origin__", None) is list:
        return [str(value) for value in ids.values()]
    if hasattr(hint, "__annotations__"):
        return {part: _value(part, inner, ids) for part, inner in get_type_hints(hint).items()}
    return CHOSEN.get(name, "Anything")


def form(ids: Mapping[str, UUID]) -> dict[str, Any]:
    """Every field that any form of ours reads, with our ids in those that choose a row."""
    sent: dict[str, Any] = {name: str(value) for name, value in ids.items()}
    for kind, name in _fields():
        sent.setdefault(name, CHOSEN.get(name, _TYPED.get(kind, "")))
    return sent


@cache
def _fields() -> tuple[tuple[str, str], ...]:
    found = (match for path in WEB.rglob("*.py") for match in _READS.findall(path.read_text()))
    return tuple(sorted(set(found)))


async def _answers(answer: Any) -> AsyncIterator[Any]:
    if inspect.isasyncgen(answer):
        async for one in answer:
            yield one
        return
    yield await answer


def _without_frame(delta: Mapping[str, Any]) -> dict[str, Any]:
    """Not what Reflex itself says: that a page is hydrated, which path it has."""
    theirs = ("reflex___state____state", "router")
    shown = {name: dict(vars_) for name, vars_ in delta.items() if name != theirs[0]}
    return {name: vars_ for name, vars_ in shown.items() if vars_}
