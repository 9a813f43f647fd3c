"""What Twilio tells us: texts that came in, and what became of ours.

Source: Twilio's webhooks for messages; the signature is over the public address and the form.
"""

import logging
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request
from fastapi.responses import Response

from studio_app.identity.commands.sign_in import count_try
from studio_app.kit.access import Actor
from studio_app.kit.database import engine
from studio_app.kit.ids import StudioId
from studio_app.kit.settings import settings
from studio_app.kit.work import run
from studio_app.messaging.commands.replying import Arrived, note_report, receive_text
from studio_app.messaging.queries.texting import studios_meant
from studio_app.messaging.sms_gateway import signature_is_right

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/hooks/twilio", include_in_schema=False)
FORGED, TOO_OFTEN = 403, 429
TEXTS, REPORTS = 60, 30
"""From one number, and about one message, within a quarter of an hour."""
LONGEST = 1600  # signs of a text, by Twilio's own limit
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


async def signed_form(
    request: Request, x_twilio_signature: Annotated[str, Header()] = ""
) -> dict[str, str]:
    """The fields of a form that Twilio itself has sent to this address; 403 for any other."""
    form = {name: said for name, said in (await request.form()).items() if isinstance(said, str)}
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings().studio_origin.rstrip('/')}{request.url.path}{query}"
    if not signature_is_right(address, form, x_twilio_signature):
        raise HTTPException(FORGED)
    return form


Signed = Annotated[dict[str, str], Depends(signed_form)]


@router.post("/sms")
def text_arrived(form: Signed) -> Response:
    """Somebody has written; what we answer goes out as a message of its own."""
    number, words = form.get("From", ""), form.get("Body", "")[:LONGEST]
    arrived = Arrived(form.get("MessageSid", ""), number, words)
    meant = run(engine(), Actor.public(), studios_meant, form.get("To", ""), number, words)
    if not meant.ends_texts:
        _not_too_often("text", number, TEXTS)
    _bring(arrived, meant.studios)
    return _done()


@router.post("/report")
def report(
    form: Signed, studio: Annotated[UUID, Query()], message: Annotated[UUID, Query()]
) -> Response:
    """What became of a text of ours; in any order, and more than once."""
    _not_too_often("report", str(message), REPORTS)
    system = Actor.system(StudioId(studio))
    sid, status = form.get("MessageSid", ""), form.get("MessageStatus", "")
    run(engine(), system, note_report, message, sid, status, form.get("ErrorCode", ""))
    return _done()


def _bring(arrived: Arrived, studios: Sequence[StudioId]) -> None:
    """To each studio by itself: what one cannot take in, the others still hear. Raises the first
    fault when all have heard it."""
    faults: list[Exception] = []
    for studio_id in studios:
        try:
            run(engine(), Actor.system(studio_id), receive_text, arrived)
        except Exception as fault:  # whatever it is, it is one studio's
            log.exception("studio %s could not take in text %s", studio_id, arrived.provider_id)
            faults.append(fault)
    if faults:
        raise faults[0]


def _not_too_often(kind: str, subject: str, limit: int) -> None:
    if not run(engine(), Actor.public(), count_try, kind, subject, limit=limit):
        raise HTTPException(TOO_OFTEN)


def _done() -> Response:
    return Response(NOTHING_TO_SAY, media_type="text/xml")
