"""Telling another program: a real server hears it, signed, and nothing inside is reached."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from studio_app.automations import webhook_gateway
from studio_app.automations.commands.building import (
    Draft,
    build_automation,
    show_webhook_secret,
    switch_on,
)
from studio_app.automations.commands.telling import NotHeard, send_webhook
from studio_app.automations.models import Automation, AutomationAction, AutomationRun
from studio_app.automations.rules.recipe import (
    Action,
    Do,
    Happening,
    Recipe,
    When,
    recipe_of,
)
from studio_app.kit.access import Actor, Permission
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.ids import AutomationId
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires, run
from studio_app.people.commands.students import StudentDetails, add_student
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database


@dataclass
class Listener:
    """Another program: answers what it is told to, and remembers what it heard."""

    url: str = ""
    answers: list[int] = field(default_factory=list[int])
    heard: list[tuple[dict[str, str], bytes]] = field(
        default_factory=list[tuple[dict[str, str], bytes]]
    )


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    there = Listener()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.heard.append((dict(self.headers), body))
            self.send_response(there.answers.pop(0) if there.answers else 204)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  theirs
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    there.url = f"http://127.0.0.1:{server.server_port}/hook?a=1"
    monkeypatch.setenv("STUDIO_WEBHOOK_HOSTS", "127.0.0.1")
    settings.cache_clear()
    yield there
    server.shutdown()
    thread.join()
    server.server_close()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """No automation of one test hears of another's students, and no job is left over."""
    yield
    if "cloned" in request.fixturenames:
        cloned: Database = request.getfixturevalue("cloned")
        with cloned.owner.begin() as connection:
            connection.execute(text("select set_config('app.audit_id', '', true)"))
            connection.execute(text("alter table automation disable trigger user"))
            connection.execute(text("update automation set is_on = false"))
            connection.execute(text("alter table automation enable trigger user"))
            connection.execute(text("delete from procrastinate_events"))
            connection.execute(text("delete from procrastinate_jobs"))


def told(cloned: Database, cast: Cast, url: str) -> tuple[AutomationId, UUID]:
    """A webhook to there, set off by a new student; the automation and the key's id."""
    recipe = Recipe(When(Happening.STUDENT_ADDED), (), (Action(Do.WEBHOOK, url=url),))
    made = run(cloned.app, cast.olivia, build_automation, Draft("Tell them", recipe))
    run(cloned.app, cast.olivia, switch_on, made)
    hook = run(cloned.app, cast.olivia, _hook, made)
    run(cloned.app, cast.olivia, add_student, StudentDetails("Ada"), confirmed=True)
    return made, hook


@requires(Permission.AUTOMATION_MANAGE)
def _hook(work: Work, automation_id: AutomationId) -> UUID:
    [action] = recipe_of(work.session.get_one(Automation, automation_id).recipe).actions
    assert action.hook is not None
    return action.hook


@requires(Permission.AUTOMATION_MANAGE)
def _actions(work: Work, automation_id: AutomationId) -> list[AutomationAction]:
    query = (
        select(AutomationAction)
        .join(AutomationRun, col(AutomationRun.id) == AutomationAction.run_id)
        .where(AutomationRun.automation_id == automation_id)
    )
    return list(work.session.exec(query))


def test_it_is_heard_with_a_signature_that_fits(
    cloned: Database, cast: Cast, listener: Listener
) -> None:
    made, hook = told(cloned, cast, listener.url)
    secret = run(cloned.app, cast.olivia, show_webhook_secret, made, hook)
    deliver_waiting(cloned.app)
    [(headers, body)] = listener.heard
    signed = f"{headers['Cadenza-Timestamp']}.".encode() + body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["Cadenza-Signature"] == f"v1={expected}"
    [action] = run(cloned.app, cast.olivia, _actions, made)
    said = json.loads(body)
    assert said["id"] == headers["Cadenza-Id"] == str(action.id)
    assert said["happening"] == "student_added"
    assert said["student_id"]
    assert "Ada" not in body.decode()
    assert (action.result, action.attempts) == ("done", 1)


