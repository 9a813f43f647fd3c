"""Addresses of calendars on the stage, and asking with them."""

from typing import Any
from uuid import UUID

import httpx

from studio_app.calendars.commands.feeds import FeedAbout, make_feed
from studio_app.calendars.links import PURPOSE
from studio_app.identity.secrets import token_about
from tests.calling import NOBODY, Api
from tests.stage import Stage


def address(stage: Stage, who: str, about: FeedAbout, subject: UUID | None = None) -> str:
    feed_id = stage.run(stage.people[who], make_feed, about, subject)
    return path_of(feed_id)


def path_of(feed_id: UUID) -> str:
    return f"/feeds/{token_about(PURPOSE, feed_id)}.ics"


def fetched(api: Api, path: str, **more: Any) -> httpx.Response:
    return api.get(path, NOBODY, **more)


def gone(api: Api, path: str) -> bool:
    """It answers as an address that never was."""
    unknown = fetched(api, f"/feeds/{'x' * 54}.ics")
    answer = fetched(api, path)
    same = {"status", "title", "detail", "type"}
    return answer.status_code == unknown.status_code == 404 and all(
        answer.json()[name] == unknown.json()[name] for name in same
    )
