"""No request may send more than somebody honest would, whoever it is from."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio_app.web.api.problems import problem

MOST = 1024 * 1024
MOST_OF_A_FILE = 6 * 1024 * 1024  # a file of 5 MB and what multipart puts around it
FILES = "/api/v1/imports"
TOO_LARGE = 413
_SAID = "That is larger than can be sent at once."


class SmallBodies:
    """Refuses large bodies by what they announce, and cuts off what grows past the limit.

    In front of everything, because a form is read to its end before a route is asked.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_OF_A_FILE if scope["path"] == FILES else MOST
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > most:
            await problem(TOO_LARGE, _SAID)(scope, receive, send)
            return
        await self._counting(scope, receive, send, most)

    async def _counting(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        so_far, answering = 0, False

        async def counted() -> Message:
            nonlocal so_far
            message = await receive()
            so_far += len(message.get("body", b""))
            return message if so_far <= most else {"type": "http.disconnect"}

        async def answered(message: Message) -> None:
            nonlocal answering
            if so_far <= most or answering:  # what has begun is brought to its end
                answering = True
                await send(message)

        await self._app(scope, counted, answered)
        if so_far > most and not answering:
            await problem(TOO_LARGE, _SAID)(scope, receive, send)
