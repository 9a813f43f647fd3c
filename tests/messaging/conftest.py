"""Harmony with messages switched on, each test in a database of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from studio_app.kit.ids import LessonId
from tests.cast import cast_of
from tests.database import Database, Databases, clone, findings_of
from tests.messaging.phones import Phones, phones_in
from tests.messaging.town import THURSDAY, Town, settled
from tests.standins.smtp import PostOffice, post_office
from tests.standins.twilio import Twilio, twilio_peer

NOON = datetime(2026, 9, 1, 11, 0, tzinfo=UTC)  # a Tuesday, 12:00 in London


@pytest.fixture
def town(server: Databases, migrated_template: Database) -> Iterator[Town]:
    copy = clone(server, migrated_template)
    try:
        with copy.app.begin() as connection:
            cast = cast_of(connection, NOON)
        found = Town(copy, cast, NOON)
        settled(found)
        yield found
        broken = [finding for finding in findings_of(copy.owner_url) if finding.rows]
        assert broken == []
    finally:
        server.drop(copy)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_peer() as found:
        yield found


@pytest.fixture
def phones(town: Town, twilio: Twilio) -> Iterator[Phones]:
    with phones_in(town, twilio) as found:
        yield found


@pytest.fixture
def reminded(town: Town, office: PostOffice, phones: Phones) -> LessonId:
    """Sam's lesson tomorrow, of which Grace was reminded by text."""
    town.allow_texts()
    town.now = THURSDAY - timedelta(days=2)
    lesson_id = town.lesson(THURSDAY)
    town.settle()
    town.now = THURSDAY - timedelta(hours=2)
    town.tick()
    assert any("Sam" in said for said in phones.heard_on())
    phones.twilio.texts.clear()
    return lesson_id
