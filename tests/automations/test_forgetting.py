"""What automations did long ago is forgotten, and never done a second time for that."""

from datetime import datetime, timedelta

from sqlalchemy import text

from studio_app.automations.access.facts import Fact
from studio_app.automations.commands.carrying import carry_out
from studio_app.automations.commands.forgetting import forget_old_automation_runs
from studio_app.automations.commands.tasks import finish_task
from studio_app.automations.queries.tasks import tasks
from studio_app.automations.rules.recipe import Action, Compare, Condition, Do, Happening, What
from studio_app.automations.rules.results import RunResult
from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import AutomationId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands.lessons import cancel_lesson
from tests.automations.house import TASK, House
from tests.conftest import HOUR, World
from tests.scheduling.conftest import Desk

PAUSE = Action(Do.PAUSE)
NEVER = Condition(What.STUDENT_INSTRUMENT, Compare.IS, "Oboe")
LONG = timedelta(days=91)


def cancelled(house: House, desk: Desk, *, times: int) -> None:
    world = house.world
    for hours in range(times):
        starts_at = world.now + (48 + hours) * HOUR
        lesson_id = desk.lesson(starts_at, student_ids=(world.student_id,))
        world.run(world.olivia, cancel_lesson, lesson_id)
    house.settle()


def forget(world: World, *, now: datetime) -> str:
    return world.at(now).run(Actor.system(world.harmony), forget_old_automation_runs)


def test_old_runs_go_and_the_newest_of_each_automation_stays(house: House, desk: Desk) -> None:
    done = house.automation(Happening.LESSON_CANCELLED, PAUSE)
    looked = house.automation(Happening.LESSON_CANCELLED, PAUSE, conditions=[NEVER])
    cancelled(house, desk, times=3)
    newest = {
        made: max(run.id for run in house.runs() if run.automation_id == made)
        for made in (done, looked)
    }
    now = house.world.now
    assert forget(house.world, now=now + LONG - 2 * timedelta(days=1)) == "0 runs forgotten"
    assert forget(house.world, now=now + LONG) == "4 runs forgotten"
    assert {run.automation_id: run.id for run in house.runs()} == newest
    assert [one.run_id for one in house.actions()] == [newest[done]]
    assert forget(house.world, now=now + LONG) == "0 runs forgotten"


def test_what_an_open_task_came_from_stays_until_it_is_done(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED, TASK)
    cancelled(house, desk, times=3)
    world, now = house.world, house.world.now
    assert forget(world, now=now + LONG) == "0 runs forgotten"
    for one in world.run(world.olivia, tasks):
        world.run(world.olivia, finish_task, one.id)
    assert forget(world, now=now + LONG) == "2 runs forgotten"
    assert len(house.tasks()) == 3


def test_another_studio_s_runs_are_left_alone(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED, PAUSE)
    cancelled(house, desk, times=2)
    world = house.world
    later = world.at(world.now + LONG)
    assert later.run(Actor.system(world.rival), forget_old_automation_runs) == "0 runs forgotten"
    assert len(house.runs()) == 2


@requires(Permission.JOBS_RUN)
def look(work: Work, automation_id: AutomationId, fact: Fact) -> RunResult | None:
    return carry_out(work, automation_id, fact)


def test_what_is_too_old_to_be_remembered_is_not_done_again(house: House, desk: Desk) -> None:
    made = house.automation(Happening.LESSON_CANCELLED, PAUSE)
    cancelled(house, desk, times=2)
    world, now = house.world, house.world.now
    first = min(house.runs(), key=lambda run: run.id)
    fact = Fact(Happening.LESSON_CANCELLED, first.occasion, first.happened_at, first.student_id)
    assert forget(world, now=now + LONG) == "1 run forgotten"
    later = world.at(now + LONG)
    assert later.run(Actor.system(world.harmony), look, made, fact) is None
    assert len(house.runs()) == 1


def test_the_application_itself_cannot_take_a_run_away(house: House) -> None:
    house.world.as_(house.world.olivia)
    query = text(
        "select has_table_privilege('automation_run', 'delete'), "
        "has_table_privilege('automation_action', 'delete')"
    )
    assert tuple(house.world.connection.execute(query).one()) == (False, False)
