"""The smallest app that can be supervised: it is well, and says in which process."""

import os
from typing import Any


def app() -> Any:
    async def answer(scope: Any, _receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            headers = [(b"content-type", b"text/plain")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

    return answer
