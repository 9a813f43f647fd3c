"""What the owner does with automations, and who else may."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from studio_app.automations.commands.building import (
    Draft,
    LimitOutOfReach,
    NameMissing,
    ShownBefore,
    build_automation,
    change_automation,
    copy_automation,
    delete_automation,
    renew_webhook_key,
    show_webhook_secret,
    switch_on,
    take_preset,
)
from studio_app.automations.commands.tasks import (
    NoWords,
    TaskDetails,
    add_task,
    finish_task,
    reopen_task,
)
from studio_app.automations.models import Task
from studio_app.automations.rules.checking import Unusable
from studio_app.automations.rules.presets import PRESETS
from studio_app.automations.rules.recipe import (
    Action,
    Compare,
    Condition,
    Do,
    Happening,
    Recipe,
    What,
    When,
    recipe_of,
)
from studio_app.kit.audit import AuditChange
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import AutomationId, TaskId, new_id
from studio_app.people.commands.students import StudentDetails, add_student
from tests.automations.house import TASK, House
from tests.conftest import World

RECIPE = Recipe(When(Happening.STUDENT_ADDED), (), (TASK,))
HOOK = Action(Do.WEBHOOK, url="https://example.org/hook")


def test_a_new_one_is_off_until_it_is_switched_on(house: House, world: World) -> None:
    made = world.run(world.olivia, build_automation, Draft("  Welcome  them ", RECIPE))
    row = house.row(made)
    assert (row.name, row.is_on, row.version, row.daily_limit) == ("Welcome them", False, 1, 100)
    world.run(world.olivia, switch_on, made)
    assert house.row(made).is_on


def test_a_change_is_a_new_version_and_runs_keep_theirs(house: House, world: World) -> None:
    made = house.automation(Happening.STUDENT_ADDED)
    world.run(world.olivia, add_student, StudentDetails("Ada"))
    house.settle()
    world.run(world.olivia, change_automation, made, Draft("Other", RECIPE, daily_limit=5))
    world.run(world.olivia, add_student, StudentDetails("Ben"))
    house.settle()
    assert [run.version for run in house.runs()] == [1, 2]


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_it_has_a_name(world: World, name: str) -> None:
    with pytest.raises(NameMissing):
        world.run(world.olivia, build_automation, Draft(name, RECIPE))


@pytest.mark.parametrize("limit", [0, 10_001])
def test_it_has_a_limit(world: World, limit: int) -> None:
    with pytest.raises(LimitOutOfReach):
        world.run(world.olivia, build_automation, Draft("Welcome", RECIPE, limit))


def test_what_makes_no_sense_is_refused_with_its_part(world: World) -> None:
    recipe = replace(RECIPE, actions=(TASK, Action(Do.TASK, words="{moon}")))
    with pytest.raises(Unusable) as refused:
        world.run(world.olivia, build_automation, Draft("Welcome", recipe))
    assert list(refused.value.faults) == ["actions.1"]


@pytest.mark.parametrize("value", ["somebody", str(UUID(int=1))])
def test_a_teacher_it_names_is_one_of_the_studio(world: World, value: str) -> None:
    condition = Condition(What.STUDENT_TEACHER, Compare.IS, value)
    with pytest.raises(NotFound):
        world.run(
            world.olivia, build_automation, Draft("Hm", replace(RECIPE, conditions=(condition,)))
        )
    known = replace(condition, value=str(world.teacher_id))
    assert world.run(
        world.olivia, build_automation, Draft("Hm", replace(RECIPE, conditions=(known,)))
    )


def test_a_copy_is_off_and_has_keys_of_its_own(house: House, world: World) -> None:
    made = house.automation(Happening.STUDENT_ADDED, HOOK)
    copied = world.run(world.olivia, copy_automation, made)
    row = house.row(copied)
    assert (row.name, row.is_on) == ("Copy of On student_added", False)
    [mine], [theirs] = recipe_of(house.row(made).recipe).actions, recipe_of(row.recipe).actions
    assert mine.hook
    assert theirs.hook
    assert mine.hook != theirs.hook


def test_a_deleted_one_does_nothing_and_its_history_stays(house: House, world: World) -> None:
    made = house.automation(Happening.STUDENT_ADDED)
    world.run(world.olivia, add_student, StudentDetails("Ada"))
    house.settle()
    world.run(world.olivia, add_student, StudentDetails("Ben"))
    world.run(world.olivia, delete_automation, made)
    house.settle()
    assert house.results() == ["acted"]
    with pytest.raises(NotFound):
        world.run(world.olivia, switch_on, made)


@pytest.mark.parametrize("key", [one.key for one in PRESETS])
def test_the_ready_made_ones_can_be_taken(house: House, world: World, key: str) -> None:
    made = world.run(world.olivia, take_preset, key)
    recipe = recipe_of(house.row(made).recipe)
    assert recipe.actions[0].words
    assert not house.row(made).is_on


def test_a_secret_is_told_once_and_another_when_the_key_is_renewed(
    house: House, world: World
) -> None:
    made = house.automation(Happening.STUDENT_ADDED, HOOK)
    [action] = recipe_of(house.row(made).recipe).actions
    assert action.hook
    secret = world.run(world.olivia, show_webhook_secret, made, action.hook)
    assert len(secret) == 64
    with pytest.raises(ShownBefore):
        world.run(world.olivia, show_webhook_secret, made, action.hook)
    fresh = world.run(world.olivia, renew_webhook_key, made, action.hook)
    assert world.run(world.olivia, show_webhook_secret, made, fresh) != secret
    assert house.row(made).version == 2


def test_a_key_is_kept_through_a_change_and_nobody_elses_can_be_taken(
    house: House, world: World
) -> None:
    made = house.automation(Happening.STUDENT_ADDED, HOOK)
    other = house.automation(Happening.STUDENT_ADDED, HOOK)
    [mine] = recipe_of(house.row(made).recipe).actions
    [theirs] = recipe_of(house.row(other).recipe).actions
    for given, kept in ((mine.hook, True), (theirs.hook, False), (new_id(), False)):
        changed = replace(RECIPE, actions=(replace(HOOK, hook=given),))
        world.run(world.olivia, change_automation, made, Draft("Changed", changed))
        [now] = recipe_of(house.row(made).recipe).actions
        assert (now.hook == given) is kept


@pytest.mark.parametrize("who", ["tom", "grace"])
def test_only_the_office_builds(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        world.run(getattr(world, who), build_automation, Draft("Welcome", RECIPE))
    with pytest.raises(Forbidden):
        world.run(getattr(world, who), add_task, TaskDetails("Ring"))


def test_a_stranger_does_not_find_it(house: House, world: World) -> None:
    made = house.automation(Happening.STUDENT_ADDED, HOOK)
    task = world.run(world.olivia, add_task, TaskDetails("Ring"))
    for use_case in (switch_on, copy_automation, delete_automation):
        with pytest.raises(NotFound):
            world.run(world.rita, use_case, made)
    with pytest.raises(NotFound):
        world.run(world.rita, finish_task, task)


def test_a_task_is_written_ticked_off_and_taken_up_again(world: World) -> None:
    details = TaskDetails(" Order strings ", (world.now + timedelta(days=2)).date())
    task = world.run(world.olivia, add_task, details)
    assert done(world, task) is None
    world.run(world.olivia, finish_task, task)
    first = done(world, task)
    assert first == world.now
    world.at(world.now + timedelta(hours=1)).run(world.olivia, finish_task, task)
    assert done(world, task) == first
    world.run(world.olivia, reopen_task, task)
    assert done(world, task) is None


def test_a_task_about_a_student_is_about_their_family_too(world: World) -> None:
    task = world.run(world.olivia, add_task, TaskDetails("Ring", student_id=world.student_id))
    row = world.as_(world.olivia).session.get_one(Task, task)
    assert row.family_id == world.family_id


def test_the_audit_keeps_that_a_task_was_written_and_not_whom_it_names(world: World) -> None:
    task = world.run(world.olivia, add_task, TaskDetails("Ring Grace Gray"))
    query = select(AuditChange).where(AuditChange.row_id == task)
    [change] = world.as_(world.olivia).session.exec(query)
    assert change.table_name == "task"
    assert "Grace" not in str(change.after)


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
def test_a_task_says_what_is_to_be_done(world: World, words: str) -> None:
    with pytest.raises(NoWords):
        world.run(world.olivia, add_task, TaskDetails(words))


def done(world: World, task: TaskId) -> object:
    return world.as_(world.olivia).session.get_one(Task, task).done_at


def test_nobody_switches_on_what_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        world.run(world.olivia, switch_on, AutomationId(new_id()))
