"""The one tap of a mail program: “unsubscribe”, without a page and without an account.

Source: RFC 8058. Scanners open every link, so a GET only leads to the page with the button.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, RedirectResponse

from studio_app.kit.access import Actor
from studio_app.kit.database import engine
from studio_app.kit.ids import StudioId
from studio_app.kit.words import _, speaking
from studio_app.kit.work import run
from studio_app.messaging.commands.unsubscribing import unsubscribe
from studio_app.web import routes
from studio_app.web.inputs import as_id

router = APIRouter(prefix="/api", include_in_schema=False)
Said = Annotated[str, Query(max_length=200)]


@router.post("/unsubscribe")
def one_tap(studio: Said = "", token: Said = "") -> PlainTextResponse:
    visitor = Actor.public(StudioId(as_id(studio)), locale=speaking.get())
    run(engine(), visitor, unsubscribe, token)
    return PlainTextResponse(str(_("You get no more e-mails like this.")))


@router.get("/unsubscribe")
def to_the_page(studio: Said = "", token: Said = "") -> RedirectResponse:
    asked = urlencode({"studio": studio, "token": token})
    return RedirectResponse(f"{routes.UNSUBSCRIBE}?{asked}", 303)
