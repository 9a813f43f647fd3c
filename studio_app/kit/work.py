"""One unit of work: a transaction, on behalf of one actor, at one moment."""

import logging
import random
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from studio_app.kit import idempotency, outbox
from studio_app.kit.access import Actor, Permission
from studio_app.kit.clock import utc_now
from studio_app.kit.errors import Forbidden, Refused, SignedOut
from studio_app.kit.idempotency import name_of
from studio_app.kit.ids import StudioId, new_id
from studio_app.kit.logs import request_id
from studio_app.kit.metrics import timed
from studio_app.kit.ready import Ready
from studio_app.kit.words import _, speaking

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)
ATTEMPTS = 4
# SQLSTATE: too long, out of range, no such moment, no such character; None is psycopg's own NUL.
_UNSTORABLE = {None, "22001", "22003", "22008", "22021", "22P05"}


class Unstorable(Refused):
    message = _("A number, a date or a character in there is beyond what can be kept.")


_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


@dataclass(frozen=True, slots=True)
class Work:
    """The first argument of every use case."""

    session: Session
    actor: Actor
    now: datetime
    id: UUID = field(default_factory=new_id)
    """The audit entry of what this work changes."""
    cause: UUID | None = None
    """For a subscriber: the audit entry of what it reacts to."""

    @property
    def studio_id(self) -> StudioId:
        """The studio all of this happens in; only public use cases have none."""
        if self.actor.studio_id is None:
            raise SignedOut
        return self.actor.studio_id

    def emit(self, *events: "outbox.Event") -> None:
        """Write down, in this transaction, what subscribers must do after it."""
        outbox.defer(self.session, events, studio_id=self.studio_id, caused_by=self.id)


UseCase = Callable[Concatenate[Work, P], T]


def requires(permission: Permission) -> Callable[[UseCase[P, T]], UseCase[P, T]]:
    """Declare a use case and who may run it. Undeclared functions cannot be run."""

    def declare(function: UseCase[P, T]) -> UseCase[P, T]:
        function.permission = permission  # type: ignore[attr-defined]
        return function

    return declare


def public(function: UseCase[P, T]) -> UseCase[P, T]:
    """Declare a use case that anybody may run, signed in or not."""
    function.permission = None  # type: ignore[attr-defined]
    return function


def run(
    engine: Engine,
    actor: Actor,
    use_case: UseCase[P, T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run one declared use case in one transaction. The only door into the domain.

    Serialization failures and deadlocks are tried again, a few times. Raises whatever
    the use case refuses; then nothing has changed.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with timed(name_of(use_case)), open_work(engine, actor, use_case) as work:
                return perform(work, use_case, *args, **kwargs)
        except OperationalError as error:
            if not isinstance(error.orig, SerializationFailure | DeadlockDetected):
                raise
            if attempt == ATTEMPTS:
                raise
            log.warning("retrying %s", name_of(use_case))
            time.sleep(random.uniform(0, 0.05 * attempt))  # noqa: S311  spreads contenders
        except DataError as error:
            if getattr(error.orig, "sqlstate", None) not in _UNSTORABLE:
                raise
            raise Unstorable from error
        except OverflowError as error:  # a date before the year 1 or after 9999
            raise Unstorable from error
    raise AssertionError("unreachable")


def perform(work: Work, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Check the declaration and run inside a Work that somebody else opened."""
    _check(work.actor, use_case)
    return use_case(work, *args, **kwargs)


def once(key: str, use_case: UseCase[P, T]) -> UseCase[P, T]:
    """This use case, but the answer of its first success under this key is kept and replayed.

    `run(engine, actor, once(key, book), ...)`: a retry after a lost reply hears what the
    first call was told. The same key with other arguments is refused.
    """

    @wraps(use_case)
    def replayed(work: Work, *args: P.args, **kwargs: P.kwargs) -> T:
        called_with = (args, kwargs)
        claimed = idempotency.claim(work.session, work.actor, use_case, key, called_with, work.now)
        if claimed.answered:
            return claimed.answer
        answer = use_case(work, *args, **kwargs)
        work.session.flush()
        idempotency.keep_answer(work.session, claimed, use_case, answer)
        return answer

    return replayed


def _check(actor: Actor, use_case: Callable[..., Any]) -> None:
    if not hasattr(use_case, "permission"):
        raise TypeError(f"{use_case!r} is not a use case: declare it with @requires or @public")
    permission: Permission | None = getattr(use_case, "permission")  # noqa: B009  set above
    if permission is not None and not actor.may(permission):
        raise Forbidden if actor.roles else SignedOut


def reads_only(use_case: Callable[..., Any]) -> bool:
    """Queries live in `queries` modules; the database holds them to it."""
    return ".queries" in use_case.__module__


@contextmanager
def open_work(
    engine: Engine, actor: Actor, use_case: Callable[..., Any]
) -> Generator[Work, None, None]:
    """Begin a transaction in the actor's studio; commit on leaving, roll back on error."""
    said_in = speaking.set(actor.locale)
    try:
        work, transaction = _begin(engine, actor, use_case)
        with work.session, transaction:
            yield work
    finally:
        speaking.reset(said_in)


def _begin(
    engine: Engine, actor: Actor, use_case: Callable[..., Any]
) -> tuple[Work, SessionTransaction]:
    """Once more where the pool's connection had died unnoticed: nothing was asked of it yet."""
    for again in (False, True):
        session = Session(engine, expire_on_commit=False)
        work = Work(session, actor, _moment.get() or utc_now())
        transaction = session.begin()
        try:
            enter(session.connection(), work, use_case)
        except DBAPIError as error:
            session.close()
            if again or not error.connection_invalidated:
                raise
        except BaseException:
            session.close()
            raise
        else:
            return work, transaction
    raise AssertionError("unreachable")


@contextmanager
def happening_at(moment: datetime) -> Generator[None, None, None]:
    """What runs inside happens at that moment: for a demonstration's past, and for tests."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)


def become(work: Work, actor: Actor) -> Work:
    """Go on as somebody who has just proved who they are, or founded a studio.

    Only identity may call this: everywhere else the actor comes from a session.
    """
    query = text(
        "select set_config('app.studio_id', :studio, true),"
        " set_config('app.person_id', :person, true)"
    )
    told = {"studio": str(actor.studio_id or ""), "person": str(actor.person_id or "")}
    work.session.flush()
    work.session.connection().execute(query, told)
    return Work(work.session, actor, work.now, work.id)


_ENTER = Ready(
    text(
        "select set_config('app.studio_id', :studio, true),"
        " set_config('app.audit_id', :audit, true), set_config('app.person_id', :person, true),"
        " set_config('app.use_case', :use_case, true), set_config('app.now', :now, true),"
        " set_config('app.request_id', :request, true),"
        " set_config('transaction_read_only', :read_only, true)"
    )
)


def enter(connection: Connection, work: Work, use_case: Callable[..., Any]) -> None:
    """Tell Postgres, for this transaction only, whose studio it is and who is writing."""
    told = {
        "studio": str(work.actor.studio_id or ""),
        "person": str(work.actor.person_id or ""),
        "audit": str(work.id),
        "use_case": name_of(use_case),
        "request": request_id.get(),
        "now": work.now.isoformat(),
        "read_only": "on" if reads_only(use_case) else "off",
    }
    _ENTER.send(connection, told)
