"""Signing in by native forms: only a full page load can set an HttpOnly cookie.

A refusal leads back to the form with what was typed, carried for a minute in a cookie that
scripts cannot read. Passwords are never carried.
"""

import json
from typing import Annotated
from urllib.parse import quote, unquote
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from studio_app.identity.commands.account import confirm_address
from studio_app.identity.commands.sign_in import (
    Ticket,
    TooManyTries,
    ask_for_link,
    ask_for_new_link,
    count_try,
    sign_in,
    sign_out,
    switch_studio,
    use_link,
)
from studio_app.identity.commands.sign_up import AddressKnown, NewStudio, sign_up
from studio_app.identity.queries import my_profile
from studio_app.identity.sessions import LASTS, actor_for, signed_in
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine
from studio_app.kit.errors import Refused, SignedOut
from studio_app.kit.ids import StudioId
from studio_app.kit.settings import settings
from studio_app.kit.words import Text, _, speaking
from studio_app.kit.work import run
from studio_app.people.commands.joining import accept_invitation
from studio_app.web import routes
from studio_app.web.language import LANGUAGE_COOKIE, SESSION_COOKIE

auth = APIRouter(prefix="/auth", include_in_schema=False)
FLASH = "studio_flash"
FLASH_LASTS = 60
YEAR = 365 * 24 * 3600
LIMITS = {"sign-in": 10, "sign-up": 10, "link": 6}
Typed = Annotated[str, Form(max_length=500)]


@auth.post("/sign-in")
def post_sign_in(
    request: Request, email: Typed, password: Typed, way_back: Typed = "/"
) -> RedirectResponse:
    try:
        _limit(request, "sign-in", email)
        ticket = run(engine(), _public(), sign_in, email, password, device=_device(request))
    except Refused as refusal:
        return _back(routes.sign_in_and_back(way_back), refusal.text, email=email)
    return _welcome(ticket, way_back if way_back != "/" else ticket.path)


@auth.post("/ask-link")
def post_ask_link(request: Request, email: Typed, way_back: Typed = "/") -> RedirectResponse:
    try:
        _limit(request, "link", email)
        path = routes.safe_way_back(way_back)
        run(engine(), _public(), ask_for_link, email, path=path)
    except Refused as refusal:
        return _back(routes.SIGN_IN, refusal.text, email=email)
    return _back(routes.SIGN_IN, None, email=email, sent="1")


@auth.post("/link")
def post_link(request: Request, token: Typed) -> RedirectResponse:
    try:
        _limit(request, "link", token)
        ticket = run(engine(), _public(), use_link, token, device=_device(request))
    except Refused as refusal:
        return _back(f"{routes.LINK}?token={quote(token)}", refusal.text)
    run(engine(), actor_for(engine(), ticket.token, utc_now()), confirm_address)
    return _welcome(ticket, ticket.path)


@auth.post("/new-link")
def post_new_link(request: Request, token: Typed) -> RedirectResponse:
    try:
        _limit(request, "link", token)
        run(engine(), _public(), ask_for_new_link, token)
    except Refused as refusal:
        return _back(routes.SIGN_IN, refusal.text)
    return _back(routes.SIGN_IN, None, sent="1")


@auth.post("/sign-up")
def post_sign_up(  # noqa: PLR0917  one for each field of the form
    request: Request,
    name: Typed,
    email: Typed,
    password: Typed,
    studio: Typed,
    country: Typed,
    timezone: Typed,
    currency: Typed,
    locale: Typed = "en-GB",
) -> RedirectResponse:
    typed = {"email": email, "name": name, "studio": studio, "country": country}
    wanted = NewStudio(studio, country, timezone, currency, locale)
    try:
        _limit(request, "sign-up", email)
        device = _device(request)
        ticket = run(engine(), _public(), sign_up, name, email, password, wanted, device=device)
    except AddressKnown as refusal:
        run(engine(), _public(), ask_for_link, email)
        return _back(routes.SIGN_IN, refusal.text, email=email)
    except Refused as refusal:
        return _back(routes.SIGN_UP, refusal.text, timezone=timezone, currency=currency, **typed)
    return _welcome(ticket, routes.WELCOME)


@auth.post("/invitation")
def post_invitation(
    request: Request, token: Typed, name: Typed = "", password: Typed = ""
) -> RedirectResponse:
    try:
        _limit(request, "link", token)
        device = _device(request)
        accept = accept_invitation
        ticket = run(
            engine(), _public(), accept, token, name=name, password=password, device=device
        )
    except Refused as refusal:
        return _back(f"{routes.INVITATION}?token={quote(token)}", refusal.text, name=name)
    return _welcome(ticket, ticket.path)


@auth.post("/sign-out")
def post_sign_out(request: Request) -> RedirectResponse:
    answer = RedirectResponse(routes.SIGN_IN, 303)
    answer.delete_cookie(SESSION_COOKIE)
    try:
        found = signed_in(engine(), request.cookies.get(SESSION_COOKIE, ""), utc_now())
    except SignedOut:
        return answer
    run(engine(), found.actor, sign_out, found.session_id)
    return answer


@auth.post("/switch")
def post_switch(request: Request, studio_id: Annotated[UUID, Form()]) -> RedirectResponse:
    """Another studio of the same person: a full load, so that no state is carried over."""
    found = signed_in(engine(), request.cookies.get(SESSION_COOKIE, ""), utc_now())
    run(engine(), found.actor, switch_studio, found.session_id, StudioId(studio_id))
    return RedirectResponse(routes.HOME, 303)


def flash_of(cookies: str) -> dict[str, str]:
    """What the form before this page load was told: `problem` and what was typed."""
    try:
        return {str(k): str(v) for k, v in json.loads(unquote(cookies)).items()}
    except (ValueError, AttributeError):
        return {}


def _limit(request: Request, kind: str, subject: str) -> None:
    address = request.client.host if request.client else ""
    for what, limit in ((subject, LIMITS[kind]), (f"from {address}", 10 * LIMITS[kind])):
        if not run(engine(), _public(), count_try, kind, what, limit=limit):
            raise TooManyTries


def _public() -> Actor:
    return Actor.public(locale=speaking.get())


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")[:300]


def _back(path: str, problem: Text | None, **typed: str) -> RedirectResponse:
    answer = RedirectResponse(path, 303)
    told = {**typed, "problem": str(problem) if problem else ""}
    _keep(answer, FLASH, quote(json.dumps(told)), FLASH_LASTS)
    return answer


def _welcome(ticket: Ticket, path: str) -> RedirectResponse:
    actor = actor_for(engine(), ticket.token, utc_now())
    answer = RedirectResponse(routes.safe_way_back(path), 303)
    _keep(answer, SESSION_COOKIE, ticket.token, int(LASTS.total_seconds()))
    _keep(answer, LANGUAGE_COOKIE, run(engine(), actor, my_profile).locale or actor.locale, YEAR)
    answer.delete_cookie(FLASH)
    return answer


def _keep(answer: RedirectResponse, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        secure=settings().secure,
        samesite="lax",
    )


CHECK_YOUR_INBOX = _("If we know that address, a link is on its way to it.")
