"""API identity: personal tokens, and short JWTs that are renewed by a longer token.

RFC 7519 (JWT), HS256, two hours; a refresh token works once and is replaced (RFC 9700).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
from sqlalchemy import text, update
from sqlmodel import col

from studio_app.identity.models import ApiToken
from studio_app.identity.secrets import hash_of, new_token
from studio_app.kit.access import Actor, Permission
from studio_app.kit.errors import NotFound, Refused, SignedOut
from studio_app.kit.ids import PersonId, StudioId
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.kit.work import Work, become, public, requires

ACCESS_LASTS = timedelta(hours=2)
REFRESH_LASTS = timedelta(days=30)
ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class TokenPair:
    """An access token (JWT) with its lifetime in seconds, and what renews it."""

    access_token: str
    refresh_token: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a JWT names; their roles are looked up anew, so a removal works at once."""

    person_id: PersonId
    studio_id: StudioId


@requires(Permission.TOKEN_MANAGE)
def create_personal_token(work: Work, name: str, scopes: Sequence[str] = ()) -> str:
    """A token for one's own scripts, shown once. Scopes are permissions; none means all."""
    known = {permission.value for permission in work.actor.grants}
    if not name.strip() or not known.issuperset(scopes):
        raise Refused(_("Please give the token a name, and scopes that you have yourself."))
    token = new_token()
    _keep(work, token, kind="personal", name=name.strip(), scopes=list(scopes), until=None)
    return token


@requires(Permission.TOKEN_MANAGE)
def revoke_token(work: Work, token_id: UUID) -> None:
    mine = update(ApiToken).where(
        col(ApiToken.id) == token_id,
        col(ApiToken.person_id) == work.actor.person_id,
        col(ApiToken.ended_at).is_(None),
    )
    if work.session.connection().execute(mine.values(ended_at=work.now)).rowcount != 1:
        raise NotFound


@requires(Permission.OWN_ACCOUNT)
def issue_tokens(work: Work) -> TokenPair:
    """A pair for somebody who has just signed in to the API."""
    return _pair(work)


@public
def refresh_tokens(work: Work, refresh_token: str) -> TokenPair:
    """A new pair for a refresh token. The old one is spent; SignedOut if it already was."""
    query = text("select * from identity_token(:hash, :at)")
    given = {"hash": hash_of(refresh_token), "at": work.now}
    row = work.session.connection().execute(query, given).first()
    if row is None or row.kind != "refresh" or not row.roles:
        raise SignedOut
    person = Actor(PersonId(row.person_id), StudioId(row.studio_id), frozenset(), frozenset())
    own = become(work, person)
    spent = update(ApiToken).where(col(ApiToken.id) == row.id, col(ApiToken.ended_at).is_(None))
    if own.session.connection().execute(spent.values(ended_at=work.now)).rowcount != 1:
        raise SignedOut
    return _pair(own)


def read_access_token(token: str, now: datetime) -> Bearer:
    """The person and studio of a JWT of ours; SignedOut if it is not, or is over."""
    try:
        claims: dict[str, Any] = jwt.decode(  # pyright: ignore[reportUnknownMemberType]
            token,
            settings().derived("jwt"),
            algorithms=[ALGORITHM],
            options={"verify_exp": False, "require": ["sub", "studio", "exp"]},
        )
        until = datetime.fromtimestamp(claims["exp"], UTC)
        bearer = Bearer(PersonId(UUID(claims["sub"])), StudioId(UUID(claims["studio"])))
    except (jwt.InvalidTokenError, ValueError, TypeError) as error:
        raise SignedOut from error
    if until <= now:
        raise SignedOut
    return bearer


def _pair(work: Work) -> TokenPair:
    until = work.now + ACCESS_LASTS
    claims = {
        "sub": str(work.actor.person_id),
        "studio": str(work.studio_id),
        "iat": int(work.now.timestamp()),
        "exp": int(until.timestamp()),
    }
    key = settings().derived("jwt")
    access = jwt.encode(claims, key, algorithm=ALGORITHM)  # pyright: ignore[reportUnknownMemberType]
    refresh = new_token()
    _keep(work, refresh, kind="refresh", name="", scopes=[], until=work.now + REFRESH_LASTS)
    return TokenPair(access, refresh, int(ACCESS_LASTS.total_seconds()))


def _keep(
    work: Work, token: str, *, kind: str, name: str, scopes: list[str], until: datetime | None
) -> None:
    person_id = work.actor.person_id
    if person_id is None:
        raise SignedOut
    work.session.add(
        ApiToken(
            token_hash=hash_of(token),
            person_id=person_id,
            studio_id=work.studio_id,
            kind=kind,
            name=name,
            scopes=scopes,
            created_at=work.now,
            expires_at=until,
        )
    )
    work.session.flush()
