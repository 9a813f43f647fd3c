"""How the API says no: problem+json (RFC 9457), in the caller's language."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio_app.kit.errors import Conflict, Forbidden, NeedsReason, NotFound, Refused, SignedOut
from studio_app.kit.logs import request_id

log = logging.getLogger(__name__)
_STATUS = {
    SignedOut: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
}


REASON = "despite"
"""The field of a request that takes the reason to go ahead all the same."""


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": request_id.get(),
        **more,
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def refused(_request: Request, error: Exception) -> Response:
    status = next(
        (code for kind, code in _STATUS.items() if isinstance(error, kind)),
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    if isinstance(error, NeedsReason):
        return problem(status, str(error.why), give=REASON)
    return problem(status, str(error))


def malformed(_request: Request, error: Exception) -> Response:
    """Which field is wrong and why; never what was sent."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    fields = [{"at": [str(p) for p in e["loc"]], "why": e["msg"]} for e in found]
    return problem(422, "Some fields cannot be used.", fields=fields)


def not_served(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(status, HTTPStatus(status).description or HTTPStatus(status).phrase)


def speak_of_problems(api: FastAPI) -> None:
    """Install the one place that turns what is raised into an answer."""
    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(RequestValidationError, malformed)
    api.add_exception_handler(HTTPException, not_served)
    api.add_middleware(Numbered)


class Numbered:
    """Every answer and every line in the log carry the request's number.

    Not Starlette's base class for middleware: that costs each request a task and a queue.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        begun = False

        async def numbered(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message)["x-request-id"] = number
            await send(message)

        said = request_id.set(number)
        try:
            await self._app(scope, receive, numbered)
        except Exception:
            log.exception("unexpected error in %s", scope["path"])
            if begun:
                raise
            wrong = "Something went wrong on our side; nothing was changed."
            await problem(500, wrong)(scope, receive, numbered)
        finally:
            request_id.reset(said)
