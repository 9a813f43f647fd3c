"""Two studios. Harmony has a cast; Rita runs Rival and must see nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection, text
from sqlmodel import Session

from studio_app.kit.access import Actor
from studio_app.kit.jobs import declare
from studio_app.kit.outbox import wire
from studio_app.kit.work import Work, enter, perform, reads_only
from studio_app.wiring import JOBS, SUBSCRIPTIONS
from tests.cast import Cast, cast_of

P = ParamSpec("P")
T = TypeVar("T")
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in London
HOUR = timedelta(hours=1)

wire(SUBSCRIPTIONS)
declare(JOBS)


@dataclass(frozen=True)
class World:
    """A small studio with people in it, and ways to act as each of them.

    Everything happens in one transaction that is rolled back. Each `run` is a savepoint,
    checked against every deferred constraint before it counts.
    """

    connection: Connection
    cast: Cast
    now: datetime = NOW

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cast, name)

    def at(self, now: datetime) -> "World":
        """The same world at another moment."""
        return replace(self, now=now)

    def as_(self, actor: Actor, use_case: Callable[..., Any] | None = None) -> Work:
        """A Work of this actor, for looking at rows; use cases go through `run`."""
        work = Work(savepoint_session(self.connection), actor, self.now)
        enter(self.connection, work, use_case or World.as_)
        return work

    def run(
        self,
        actor: Actor,
        use_case: Callable[Concatenate[Work, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case as `run()` does, inside this world."""
        with savepoint_session(self.connection) as session, session.begin():
            work = Work(session, actor, self.now)
            enter(session.connection(), work, use_case)
            answer = perform(work, use_case, *args, **kwargs)
            session.flush()
            session.connection().execute(text("set constraints all immediate"))
            session.connection().execute(text("set constraints all deferred"))
            if reads_only(use_case):
                session.rollback()  # read-only must end with its savepoint
            return answer


def savepoint_session(connection: Connection) -> Session:
    return Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection, cast_of(connection, NOW))
