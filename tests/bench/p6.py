"""P6: a studio's week and month as the calendar asks for them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import psycopg

from studio_app.kit.ids import StudioId, new_id
from studio_app.kit.work import run
from studio_app.scheduling.queries.calendar import calendar_range
from tests.bench.ground import MONDAY, Crowd, Ground, crowd, filling, lessons
from tests.bench.measure import Figure, at_most, counted, in_turns
from tests.bench.replay import Recorded, record, replay
from tests.counting import sent_by

MOST_STATEMENTS = 6
TIMES = 4
SIZES = (100, 1_000, 10_000)
SPANS = (("week", 7), ("month", 28))


def measure(ground: Ground) -> Iterator[Figure]:
    """Each size has a studio of its own; the owner of Harmony looks at all of them."""
    for size in SIZES:
        studio_id = another_studio(ground)
        people = crowd(ground, studio_id, teachers=max(10, size // 90), students=size // 2)
        lessons(ground, people, size, since=MONDAY)
        for name, days in SPANS:
            yield from _measure(ground, people, size, name, days)


def another_studio(ground: Ground) -> StudioId:
    """One more studio like Harmony, which Olivia owns too."""
    studio_id = StudioId(new_id())
    with filling(ground) as connection:
        connection.execute(
            "insert into studio select (jsonb_populate_record(s, jsonb_build_object("
            "'id', %(new)s::text, 'name', 'Another'))).* from studio s where id = %(old)s",
            {"new": studio_id, "old": ground.cast.harmony},
        )
        connection.execute(
            "insert into membership (id, studio_id, person_id, role, created_at) "
            "values (%s, %s, %s, 'owner', now())",
            (new_id(), studio_id, ground.cast.olivia.person_id),
        )
    return studio_id


def _measure(ground: Ground, people: Crowd, size: int, name: str, days: int) -> Iterator[Figure]:
    owner = _owner_of(ground, people)
    first = MONDAY.date()
    span = (first, first + timedelta(days=days))
    found = run(ground.engine, owner, calendar_range, *span)
    assert len(found.lessons) == size
    with sent_by(ground.engine) as sent:
        run(ground.engine, owner, calendar_range, *span)
    what = f"A {name} of {size} lessons"
    yield counted(
        f"P6 {name}/{size} statements", what, len(sent), MOST_STATEMENTS, unit="statements"
    )
    recorded = record(ground.engine, owner, calendar_range, *span)
    often = max(1, 1_000 // size)
    with ground.connect() as bare:
        pair = in_turns(
            lambda: _often(often, lambda: _by_service(ground, owner, span)),
            lambda: _often(often, lambda: _by_hand(bare, recorded)),
        )
    yield at_most(f"P6 {name}/{size}", f"{what}, against bare psycopg", pair, TIMES, per=often)


def _owner_of(ground: Ground, people: Crowd) -> Any:
    olivia = ground.cast.olivia
    assert olivia.person_id is not None
    return type(olivia).of(olivia.person_id, StudioId(people.studio_id), *olivia.roles)


def _often(times: int, work: Callable[[], None]) -> None:
    for _ in range(times):
        work()


def _by_service(ground: Ground, owner: Any, span: tuple[date, date]) -> None:
    run(ground.engine, owner, calendar_range, *span)


def _by_hand(bare: psycopg.Connection, recorded: Recorded) -> None:
    replay(bare, recorded, {})
