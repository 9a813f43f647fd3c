"""A studio without automations writes no jobs for them."""

from sqlalchemy import text

from studio_app.automations.rules.recipe import Happening
from studio_app.kit.ids import LessonId
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from tests.automations.house import House
from tests.conftest import HOUR
from tests.counting import sent_on
from tests.scheduling.conftest import Desk

CONSIDER = "automations.subscribers.consider"


def jobs(house: House) -> list[str]:
    query = text("select args->>'subscriber' from procrastinate_jobs order by id")
    return list(house.world.connection.execute(query).scalars())


def lesson_of(house: House, desk: Desk, *, in_hours: int = 48) -> LessonId:
    world = house.world
    return desk.lesson(world.now + in_hours * HOUR, student_ids=(world.student_id,))


def test_nobody_waits_for_it_so_no_job_is_written(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_MOVED)
    house.automation(Happening.LESSON_CANCELLED, on=False)
    lesson = lesson_of(house, desk)

    house.world.run(house.world.olivia, cancel_lesson, lesson)

    assert CONSIDER not in jobs(house)
    assert "billing.subscribers.charge_for_lesson" in jobs(house)


def test_one_job_is_written_where_an_automation_waits(house: House, desk: Desk) -> None:
    for _ in range(2):
        house.automation(Happening.LESSON_CANCELLED)
    lesson = lesson_of(house, desk)

    house.world.run(house.world.olivia, cancel_lesson, lesson)

    assert jobs(house).count(CONSIDER) == 1


def test_who_begins_to_wait_after_it_happened_does_not_hear_of_it(house: House, desk: Desk) -> None:
    lesson = lesson_of(house, desk)
    house.world.run(house.world.olivia, cancel_lesson, lesson)
    house.automation(Happening.LESSON_CANCELLED)

    house.settle()

    assert house.runs() == []


def test_telling_costs_one_statement_and_asking_another(house: House, desk: Desk) -> None:
    """However many hear of it; a booking, of which no automation can hear, is not asked about."""
    world = house.world
    lesson = lesson_of(house, desk)
    with sent_on(world.connection) as moving:
        world.run(world.olivia, move_lesson, lesson, to=world.now + 60 * HOUR)
    with sent_on(world.connection) as booking:
        lesson_of(house, desk, in_hours=72)

    assert _about(moving) == (1, 1)
    assert _about(booking) == (1, 0)


def _about(statements: list[str]) -> tuple[int, int]:
    """How many wrote jobs, and how many asked who waits."""
    deferred = sum("procrastinate_defer_jobs" in one for one in statements)
    return deferred, sum("from automation" in one for one in statements)
