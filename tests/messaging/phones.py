"""People's telephones: what they write reaches the product as Twilio would bring it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy import text
from starlette.types import ASGIApp

import studio_app.studio_app as product
from studio_app.kit.work import happening_at
from studio_app.web.edge import Edge
from studio_app.web.site import pages
from tests.messaging.town import PHONE, Town
from tests.stage import pointed_at
from tests.standins.twilio import NUMBER, Twilio

HOOK = "http://localhost:3000/api/hooks/twilio/sms"


class Straight(httpx.BaseTransport):
    """The way to an application without a network between."""

    def __init__(self, app: ASGIApp) -> None:
        self._way = httpx.ASGITransport(app, raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def act() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._way) as client:
                return await client.request(
                    request.method, request.url, headers=request.headers, content=request.read()
                )

        answer = asyncio.run(act())
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


@dataclass
class Phones:
    """`phones.write("Y")`: from Grace's telephone, to the real application."""

    town: Town
    twilio: Twilio
    client: httpx.Client

    def write(
        self, words: str, number: str = PHONE, *, to: str = NUMBER, sid: str = ""
    ) -> httpx.Response:
        with happening_at(self.town.now):
            answer = self.twilio.inbound(HOOK, number, words, to=to, sid=sid, client=self.client)
        self.town.tick()
        return answer

    def post(self, url: str, form: dict[str, str], signature: str) -> httpx.Response:
        headers = {"X-Twilio-Signature": signature}
        with happening_at(self.town.now):
            return self.client.post(url, data=form, headers=headers)

    def heard_on(self, number: str = PHONE) -> list[str]:
        """What the texts to this number said, oldest first."""
        return [one["body"] for one in self.twilio.texts_to(number)]

    def replies(self) -> list[tuple[str, str]]:
        """What every text that came in was understood as: (words, meaning)."""
        query = text("select text, heard from reply order by received_at, id")
        with self.town.database.owner.connect() as connection:
            return [(row.text, row.heard) for row in connection.execute(query)]


@contextmanager
def phones_in(town: Town, twilio: Twilio) -> Iterator[Phones]:
    with pointed_at(town.database):
        edge = Edge(product.api, pages(), product.app.router)
        with httpx.Client(transport=Straight(edge)) as client:
            yield Phones(town, twilio, client)
