"""The studio's timezone changes: what is counted first, what moves, and what never does."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from studio_app.billing.queries.arrangements import arrangements
from studio_app.bookings.commands.waitlist import wait_for
from studio_app.bookings.commands.zones import Keep, SameZone, change_timezone
from studio_app.bookings.models.waiting import Waiting
from studio_app.bookings.queries.zones import zone_preview
from studio_app.bookings.wishes import TimeWish, WaitingWish
from studio_app.identity.access import studio_zone
from studio_app.identity.commands.account import NoSuchZone
from studio_app.kit.clock import to_instant
from studio_app.kit.errors import Forbidden
from studio_app.kit.ids import LessonId, SeriesId
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.commands.zones import TheyWouldMeet
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.scheduling.queries.planning import series_preview
from studio_app.scheduling.queries.weekly import weekly_lessons_of
from tests.conftest import World
from tests.scheduling.conftest import LONDON, TUESDAY, Desk, desk_of

NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
WEEK = timedelta(weeks=1)
WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of(world)


def change(desk: Desk, zone: ZoneInfo, keep: Keep) -> int:
    return desk.world.run(desk.world.olivia, change_timezone, zone.key, keep)


def walls(desk: Desk, zone: ZoneInfo) -> set[time]:
    return {one.starts_at.astimezone(zone).time() for one in desk.lessons()}


def following(desk: Desk, series_id: SeriesId) -> Series:
    query = select(Series).where(Series.follows_id == series_id)
    return desk.world.as_(desk.world.olivia).session.exec(query).one()


def test_the_local_time_stays_all_year_and_the_promises_hold(desk: Desk) -> None:
    series_id = desk.series()
    single = desk.lesson(
        datetime.combine(WEDNESDAY, time(10)), student_ids=(desk.world.student_id,)
    )
    before = [one.id for one in desk.lessons()]

    moved = change(desk, NEW_YORK, Keep.LOCAL_TIME)

    assert moved == len(before) == len(desk.lessons())
    assert {one.id for one in desk.lessons()} == set(before)
    assert walls(desk, NEW_YORK) == {time(16), time(10)}
    assert desk.row(single).starts_at == to_instant(WEDNESDAY, time(10), NEW_YORK)
    assert studio_zone(desk.world.as_(desk.world.olivia)) == NEW_YORK
    row = desk.world.as_(desk.world.olivia).session.get_one(Series, series_id)
    assert (row.zone, row.at) == ("America/New_York", time(16))  # nothing of it was taught yet
    assert desk.broken() == []
    seats = desk.seats(single)
    assert [one.starts_at for one in seats] == [desk.row(single).starts_at]


def test_there_and_back_is_as_before(desk: Desk) -> None:
    desk.series()
    before = {one.id: one.starts_at for one in desk.lessons()}
    change(desk, NEW_YORK, Keep.LOCAL_TIME)
    change(desk, LONDON, Keep.LOCAL_TIME)
    assert {one.id: one.starts_at for one in desk.lessons()} == before
    assert desk.broken() == []


def test_what_was_taught_keeps_its_wall(desk: Desk) -> None:
    series_id = desk.series()
    first, second, *_rest = desk.lessons(series_id)
    held_at = first.starts_at
    desk = desk_at(desk, held_at + timedelta(days=1))

    change(desk, NEW_YORK, Keep.LOCAL_TIME)

    assert desk.row(first.id).starts_at == held_at
    assert desk.row(first.id).series_id == series_id
    after = following(desk, series_id)
    assert (after.zone, after.at, after.first_on) == ("America/New_York", time(16), TUESDAY + WEEK)
    assert desk.row(second.id).series_id == after.id
    assert desk.world.run(desk.world.olivia, lesson_details, first.id).moved_from == ""
    assert desk.world.run(desk.world.olivia, lesson_details, second.id).moved_from == ""
    assert desk.broken() == []


def test_a_lesson_that_was_moved_or_cancelled_goes_along(desk: Desk) -> None:
    series_id = desk.series()
    moved, cancelled = (one.id for one in desk.lessons(series_id)[:2])
    to = datetime.combine(TUESDAY, time(18))
    desk.world.run(desk.world.olivia, move_lesson, moved, to=to)
    desk.world.run(desk.world.olivia, cancel_lesson, cancelled)
    change(desk, NEW_YORK, Keep.LOCAL_TIME)
    assert desk.row(moved).starts_at == to_instant(TUESDAY, time(18), NEW_YORK)
    assert desk.row(cancelled).starts_at == to_instant(TUESDAY + WEEK, time(16), NEW_YORK)
    assert desk.broken() == []


def test_lessons_side_by_side_all_get_by(desk: Desk) -> None:
    """Five hours later in New York, nine hours earlier in Tokyo: none has to pass another."""
    for hour in (9, 10, 11, 12, 13, 14, 15):
        for minute in (0, 30):
            desk.lesson(datetime.combine(WEDNESDAY, time(hour, minute)), room_id=desk.room_id)
    before = {one.id: one.starts_at.astimezone(LONDON).time() for one in desk.lessons()}
    for was, zone in ((LONDON, NEW_YORK), (NEW_YORK, TOKYO), (TOKYO, LONDON)):
        assert was == studio_zone(desk.world.as_(desk.world.olivia))
        assert change(desk, zone, Keep.LOCAL_TIME) == 14
        assert {one.id: one.starts_at.astimezone(zone).time() for one in desk.lessons()} == before
        assert desk.broken() == []


def test_it_is_counted_before_and_refused_where_lessons_would_meet(desk: Desk) -> None:
    """New York's clocks leave out 2:30 on 14 March 2027."""
    night = date(2027, 3, 14)
    for at in (time(2, 30), time(3, 30)):
        desk.lesson(datetime.combine(night, at))
    seen = desk.world.run(desk.world.olivia, zone_preview, NEW_YORK.key, Keep.LOCAL_TIME)
    assert (seen.lessons, seen.moved, seen.skipped, seen.clashing) == (2, 2, 1, 2)
    with pytest.raises(TheyWouldMeet, match="2 lessons would meet"):
        change(desk, NEW_YORK, Keep.LOCAL_TIME)
    assert walls(desk, LONDON) == {time(2, 30), time(3, 30)}
    moment = desk.world.run(desk.world.olivia, zone_preview, NEW_YORK.key, Keep.MOMENT)
    assert (moment.lessons, moment.moved, moment.clashing) == (2, 0, 0)


