"""Calendars for other programs: the secret in the address is the only key.

Source: RFC 9110 13.1.2 (If-None-Match). Programs ask every hour or so; for the most part nothing
has changed, and three statements say so.
"""

from collections import OrderedDict
from threading import Lock
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, BackgroundTasks, Header, HTTPException, Request
from fastapi.responses import Response

from studio_app.calendars.commands.feeds import A_DAY, note_fetched
from studio_app.calendars.links import Link, link_behind
from studio_app.calendars.queries.reading import Calendar, Stamped, feed_calendar, feed_stamp
from studio_app.identity.commands.sign_in import count_try
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import FeedId
from studio_app.kit.work import run

router = APIRouter(prefix="/feeds", include_in_schema=False)
TOO_OFTEN, UNCHANGED = 429, 304
GUESSES, WRITINGS = 60, 60
"""From one address, and of one feed in each process, within a quarter of an hour."""
KEPT, STAMPS = 64, 10_000


class Shelf:
    """The feeds written last, so that a second program of the same person need not wait; and
    of many more what they are stamped with."""

    def __init__(self, most: int, most_stamps: int) -> None:
        self._kept = _Latest[tuple[FeedId, str], bytes](most)
        self._stamps = _Latest[FeedId, Stamped](most_stamps)

    def find(self, feed_id: FeedId, stamp: str) -> Calendar | None:
        body = self._kept.get((feed_id, stamp))
        return None if body is None else Calendar(stamp, body)

    def keep(self, feed_id: FeedId, calendar: Calendar) -> None:
        self._kept.put((feed_id, calendar.stamp), calendar.body)

    def stamp(self, link: Link) -> str:
        """What it is stamped with now."""
        known = self._stamps.get(link.feed_id)
        found = run(engine(), link.actor, feed_stamp, link, known)
        self._stamps.put(link.feed_id, found)
        return found.stamp


K = TypeVar("K")
V = TypeVar("V")


class _Latest(Generic[K, V]):
    """So many things, those used last, for every thread of this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


shelf = Shelf(KEPT, STAMPS)


@router.get("/{token}.ics")
def feed(
    token: str,
    request: Request,
    afterwards: BackgroundTasks,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """The calendar, or that it is the one you have. 404 for every address that does not count."""
    link = _link(token, request)
    now = utc_now()
    if link.fetched_at is None or now - link.fetched_at >= A_DAY:
        afterwards.add_task(run, engine(), link.actor, note_fetched, link.feed_id)
    stamp = shelf.stamp(link)
    if _has(if_none_match, stamp):
        return Response(status_code=UNCHANGED, headers=_headers(stamp))
    calendar = shelf.find(link.feed_id, stamp) or _written(link)
    return Response(
        calendar.body, media_type="text/calendar; charset=utf-8", headers=_headers(calendar.stamp)
    )


def _link(token: str, request: Request) -> Link:
    try:
        return link_behind(engine(), token)
    except NotFound:
        address = request.client.host if request.client else ""
        _not_too_often("feed", address, GUESSES)
        raise


def _written(link: Link) -> Calendar:
    _not_too_often("feed written", str(link.feed_id), WRITINGS)
    calendar = run(engine(), link.actor, feed_calendar, link)
    shelf.keep(link.feed_id, calendar)
    return calendar


def _not_too_often(kind: str, subject: str, limit: int) -> None:
    if not run(engine(), Actor.public(), count_try, kind, subject, limit=limit):
        raise HTTPException(TOO_OFTEN)


def _has(if_none_match: str, stamp: str) -> bool:
    """Weak comparison, as RFC 9110 asks for here."""
    tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return any(tag in {"*", f'"{stamp}"'} for tag in tags)


def _headers(stamp: str) -> dict[str, str]:
    return {
        "etag": f'W/"{stamp}"',
        "cache-control": "private, no-cache",
        "x-robots-tag": "noindex",
        "referrer-policy": "no-referrer",
    }
