"""Zoom and Microsoft Teams, as their published descriptions say them, with a memory and a script.

with zoom_peer() as zoom, teams_peer() as teams:
    zoom.script(refused(429, retry_after="30"), TAKEN_THEN_SILENT)
    …
    assert [one["topic"] for one in zoom.meetings.values()] == ["Piano"]
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.standins.described import Description, NotDescribed, Operation
from tests.standins.peer import Breaks, Heard, Said, Silent, served
from tests.standins.surroundings import surroundings

ACCOUNT, CLIENT, SECRET = "the-account", "the-client", "only-for-tests-secret"
HOST = "tom@harmony.example"
ZOOM = Description(Path(__file__).with_name("zoom_meetings.json"))
GRAPH = Description(Path(__file__).with_name("graph_meetings.json"))
HOUR = 3600


@dataclass(frozen=True)
class Step:
    """What one attempt to make a meeting meets. `takes`: it is made, whatever is said of it."""

    takes: bool = False
    status: int = 0
    code: int | str = 0
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False


def refused(status: int, code: int | str = 0, *, retry_after: str = "") -> Step:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return Step(status=status, code=code, headers=headers)


TAKEN_THEN_SILENT = Step(takes=True, silent=True)
TAKEN_THEN_504 = Step(takes=True, status=504)
BREAKS = Step()


@dataclass
class Peer:
    """One provider: its meetings, its tokens, what it was asked and what it will say next."""

    url: str = ""
    meetings: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What stands there now, by the provider's name for it."""
    made: int = 0
    """How many were ever made."""
    asked: int = 0
    tokens: list[str] = field(default_factory=list)
    """Those handed out and still accepted."""
    signed_in: int = 0
    removing: list[Step] = field(default_factory=list)
    """Like the script, for taking meetings away."""
    complaints: list[str] = field(default_factory=list)
    """What was asked or answered otherwise than described; must stay empty."""
    before_answering: Callable[[], None] | None = None
    """Called when a meeting has been made and not yet been told of."""
    secret: str = SECRET
    hosts: set[str] = field(default_factory=lambda: {HOST, "me"})
    _script: list[Step] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(93_000_000_000))

    def script(self, *steps: Step) -> None:
        """One step for each attempt; after the last every meeting is made."""
        self._script = list(steps)

    def forget_tokens(self) -> None:
        self.tokens.clear()

    def hand_out(self) -> Said:
        self.signed_in += 1
        self.tokens.append(f"token-{self.signed_in}")
        said = {"access_token": self.tokens[-1], "token_type": "Bearer", "expires_in": HOUR}
        return _said(200, said)

    def known(self, heard: Heard) -> bool:
        return heard.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens

    def create(self, make: Callable[[], Said], fault: Callable[[Step], Said]) -> Said:
        self.asked += 1
        step = self._script.pop(0) if self._script else None
        answer = make() if step is None or step.takes else None
        if self.before_answering and answer:
            self.before_answering()
        return _told(step, answer, fault)

    def remove(self, name: str, fault: Callable[[Step], Said]) -> Said:
        step = self.removing.pop(0) if self.removing else None
        if step is None and name not in self.meetings:
            return fault(refused(404, 3001))
        if step is None or step.takes:
            self.meetings.pop(name, None)
        return _told(step, Said(204), fault)

    def keep(self, meeting: dict[str, Any]) -> None:
        self.made += 1
        self.meetings[str(meeting["id"])] = meeting

    def number(self) -> int:
        return next(self._numbers)


def _told(step: Step | None, answer: Said | None, fault: Callable[[Step], Said]) -> Said:
    if step is None and answer is not None:
        return answer
    if step is not None and step.silent:
        raise Silent
    if step is None or not step.status:
        raise Breaks
    return fault(step)


