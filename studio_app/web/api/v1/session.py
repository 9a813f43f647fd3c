"""Tokens and the caller's own account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Request

from studio_app.identity.commands.account import change_profile
from studio_app.identity.commands.sign_in import TooManyTries, count_try, sign_in, sign_out
from studio_app.identity.commands.tokens import (
    TokenPair,
    create_personal_token,
    issue_tokens,
    refresh_tokens,
    revoke_token,
)
from studio_app.identity.queries import (
    Profile,
    SessionRow,
    StudioChoice,
    my_profile,
    my_sessions,
    my_studios,
    my_tokens,
)
from studio_app.identity.sessions import signed_in
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine
from studio_app.kit.words import speaking
from studio_app.kit.work import run
from studio_app.web.api.caller import Asking
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["account"])
Typed = Annotated[str, Body(max_length=500)]


@dataclass(frozen=True, slots=True)
class NewToken:
    token: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ProfileDetails:
    """`locale` is one of the site's languages, such as en-GB."""

    name: str
    locale: str


@router.post("/tokens")
def create_tokens(request: Request, email: Typed, password: Typed) -> TokenPair:
    """A JWT for two hours and a token that renews it once. 422 for wrong credentials."""
    visitor = Actor.public(locale=speaking.get())
    address = request.client.host if request.client else ""
    for subject, limit in ((email, 10), (f"from {address}", 100)):
        if not run(engine(), visitor, count_try, "sign-in", subject, limit=limit):
            raise TooManyTries
    ticket = run(engine(), visitor, sign_in, email, password, device="API")
    proof = signed_in(engine(), ticket.token, utc_now())
    pair = run(engine(), proof.actor, issue_tokens)
    run(engine(), proof.actor, sign_out, proof.session_id)
    return pair


@router.post("/tokens/refresh")
def renew_tokens(refresh_token: Annotated[str, Body(embed=True, max_length=200)]) -> TokenPair:
    """A new pair; the old refresh token is spent. 401 if it already was."""
    return run(engine(), Actor.public(), refresh_tokens, refresh_token)


@router.post("/personal-tokens", status_code=201)
def create_token(
    asking: Asking, name: Typed, scopes: Annotated[list[str] | None, Body()] = None
) -> NewToken:
    """A token for one's own scripts, shown once; scopes are permission names."""
    made = run(engine(), asking.actor, create_personal_token, name, tuple(scopes or ()))
    return NewToken(made)  # never kept for a repeated key: nothing of ours remembers a token


@router.get("/personal-tokens")
def list_tokens(asking: Asking, page: Paging) -> Page[TokenRow]:
    """One's own, without their values."""
    return page.of([TokenRow(*found) for found in asking.run(my_tokens)], by=lambda one: one.id)


@router.delete("/personal-tokens/{token_id}", status_code=204)
def delete_token(asking: Asking, token_id: UUID) -> None:
    asking.run(revoke_token, token_id)


@router.get("/me")
def me(asking: Asking) -> Profile:
    return asking.run(my_profile)


@router.put("/me", status_code=204)
def replace_me(asking: Asking, details: ProfileDetails) -> None:
    asking.run(change_profile, details.name, details.locale)


@router.get("/me/sessions")
def sessions(asking: Asking, page: Paging) -> Page[SessionRow]:
    """Where one is signed in, last used first."""
    return page.of(asking.run(my_sessions), by=lambda one: one.id)


@router.delete("/me/sessions/{session_id}", status_code=204)
def end_session(asking: Asking, session_id: UUID) -> None:
    """Signs a browser out."""
    asking.run(sign_out, session_id)


@router.get("/me/studios")
def studios(asking: Asking) -> list[StudioChoice]:
    return asking.run(my_studios)
