"""One's calendar in another program: ready to subscribe to, renewed, ended; the office's list."""

import pytest

from studio_app.people.commands.guardians import link_guardian
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.web.office.settings.calendars import CalendarLinksState
from studio_app.web.office.teacher_hours import TeacherLinksState
from studio_app.web.own.calendar import MyCalendarState
from tests.conftest import World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


async def test_one_tap_subscribes_because_the_address_is_there(world: World, visit: Visit) -> None:
    page = visit(world.grace).open(MyCalendarState)
    await page.load()
    [line] = page.lines
    assert (line.title, line.detail) == ("Sam Gray", "never read yet")
    assert line.webcal.startswith("webcal://")
    assert line.address.endswith(".ics")
    assert line.google == (
        "https://calendar.google.com/calendar/r?cid="
        + line.webcal.replace(":", "%3A").replace("/", "%2F")
    )


async def test_several_children_are_one_calendar_and_each_their_own(
    world: World, visit: Visit
) -> None:
    ada = world.run(world.olivia, add_student, StudentDetails("Ada", "Gray"), confirmed=True)
    assert ada.student_id
    world.run(world.olivia, link_guardian, ada.student_id, world.guardian_id)
    page = visit(world.grace).open(MyCalendarState)
    await page.load()
    assert [line.title for line in page.lines] == ["All your children", "Ada Gray", "Sam Gray"]
    assert len({line.address for line in page.lines}) == 3


async def test_a_new_address_replaces_the_old_and_what_is_ended_stays_so(
    world: World, visit: Visit
) -> None:
    page = visit(world.tom).open(MyCalendarState)
    await page.load()
    [before] = page.lines
    assert before.title == "What Tom Teal teaches"
    await page.renew(before.feed_id)
    await page.load()
    [after] = page.lines
    assert after.address != before.address
    await page.end(after.feed_id)
    await page.load()
    [ended] = page.lines
    assert (ended.feed_id, ended.address) == ("", "")
    await page.make(ended.about, ended.subject_id)
    await page.load()
    assert page.lines[0].address not in {"", before.address, after.address}


async def test_the_office_sees_who_has_one_and_not_their_secret(world: World, visit: Visit) -> None:
    for who in (world.tom, world.grace):
        await visit(who).open(MyCalendarState).load()
    page = visit(world.olivia).open(CalendarLinksState)
    await page.load()
    toms, mine = page.lines
    assert (toms.detail, toms.address) == ("Tom Teal · never read yet", "")
    assert (mine.title, mine.feed_id) == ("What Tom Teal teaches", "")
    [family] = page.theirs
    assert (family.detail, family.address) == ("Grace Gray · never read yet", "")
    await page.end(family.feed_id)
    await page.load()
    assert page.theirs == []


async def test_the_office_has_a_teachers_addresses_beside_their_hours(
    world: World, visit: Visit
) -> None:
    page = visit(world.olivia).open(TeacherLinksState, teacher_id=str(world.teacher_id))
    await page.load()
    [line] = page.lines
    assert (line.title, line.feed_id) == ("What Tom Teal teaches", "")
    await page.make(line.about, line.subject_id)
    assert page.lines[0].address.endswith(".ics")
    await page.end(page.lines[0].feed_id)
    assert [one.feed_id for one in page.lines] == [""]
    theirs = visit(world.tom).open(TeacherLinksState, teacher_id=str(world.teacher_id))
    await theirs.load()
    assert theirs.lines == []
