"""Calling the API as each of the cast, without a network."""

import asyncio
import json as written
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
from starlette.types import ASGIApp

import studio_app.studio_app  # noqa: F401  wires subscribers, as the product does
from studio_app.web.api.app import api
from tests.stage import Stage

NOBODY = "nobody"
VARYING = ("request_id",)
ELSEWHERE = ("/api/", "/auth/", "/live", "/healthz", "/metrics", "/feeds/")


@dataclass
class Api:
    """`api.get("/students", "owner")`; bodies are JSON, paths below /api/v1."""

    stage: Stage
    _bearers: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._bearers = {who: self.stage.bearer(who) for who in (*self.stage.people, NOBODY)}
        self.get = partial(self.send, "GET")
        self.post = partial(self.send, "POST")
        self.put = partial(self.send, "PUT")
        self.delete = partial(self.send, "DELETE")

    def send(
        self, method: str, path: str, who: str, body: Any = None, *, key: str = "", **more: Any
    ) -> httpx.Response:
        headers = {**self._bearers[who], **more.pop("headers", {})}
        if key:
            headers["idempotency-key"] = key
        whole = path if path.startswith(ELSEWHERE) else f"/api/v1{path}"
        sent = {"json": body, **more} if body is not None else more
        return through(api, method, whole, headers=headers, **sent)


def through(app: ASGIApp, method: str, path: str, **more: Any) -> httpx.Response:
    """One request, answered by an application without a network between."""

    async def act() -> httpx.Response:
        way = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=way, base_url="http://localhost:3000") as client:
            return await client.request(method, path, **more)

    return asyncio.run(act())


def said(answer: httpx.Response) -> str:
    """What an answer says, without the number that every request has."""
    if not answer.content or "json" not in answer.headers.get("content-type", ""):
        return answer.text
    body = answer.json()
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name not in VARYING}
    return written.dumps(body)
