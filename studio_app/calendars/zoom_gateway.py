"""Meetings by Zoom, with a Server-to-Server OAuth app of the studio's own account.

Source: Zoom's Meetings API and its error codes; its guide to Server-to-Server OAuth.
"""

from http import HTTPStatus

from studio_app.calendars.rules.video import Why
from studio_app.calendars.video_line import (
    Answer,
    Credentials,
    Declined,
    Line,
    Room,
    Said,
    Wanted,
    ask,
    in_utc,
    placed,
    room,
    token_of,
)
from studio_app.kit.settings import settings

SCHEDULED = 2  # type of a meeting with a fixed time, once
NO_SCOPE, NOT_OURS, NO_USER = 4711, 1010, 1001
MINUTE = 60


def make_meeting(who: Credentials, wanted: Wanted) -> Room:
    """Raises Declined, or Doubtful where nobody knows whether it was made.

    Whoever has the address may come in before the host: the lesson's teacher often is not the
    one in whose name the studio's meetings are made.
    """
    body = {
        "topic": wanted.topic,
        "type": SCHEDULED,
        "start_time": in_utc(wanted.starts_at),
        "duration": int((wanted.ends_at - wanted.starts_at).total_seconds()) // MINUTE,
        "timezone": wanted.zone,
        "settings": {"join_before_host": True, "waiting_room": False},
    }
    answer = _line.ask("POST", f"users/{placed(who.host)}/meetings", who, json=body)
    if answer.status != HTTPStatus.CREATED:
        raise _refusal(answer)
    return room(answer.said.get("id"), answer.said.get("join_url"))


def remove_meeting(who: Credentials, provider_id: str) -> None:
    """A meeting that is not there is removed. Raises Declined."""
    answer = _line.ask("DELETE", f"meetings/{placed(provider_id)}", who, changes=False)
    if answer.status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND}:
        raise _refusal(answer)


def _sign_in(who: Credentials) -> Said:
    base = settings().studio_zoom_sign_in_url.rstrip("/")
    grant = {"grant_type": "account_credentials", "account_id": who.account}
    signed = (who.client_id, who.secret)
    return token_of(ask("POST", f"{base}/oauth/token", params=grant, auth=signed, changes=False))


def _refusal(answer: Answer) -> Declined:
    code = answer.said.get("code")
    detail = f"{answer.status} {code}"
    if code == NO_SCOPE or answer.status == HTTPStatus.FORBIDDEN:
        return Declined(Why.PERMISSION, detail)
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return Declined(Why.CREDENTIALS, detail)
    if answer.status == HTTPStatus.NOT_FOUND or code in {NOT_OURS, NO_USER}:
        return Declined(Why.HOST, detail)
    return Declined(Why.REFUSED, detail)


_line = Line(lambda: settings().studio_zoom_url, _sign_in)
