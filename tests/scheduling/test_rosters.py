"""Classes: their places, who is excused for one day, guests, and the rosters that show it."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import EnrolmentId, SeriesId, StudentId
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    seat_student,
    stay_in_series,
    unseat_student,
)
from studio_app.scheduling.commands.series import extend_series
from studio_app.scheduling.diary import Full
from studio_app.scheduling.queries.classes import classes
from studio_app.scheduling.queries.rosters import Roster, roster
from studio_app.scheduling.rules.rosters import most_at_once
from tests.scheduling.conftest import TUESDAY, Desk
from tests.scheduling.test_query_counts import statements

WEEK = timedelta(weeks=1)
Join = Callable[..., EnrolmentId]


@pytest.fixture
def choir(desk: Desk) -> SeriesId:
    """Tuesdays at four in Room 1, which holds six."""
    return desk.series(lesson_type_id=desk.band, student_ids=(), name="Choir")


def learners(desk: Desk, count: int) -> list[StudentId]:
    family = desk.world.family_id
    return [
        desk.world.run(
            desk.world.olivia, add_student, StudentDetails(f"Nr{n}", "Gray"), family_id=family
        ).student_id
        for n in range(count)
    ]


def join(desk: Desk, series: SeriesId, who: StudentId, **more: date) -> EnrolmentId:
    wish = {"starts_on": TUESDAY, **more}
    return desk.world.run(desk.world.olivia, join_series, series, who, **wish)


def seen(desk: Desk, series: SeriesId) -> Roster:
    return desk.world.run(desk.world.olivia, roster, series)


def here(desk: Desk, series: SeriesId, nth: int = 0) -> list[str]:
    return [one.student.split()[0] for one in seen(desk, series).lessons[nth].here]


def test_the_room_refuses_the_seventh_with_its_reason(desk: Desk, choir: SeriesId) -> None:
    students = learners(desk, 7)
    for who in students[:6]:
        join(desk, choir, who)
    with pytest.raises(Full, match=r"The room holds 6 at most\.$"):
        join(desk, choir, students[6])
    lesson = seen(desk, choir).lessons[0].id
    with pytest.raises(Full, match=r"6 at most\. There is no place left on Tue 8 Sept"):
        desk.world.run(desk.world.olivia, seat_student, lesson, students[6])
    assert desk.broken() == []


def test_the_kind_refuses_the_ninth_with_its_reason(desk: Desk) -> None:
    band = desk.series(lesson_type_id=desk.band, student_ids=(), room_id=None)
    students = learners(desk, 9)
    for who in students[:8]:
        join(desk, band, who)
    with pytest.raises(Full, match="This kind of lesson is for 8 at most"):
        join(desk, band, students[8])


def test_five_hundred_are_too_many_for_one_lesson(desk: Desk) -> None:
    with pytest.raises(Full, match="At most 300 people take part in one lesson"):
        desk.series(student_ids=tuple(desk.world.student_id for _ in range(500)))


def test_joining_later_counts_on_the_days_that_are_not_in_the_diary(
    desk: Desk, choir: SeriesId
) -> None:
    students = learners(desk, 8)
    far = TUESDAY + 200 * WEEK
    for who in students[:6]:
        join(desk, choir, who)
    with pytest.raises(Full):
        join(desk, choir, students[6], starts_on=far)
    desk.world.run(
        desk.world.olivia,
        leave_series,
        _enrolment_of(desk, choir, students[0]),
        last_on=far - WEEK,
    )
    join(desk, choir, students[6], starts_on=far)
    with pytest.raises(Full):
        join(desk, choir, students[7], starts_on=far - WEEK, ends_on=far - WEEK)


def _enrolment_of(desk: Desk, series: SeriesId, who: StudentId) -> EnrolmentId:
    members = seen(desk, series).members
    return next(one.enrolment_id for one in members if one.student_id == who)


def test_an_excused_place_is_free_that_day_only_and_a_guest_fills_it(
    desk: Desk, choir: SeriesId
) -> None:
    world = desk.world
    students = learners(desk, 7)
    for who in students[:6]:
        join(desk, choir, who)
    first = seen(desk, choir).lessons[0]
    world.run(world.olivia, unseat_student, first.id, students[0])
    shown = seen(desk, choir).lessons
    assert ([one.student for one in shown[0].excused], shown[0].free) == (["Nr0 Gray"], 1)
    assert (shown[1].excused, shown[1].free) == ((), 0)

    world.run(world.olivia, seat_student, first.id, students[6])
    shown = seen(desk, choir).lessons
    guests = [[one.student for one in lesson.here if one.is_guest] for lesson in shown[:2]]
    assert (guests, shown[0].places) == ([["Nr6 Gray"], []], "6 of 6")
    with pytest.raises(Full):
        world.run(world.olivia, seat_student, first.id, students[0])
    assert desk.broken() == []


def test_who_comes_after_all_is_a_member_again(desk: Desk, choir: SeriesId) -> None:
    world = desk.world
    [who] = learners(desk, 1)
    join(desk, choir, who)
    lesson = seen(desk, choir).lessons[0].id
    world.run(world.olivia, unseat_student, lesson, who)
    world.run(world.olivia, seat_student, lesson, who)
    [seat] = seen(desk, choir).lessons[0].here
    assert not seat.is_guest
    assert seen(desk, choir).lessons[0].excused == ()


def test_nothing_brings_an_excused_member_back_but_themselves(desk: Desk, choir: SeriesId) -> None:
    world = desk.world
    [who] = learners(desk, 1)
    enrolment = join(desk, choir, who)
    lessons = seen(desk, choir).lessons
    for nth in (0, 3):
        world.run(world.olivia, unseat_student, lessons[nth].id, who)
    world.run(world.olivia, leave_series, enrolment, last_on=TUESDAY + WEEK)
    world.run(world.olivia, stay_in_series, enrolment)
    later = world.at(world.now + timedelta(days=1))
    later.run(later.olivia, extend_series, choir)
    assert [len(here(desk, choir, nth)) for nth in range(5)] == [0, 1, 1, 0, 1]
    assert desk.broken() == []


def test_a_roster_says_who_takes_part_who_will_and_who_did(desk: Desk, choir: SeriesId) -> None:
    today = desk.world.now.date()
    now, soon, gone = learners(desk, 3)
    join(desk, choir, now, starts_on=today, ends_on=date(2026, 12, 18))
    join(desk, choir, soon, starts_on=TUESDAY)
    join(desk, choir, gone, starts_on=today - 3 * WEEK, ends_on=today - WEEK)
    rows = [(one.student, one.until, one.to_come, one.over) for one in seen(desk, choir).members]
    assert rows == [
        ("Nr0 Gray", "18 Dec 2026", False, False),
        ("Nr1 Gray", "", True, False),
        ("Nr2 Gray", "25 Aug 2026", False, True),
    ]


def test_classes_are_listed_with_their_places_and_the_next_lesson(
    desk: Desk, choir: SeriesId
) -> None:
    world = desk.world
    desk.series(at=time(9), count=2)
    desk.series(at=time(12), count=1, lesson_type_id=desk.band, name="Duo")
    later = world.at(world.now + 3 * WEEK)
    [row] = later.run(later.olivia, classes)
    assert (row.name, row.when, row.places, row.capacity) == (
        "Choir",
        "Every Tuesday, 16:00",
        "0 of 6",
        6,
    )
    duo = next(one for one in world.run(world.olivia, classes) if one.name == "Duo")
    assert (duo.taking_part, duo.next) == (1, "Tue 8 Sept, 12:00")


def test_teachers_see_their_own_classes_and_strangers_none(desk: Desk, choir: SeriesId) -> None:
    world = desk.world
    hers = desk.series(lesson_type_id=desk.band, student_ids=(), teacher_id=desk.ruth, room_id=None)
    assert [one.series_id for one in world.run(world.tom, classes)] == [choir]
    assert {one.series_id for one in world.run(world.olivia, classes)} == {choir, hers}
    assert world.run(world.rita, classes) == []
    assert not world.run(world.tom, roster, choir).may_change
    for stranger, series in ((world.tom, hers), (world.rita, choir)):
        with pytest.raises(NotFound):
            world.run(stranger, roster, series)


def test_a_roster_takes_as_many_statements_however_many_are_in_it(
    desk: Desk, choir: SeriesId
) -> None:
    def asked() -> int:
        with statements(desk) as sent:
            seen(desk, choir)
        return len([one for one in sent if one.lstrip().lower().startswith("select")])

    students = learners(desk, 6)
    join(desk, choir, students[0])
    one = asked()
    for who in students[1:]:
        join(desk, choir, who)
    assert asked() == one


DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(SPANS, max_size=6), SPANS)
def test_the_fullest_day_is_that_of_counting_each(
    others: Sequence[tuple[date, date]], span: tuple[date, date]
) -> None:
    first, last = span
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counted = max(sum(a <= day <= b for a, b in others) for day in days)
    assert most_at_once(list(others), span) == counted
    assert most_at_once([(a, None) for a, _b in others], (first, None)) == len(others)
