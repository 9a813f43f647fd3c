"""How the API says no: problem+json (RFC 9457), in the caller's language."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from studio_app.kit.errors import Conflict, Forbidden, NotFound, Refused, SignedOut
from studio_app.kit.logs import request_id

log = logging.getLogger(__name__)
_STATUS = {
    SignedOut: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
}


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

    @api.middleware("http")
    async def remember_request(  # pyright: ignore[reportUnusedFunction]
        request: Request, answer: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Every answer and every line in the log carry the request's number."""
        number = secrets.token_hex(8)
        said = request_id.set(number)
        try:
            response = await answer(request)
        except Exception:
            log.exception("unexpected error in %s", request.url.path)
            response = problem(500, "Something went wrong on our side; nothing was changed.")
        finally:
            request_id.reset(said)
        response.headers["x-request-id"] = number
        return response
