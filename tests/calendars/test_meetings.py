"""Online lessons: each knows in time where it meets, and anew when it moves."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from studio_app.calendars.commands.feeds import FeedAbout
from studio_app.calendars.commands.meetings import make_due_meetings
from studio_app.calendars.due import studios_with_meetings_to_make
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.calendars.rules.video import AHEAD
from studio_app.calendars.subscribers import arrange_meeting
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import LessonId, RoomId
from studio_app.kit.work import run
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import (
    NewLesson,
    cancel_lesson,
    move_lesson,
    schedule_lesson,
)
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.events import LessonMoved
from studio_app.scheduling.queries.lessons import lesson_details
from tests.calendars.conftest import Wall
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY
from tests.stage import Stage

SOON = datetime.combine(TUESDAY, time(9)) - timedelta(days=5)  # the world's now is a week before


@pytest.fixture
def online(wall: Wall) -> RoomId:
    world = wall.world
    location = world.run(world.olivia, open_location, "Over the wire", is_online=True)
    return world.run(world.olivia, add_room, location, RoomDetails("Tom’s line"))


def lesson(wall: Wall, room_id: RoomId | None, at: datetime = SOON) -> LessonId:
    return wall.desk.lesson(at, student_ids=(wall.world.student_id,), room_id=room_id)


def tick(wall: Wall, world: World | None = None) -> str:
    there = world or wall.world
    return there.run(Actor.system(there.harmony), make_due_meetings)


def link(wall: Wall, who: Actor, lesson_id: LessonId) -> str:
    return wall.world.run(who, meeting_links, [lesson_id]).get(lesson_id, "")


def test_an_online_lesson_gets_a_room_nobody_can_guess(wall: Wall, online: RoomId) -> None:
    first, second = lesson(wall, online), lesson(wall, online, SOON + timedelta(hours=1))
    here = lesson(wall, wall.desk.room_id, SOON + timedelta(hours=2))
    assert tick(wall) == "2 meetings"
    addresses = {link(wall, wall.world.tom, one) for one in (first, second)}
    assert len(addresses) == 2
    for address in addresses:
        assert urlsplit(address).netloc == "meet.jit.si"
        assert len(address.rpartition("-")[2]) == 32
        assert str(first) not in address
    assert link(wall, wall.world.tom, here) == ""
    assert wall.world.run(wall.world.olivia, lesson_details, first).is_online
    assert not wall.world.run(wall.world.olivia, lesson_details, here).is_online


def test_the_kind_of_a_lesson_makes_it_online_too(wall: Wall) -> None:
    world = wall.world
    kind = world.run(
        world.olivia, add_lesson_type, LessonTypeDetails("Online", minutes=30, is_online=True)
    )
    one = wall.desk.lesson(SOON, student_ids=(world.student_id,), lesson_type_id=kind)
    tick(wall)
    assert link(wall, world.grace, one)


def test_it_is_made_in_time_and_once(wall: Wall, online: RoomId) -> None:
    far = lesson(wall, online, SOON + timedelta(days=30))
    assert tick(wall) == "0 meetings"
    later = wall.world.at(wall.desk.row(far).starts_at - AHEAD)
    assert tick(wall, later) == "1 meetings"
    before = link(wall, wall.world.tom, far)
    assert tick(wall, later) == "0 meetings"
    assert link(wall, wall.world.tom, far) == before != ""


def test_a_moved_lesson_meets_somewhere_else(wall: Wall, online: RoomId) -> None:
    world, one = wall.world, lesson(wall, online)
    tick(wall)
    before = link(wall, world.grace, one)
    was_at = wall.desk.row(one).starts_at
    world.run(world.olivia, move_lesson, one, to=SOON + timedelta(hours=3))
    assert link(wall, world.grace, one) == ""  # until it is made, nobody is sent to the old one
    moved = LessonMoved(one, was_at=was_at, now_at=was_at + timedelta(hours=3))
    arrange_meeting(world.as_(Actor.system(world.harmony)), moved)
    assert link(wall, world.grace, one) not in {"", before}


def test_moved_out_of_its_online_place_or_cancelled_it_leads_nowhere(
    wall: Wall, online: RoomId
) -> None:
    world = wall.world
    first, second = lesson(wall, online), lesson(wall, online, SOON + timedelta(hours=1))
    tick(wall)
    world.run(world.olivia, move_lesson, first, to=SOON, room_id=wall.desk.room_id)
    world.run(world.olivia, cancel_lesson, second)
    assert [link(wall, world.tom, one) for one in (first, second)] == ["", ""]


def test_only_who_sees_the_lesson_is_told_where_it_meets(wall: Wall, online: RoomId) -> None:
    world = wall.world
    one = wall.desk.lesson(SOON, room_id=online)  # without Sam
    tick(wall)
    assert link(wall, world.tom, one)
    assert link(wall, world.grace, one) == ""
    assert link(wall, world.rita, one) == ""


def test_the_calendar_leads_there(wall: Wall, online: RoomId) -> None:
    world = wall.world
    one = lesson(wall, online)
    feed = wall.link(world.grace, FeedAbout.OWN)
    before = wall.stamp(feed)
    tick(wall)
    address = link(wall, world.grace, one)
    event: Any = wall.calendar(feed).events[0]
    assert str(event["location"]) == str(event["url"]) == str(event["conference"]) == address
    assert wall.stamp(feed) != before


def test_the_clock_looks_only_where_one_is_missing(stage: Stage) -> None:
    database, olivia, now = stage.database, stage.cast.olivia, utc_now()
    assert studios_with_meetings_to_make(database.app, now) == []
    kind = stage.run(olivia, add_lesson_type, LessonTypeDetails("Wire", minutes=30, is_online=True))
    wish = NewLesson(stage.cast.teacher_id, kind, now + timedelta(hours=30))
    stage.run(olivia, schedule_lesson, wish)
    assert studios_with_meetings_to_make(database.app, now) == [stage.cast.harmony]
    run(database.app, Actor.system(stage.cast.harmony), make_due_meetings)
    assert studios_with_meetings_to_make(database.app, now) == []
