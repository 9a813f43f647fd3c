"""An automation cannot run away: it does not go round in circles, nor beyond its limit."""

from datetime import UTC, datetime, timedelta

from studio_app.automations.rules.recipe import (
    About,
    Action,
    Do,
    Happening,
    When,
)
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.tags import tag_student
from studio_app.people.queries.tags import tags_of_student
from tests.automations.house import House

TAGGED = Happening.STUDENT_TAGGED


def tagged(tag: str) -> When:
    return When(TAGGED, tag=tag)


def add(tag: str) -> Action:
    return Action(Do.ADD_TAG, tag=tag)


def test_what_an_automation_does_may_set_off_another(house: House) -> None:
    house.automation(tagged("a"), add("b"))
    house.automation(tagged("b"), Action(Do.PAUSE))
    world = house.world
    world.run(world.olivia, tag_student, world.student_id, "a")
    house.settle()
    acted = [run for run in house.runs() if run.result == "acted"]
    assert [run.depth for run in acted] == [0, 1]
    assert acted[1].after_id == acted[0].id


def test_but_not_a_third(house: House) -> None:
    for before, after in (("a", "b"), ("b", "c"), ("c", "d")):
        house.automation(tagged(before), add(after))
    world = house.world
    world.run(world.olivia, tag_student, world.student_id, "a")
    house.settle()
    assert world.run(world.olivia, tags_of_student, world.student_id) == ["a", "b", "c"]
    assert house.results() == ["acted", "acted", "stopped"]


def test_two_that_undo_each_other_come_to_rest(house: House) -> None:
    """One swaps ping for pong, the other pong for ping."""
    for mine, other in (("ping", "pong"), ("pong", "ping")):
        swap = (Action(Do.REMOVE_TAG, tag=mine), add(other))
        house.automation(tagged(mine), *swap)
    world = house.world
    world.run(world.olivia, tag_student, world.student_id, "ping")
    house.settle()
    assert house.results().count("acted") == 2
    assert house.results().count("stopped") == 1


def test_one_does_not_set_itself_off(house: House) -> None:
    house.automation(TAGGED, Action(Do.REMOVE_TAG, tag="a"), add("a"))
    world = house.world
    world.run(world.olivia, tag_student, world.student_id, "a")
    house.settle()
    assert house.results() == ["acted", "stopped"]


def test_beyond_the_days_limit_it_is_held_back_and_the_office_told_once(house: House) -> None:
    welcome = Action(Do.TASK, words="Welcome {student}")
    house.automation(Happening.STUDENT_ADDED, welcome, daily_limit=2)
    world = house.world
    for name in ("Ada", "Ben", "Cleo", "Dora"):
        world.run(world.olivia, add_student, StudentDetails(name))
    house.settle()
    assert house.results() == ["acted", "acted", "held_back", "held_back"]
    told = [task for task in house.tasks() if "limit of 2 actions" in task]
    assert len(told) == 1
    assert len(house.tasks()) == 3


def test_the_next_day_it_goes_on(house: House) -> None:
    welcome = Action(Do.TASK, words="Welcome {student}")
    house.automation(Happening.STUDENT_ADDED, welcome, daily_limit=1)
    for day in range(2):
        later = house.at(house.world.now + timedelta(days=day))
        for name in (f"Ada {day}", f"Ben {day}"):
            later.world.run(later.world.olivia, add_student, StudentDetails(name))
        later.settle()
    assert house.results() == ["acted", "held_back"] * 2


def test_a_run_with_several_actions_is_done_whole_or_not_at_all(house: House) -> None:
    several = (add("new"), Action(Do.TASK, words="Welcome {student}"))
    house.automation(Happening.STUDENT_ADDED, *several, daily_limit=3)
    world = house.world
    for name in ("Ada", "Ben"):
        world.run(world.olivia, add_student, StudentDetails(name))
    house.settle()
    assert house.results() == ["acted", "held_back"]
    assert len(house.actions()) == 2


def test_the_limit_holds_for_a_schedule_too(house: House) -> None:
    each = When(Happening.EVERY_DAY, hour=8, each=About.STUDENT)
    house.automation(each, Action(Do.TASK, words="{student}"), daily_limit=1)
    world = house.world
    world.run(world.olivia, add_student, StudentDetails("Ada"))
    house.at(datetime(2026, 9, 7, 7, 0, tzinfo=UTC)).tick()
    assert sorted(house.results()) == ["acted", "held_back"]