def test_what_fails_for_now_is_failed_tried_again_and_then_done(
    cloned: Database, cast: Cast, listener: Listener
) -> None:
    listener.answers = [503, 204]
    made, _hook_id = told(cloned, cast, listener.url)
    deliver_waiting(cloned.app)
    [action] = run(cloned.app, cast.olivia, _actions, made)
    assert (action.result, action.attempts) == ("failed", 1)
    assert action.reason == {"say": "The other side answered {status}.", "with": {"status": "503"}}
    send_webhook(cloned.app, Actor.system(cast.harmony), action.id)
    [action] = run(cloned.app, cast.olivia, _actions, made)
    assert (action.result, action.attempts, action.reason) == ("done", 2, {})
    assert len({headers["Cadenza-Id"] for headers, _body in listener.heard}) == 1


def test_the_queue_keeps_what_may_go_better_later(
    cloned: Database, cast: Cast, listener: Listener
) -> None:
    listener.answers = [429]
    made, _hook_id = told(cloned, cast, listener.url)
    deliver_waiting(cloned.app)
    with cloned.owner.connect() as connection:
        query = "select count(*) from procrastinate_jobs where status = 'todo' and attempts = 1"
        assert connection.execute(text(query)).scalar() == 1
    [action] = run(cloned.app, cast.olivia, _actions, made)
    listener.answers = [500]
    with pytest.raises(NotHeard):
        send_webhook(cloned.app, Actor.system(cast.harmony), action.id)


@pytest.mark.parametrize("status", [301, 400, 404, 410])
def test_what_they_refuse_is_failed_and_left(
    cloned: Database, cast: Cast, listener: Listener, status: int
) -> None:
    """A redirect is not followed either: it could lead inside."""
    listener.answers = [status]
    made, _hook_id = told(cloned, cast, listener.url)
    deliver_waiting(cloned.app)
    [action] = run(cloned.app, cast.olivia, _actions, made)
    assert (action.result, action.attempts) == ("failed", 1)
    assert len(listener.heard) == 1
    with cloned.owner.connect() as connection:
        query = "select count(*) from procrastinate_jobs where status <> 'succeeded'"
        assert connection.execute(text(query)).scalar() == 0


def test_what_was_told_is_not_told_again(cloned: Database, cast: Cast, listener: Listener) -> None:
    made, _hook_id = told(cloned, cast, listener.url)
    deliver_waiting(cloned.app)
    [action] = run(cloned.app, cast.olivia, _actions, made)
    send_webhook(cloned.app, Actor.system(cast.harmony), action.id)
    assert len(listener.heard) == 1


@pytest.mark.parametrize(
    "url",
    [
        *("https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.0.0.1/x"),
        *("https://169.254.169.254/latest/meta-data", "https://[::ffff:127.0.0.1]/"),
        *("https://0x7f000001/", "https://2130706433/", "https://127.1/", "https://0/"),
    ],
)
def test_nothing_inside_is_reached_however_it_is_written(url: str) -> None:
    answer = webhook_gateway.post(url, b"{}", {}, allowed=frozenset())
    assert answer.problem is not None
    assert "private network" in str(answer.problem) or "no such address" in str(answer.problem)
    assert answer.status is None


def test_the_internet_is_only_written_to_encrypted() -> None:
    answer = webhook_gateway.post("http://example.org/", b"{}", {}, allowed=frozenset())
    assert str(answer.problem) == "Addresses must begin with https."
    assert not answer.try_again


def test_nobody_there_may_be_there_later(listener: Listener) -> None:
    answer = webhook_gateway.post("http://127.0.0.1:1/", b"", {}, allowed={"127.0.0.1"})
    assert answer.try_again
    assert listener.heard == []