class Zoom(Peer):
    def answer(self, heard: Heard) -> Said:
        if heard.path == "/oauth/token":
            return self._token(heard)
        if not self.known(heard):
            return _said(401, {"code": 124, "message": "Invalid access token."})
        try:
            operation = ZOOM.operation(heard)
            asked = ZOOM.asked(operation, heard)
            if heard.method == "DELETE":
                return self.remove(operation.places["meetingId"], _zoom_fault)
            if operation.places["userId"] not in self.hosts:
                self.asked += 1
                return _said(404, {"code": 1001, "message": "User does not exist."})
            return self.create(lambda: self._make(operation, asked), _zoom_fault)
        except NotDescribed as fault:
            self.complaints.append(str(fault))
            return _said(400, {"code": 300, "message": str(fault)})

    def _token(self, heard: Heard) -> Said:
        """Zoom's guide to Server-to-Server OAuth; not in its API's description."""
        pair = base64.b64encode(f"{CLIENT}:{self.secret}".encode()).decode()
        if heard.headers.get("Authorization") != f"Basic {pair}":
            return _said(400, {"reason": "Invalid client_id or secret", "error": "invalid_client"})
        if dict(heard.query) != {"grant_type": "account_credentials", "account_id": ACCOUNT}:
            return _said(400, {"reason": "Bad Request", "error": "invalid_request"})
        return self.hand_out()

    def _make(self, operation: Operation, asked: dict[str, Any]) -> Said:
        number = self.number()
        meeting = {
            **{name: asked[name] for name in ("topic", "type", "duration", "timezone")},
            "id": number, "start_time": asked["start_time"], "host_email": HOST,
            "created_at": "2026-09-01T00:00:00Z", "join_url": f"https://zoom.example/j/{number}?pwd=x",
            "start_url": f"https://zoom.example/s/{number}?zak=secret", "password": "x",
            "settings": asked["settings"],
        }  # fmt: skip
        ZOOM.answered(operation, 201, meeting)
        self.keep(meeting)
        return _said(201, meeting)


class Teams(Peer):
    def answer(self, heard: Heard) -> Said:
        if heard.path.endswith("/oauth2/v2.0/token"):
            return self._token(heard)
        if not self.known(heard):
            return _said(401, {"error": {"code": "InvalidAuthenticationToken", "message": "No"}})
        try:
            operation = GRAPH.operation(heard)
            asked = GRAPH.asked(operation, heard)
            if heard.method == "DELETE":
                return self.remove(operation.places["onlineMeetingId"], _graph_fault)
            if operation.places["userId"] not in self.hosts:
                self.asked += 1
                return _graph_fault(refused(404, "NotFound"))
            return self.create(lambda: self._make(operation, asked), _graph_fault)
        except NotDescribed as fault:
            self.complaints.append(str(fault))
            return _said(400, {"error": {"code": "BadRequest", "message": str(fault)}})

    def _token(self, heard: Heard) -> Said:
        """The client credentials flow (RFC 6749 4.4); not in Graph's description."""
        form = {name: values[0] for name, values in parse_qs(heard.body.decode()).items()}
        wanted = {
            "grant_type": "client_credentials", "client_id": CLIENT, "client_secret": self.secret,
            "scope": "https://graph.microsoft.com/.default",
        }  # fmt: skip
        if heard.path != f"/{ACCOUNT}/oauth2/v2.0/token" or form != wanted:
            return _said(401, {"error": "invalid_client", "error_description": "AADSTS7000215"})
        return self.hand_out()

    def _make(self, operation: Operation, asked: dict[str, Any]) -> Said:
        name = f"MSo{self.number()}"
        meeting = {
            **asked, "id": name, "creationDateTime": "2026-09-01T00:00:00Z",
            "joinWebUrl": f"https://teams.example/l/meetup-join/{name}",
        }  # fmt: skip
        GRAPH.answered(operation, 201, meeting)
        self.keep(meeting)
        return _said(201, meeting)


def _zoom_fault(step: Step) -> Said:
    return _said(step.status, {"code": step.code, "message": "No"}, step.headers)


def _graph_fault(step: Step) -> Said:
    return _said(step.status, {"error": {"code": str(step.code), "message": "No"}}, step.headers)


def _said(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Said:
    kind = {"Content-Type": "application/json"}
    return Said(status, json.dumps(body).encode(), {**kind, **(headers or {})})


@contextmanager
def zoom_peer() -> Iterator[Zoom]:
    """A Zoom on a free port, and the product told to use it; fails what is not described."""
    zoom = Zoom()
    with served(zoom.answer) as zoom.url:
        with surroundings(studio_zoom_url=f"{zoom.url}/v2", studio_zoom_sign_in_url=zoom.url):
            yield zoom
        assert not zoom.complaints, zoom.complaints


@contextmanager
def teams_peer() -> Iterator[Teams]:
    """The same for Teams: Microsoft Graph and where its tokens come from."""
    teams = Teams()
    with served(teams.answer) as teams.url:
        with surroundings(studio_graph_url=f"{teams.url}/v1.0", studio_graph_sign_in_url=teams.url):
            yield teams
        assert not teams.complaints, teams.complaints
