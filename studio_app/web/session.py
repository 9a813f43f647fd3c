"""How a page's state reaches the domain."""

import asyncio
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import reflex as rx

from studio_app.kit.access import Actor
from studio_app.kit.database import engine, threads
from studio_app.kit.work import UseCase, once, run
from studio_app.web.errors import tell
from studio_app.web.inputs import as_id
from studio_app.web.visitor import visiting, visitor_of

P = ParamSpec("P")
T = TypeVar("T")


class PageState(rx.State, mixin=True):
    """What every page's state can do: run use cases as whoever is signed in."""

    ready: bool = False
    """Loaded: until then the page shows its skeleton."""
    trouble: str = ""
    """Why loading failed; shown in place of the content, with a retry."""
    faults: dict[str, str] = {}
    """What is wrong with the form, by field."""

    async def _run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case off the event loop, in one transaction, as whoever is signed in."""
        actor = await self._actor()
        context = copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            threads(), lambda: context.run(run, engine(), actor, use_case, *args, **kwargs)
        )

    async def _run_once(
        self, key: str, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same; repeated under this key it hears the first answer and changes nothing."""
        return await self._run(once(key, use_case), *args, **kwargs)

    async def _actor(self) -> Actor:
        """Whoever holds the cookie; found by the guard, once for each event."""
        visitor = visiting.get()
        if visitor is None:
            headers = {"cookie": self.router.headers.cookie}
            visitor = await visitor_of(headers)
        return visitor.actor

    async def _tell(self, words: str, *, detail: str = "", undo: Any = None) -> None:
        """Say what has happened; `undo` is the event that takes it back."""
        await tell(self, words, detail=detail, undo=undo)

    def _path_id(self, name: str) -> UUID:
        """The id in the page's path, such as `lesson_id` in /lessons/[lesson_id]."""
        return as_id(str(getattr(self, name, "")))

    def _asked(self, name: str, default: str = "") -> str:
        """One parameter of the address's query, such as `date` in ?date=2026-09-03."""
        return str(self.router.url.query_parameters.get(name, default))