def test_the_moment_stays_and_so_does_the_wall_of_a_weekly_lesson(desk: Desk) -> None:
    series_id = desk.series()
    before = {one.id: one.starts_at for one in desk.lessons()}
    assert change(desk, NEW_YORK, Keep.MOMENT) == 0
    assert {one.id: one.starts_at for one in desk.lessons()} == before
    row = desk.world.as_(desk.world.olivia).session.get_one(Series, series_id)
    assert (row.zone, row.at) == ("Europe/London", time(16))
    first = desk.lessons(series_id)[0].id
    details = desk.world.run(desk.world.olivia, lesson_details, first)
    assert details.starts == "2026-09-08T11:00"
    assert (details.series, details.moved_from) == ("Every Tuesday, 16:00 (London time)", "")
    assert desk.broken() == []


def test_wherever_a_weekly_lesson_on_another_wall_is_named_it_says_so(desk: Desk) -> None:
    run, olivia = desk.world.run, desk.world.olivia
    desk.series()
    change(desk, NEW_YORK, Keep.MOMENT)
    said = "Every Tuesday, 16:00 (London time)"
    [weekly] = run(olivia, weekly_lessons_of, desk.world.student_id)
    [billed] = run(olivia, arrangements)
    assert (weekly.when, billed.series) == (said, said)
    new = replace(desk.wish, at=time(11, 10), first_on=TUESDAY)
    preview = run(olivia, series_preview, new)
    assert (preview.summary, preview.days[0].when) == ("Every Tuesday, 11:10", "Tue 8 Sept, 11:10")
    change(desk, LONDON, Keep.MOMENT)
    [weekly] = run(olivia, weekly_lessons_of, desk.world.student_id)
    assert weekly.when == "Every Tuesday, 16:00"


def test_hours_and_wishes_are_when_they_were(desk: Desk) -> None:
    world = desk.world
    session = world.as_(world.olivia).session
    session.add(
        Availability(
            teacher_id=world.teacher_id,
            weekday=2,
            from_minute=120,
            until_minute=480,
            created_at=world.now,
        )
    )
    session.flush()
    wish = WaitingWish(
        desk.piano, world.teacher_id, times=(TimeWish(3, 960, 1200),), from_on=TUESDAY
    )
    world.run(world.olivia, wait_for, world.student_id, wish)

    change(desk, NEW_YORK, Keep.MOMENT)

    rows = session.exec(select(Availability).order_by(col(Availability.weekday))).all()
    assert [(one.weekday, one.from_minute, one.until_minute) for one in rows] == [
        (1, 1260, 1440),
        (2, 0, 180),
    ]
    assert session.exec(select(Waiting.times)).one() == [[3, 660, 900]]


def test_a_second_change_leaves_what_has_its_own_wall(desk: Desk) -> None:
    desk.series()
    before = {one.id: one.starts_at for one in desk.lessons()}
    change(desk, NEW_YORK, Keep.MOMENT)
    change(desk, TOKYO, Keep.LOCAL_TIME)
    assert {one.id: one.starts_at for one in desk.lessons()} == before
    assert desk.broken() == []


def test_only_who_configures_the_studio_may_and_only_to_a_zone_there_is(desk: Desk) -> None:
    world = desk.world
    for who in (world.tom, world.grace):
        with pytest.raises(Forbidden):
            world.run(who, change_timezone, NEW_YORK.key, Keep.MOMENT)
        with pytest.raises(Forbidden):
            world.run(who, zone_preview, NEW_YORK.key, Keep.MOMENT)
    with pytest.raises(NoSuchZone):
        world.run(world.olivia, change_timezone, "Europe/Atlantis", Keep.MOMENT)
    with pytest.raises(SameZone):
        world.run(world.olivia, change_timezone, "Europe/London", Keep.MOMENT)
    lesson_id: LessonId = desk.lesson(datetime.combine(WEDNESDAY, time(10)))
    world.run(world.rita, change_timezone, NEW_YORK.key, Keep.LOCAL_TIME)
    assert desk.row(lesson_id).starts_at == to_instant(WEDNESDAY, time(10), LONDON)


def desk_at(desk: Desk, moment: datetime) -> Desk:
    """The same desk at another moment."""
    there = desk.world.at(moment)
    return Desk(there, desk.location_id, desk.room_id, desk.piano, desk.band, desk.ruth)
