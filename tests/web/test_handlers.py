"""Declared handlers: what they raise is shown, in the right place, once."""

from typing import Any

import pytest

from studio_app.kit.errors import Conflict, NotFound, SignedOut
from studio_app.kit.words import _
from studio_app.web import handlers
from studio_app.web.doors import Door, door_of
from studio_app.web.inputs import Invalid
from studio_app.web.notices import Notices

pytestmark = pytest.mark.anyio
# For the type checker they are `rx.event`; here they are called as plain functions.
handler: Any = handlers.handler
loader: Any = handlers.loader
open_handler: Any = handlers.open_handler


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Url:
    path = "/office/students"


class Router:
    url = Url()


class Page:
    """The outside of a page's state, as far as handlers touch it."""

    def __init__(self, notices: Notices) -> None:
        self.router = Router()
        self.faults: dict[str, str] = {}
        self.trouble, self.ready = "", False
        self._notices = notices

    async def get_state(self, _kind: type) -> Notices:
        return self._notices


@pytest.fixture
def page() -> Page:
    made: Any = Notices
    return Page(made(_reflex_internal_init=True))


def raising(exception: Exception) -> Any:
    async def act(self: Any) -> None:
        raise exception

    return act


async def test_a_refusal_becomes_a_notice(page: Page) -> None:
    await handler(raising(Conflict()))(page)

    notice = page._notices.notice
    assert notice.refused
    assert notice.words.startswith("Somebody else changed this first")


async def test_whoever_is_signed_out_is_led_to_sign_in_and_back(page: Page) -> None:
    event = await handler(raising(SignedOut()))(page)

    assert "/sign-in?next=%2Foffice%2Fstudents" in str(event)


async def test_faults_go_beside_their_fields(page: Page) -> None:
    await handler(raising(Invalid({"name": _("Please fill this in.")})))(page)

    assert page.faults == {"name": "Please fill this in."}


async def test_a_loader_says_its_trouble_in_place(page: Page) -> None:
    await loader(raising(NotFound()))(page)

    assert page.trouble == "We could not find that."
    assert not page.ready
    assert page._notices.notice.words == ""


async def test_a_loader_that_worked_is_ready(page: Page) -> None:
    page.trouble = "before"

    async def load(self: Any) -> None:
        pass

    await loader(load)(page)

    assert (page.ready, page.trouble) == (True, "")


async def test_the_unexpected_keeps_its_details_in_the_log(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    await handler(raising(RuntimeError("the password is hunter2")))(page)

    words = page._notices.notice.words
    reference = words.rsplit(" ", 1)[-1].rstrip(".")
    assert "hunter2" not in words
    assert reference in caplog.text
    assert "hunter2" in caplog.text


async def test_steps_that_fail_are_shown_too(page: Page) -> None:
    async def act(self: Any) -> Any:
        yield "first"
        raise Conflict

    steps = [step async for step in handler(act)(page)]

    assert steps[0] == "first"
    assert page._notices.notice.refused


def test_a_handler_is_a_coroutine() -> None:
    def act(self: Any) -> None: ...

    with pytest.raises(TypeError, match="async def"):
        handler(act)


def test_each_declaration_says_its_door() -> None:
    assert door_of(handler(raising(Conflict()))) is Door.SIGNED_IN
    assert door_of(open_handler(raising(Conflict()))) is Door.OPEN
    assert door_of(raising(Conflict())) is None
