"""Harmony's diary with calendar links, and reading them back as other programs do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any
from uuid import UUID

import pytest
import recurring_ical_events
from icalendar import Calendar

from studio_app.calendars.commands.feeds import FeedAbout, make_feed
from studio_app.calendars.links import Link
from studio_app.calendars.models import CalendarFeed
from studio_app.calendars.queries.reading import feed_calendar, feed_stamp
from studio_app.kit.access import Actor
from studio_app.kit.ids import FeedId
from tests.calling import Api
from tests.conftest import World
from tests.database import Database
from tests.scheduling.conftest import Desk, desk_of
from tests.stage import Stage, pointed_at, staged


@dataclass(frozen=True)
class Seen:
    """An occurrence as a calendar program shows it."""

    starts: str
    """In UTC: 2026-09-08 15:00"""
    minutes: int
    summary: str
    status: str


@dataclass(frozen=True)
class Wall:
    """What hangs on somebody's wall: a link, and what it shows."""

    desk: Desk

    @property
    def world(self) -> World:
        return self.desk.world

    def link(self, actor: Actor, about: FeedAbout, subject: UUID | None = None) -> Link:
        feed_id: FeedId = self.world.run(actor, make_feed, about, subject)
        return self.behind(actor, feed_id)

    def behind(self, actor: Actor, feed_id: FeedId) -> Link:
        row = self.world.as_(actor).session.get_one(CalendarFeed, feed_id)
        subject = row.teacher_id or row.student_id or row.family_id or row.room_id
        return Link(feed_id, actor, FeedAbout(row.about), subject, None)

    def calendar(self, link: Link) -> Any:
        return Calendar.from_ical(self.world.run(link.actor, feed_calendar, link).body)

    def stamp(self, link: Link) -> str:
        return self.world.run(link.actor, feed_stamp, link).stamp

    def seen(self, link: Link) -> list[Seen]:
        return expanded(self.calendar(link))


def expanded(calendar: Any) -> list[Seen]:
    """Every occurrence between 2026 and 2028, the earliest first."""
    found: Any = recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2028, 12, 31))
    return sorted((_seen(event) for event in found), key=lambda one: (one.starts, one.summary))


def _seen(event: Any) -> Seen:
    starts, ends = event.start.astimezone(UTC), event.end.astimezone(UTC)
    return Seen(
        f"{starts:%Y-%m-%d %H:%M}",
        int((ends - starts).total_seconds()) // 60,
        str(event["summary"]),
        str(event["status"]),
    )


@pytest.fixture
def wall(world: World) -> Wall:
    return Wall(desk_of(world))


@pytest.fixture(scope="module")
def stage(cloned: Database) -> Stage:
    return staged(cloned)


@pytest.fixture(scope="module")
def api(stage: Stage) -> Iterator[Api]:
    with pointed_at(stage.database):
        yield Api(stage)
