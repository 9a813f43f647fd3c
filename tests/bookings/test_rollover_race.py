"""Answers at the same moment: in two windows, and while the run is being closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from studio_app.bookings.access.rollover import RolloverIsClosed
from studio_app.bookings.commands.reenrolling import answer_rollover, close_rollover
from studio_app.bookings.commands.rollover import prepare_rollover
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.rules.rollover import Answer
from studio_app.kit.access import Actor
from studio_app.kit.database import engine_for
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import RolloverId, RolloverPlaceId
from studio_app.kit.work import happening_at, run
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import add_term
from studio_app.scheduling.wishes import NewSeries
from tests.bookings.rolling import AUTUMN, SPRING
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database, rows

YES, NO = Answer.YES, Answer.NO
AGREED = "Sam is the same person in every round"


def asked(engine: Engine, cast: Cast) -> RolloverId:
    """Sam has two weekly lessons, and Grace is asked about both."""
    with happening_at(NOW):
        autumn, spring = (
            run(engine, cast.olivia, add_term, name=name, starts_on=first, ends_on=last)
            for name, (first, last) in (("Autumn", AUTUMN), ("Spring", SPRING))
        )
        piano = run(engine, cast.olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))
        for hour in (16, 17):
            wish = NewSeries(
                cast.teacher_id, piano, date(2026, 9, 8), time(hour), frozenset({2}),
                (cast.student_id,), term_id=autumn,
            )  # fmt: skip
            run(engine, cast.olivia, schedule_series, wish, despite=AGREED)
        run_id = run(engine, cast.olivia, prepare_rollover, autumn, spring)
        run(engine, cast.olivia, send_rollover, run_id, despite=AGREED)
    return run_id


def places(database: Database, cast: Cast) -> list[RolloverPlaceId]:
    where = f"studio_id = '{cast.harmony}' order by id"
    found = rows(database.owner, f"select id from rollover_place where {where}")  # noqa: S608
    return [RolloverPlaceId(UUID(str(one))) for (one,) in found]


def held(database: Database, cast: Cast) -> dict[str, object]:
    query = (
        "select status, count(*) from lesson where starts_at >= '2027-01-01' "  # noqa: S608
        f"and studio_id = '{cast.harmony}' group by status"
    )
    return {str(status): n for status, n in rows(database.owner, query)}


def answers_in(database: Database, cast: Cast) -> list[Any]:
    where = f"where studio_id = '{cast.harmony}'"
    query = f"select distinct answer, answered_how from rollover_place {where}"  # noqa: S608
    return rows(database.owner, query)


def at_once(engine: Engine, *taps: tuple[Actor, Any, tuple[Any, ...], dict[str, Any]]) -> list[Any]:
    ready = Barrier(len(taps))

    def tap(actor: Actor, use_case: Any, args: tuple[Any, ...], said: dict[str, Any]) -> Any:
        ready.wait()
        try:
            with happening_at(NOW):
                return run(engine, actor, use_case, *args, **said)
        except Conflict as refusal:
            return refusal

    with ThreadPoolExecutor(len(taps)) as threads:
        return [one.result() for one in [threads.submit(tap, *each) for each in taps]]


@pytest.mark.parametrize("round_", range(4))
def test_yes_and_no_in_two_windows_leave_one_answer(cloned: Database, round_: int) -> None:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW)
    engine = engine_for(cloned.app_url, pool_size=6)
    run_id = asked(engine, cast)
    ids = places(cloned, cast)
    order = ids if round_ % 2 else list(reversed(ids))
    yes = (cast.grace, answer_rollover, (run_id, dict.fromkeys(ids, YES)), {})
    no = (cast.grace, answer_rollover, (run_id, dict.fromkeys(order, NO)), {})
    said = at_once(engine, yes, no, yes, no)
    engine.dispose()
    assert said == [None] * 4
    [(answer, _how)] = answers_in(cloned, cast)
    assert set(held(cloned, cast)) == ({"scheduled"} if answer == "yes" else {"declined"})


@pytest.mark.parametrize("round_", range(4))
def test_an_answer_while_the_run_is_closed_counts_or_is_refused(
    cloned: Database, round_: int
) -> None:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW)
    engine = engine_for(cloned.app_url, pool_size=6)
    run_id = asked(engine, cast)
    answers = dict.fromkeys(places(cloned, cast), YES)
    answer = (cast.grace, answer_rollover, (run_id, answers), {})
    close = (cast.olivia, close_rollover, (run_id,), {"rest": NO})
    taps = (answer, close) if round_ % 2 else (close, answer)
    names = ("a", "c") if round_ % 2 else ("c", "a")
    results = dict(zip(names, at_once(engine, *taps), strict=True))
    engine.dispose()
    [(said, how)] = answers_in(cloned, cast)
    if isinstance(results["a"], RolloverIsClosed):
        assert (said, how, results["c"]) == ("no", "closing", 2)
        assert set(held(cloned, cast)) == {"declined"}
    else:
        assert (results["a"], results["c"], said, how) == (None, 0, "yes", "family")
        assert set(held(cloned, cast)) == {"scheduled"}
