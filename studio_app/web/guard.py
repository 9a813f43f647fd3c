"""What a browser may call over the websocket.

Every public method of every state can be called by anybody who opens a socket, with any
arguments. So: a handler must have a door, its arguments must have the declared types, a
socket may not flood, and a client token is worth nothing under another cookie.
"""

import hashlib
import inspect
import logging
import time
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pydantic
import reflex as rx
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event, get_hydrate_event
from reflex_base.registry import RegistrationContext

from studio_app.kit.words import speaking
from studio_app.web import routes
from studio_app.web.doors import Door, door_of
from studio_app.web.language import SESSION_COOKIE, cookie
from studio_app.web.visitor import visiting, visitor_of

log = logging.getLogger(__name__)
EVENTS_PER_SECOND = 20.0
BURST = 60.0
_FRAMEWORK = "reflex___"


class Binding(rx.State):
    """Under which cookie this client's state was made. Never sent to the browser."""

    _cookie: str = ""


class Guard(rx.Middleware):
    """Stands in front of every event, Reflex's own included."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        headers = _headers(state, event)
        await self._bind(state, headers)
        hydrating = event.name == get_hydrate_event(state)
        if is_framework(event.name) and not hydrating:
            return None
        visitor = await visitor_of(headers)
        visiting.set(visitor)
        speaking.set(visitor.actor.locale)
        if hydrating:
            if _revoked(headers, signed_in=visitor.signed_in):
                _wipe(state)  # a session that has ended may not see what it last looked at
            return None
        return self._judge(state, event, signed_in=visitor.signed_in)

    async def _bind(self, state: BaseState, headers: Mapping[str, str]) -> None:
        """A token seen under another cookie is somebody else's: wipe what it remembers."""
        token = cookie(headers.get("cookie", ""), SESSION_COOKIE)
        digest = hashlib.sha256(token.encode()).hexdigest()[:32] if token else "nobody"
        binding = await state.get_state(Binding)
        if binding._cookie not in {"", digest}:  # noqa: SLF001  a var that is never sent
            _wipe(state)
            binding = await state.get_state(Binding)
        binding._cookie = digest  # noqa: SLF001

    def _judge(self, state: BaseState, event: Event, *, signed_in: bool) -> StateUpdate | None:
        registered = RegistrationContext.get().event_handlers.get(event.name)
        function = registered.handler.fn if registered else None
        door = door_of(function) if function else None
        if function is None or door is None:
            log.warning("refused an event that nobody declared")
            return StateUpdate()
        if door is Door.SIGNED_IN and not signed_in:
            return StateUpdate(events=[_to_sign_in(state)])
        try:
            arguments = validated(function, event.payload)
        except (pydantic.ValidationError, ValueError):
            log.warning("refused the arguments of %s", event.name)
            return StateUpdate()
        event.payload.clear()
        event.payload.update(arguments)
        return None


def is_framework(name: str) -> bool:
    """Reflex's own events, such as hydrate; `setvar` is theirs too, and not wanted."""
    owner, _, method = name.rpartition(".")
    return owner.rpartition(".")[2].startswith(_FRAMEWORK) and method != "setvar"


def undeclared_handlers() -> list[str]:
    """Handlers of ours that a browser could name and that say no door. Must be empty."""
    return sorted(
        name
        for name, registered in RegistrationContext.get().event_handlers.items()
        if not is_framework(name)
        and not name.endswith(".setvar")
        and door_of(registered.handler.fn) is None
    )


def validated(function: Callable[..., Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with their declared types; raises for missing, surplus or wrong ones."""
    required, readers = _parameters(function)
    if not required <= set(payload) <= set(readers):
        raise ValueError("missing or surplus arguments")
    return {name: readers[name].validate_python(value) for name, value in payload.items()}


@cache
def _parameters(
    function: Callable[..., Any],
) -> tuple[frozenset[str], dict[str, pydantic.TypeAdapter[Any]]]:
    hints = typing.get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    required = frozenset(p.name for p in parameters if p.default is p.empty)
    readers = {p.name: pydantic.TypeAdapter(hints.get(p.name, Any)) for p in parameters}
    return required, readers


def _headers(state: BaseState, event: Event) -> Mapping[str, str]:
    """Headers of the socket's handshake; events sent by events carry none of their own."""
    return event.router_data.get("headers") or state.router_data.get("headers") or {}


def _revoked(headers: Mapping[str, str], *, signed_in: bool) -> bool:
    return bool(cookie(headers.get("cookie", ""), SESSION_COOKIE)) and not signed_in


def _wipe(state: BaseState) -> None:
    state._get_root_state().reset()  # noqa: SLF001  Reflex gives no other way up


def _to_sign_in(state: BaseState) -> Event:
    path = routes.sign_in_and_back(state.router.url.path)
    payload = {"path": path, "external": False, "popup": False, "replace": True}
    return Event(name="_redirect", payload=payload)


class Gate:
    """Counts events per socket and drops unknown names before anything is logged."""

    def __init__(self, namespace: Any) -> None:
        self._on_event = namespace.on_event
        self._on_disconnect = namespace.on_disconnect
        self._buckets: dict[str, tuple[float, float]] = {}
        self.dropped = 0
        namespace.on_event = self.on_event
        namespace.on_disconnect = self.on_disconnect

    async def on_event(self, sid: str, sent: Any) -> None:
        if not self._spend(sid):
            self.dropped += 1
            return
        known = RegistrationContext.get().event_handlers
        if not isinstance(sent, dict) or sent.get("name") not in known:
            log.warning("refused an unknown event")
            return
        await self._on_event(sid, sent)

    def on_disconnect(self, sid: str, *reason: Any) -> Any:
        self._buckets.pop(sid, None)
        return self._on_disconnect(sid)

    def _spend(self, sid: str) -> bool:
        now = time.monotonic()
        at, left = self._buckets.get(sid, (now, BURST))
        left = min(BURST, left + (now - at) * EVENTS_PER_SECOND)
        self._buckets[sid] = (now, left - 1 if left >= 1 else left)
        return left >= 1
