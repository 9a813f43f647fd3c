"""A small HTTP server in threads that answers, breaks the line or says nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Heard:
    """One request."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Said:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Breaks(Exception):
    """Raised by an answer: the line is cut where the reply should be."""


class Silent(Exception):
    """Raised by an answer: nothing is said until the server closes."""


Answer = Callable[[Heard], Said]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.closing = Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server  # type: ignore[assignment]

    def _reply(self) -> None:
        self.close_connection = True
        try:
            said = self.server.answer(self._heard())
        except Breaks:
            return
        except Silent:
            self.server.closing.wait()
            return
        self.send_response(said.status)
        frame = {"Content-Length": str(len(said.body)), "Connection": "close"}
        for name, value in {**said.headers, **frame}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)

    do_GET = do_POST = do_DELETE = _reply  # noqa: N815  their names

    def _heard(self) -> Heard:
        where = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        query = parse_qsl(where.query, keep_blank_values=True)
        return Heard(self.command, where.path, query, self.headers, body)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        """Tests need no access log."""


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """Serves until the end; yields the address, `http://127.0.0.1:PORT`."""
    server = _Server(answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
