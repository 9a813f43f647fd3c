"""A stamp is the same exactly as long as the feed is: what is told 304 has missed nothing."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import text

from studio_app.calendars.commands.feeds import FeedAbout
from studio_app.calendars.queries.reading import feed_calendar, feed_stamp
from tests.calendars.conftest import Wall
from tests.counting import sent_on
from tests.scheduling.conftest import TUESDAY

CHANGES = {
    "moved": "update lesson set starts_at = starts_at + interval '1 minute'"
    " where series_id is null",
    "longer": "update lesson set ends_at = ends_at + interval '1 minute' where series_id is null",
    "cancelled": "update lesson set status = 'cancelled', cancelled_at = now()"
    " where series_id is null",
    "another student's name": "update student set last_name = 'Grey'",
    "another teacher's name": "update teacher set name = 'Thomas' where name = 'Tom Teal'",
    "another name of the room": "update room set name = 'Studio'",
    "another address": "update location set address = '1 New Street'",
    "another kind's name": "update lesson_type set name = 'Klavier' where name = 'Piano'",
    "online": "update location set is_online = true",
    "another zone": "update studio set timezone = 'Europe/Berlin'",
    "another name of the studio": "update studio set name = 'Melody'",
    "another wall time of the rule": "update series set at = at + interval '5 minutes'",
    "a student left": "update seat set left_at = now()",
    "no room": "update lesson set room_id = null, room_single_use = null",
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_a_feed_changes_its_stamp(wall: Wall, change: str) -> None:
    desk, world = wall.desk, wall.world
    desk.series(until_on=TUESDAY + timedelta(weeks=3))
    one = datetime.combine(TUESDAY, time(9))
    desk.lesson(one, student_ids=(world.student_id,), room_id=desk.room_id)
    link = wall.link(world.olivia, FeedAbout.TEACHER, world.teacher_id)
    before, body = wall.stamp(link), world.run(link.actor, feed_calendar, link)
    assert before == body.stamp
    world.as_(world.olivia)
    world.connection.execute(text(CHANGES[change]))
    after = world.run(link.actor, feed_calendar, link)
    assert after.body != body.body
    assert wall.stamp(link) == after.stamp != before


def test_a_new_lesson_and_an_old_one_change_it(wall: Wall) -> None:
    desk, world = wall.desk, wall.world
    link = wall.link(world.tom, FeedAbout.TEACHER, world.teacher_id)
    stamps = [wall.stamp(link)]
    desk.lesson(datetime.combine(TUESDAY, time(9)))
    stamps.append(wall.stamp(link))
    desk.lesson(datetime.combine(TUESDAY, time(10)))
    stamps.append(wall.stamp(link))
    later = replace(wall, desk=replace(desk, world=world.at(world.now + timedelta(days=120))))
    assert later.stamp(link) == stamps[0]
    assert len({*stamps}) == 3


def test_what_a_feed_does_not_say_leaves_it_alone(wall: Wall) -> None:
    desk, world = wall.desk, wall.world
    desk.series()
    link = wall.link(world.tom, FeedAbout.TEACHER, world.teacher_id)
    before = wall.stamp(link)
    world.as_(world.olivia)
    world.connection.execute(text("update lesson set notes = 'scales'"))
    tomorrow = replace(wall, desk=replace(desk, world=world.at(world.now + timedelta(days=1))))
    assert tomorrow.stamp(link) == before


def test_the_language_of_the_reader_is_part_of_it(wall: Wall) -> None:
    wall.desk.series()
    link = wall.link(wall.world.grace, FeedAbout.OWN)
    in_french = replace(link, actor=replace(link.actor, locale="fr"))
    assert wall.stamp(link) != wall.stamp(in_french)


def test_what_is_known_holds_until_something_in_the_studio_changes(wall: Wall) -> None:
    desk, world = wall.desk, wall.world
    desk.series()
    link = wall.link(world.tom, FeedAbout.TEACHER, world.teacher_id)
    known = world.run(link.actor, feed_stamp, link)
    with sent_on(world.connection) as sent:
        assert world.run(link.actor, feed_stamp, link, known) is known
    assert sum("feed_rows" in each for each in sent) == 0
    world.as_(world.olivia)
    world.connection.execute(text("update lesson set notes = 'scales'"))
    afterwards = world.run(link.actor, feed_stamp, link, known)
    assert (afterwards.stamp, afterwards.changes > known.changes) == (known.stamp, True)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_known_never_hides_a_change(wall: Wall, change: str) -> None:
    desk, world = wall.desk, wall.world
    desk.series(until_on=TUESDAY + timedelta(weeks=3))
    one = datetime.combine(TUESDAY, time(9))
    desk.lesson(one, student_ids=(world.student_id,), room_id=desk.room_id)
    link = wall.link(world.olivia, FeedAbout.TEACHER, world.teacher_id)
    known = world.run(link.actor, feed_stamp, link)
    world.as_(world.olivia)
    world.connection.execute(text(CHANGES[change]))
    found = world.run(link.actor, feed_stamp, link, known)
    assert found.stamp == world.run(link.actor, feed_calendar, link).stamp != known.stamp


def test_what_is_known_is_of_one_reader_and_one_day(wall: Wall) -> None:
    world = wall.world
    wall.desk.lesson(datetime.combine(TUESDAY, time(9)))
    link = wall.link(world.tom, FeedAbout.TEACHER, world.teacher_id)
    known = world.run(link.actor, feed_stamp, link)
    in_french = replace(link, actor=replace(link.actor, locale="fr"))
    assert world.run(in_french.actor, feed_stamp, in_french, known).stamp != known.stamp
    much_later = world.at(world.now + timedelta(days=120))
    assert much_later.run(link.actor, feed_stamp, link, known).stamp != known.stamp
