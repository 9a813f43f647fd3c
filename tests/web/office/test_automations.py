"""The pages of automations, tasks and tags, driven as a browser drives them."""

from datetime import timedelta
from uuid import UUID

import pytest

from studio_app.automations.queries.building import automation_card, automations
from studio_app.automations.queries.tasks import open_tasks
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.queries.tags import tags_of_student
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.web.office.automations.history import RunsState
from studio_app.web.office.automations.listing import AutomationsState
from studio_app.web.office.automations.state import AutomationState
from studio_app.web.office.student_state import StudentState
from studio_app.web.office.students import StudentsState
from studio_app.web.office.tasks import TasksState
from tests.automations.house import House
from tests.conftest import HOUR, World
from tests.scheduling.conftest import Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio
NEW = "/office/automations/new"


async def test_one_is_built_from_lists_and_reads_as_a_sentence(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.add_condition()
    await state.set_condition(0, "what", "student_instrument")
    await state.set_condition(0, "value", "Piano")
    await state.set_action(0, "words", "Ring {family}")
    await state.add_action()
    await state.set_action(1, "do", "pause")
    assert state.sentence == (
        "When a lesson is cancelled, if the student’s instrument is Piano, "
        "make the task “Ring {family}” and pause the student."
    )
    await state.set_name("Ring them")
    await state.save()
    await state.save()  # a second tap
    [row] = world.run(world.olivia, automations)
    assert (row.name, row.is_on, row.sentence) == ("Ring them", False, state.sentence)


async def test_a_message_may_go_as_a_text_too(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(AutomationState, NEW, automation_id="new")
    await state.load()
    for part, value in (("do", "message_family"), ("subject", "Hello"), ("words", "Hello all")):
        await state.set_action(0, part, value)
    assert state.sentence.endswith("write “Hello” to the family.")
    await state.set_action(0, "by_text", "yes")
    assert state.sentence.endswith("write “Hello” to the family, as a text too.")
    await state.set_name("Greeting")
    await state.save()
    [row] = world.run(world.olivia, automations)
    again = browser.open(AutomationState, NEW, automation_id=str(row.id))
    await again.load()
    assert [one.by_text for one in again.actions] == ["yes"]


async def test_what_is_kept_is_opened_again_as_it_was(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.add_condition()
    await state.set_condition(0, "what", "owed")
    await state.set_condition(0, "compare", "more_than")
    await state.set_condition(0, "value", "12.50")
    await state.set_action(0, "words", "Ring")
    await state.set_action(0, "due_in", "3")
    await state.set_name("Owing")
    await state.set_limit("7")
    await state.save()
    [row] = world.run(world.olivia, automations)
    again = browser.open(AutomationState, NEW, automation_id=str(row.id))
    await again.load()
    [condition], [action] = again.conditions, again.actions
    assert (condition.what, condition.compare, condition.value) == ("owed", "more_than", "12.50")
    assert (action.words, action.due_in, again.limit) == ("Ring", "3", "7")
    await again.set_action(0, "words", "Ring soon")
    await again.save()
    card = world.run(world.olivia, automation_card, row.id)
    assert (card.version, card.recipe.actions[0].words) == (2, "Ring soon")
    assert card.recipe.conditions[0].value == "1250"


async def test_faults_stand_beside_their_parts(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.set_name("Moon")
    await state.set_action(0, "words", "{moon}")
    await state.save()
    assert list(state.faults) == ["actions.0"]
    assert state.sentence == ""
    await state.set_action(0, "due_in", "soon")
    await state.save()
    assert "actions.0" in state.faults
    assert world.run(world.olivia, automations) == []


async def test_another_beginning_leaves_out_what_cannot_be_asked_there(
    world: World, visit: Visit
) -> None:
    state = visit(world.olivia).open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.add_condition()
    await state.set_condition(0, "what", "lesson_weekday")
    await state.add_action()
    await state.set_action(1, "do", "pause")
    await state.set_when("happening", "payment_received")
    assert state.conditions == []
    assert [one.do for one in state.actions] == ["task"]
    await state.set_when("happening", "every_week")
    await state.set_when("each", "studio")
    await state.set_action(0, "words", "Water the plants")
    assert state.sentence.startswith("Every Monday at 08:00, once for the studio, make the task")
    await state.add_condition()
    assert state.conditions == []


async def test_actions_are_put_in_order_and_taken_out(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.set_action(0, "words", "First")
    await state.add_action()
    await state.set_action(1, "words", "Second")
    await state.earlier(1)
    assert [(one.n, one.words) for one in state.actions] == [(0, "Second"), (1, "First")]
    second, first = [one.uid for one in state.actions]
    assert first != second
    await state.drop_action(0)
    assert state.actions[0].uid == first
    assert [(one.n, one.words) for one in state.actions] == [(0, "First")]


async def test_it_is_tried_out_on_last_month(desk: Desk, visit: Visit) -> None:
    world = desk.world
    then = world.at(world.now - timedelta(days=5))
    lesson = desk.lesson(then.now + HOUR, student_ids=(world.student_id,))
    then.run(world.olivia, cancel_lesson, lesson)
    state = visit(world.olivia).open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.set_action(0, "words", "Ring {family}")
    await state.try_out()
    assert state.trial.words.startswith("It would have done something once")
    [would] = state.trial.would
    assert (would.whom, would.actions) == ("Sam Gray", ("Ring Gray",))
    assert world.run(world.olivia, open_tasks) == 0


async def test_a_key_is_shown_once(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(AutomationState, NEW, automation_id="new")
    await state.load()
    await state.set_name("Tell")
    await state.set_action(0, "do", "webhook")
    await state.set_action(0, "url", "https://example.org/hook")
    await state.save()
    [row] = world.run(world.olivia, automations)
    again = browser.open(AutomationState, NEW, automation_id=str(row.id))
    await again.load()
    hook = again.actions[0].hook
    await again.show_secret(hook)
    assert len(again.secret) == 64
    await again.load()
    assert again.secret == ""
    await again.show_secret(hook)
    assert again.secret == ""
    assert browser.notice.refused
    await again.renew_secret(hook)
    await again.load()
    assert again.actions[0].hook != hook


async def test_ready_made_ones_are_taken_switched_copied_and_deleted(
    world: World, visit: Visit
) -> None:
    state = visit(world.olivia).open(AutomationsState)
    await state.load()
    assert len(state.presets) == 3
    await state.take("two_no_shows")
    await state.take("two_no_shows")  # a second tap
    await state.load()
    [line] = state.rows
    assert line.about == "Has not done anything yet"
    await state.switch(line.id, True)
    await state.copy(line.id)
    await state.load()
    assert sorted(one.is_on for one in state.rows) == [False, True]
    await state.delete(line.id)
    await state.load()
    assert [one.name[:8] for one in state.rows] == ["Copy of "]


async def test_the_history_says_what_was_done(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    lists = browser.open(AutomationsState)
    await lists.load()
    await lists.take("welcome")
    await lists.load()
    [line] = lists.rows
    await lists.switch(line.id, True)
    world.run(world.olivia, add_student, StudentDetails("Ada", "Bell"))
    House(world).settle()
    state = browser.open(RunsState, NEW, automation_id=line.id)
    await state.load()
    [run] = state.runs
    assert (run.whom, run.result, run.tone) == ("Ada Bell", "Failed", "bad")
    assert run.steps[0].detail == "Failed · There is nobody to write to, or no way to reach them."
    assert run.steps[1].detail == "Not run"
    await lists.load()
    assert lists.rows[0].failed == "1 failed"


async def test_tasks_are_added_and_ticked_off(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(TasksState)
    await state.open("add", True)
    await state.add({"words": "Order strings", "due_on": "2026-08-30"})
    await state.load()
    [line] = state.rows
    assert (line.words, line.is_late) == ("Order strings", True)
    await state.finish(line.id)
    await state.load()
    assert state.rows == []
    await state.show_done()
    await state.load()
    assert [one.is_done for one in state.rows] == [True]
    await state.reopen(line.id)
    assert world.run(world.olivia, open_tasks) == 1


async def test_a_task_says_something(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(TasksState)
    await state.open("add", True)
    await state.add({"words": "  "})
    assert state.faults == {"words": "Please fill this in."}


async def test_a_student_gets_tags_and_is_found_by_them(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(StudentState, "/", student_id=str(world.student_id))
    await state.open("tag", True)
    await state.tag({"tag": "choir"})
    await state.load()
    assert state.tags == ["choir"]
    world.run(world.olivia, add_student, StudentDetails("Ada", "Bell"))
    people = browser.open(StudentsState)
    await people.load()
    await people.choose_tag("choir")
    assert [one.name for one in people.rows] == ["Sam Gray"]
    assert [one["value"] for one in people.tags] == ["", "choir"]
    await state.untag("choir")
    assert world.run(world.olivia, tags_of_student, world.student_id) == []


async def test_who_is_not_of_the_office_is_told_so(world: World, visit: Visit) -> None:
    for state in (AutomationsState, TasksState):
        page = visit(world.tom).open(state)
        await page.load()
        assert "permission" in page.trouble
    page = visit(world.olivia).open(AutomationState, NEW, automation_id=str(UUID(int=1)))
    await page.load()
    assert page.trouble == "We could not find that."
