"""Many at once: one slot has one winner, the others hear who has it, nobody deadlocks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.kit.database import engine_for
from studio_app.kit.doctor import examine
from studio_app.kit.errors import Conflict
from studio_app.kit.work import happening_at, run
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.enrolments import join_series, seat_student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, move_lesson, schedule_lesson
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.proposing import NoLongerOpen, accept_time, propose_times
from studio_app.scheduling.commands.series import extend_series, schedule_series
from studio_app.scheduling.diary import Full, SlotTaken
from studio_app.scheduling.invariants import INVARIANTS
from studio_app.scheduling.queries.rosters import roster
from studio_app.scheduling.wishes import NewSeries
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database, rows
from tests.scheduling.conftest import TUESDAY, wall

CONTENDERS = 16


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture(scope="module")
def piano(cloned: Database, cast: Cast) -> Any:
    return run(cloned.app, cast.olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))


def at_once(cloned: Database, attempt: Callable[[Any, int], object]) -> list[object]:
    """What each of the contenders was answered; all of them start together."""
    engine = engine_for(cloned.app_url, pool_size=CONTENDERS)
    ready = Barrier(CONTENDERS)

    def contend(n: int) -> object:
        ready.wait()
        try:
            return attempt(engine, n)
        except (Conflict, Full) as refusal:
            return refusal

    try:
        with ThreadPoolExecutor(CONTENDERS) as threads:
            return list(threads.map(contend, range(CONTENDERS)))
    finally:
        engine.dispose()


def deadlocks(cloned: Database) -> object:
    query = f"select deadlocks from pg_stat_database where datname = '{cloned.name}'"  # noqa: S608
    return rows(cloned.owner, query)[0][0]


@pytest.mark.parametrize("round_", range(3))
def test_one_slot_has_exactly_one_winner(
    cloned: Database, cast: Cast, piano: Any, round_: int
) -> None:
    slot = wall(TUESDAY, 10 + round_)
    wish = NewLesson(cast.teacher_id, piano, slot, student_ids=(cast.student_id,))

    answers = at_once(cloned, lambda engine, _n: run(engine, cast.olivia, schedule_lesson, wish))

    refused = [answer for answer in answers if isinstance(answer, SlotTaken)]
    assert len(refused) == CONTENDERS - 1
    assert {str(refusal) for refusal in refused} == {
        f"Tom Teal teaches Sam Gray then (Tue 8 Sept, {10 + round_}:00–{10 + round_}:30)."
    }
    taken = rows(cloned.owner, f"select 1 from lesson where starts_at = '{slot}'")  # noqa: S608
    assert len(taken) == 1
    assert deadlocks(cloned) == 0


def test_many_lessons_move_to_one_time_and_one_gets_there(
    cloned: Database, cast: Cast, piano: Any
) -> None:
    day = TUESDAY.replace(day=15)
    lessons = [
        run(
            cloned.app,
            cast.olivia,
            schedule_lesson,
            NewLesson(cast.teacher_id, piano, wall(day, n // 2, 30 * (n % 2))),
        )
        for n in range(CONTENDERS)
    ]
    target = wall(day, 20)

    def move(engine: Any, n: int) -> object:
        return run(engine, cast.olivia, move_lesson, lessons[n], to=target)

    answers = at_once(cloned, move)
    assert sum(isinstance(answer, SlotTaken) for answer in answers) == CONTENDERS - 1
    assert deadlocks(cloned) == 0


def test_extending_at_once_makes_each_lesson_once(cloned: Database, cast: Cast, piano: Any) -> None:
    location = run(cloned.app, cast.olivia, open_location, "High Street")
    room = run(cloned.app, cast.olivia, add_room, location, RoomDetails("Room 1"))
    wish = NewSeries(
        cast.teacher_id,
        piano,
        TUESDAY,
        wall(TUESDAY, 16).time(),
        frozenset({6}),
        student_ids=(cast.student_id,),
        room_id=room,
    )
    series = run(cloned.app, cast.olivia, schedule_series, wish)
    with cloned.owner.begin() as owner:
        owner.execute(text("delete from seat"))
        owner.execute(text("delete from lesson where series_id is not null"))
        owner.execute(text("update series set generated_until = null"))

    made = at_once(cloned, lambda engine, _n: run(engine, cast.olivia, extend_series, series))

    count = rows(cloned.owner, "select count(*) from lesson where series_id is not null")[0][0]
    assert sum(n for n in made if isinstance(n, int)) == count
    assert sorted(map(str, made)) == sorted(["0"] * (CONTENDERS - 1) + [str(count)])
    assert deadlocks(cloned) == 0


def test_of_those_who_accept_or_book_one_time_one_gets_it(
    cloned: Database, cast: Cast, piano: Any
) -> None:
    """Half accept the proposed time, half book it: one outcome, and no deadlock."""
    app, first, second = cloned.app, wall(TUESDAY, 17), wall(TUESDAY, 18)
    wish = NewLesson(cast.teacher_id, piano, wall(TUESDAY, 14), student_ids=(cast.student_id,))
    with happening_at(NOW):
        lesson_id = run(app, cast.olivia, schedule_lesson, wish)
        asked = run(app, cast.tom, propose_times, lesson_id, [first, second])
    booking = NewLesson(cast.teacher_id, piano, first)
    before = deadlocks(cloned)

    def attempt(engine: Any, n: int) -> object:
        with happening_at(NOW):
            if n % 2:
                return run(engine, cast.grace, accept_time, asked, first)
            return run(engine, cast.olivia, schedule_lesson, booking)

    answers = at_once(cloned, attempt)

    won = [answer for answer in answers if not isinstance(answer, Conflict)]
    assert len(won) == 1
    query = f"select count(*) from lesson where starts_at = '{first.isoformat()}' and blocking"  # noqa: S608
    assert rows(cloned.owner, query) == [(1,)]
    assert deadlocks(cloned) == before


def test_of_several_who_accept_different_times_one_is_first(
    cloned: Database, cast: Cast, piano: Any
) -> None:
    at = [wall(TUESDAY + timedelta(days=1), hour) for hour in (9, 11, 13)]
    wish = NewLesson(cast.teacher_id, piano, at[0], student_ids=(cast.student_id,))
    with happening_at(NOW):
        lesson_id = run(cloned.app, cast.olivia, schedule_lesson, wish)
        asked = run(cloned.app, cast.tom, propose_times, lesson_id, at[1:])

    def attempt(engine: Any, n: int) -> object:
        with happening_at(NOW):
            return run(engine, cast.grace, accept_time, asked, at[1 + n % 2])

    answers = at_once(cloned, attempt)

    assert [answer for answer in answers if not isinstance(answer, NoLongerOpen)] == [lesson_id]


@pytest.fixture(scope="module")
def learners(cloned: Database, cast: Cast) -> list[Any]:
    return [
        run(
            cloned.app,
            cast.olivia,
            add_student,
            StudentDetails(f"Nr{n}"),
            family_id=cast.family_id,
        ).student_id
        for n in range(CONTENDERS)
    ]


def class_of(cloned: Database, cast: Cast, *, room: int, weekday: int) -> Any:
    """A weekly class in a room that holds so many."""
    band = run(cloned.app, cast.olivia, add_lesson_type, LessonTypeDetails("Band", 60, capacity=8))
    location = run(cloned.app, cast.olivia, open_location, "Old Mill")
    hall = run(cloned.app, cast.olivia, add_room, location, RoomDetails("Hall", max_capacity=room))
    at = wall(TUESDAY, 7).time()
    wish = NewSeries(
        cast.teacher_id, band, TUESDAY, at, frozenset({weekday}), room_id=hall, name="Choir"
    )
    return run(cloned.app, cast.olivia, schedule_series, wish)


def broken(cloned: Database) -> list[str]:
    with cloned.owner.connect() as connection:
        return [one.promise for one in examine(connection, INVARIANTS) if one.rows]


def test_the_last_place_of_a_lesson_has_one_guest(
    cloned: Database, cast: Cast, learners: list[Any]
) -> None:
    series = class_of(cloned, cast, room=1, weekday=3)
    lesson = run(cloned.app, cast.olivia, roster, series).lessons[0].id

    def visit(engine: Any, n: int) -> object:
        return run(engine, cast.olivia, seat_student, lesson, learners[n])

    answers = at_once(cloned, visit)

    assert sum(isinstance(answer, Full) for answer in answers) == CONTENDERS - 1
    assert "The room holds 1 at most" in str(next(a for a in answers if a is not None))
    assert len(run(cloned.app, cast.olivia, roster, series).lessons[0].here) == 1
    assert (broken(cloned), deadlocks(cloned)) == ([], 0)


def test_the_last_place_of_a_class_is_joined_by_one_while_guests_ask_too(
    cloned: Database, cast: Cast, learners: list[Any]
) -> None:
    series = class_of(cloned, cast, room=1, weekday=5)
    lesson = run(cloned.app, cast.olivia, roster, series).lessons[0].id

    def come(engine: Any, n: int) -> object:
        if n % 2:
            return run(engine, cast.olivia, seat_student, lesson, learners[n])
        return run(engine, cast.olivia, join_series, series, learners[n], starts_on=TUESDAY)

    answers = at_once(cloned, come)

    assert sum(isinstance(answer, Full) for answer in answers) == CONTENDERS - 1
    shown = run(cloned.app, cast.olivia, roster, series)
    assert {len(one.here) for one in shown.lessons} in ({1}, {0, 1})
    assert (broken(cloned), deadlocks(cloned)) == ([], 0)
