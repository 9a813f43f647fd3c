"""Who calls the API: a bearer token, or the cookie of one of our own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ParamSpec, TypeVar

from fastapi import Depends, Header, Request

from studio_app.identity.commands.tokens import read_access_token
from studio_app.identity.sessions import actor_for, actor_for_token, actor_of
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine, reader
from studio_app.kit.errors import SignedOut
from studio_app.kit.work import UseCase, once, reads_only, run
from studio_app.web.language import SESSION_COOKIE

P = ParamSpec("P")
T = TypeVar("T")
_JWT_DOTS = 2


@dataclass(frozen=True, slots=True)
class Caller:
    """An actor, and the Idempotency-Key of a request that changes something."""

    actor: Actor
    key: str | None = None

    def run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case; a repeated key hears the first answer."""
        if self.key and not reads_only(use_case):
            use_case = once(self.key, use_case)
        return run(engine(), self.actor, use_case, *args, **kwargs)


def caller(
    request: Request,
    authorization: Annotated[str, Header()] = "",
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Caller:
    """The cookie counts for our own pages only: the edge refuses foreign Origins."""
    scheme, _, token = authorization.partition(" ")
    if authorization:
        actor = _bearer(token.strip()) if scheme.lower() == "bearer" else None
    else:
        cookie = request.cookies.get(SESSION_COOKIE)
        actor = actor_for(reader(), cookie, utc_now()) if cookie else None
    if actor is None:
        raise SignedOut
    return Caller(actor, idempotency_key or None)


def _bearer(token: str) -> Actor:
    now = utc_now()
    if token.count(".") == _JWT_DOTS:
        named = read_access_token(token, now)
        return actor_of(reader(), named.person_id, named.studio_id)
    return actor_for_token(reader(), token, now)


Asking = Annotated[Caller, Depends(caller)]
"""`def route(asking: Asking)`: the declared way for a route to reach the domain."""

Route = Callable[..., Any]
