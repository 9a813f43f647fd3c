"""The clock: everybody it is about, once, however many clocks there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from studio_app.automations.access.due import studios_with_scheduled_automations
from studio_app.automations.commands.building import (
    Draft,
    build_automation,
    change_automation,
    switch_off,
    switch_on,
)
from studio_app.automations.commands.ticking import run_due_automations
from studio_app.automations.rules.recipe import (
    About,
    Action,
    Compare,
    Condition,
    Do,
    Happening,
    Recipe,
    What,
    When,
)
from studio_app.billing.commands.prices import charge_fee
from studio_app.kit.access import Actor
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.money import Money
from studio_app.kit.work import happening_at, run
from studio_app.people.commands.students import StudentDetails, add_student, archive_student
from tests.automations.house import House
from tests.cast import cast_of
from tests.database import Database, rows

MONDAY = When(Happening.EVERY_WEEK, hour=8, weekday=1, each=About.FAMILY)
DAILY = When(Happening.EVERY_DAY, hour=8, each=About.STUDIO)
PIANO_TUNER = Action(Do.TASK, words="Listen to the pianos")
MON_7TH = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)  # 08:00 in London
HALF_HOUR = timedelta(minutes=30)


def test_it_goes_through_everybody_who_is_here(house: House) -> None:
    each = When(Happening.EVERY_WEEK, hour=8, weekday=1, each=About.STUDENT)
    house.automation(each, Action(Do.TASK, words="{student}"))
    world = house.world
    added = world.run(world.olivia, add_student, StudentDetails("Ada", "Bell"))
    gone = world.run(world.olivia, add_student, StudentDetails("Gus", "Gone"))
    assert gone.student_id
    assert added.student_id
    world.run(world.olivia, archive_student, gone.student_id)
    house.at(MON_7TH).tick()
    assert sorted(house.tasks()) == ["Ada Bell", "Sam Gray"]
    [tick] = house.ticks()
    assert (tick.slot, tick.considered, tick.met) == (date(2026, 9, 7), 2, 2)


def test_conditions_choose_among_them_and_the_others_leave_no_trace(house: House) -> None:
    owing = Condition(What.OWED, Compare.MORE_THAN, "1000")
    words = "{family} owes {owed}"
    house.automation(MONDAY, Action(Do.TASK, words=words), conditions=[owing])
    world = house.world
    world.run(world.olivia, add_student, StudentDetails("Ada", "Bell"))
    world.run(world.olivia, charge_fee, world.family_id, Money(1001, "GBP"), description="Book")
    house.at(MON_7TH).tick()
    assert house.tasks() == ["Gray owes £10.01"]
    assert house.results() == ["acted"]


def test_a_weekly_one_fires_once_a_week_however_often_the_clock_ticks(house: House) -> None:
    house.automation(MONDAY, PIANO_TUNER)
    start = house.world.now
    for quarter in range(14 * 24 * 4):
        now = start + quarter * timedelta(minutes=15)
        if now.hour in {6, 7, 8, 23} or quarter % 16 == 0:
            house.at(now).tick()
    assert [tick.slot for tick in house.ticks()] == [date(2026, 9, 7), date(2026, 9, 14)]
    assert len(house.tasks()) == 2


def test_a_clock_set_back_two_hours_changes_nothing(house: House) -> None:
    house.automation(DAILY, PIANO_TUNER)
    house.at(MON_7TH).tick()
    for step in range(-4, 5):
        house.at(MON_7TH + step * HALF_HOUR).tick()
    assert [tick.slot for tick in house.ticks()] == [date(2026, 9, 7)]
    assert len(house.tasks()) == 1


@pytest.mark.parametrize("changes_on", [date(2026, 10, 25), date(2027, 3, 28)])
@pytest.mark.parametrize("hour", [0, 1, 2, 3])
def test_both_clock_changes_are_one_day_each(house: House, changes_on: date, hour: int) -> None:
    before = datetime(changes_on.year, changes_on.month, changes_on.day, tzinfo=UTC)
    house.at(before - timedelta(days=1, hours=12)).automation(
        When(Happening.EVERY_DAY, hour=hour, each=About.STUDIO), PIANO_TUNER
    )
    for quarter in range(-24 * 4, 24 * 4):
        house.at(before + quarter * timedelta(minutes=15)).tick()
    days = [tick.slot for tick in house.ticks()]
    assert days == [changes_on - timedelta(days=1), changes_on] or days == [
        changes_on - timedelta(days=1),
        changes_on,
        changes_on + timedelta(days=1),
    ]


def test_what_was_missed_while_it_was_off_is_not_made_up_for(house: House) -> None:
    made = house.automation(DAILY, PIANO_TUNER)
    world = house.world
    world.run(world.olivia, switch_off, made)
    house.at(MON_7TH).tick()
    later = house.at(MON_7TH + timedelta(hours=3))
    later.world.run(world.olivia, switch_on, made)
    later.tick()
    assert house.ticks() == []
    house.at(MON_7TH + timedelta(days=1)).tick()
    assert [tick.slot for tick in house.ticks()] == [date(2026, 9, 8)]


def test_what_was_changed_after_its_hour_waits_for_the_next(house: House) -> None:
    made = house.automation(When(Happening.EVERY_DAY, hour=18, each=About.STUDIO), PIANO_TUNER)
    later = house.at(MON_7TH + timedelta(hours=3))
    recipe = Recipe(DAILY, (), (PIANO_TUNER,))
    later.world.run(house.world.olivia, change_automation, made, Draft("Earlier", recipe))
    later.tick()
    assert house.ticks() == []


@pytest.mark.parametrize("rounds", [5])
def test_two_clocks_at_the_same_moment_give_one_turn(cloned: Database, rounds: int) -> None:
    """Real transactions side by side, then two workers' worth of deliveries."""
    with cloned.app.begin() as connection:
        cast = cast_of(connection, datetime(2026, 9, 1, 9, 0, tzinfo=UTC))
    system = Actor.system(cast.harmony)
    recipe = Recipe(DAILY, (), (PIANO_TUNER,))
    with happening_at(datetime(2026, 9, 1, 9, 0, tzinfo=UTC)):
        made = run(cloned.app, cast.olivia, build_automation, Draft("Pianos", recipe))
        run(cloned.app, cast.olivia, switch_on, made)

    assert studios_with_scheduled_automations(cloned.app, MON_7TH) == [cast.harmony]

    def tick(moment: datetime) -> str:
        with happening_at(moment):
            return run(cloned.app, system, run_due_automations)

    with ThreadPoolExecutor(8) as pool:
        for day in range(rounds):
            moment = MON_7TH + timedelta(days=day)
            said = list(pool.map(tick, [moment, moment + HALF_HOUR] * 4))
            assert max(said) == "1 automations, 1 times something to do"
            assert sum(one.startswith("1 ") for one in said) == 1
        list(pool.map(lambda _n: deliver_waiting(cloned.app), range(2)))
    with happening_at(MON_7TH):
        run(cloned.app, cast.olivia, switch_off, made)
    assert studios_with_scheduled_automations(cloned.app, MON_7TH) == []
    assert rows(cloned.owner, "select count(*) from automation_tick") == [(rounds,)]
    assert rows(cloned.owner, "select count(*) from task") == [(rounds,)]
    with cloned.owner.begin() as connection:
        left = "select count(*) from procrastinate_jobs where status = 'failed'"
        assert connection.execute(text(left)).scalar() == 0
