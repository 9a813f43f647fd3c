"""The application, put together."""

import reflex as rx
from starlette.types import ASGIApp

from studio_app.web import errors
from studio_app.web.api.app import api
from studio_app.web.edge import Edge
from studio_app.web.front import front
from studio_app.web.guard import Gate, Guard
from studio_app.web.site import add_pages, pages
from studio_app.web.ui.document import APP_WRAPS, HEAD, STYLESHEETS


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
app.add_middleware(Guard(), index=0)
add_pages(app)
gate = Gate(app.event_namespace)
