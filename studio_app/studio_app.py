"""The application, put together."""

import contextlib

import reflex as rx
from starlette.types import ASGIApp

from studio_app.kit.database import engine
from studio_app.kit.jobs import declare
from studio_app.kit.logs import set_up
from studio_app.kit.outbox import wire
from studio_app.kit.settings import settings
from studio_app.web import errors
from studio_app.web.api.app import api
from studio_app.web.api.live import listen
from studio_app.web.edge import Edge
from studio_app.web.front import front
from studio_app.web.guard import Gate, Guard
from studio_app.web.site import add_pages, pages
from studio_app.web.ui.document import APP_WRAPS, HEAD, STYLESHEETS
from studio_app.wiring import JOBS, SUBSCRIPTIONS
from studio_app.worker import working

wire(SUBSCRIPTIONS)
declare(JOBS)


def _edge(inner: ASGIApp) -> ASGIApp:
    return Edge(inner, pages(), app.router)


app = rx.App(
    api_transformer=[api, _edge],
    app_wraps=APP_WRAPS,
    backend_exception_handler=errors.unhandled,
    head_components=HEAD,
    html_lang=front().studio_build_locale,
    reset_style=False,
    stylesheets=STYLESHEETS,
    toaster=None,
)


async def background() -> None:
    """Deliver what was written down, keep the clock, tell open pages of changes."""
    chosen = settings()
    set_up(as_json=chosen.studio_log_json)
    async with contextlib.AsyncExitStack() as stack:
        if chosen.studio_worker:
            await stack.enter_async_context(working(engine()))
        await listen()


app.register_lifespan_task(background)
app.add_middleware(Guard(), index=0)
add_pages(app)
gate = Gate(app.event_namespace)
