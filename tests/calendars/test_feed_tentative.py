"""What is not confirmed yet is tentative in a feed, until it is."""

import pytest

from studio_app.bookings.commands.deciding import confirm_booking
from studio_app.calendars.commands.feeds import FeedAbout
from studio_app.kit.access import Actor
from tests.bookings.conftest import Counter, counter
from tests.calendars.conftest import Wall

__all__ = ["counter"]


def statuses(counter: Counter, actor: Actor, about: FeedAbout) -> set[str]:
    wall = Wall(counter.desk)
    subject = counter.world.teacher_id if about is FeedAbout.TEACHER else None
    return {one.status for one in wall.seen(wall.link(actor, about, subject))}


@pytest.mark.parametrize("about", [FeedAbout.TEACHER, FeedAbout.OWN])
def test_a_provisional_lesson_is_tentative_until_it_is_confirmed(
    counter: Counter, about: FeedAbout
) -> None:
    world = counter.world
    actor = world.tom if about is FeedAbout.TEACHER else world.grace
    found = counter.reviewing().settled(counter.weekly())
    assert statuses(counter, actor, about) == {"TENTATIVE"}
    world.run(world.olivia, confirm_booking, found.id)
    assert statuses(counter, actor, about) == {"CONFIRMED"}


def test_the_stamp_changes_when_it_is_confirmed(counter: Counter) -> None:
    world, wall = counter.world, Wall(counter.desk)
    found = counter.reviewing().settled(counter.weekly())
    link = wall.link(world.grace, FeedAbout.OWN)
    before = wall.stamp(link)
    world.run(world.olivia, confirm_booking, found.id)
    assert wall.stamp(link) != before
