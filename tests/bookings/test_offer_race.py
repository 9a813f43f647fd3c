"""An answer in the same second as the end of an offer has exactly one outcome."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from studio_app.bookings.commands.answering import (
    accept_offer,
    deliver_offer,
    expire_offers,
)
from studio_app.bookings.commands.offers import Vacancy, free
from studio_app.bookings.commands.waitlist import WaitingWish, wait_for
from studio_app.kit.access import Actor
from studio_app.kit.clock import Slot
from studio_app.kit.database import engine_for
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import OfferId
from studio_app.kit.work import happening_at, run
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, cancel_lesson, schedule_lesson
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database, rows
from tests.scheduling.conftest import TUESDAY, wall

FOUR = wall(TUESDAY, 16)
SECOND = timedelta(seconds=1)


def standing(engine: Engine, cast: Cast, week: int) -> tuple[Any, datetime]:
    """An offer to Grace's Sam, and the moment it ends; Sam is the same person every round."""
    four = FOUR + timedelta(days=7 * week)
    hours = TeachingHours(15 * 60, 18 * 60, weekday=2)
    system = Actor.system(cast.harmony)
    with happening_at(NOW):
        piano = run(engine, cast.olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))
        run(engine, cast.tom, offer_hours, cast.teacher_id, hours)
        wish = NewLesson(cast.teacher_id, piano, four)
        lesson_id = run(engine, cast.olivia, schedule_lesson, wish)
        run(engine, cast.olivia, cancel_lesson, lesson_id)
        run(engine, cast.grace, wait_for, cast.student_id, WaitingWish(piano, cast.teacher_id))
        vacancy = Vacancy(lesson_id, cast.teacher_id, Slot(four, four + timedelta(minutes=30)))
        assert run(engine, system, free, vacancy)
    return system, NOW + timedelta(hours=2)


@pytest.mark.parametrize("round_", range(6))
def test_acceptance_against_expiry_has_one_outcome(cloned: Database, round_: int) -> None:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW + round_ * SECOND)
    engine = engine_for(cloned.app_url, pool_size=4)
    system, ends = standing(engine, cast, round_)
    where = f"studio_id = '{cast.harmony}'"
    [(found,)] = rows(cloned.owner, f"select id from offer where {where}")  # noqa: S608
    offer_id = OfferId(UUID(str(found)))
    run(engine, system, deliver_offer, offer_id, NOW)
    ready = Barrier(2)

    def contend(actor: Actor, at: datetime, use_case: Any, *args: Any) -> object:
        ready.wait()
        try:
            with happening_at(at):
                return run(engine, actor, use_case, *args)
        except Conflict as refusal:
            return refusal

    with ThreadPoolExecutor(2) as threads:
        last = ends - SECOND / 1000
        answer = threads.submit(contend, cast.grace, last, accept_offer, offer_id)
        clock = threads.submit(contend, system, ends, expire_offers)
        accepted, expired = answer.result(), clock.result()
    engine.dispose()
    [(state, booked)] = rows(
        cloned.owner,
        f"select state, booking_id from offer where {where}",  # noqa: S608
    )
    lessons = rows(cloned.owner, f"select 1 from lesson where blocking and {where}")  # noqa: S608
    if isinstance(accepted, Conflict):
        assert (state, booked, len(lessons), expired) == ("expired", None, 0, "1 expired")
    else:
        assert (state, booked, len(lessons)) == ("accepted", accepted, 1)
        assert expired == "0 expired"


def test_two_who_tap_accept_at_once_have_one_booking(cloned: Database) -> None:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW)
    engine = engine_for(cloned.app_url, pool_size=8)
    standing(engine, cast, 6)
    where = f"studio_id = '{cast.harmony}'"
    [(found,)] = rows(cloned.owner, f"select id from offer where {where}")  # noqa: S608
    offer_id = OfferId(UUID(str(found)))
    ready = Barrier(6)

    def tap(_n: int) -> object:
        ready.wait()
        with happening_at(NOW + SECOND):
            return run(engine, cast.grace, accept_offer, offer_id)

    with ThreadPoolExecutor(6) as threads:
        answers = set(threads.map(tap, range(6)))
    engine.dispose()
    assert len(answers) == 1
    assert len(rows(cloned.owner, f"select 1 from booking where {where}")) == 1  # noqa: S608
