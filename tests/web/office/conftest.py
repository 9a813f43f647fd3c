"""A page's state, driven as the browser drives it, inside the test's transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData
from sqlalchemy import Engine

from studio_app.kit.access import Actor
from studio_app.web import session, visitor
from studio_app.web.notices import Notice, Notices
from tests.conftest import World


@dataclass
class Browser:
    """Somebody at a browser: opens pages, keeps their states, sees notices."""

    actor: Actor
    root: Any = field(default_factory=lambda: rx.State(_reflex_internal_init=True))  # type: ignore[call-arg]

    def open(self, state: type[rx.State], path: str = "/", **in_path: str) -> Any:
        """The page's state; `in_path` are the bracketed parts of its address."""
        page: Any = self.root.get_substate(state.get_full_name().split("."))
        self.root.router_data = {"pathname": path, "asPath": path, "query": in_path}
        self.root.router = RouterData.from_router_data(self.root.router_data)
        for name, value in in_path.items():
            object.__setattr__(page, name, value)
        visitor.visiting.set(visitor.Visitor(self.actor, signed_in=True))
        return page

    @property
    def notice(self) -> Notice:
        notices: Any = self.root.get_substate(Notices.get_full_name().split("."))
        return notices.notice

    async def undo(self, state: Any) -> None:
        """Press Undo: what was kept with the notice happens to this page's state."""
        notices: Any = self.root.get_substate(Notices.get_full_name().split("."))
        kept = await notices.undo()
        name = kept.handler.fn.__name__
        given = {str(key): value._decode() for key, value in kept.args}
        await getattr(state, name)(**given)


Visit = Callable[[Actor], Browser]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def visit(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """`visit(world.olivia).open(StudentsState)`: the real `_run`, on this test's connection."""

    def run_here(_engine: Engine, actor: Actor, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        return world.run(actor, use_case, *args, **kwargs)

    monkeypatch.setattr(session, "run", run_here)
    monkeypatch.setattr(session, "engine", lambda: None)
    yield Browser
    visitor.visiting.set(None)
