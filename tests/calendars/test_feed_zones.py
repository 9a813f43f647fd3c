"""Feeds when the studio's clock shows another zone's time."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from studio_app.bookings.commands.zones import Keep, change_timezone
from studio_app.calendars.commands.feeds import FeedAbout
from tests.calendars.conftest import Wall
from tests.scheduling.conftest import TUESDAY

NEW_YORK = ZoneInfo("America/New_York")


def sequences(wall: Wall, link: object) -> list[int]:
    return [int(event["sequence"]) for event in wall.calendar(link).events]  # type: ignore[arg-type]


def test_a_feed_follows_the_local_time_and_replaces_what_programs_have(wall: Wall) -> None:
    world = wall.world
    wall.desk.series(count=4)
    wall.desk.lesson(datetime.combine(TUESDAY, time(18)), student_ids=(world.student_id,))
    feed = wall.link(world.grace, FeedAbout.OWN)
    before, stamp, was = wall.seen(feed), wall.stamp(feed), sequences(wall, feed)
    later = world.at(world.now + timedelta(hours=1))
    later.run(later.olivia, change_timezone, NEW_YORK.key, Keep.LOCAL_TIME)
    after = wall.seen(feed)
    assert wall.stamp(feed) != stamp
    assert [one.starts[11:] for one in before] == ["15:00", "17:00", "15:00", "15:00", "15:00"]
    assert [one.starts[11:] for one in after] == ["20:00", "22:00", "20:00", "20:00", "20:00"]
    assert min(sequences(wall, feed)) > max(was)


def test_a_feed_stays_where_the_moment_does(wall: Wall) -> None:
    world = wall.world
    wall.desk.series(count=4)
    feed = wall.link(world.grace, FeedAbout.OWN)
    before = wall.seen(feed)
    world.run(world.olivia, change_timezone, NEW_YORK.key, Keep.MOMENT)
    assert wall.seen(feed) == before
