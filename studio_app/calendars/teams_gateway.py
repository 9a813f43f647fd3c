"""Meetings by Microsoft Teams, with an app of the studio's own tenant.

Source: Microsoft Graph v1.0, onlineMeeting; the client credentials flow of Microsoft Entra.
"""

from http import HTTPStatus
from typing import Any

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

SCOPE = "https://graph.microsoft.com/.default"


def make_meeting(who: Credentials, wanted: Wanted) -> Room:
    """Raises Declined, or Doubtful where nobody knows whether it was made.

    Nobody waits in the lobby: families have no account there, and the host need not come.
    """
    body = {
        "subject": wanted.topic,
        "startDateTime": in_utc(wanted.starts_at),
        "endDateTime": in_utc(wanted.ends_at),
        "lobbyBypassSettings": {"scope": "everyone"},
    }
    answer = _line.ask("POST", _meetings(who), who, json=body)
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        raise _refusal(answer)
    return room(answer.said.get("id"), answer.said.get("joinWebUrl"))


def remove_meeting(who: Credentials, provider_id: str) -> None:
    """A meeting that is not there is removed. Raises Declined."""
    answer = _line.ask("DELETE", f"{_meetings(who)}/{placed(provider_id)}", who, changes=False)
    if answer.status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND}:
        raise _refusal(answer)


def _meetings(who: Credentials) -> str:
    return f"users/{placed(who.host)}/onlineMeetings"


def _sign_in(who: Credentials) -> Said:
    base = settings().studio_graph_sign_in_url.rstrip("/")
    form = {
        "grant_type": "client_credentials",
        "client_id": who.client_id,
        "client_secret": who.secret,
        "scope": SCOPE,
    }
    url = f"{base}/{placed(who.account)}/oauth2/v2.0/token"
    return token_of(ask("POST", url, data=form, changes=False))


def _refusal(answer: Answer) -> Declined:
    error: Any = answer.said.get("error") or {}
    detail = f"{answer.status} {error.get('code', '')}"
    kinds: dict[int, Why] = {
        HTTPStatus.UNAUTHORIZED: Why.CREDENTIALS,
        HTTPStatus.FORBIDDEN: Why.PERMISSION,
        HTTPStatus.NOT_FOUND: Why.HOST,
    }
    return Declined(kinds.get(answer.status, Why.REFUSED), detail)


_line = Line(lambda: settings().studio_graph_url, _sign_in)
