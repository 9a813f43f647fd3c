"""From a cookie or a bearer token to an actor. Asked anew on every event and request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from studio_app.identity.secrets import hash_of
from studio_app.kit.access import Actor, Permission, Role, granted
from studio_app.kit.errors import SignedOut
from studio_app.kit.ids import PersonId, StudioId
from studio_app.kit.words import SOURCE_LOCALE

LASTS = timedelta(days=30)
FRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who holds this cookie, in which studio, and when they last proved it."""

    session_id: UUID
    actor: Actor
    seen_at: datetime
    proved_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Cards, exports and guardianship ask for a sign-in of the last minutes."""
        return now - self.proved_at <= FRESH


_SESSION = text("select * from identity_session(:hash, :at)")
_TOKEN = text("select * from identity_token(:hash, :at)")
_ACTOR = text("select * from identity_actor(:who, :studio)")
_STUDIOS = text("select id from identity_every_studio()")


def signed_in(engine: Engine, token: str, now: datetime) -> SignedIn:
    """The session behind a cookie; SignedOut if it ended, expired or never was."""
    row = first_row(engine, _SESSION, {"hash": hash_of(token), "at": now})
    if row is None:
        raise SignedOut
    return SignedIn(row.id, actor_in(row, row.person_id, row.studio_id), row.seen_at, row.proved_at)


def actor_for(engine: Engine, token: str, now: datetime) -> Actor:
    return signed_in(engine, token, now).actor


def actor_for_token(engine: Engine, token: str, now: datetime) -> Actor:
    """The actor of a personal API token, narrowed to the token's scopes."""
    row = first_row(engine, _TOKEN, {"hash": hash_of(token), "at": now})
    if row is None or row.kind != "personal":
        raise SignedOut
    actor = actor_in(row, row.person_id, row.studio_id)
    scopes = frozenset(row.scopes)
    if not scopes:
        return actor
    return Actor(
        actor.person_id,
        actor.studio_id,
        actor.roles,
        frozenset(p for p in actor.grants if p.value in scopes),
        actor.locale,
    )


def actor_of(engine: Engine, person_id: PersonId, studio_id: StudioId) -> Actor:
    """Somebody as they stand in a studio now; SignedOut if they have no part in it."""
    row = first_row(engine, _ACTOR, {"who": person_id, "studio": studio_id})
    if row is None or not row.roles:
        raise SignedOut
    return actor_in(row, person_id, studio_id)


def every_studio(engine: Engine) -> Sequence[StudioId]:
    """For the clock: which studios there are, and nothing else about them."""
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_STUDIOS)]


def first_row(engine: Engine, query: Any, given: dict[str, Any]) -> Any:
    """What a definer function answers; once more where the pool's connection had died unnoticed."""
    for again in (False, True):
        try:
            with engine.connect() as connection:
                return connection.execute(query, given).first()
        except DBAPIError as error:
            if again or not error.connection_invalidated:
                raise
    raise AssertionError("unreachable")


def actor_in(row: Any, person_id: PersonId, studio_id: StudioId | None) -> Actor:
    """Who a row of one of the definer functions is about: it has `locale`, `roles`, `allowed`
    and `withheld`."""
    roles = frozenset(Role(name) for name in row.roles)
    grants = granted(roles, _pairs(row.allowed), _pairs(row.withheld))
    own = grants | {Permission.OWN_ACCOUNT}
    return Actor(person_id, studio_id, roles, own, row.locale or SOURCE_LOCALE)


def _pairs(overrides: Sequence[str]) -> frozenset[tuple[Role, Permission]]:
    split = (override.split(" ", 1) for override in overrides)
    return frozenset((Role(role), Permission(permission)) for role, permission in split)
