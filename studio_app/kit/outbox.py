"""Things to do after commit: one job per subscriber, written in the causing transaction."""

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, RetryDecision, SyncPsycopgConnector
from procrastinate.jobs import Job as QueuedJob
from pydantic import TypeAdapter
from sqlmodel import Session

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import StudioId, new_id
from studio_app.kit.logs import request_id

PAYLOAD_VERSION = 1
ATTEMPTS = 5
"""How often a job is tried; the last failure makes it a dead letter."""
LONGEST_WAIT = timedelta(hours=1)

# Jobs are only written here, on the caller's own connection; the worker brings its own pool.
app = App(connector=SyncPsycopgConnector())


class TryLater(Exception):
    """A subscriber raises this when the other side asks to be left alone for a while.

    `after` is how long (a 429's Retry-After), bounded to `LONGEST_WAIT`; None: the usual
    pause. It counts as an attempt. `why` is for whoever looks at the queue.
    """

    def __init__(self, why: str = "", after: timedelta | None = None) -> None:
        self.after = after
        super().__init__(why)


class Patience(BaseRetryStrategy):
    """Try again 2, 4, 8 and 16 seconds later, or when the other side said; then give up."""

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        failures = job.attempts + 1  # procrastinate counts the attempts before this one
        if failures >= ATTEMPTS:
            return None
        return RetryDecision(retry_at=utc_now() + pause(failures, exception))


def pause(failures: int, exception: BaseException) -> timedelta:
    """How long to wait after this many failures; up to half as long again spreads the crowd."""
    asked = exception.after if isinstance(exception, TryLater) else None
    if asked is not None:
        return min(max(asked, timedelta(0)), LONGEST_WAIT)
    return timedelta(seconds=2**failures * random.uniform(1, 1.5))  # noqa: S311  no secret


RETRIES = Patience()


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about the past. Carries ids and instants, never personal data."""


Subscriber = Callable[..., None]
"""`(work, event)` inside a transaction, or, marked `@outside`, `(engine, actor, event)`."""
Subscriptions = Mapping[type[Event], Sequence[Subscriber]]
_subscriptions: dict[type[Event], Sequence[Subscriber]] = {}
_subscribers: dict[str, Subscriber] = {}
_events: dict[str, type[Event]] = {}


def outside(subscriber: Subscriber) -> Subscriber:
    """Mark a subscriber that talks to the outside world: it runs without a transaction.

    It may be called again after it succeeded, so what it sends carries its own key.
    """
    subscriber.outside = True  # type: ignore[attr-defined]
    return subscriber


def is_outside(subscriber: Subscriber) -> bool:
    return getattr(subscriber, "outside", False)


Awaited = Callable[[Session], Collection[type[Event]]]
"""What somebody in the studio of this transaction waits for."""


def when_awaited(awaited: Awaited) -> Callable[[Subscriber], Subscriber]:
    """Mark a subscriber that has nothing to do in a studio where nobody waits for the event.

    It is asked when the event is told, not when its job runs: a job that only finds out that it
    was for nothing costs more than it took to ask, and who begins to wait later was not told.
    """

    def mark(subscriber: Subscriber) -> Subscriber:
        subscriber.awaited = awaited  # type: ignore[attr-defined]
        return subscriber

    return mark


def wire(subscriptions: Subscriptions) -> None:
    """Say who reacts to what. Called once, with the table in `studio_app.wiring`."""
    for event, subscribers in subscriptions.items():
        _subscriptions[event] = subscribers
        _events[name_of(event)] = event
        _subscribers.update({name_of(s): s for s in subscribers})


def name_of(thing: Subscriber | type[Event]) -> str:
    return f"{thing.__module__.removeprefix('studio_app.')}.{thing.__name__}"


@cache
def adapter(kind: type[Event]) -> TypeAdapter[Event]:
    """Between an event and its JSON; making one costs more than using it."""
    return TypeAdapter(kind)


def subscriber_named(name: str) -> Subscriber:
    return _subscribers[name]


def event_named(name: str) -> type[Event]:
    return _events[name]


def defer(
    session: Session, events: Sequence[Event], *, studio_id: StudioId, caused_by: UUID
) -> None:
    """Write one job per event and subscriber, in one statement.

    An event nobody wired is a mistake, so it raises.
    """
    jobs = [job for event in events for job in _jobs(session, event, studio_id, caused_by)]
    if jobs:
        driver = session.connection().connection.driver_connection
        app.configure_task("deliver", connection=driver).batch_defer(*jobs)


def _jobs(
    session: Session, event: Event, studio_id: StudioId, caused_by: UUID
) -> Iterator[dict[str, Any]]:
    subscribers = [
        one for one in _subscriptions[type(event)] if _is_awaited(session, one, event, studio_id)
    ]
    if not subscribers:
        return
    payload = {
        "version": PAYLOAD_VERSION,
        "event_id": str(new_id()),
        "studio_id": str(studio_id),
        "caused_by": str(caused_by),
        "request_id": request_id.get(),
        "kind": name_of(type(event)),
        "event": adapter(type(event)).dump_python(event, mode="json"),
    }
    for subscriber in subscribers:
        yield {"subscriber": name_of(subscriber), "payload": payload}


def _is_awaited(
    session: Session, subscriber: Subscriber, event: Event, studio_id: StudioId
) -> bool:
    """Read once in a transaction, and only where such an event is told: a session lives as long."""
    awaited: Awaited | None = getattr(subscriber, "awaited", None)
    if awaited is None:
        return True
    read: dict[object, Collection[type[Event]]] = session.info
    if (awaited, studio_id) not in read:
        read[awaited, studio_id] = awaited(session)
    return type(event) in read[awaited, studio_id]
