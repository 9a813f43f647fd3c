"""From the secret in an address to whoever it reads as. Asked anew each time."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.identity.secrets import hash_of
from studio_app.identity.sessions import actor_in, first_row
from studio_app.kit.access import Actor, Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import FeedId

PURPOSE = "calendar feed"
_BEHIND = text("select * from calendars_feed(:hash)")


@dataclass(frozen=True, slots=True)
class Link:
    """A calendar link that counts: whom it reads as, and about what."""

    feed_id: FeedId
    actor: Actor
    about: FeedAbout
    subject_id: UUID | None
    fetched_at: datetime | None

    @property
    def lasting(self) -> "Link":
        """Without what changes by being asked."""
        return replace(self, fetched_at=None)


def link_behind(engine: Engine, token: str) -> Link:
    """NotFound alike for what never was, was ended, or was made by somebody who has gone."""
    row: Any = first_row(engine, _BEHIND, {"hash": hash_of(token)})
    if row is None:
        raise NotFound
    actor = actor_in(row, row.person_id, row.studio_id)
    if not actor.roles or not actor.may(Permission.LESSON_VIEW):
        raise NotFound
    return Link(row.id, actor, FeedAbout(row.about), row.subject_id, row.fetched_at)
