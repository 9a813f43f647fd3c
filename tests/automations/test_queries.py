"""What the page shows: the list, the history, the past month tried out, the tasks."""

from datetime import UTC, datetime, timedelta

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.automations.access.facts import facts_between
from studio_app.automations.commands.building import delete_automation, switch_off, switch_on
from studio_app.automations.commands.tasks import TaskDetails, add_task, finish_task
from studio_app.automations.queries.building import automation_card, automations, presets
from studio_app.automations.queries.history import run_history
from studio_app.automations.queries.tasks import open_tasks, tasks
from studio_app.automations.queries.trial import Trial, dry_run
from studio_app.automations.rules.checking import Unusable
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
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.rules.status import Method
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.money import Money
from studio_app.overview.queries.needs_you import Matter, Need, needs_you
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.tags import tag_student
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from tests.automations.house import TASK, House
from tests.conftest import HOUR, World
from tests.scheduling.conftest import Desk

DAY = timedelta(days=1)
PIANO = Condition(What.STUDENT_INSTRUMENT, Compare.IS, "Piano")


def tried(world: World, when: When | Happening, *conditions: Condition) -> Trial:
    begins = when if isinstance(when, When) else When(when)
    return world.run(world.olivia, dry_run, Recipe(begins, conditions, (TASK,)))


def test_the_list_says_what_each_does_and_what_came_of_it(house: House) -> None:
    world = house.world
    made = house.automation(Happening.STUDENT_ADDED, daily_limit=1)
    weekly = When(Happening.EVERY_WEEK, hour=8, weekday=1, each=About.STUDIO)
    house.automation(weekly, Action(Do.TASK, words="Water the plants"))
    for name in ("Ada", "Ben"):
        world.run(world.olivia, add_student, StudentDetails(name))
    house.settle()
    [clock, added] = world.run(world.olivia, automations)
    assert added.id == made
    assert added.sentence.startswith("When a student is added, make the task “Ring {family}")
    assert (added.acted, added.held_back, added.failed, added.next) == (1, 1, 0, "")
    assert added.last == "Tue 1 Sept, 10:00"
    assert (clock.next, clock.last) == ("Mon 7 Sept, 08:00", "")


def test_rival_sees_none_and_teachers_and_families_may_not_ask(house: House) -> None:
    world = house.world
    made = house.automation(Happening.STUDENT_ADDED)
    assert world.run(world.rita, automations) == []
    for ask in (automation_card, run_history):
        with pytest.raises(NotFound):
            world.run(world.rita, ask, made)
        with pytest.raises(Forbidden):
            world.run(world.tom, ask, made)
    with pytest.raises(Forbidden):
        world.run(world.grace, tasks)


def test_the_history_says_why_and_why_not(house: House, desk: Desk) -> None:
    world = house.world
    made = house.automation(Happening.LESSON_CANCELLED, Action(Do.PAUSE), TASK, conditions=[PIANO])
    somebody = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    nobody = desk.lesson(world.now + 52 * HOUR, student_ids=())
    for lesson in (somebody, nobody):
        world.run(world.olivia, cancel_lesson, lesson)
    house.settle()
    page = world.run(world.olivia, run_history, made, with_not_met=True)
    assert [(row.whom, row.result) for row in page.rows] == [("", "not_met"), ("Sam Gray", "acted")]
    assert [one.held for one in page.rows[0].conditions] == [False]
    assert page.rows[1].conditions[0].words == "the student’s instrument is Piano"
    assert [(one.words, one.result) for one in page.rows[1].actions] == [
        ("pause the student", "done"),
        ("make the task “Ring {family} about {student}”", "done"),
    ]
    acted = world.run(world.olivia, run_history, made)
    assert [row.whom for row in acted.rows] == ["Sam Gray"]


def failing(world: World) -> list[Need]:
    found = world.run(world.olivia, needs_you)
    return [one for one in found if one.matter is Matter.FAILING]


def test_what_could_not_be_done_waits_for_the_office_and_leads_to_the_history(
    house: House, desk: Desk
) -> None:
    world = house.world
    made = house.automation(Happening.LESSON_CANCELLED, Action(Do.PAUSE))
    house.automation(Happening.LESSON_CANCELLED)
    for hours in (48, 52):
        nobody = desk.lesson(world.now + hours * HOUR, student_ids=())
        world.run(world.olivia, cancel_lesson, nobody)
    assert failing(world) == []
    house.settle()
    [need] = failing(world)
    assert (need.n, need.words, need.detail, need.about) == (
        1,
        "1 automation could not do all",
        "On lesson_cancelled: 2 times",
        made,
    )
    assert failing(house.at(world.now + 8 * DAY).world) == []
    world.run(world.olivia, switch_off, made)
    assert failing(world) == []
    later = house.at(world.now + DAY).world
    later.run(later.olivia, switch_on, made)
    assert failing(later) == []
    rita: list[Need] = world.run(world.rita, needs_you)
    assert [one.matter for one in rita if one.matter is Matter.FAILING] == []


def test_the_history_goes_on_page_by_page_and_outlives_the_automation(house: House) -> None:
    world = house.world
    made = house.automation(Happening.STUDENT_ADDED)
    for name in ("Ada", "Ben", "Cleo"):
        world.run(world.olivia, add_student, StudentDetails(name))
    house.settle()
    world.run(world.olivia, delete_automation, made)
    first = world.run(world.olivia, run_history, made, limit=2)
    rest = world.run(world.olivia, run_history, made, limit=2, after=first.next_after)
    assert [row.whom for row in (*first.rows, *rest.rows)] == ["Cleo", "Ben", "Ada"]
    assert rest.next_after is None


def test_a_dry_run_finds_what_happened_last_month_and_does_nothing(
    house: House, desk: Desk
) -> None:
    world = house.world
    for days in (40, 20, 10):
        then = world.at(world.now - days * DAY)
        lesson = desk.lesson(then.now + HOUR, student_ids=(world.student_id,))
        then.run(world.olivia, cancel_lesson, lesson)
    late = Condition(What.LESSON_HOURS_BEFORE, Compare.LESS_THAN, "24")
    found = tried(world, Happening.LESSON_CANCELLED, PIANO, late)
    assert (found.happened, found.met, found.most_in_a_day) == (2, 2, 1)
    assert [(one.when, one.whom, one.actions) for one in found.would] == [
        ("Sat 22 Aug, 10:00", "Sam Gray", ("Ring Gray about Sam Gray",)),
        ("Wed 12 Aug, 10:00", "Sam Gray", ("Ring Gray about Sam Gray",)),
    ]
    assert house.runs() == []
    assert house.tasks() == []


def test_what_the_dry_run_finds_is_what_the_automation_does(house: House, desk: Desk) -> None:
    """The same things happen once with the automations on, and are then found in the past."""
    world = house.world
    happenings = [one for one in Happening if not one.is_scheduled]
    plain = Action(Do.TASK, words="x")
    for happening in happenings:
        house.automation(happening, plain)
    series = desk.series()
    lesson = desk.lesson(world.now - 2 * HOUR, student_ids=(world.student_id,))
    [seat] = desk.seats(lesson)
    world.run(world.olivia, mark_seat, seat.id, Outcome.PRESENT)
    house.settle()
    world.run(world.olivia, mark_seat, seat.id, Outcome.NO_SHOW)
    house.settle()
    moved = desk.lessons(series)[0]
    world.run(world.olivia, move_lesson, moved.id, to=moved.starts_at + 3 * HOUR)
    house.settle()
    world.run(world.olivia, cancel_lesson, desk.lessons(series)[1].id)
    world.run(world.olivia, tag_student, world.student_id, "exam")
    world.run(
        world.olivia,
        record_payment,
        world.family_id,
        Money(100, "GBP"),
        method=Method.CASH,
        received_on=world.now.date(),
        key="k",
    )
    house.settle()
    done = {run.occasion for run in house.runs()}
    assert {occasion.split()[0] for occasion in done} == {
        *("lesson_cancelled", "lesson_moved", "no_show", "lesson_held"),
        *("student_enrolled", "student_tagged", "payment_received"),
    }
    always = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
    work = world.as_(world.olivia)
    found = {
        fact.occasion
        for happening in happenings
        for fact in facts_between(work, happening, *always)
        if fact.happening is not Happening.STUDENT_ADDED  # the cast was there before
    }
    # Of a seat that was marked twice only the mark that counts is found.
    assert {occasion.split()[0] for occasion in done - found} == {"lesson_held"}
    assert found < done


def test_a_schedule_is_tried_over_its_days(house: House) -> None:
    each = When(Happening.EVERY_WEEK, hour=8, weekday=1, each=About.STUDENT)
    found = tried(house.world, each, PIANO)
    assert (found.happened, found.met) == (5, 5)  # five Mondays in 31 days, one student
    assert found.would[0].when == "Mon 31 Aug, 08:00"
    assert found.sentence.startswith("Every Monday at 08:00, for each student, if")


def test_a_dry_run_refuses_what_cannot_be_kept(house: House) -> None:
    with pytest.raises(Unusable):
        tried(house.world, When(Happening.INVOICE_SENT), PIANO)


def test_tasks_are_listed_by_their_day_and_those_done_apart(house: House) -> None:
    world = house.world
    today = world.now.date()
    late = world.run(world.olivia, add_task, TaskDetails("Late", today - DAY))
    world.run(world.olivia, add_task, TaskDetails("Whenever"))
    soon = TaskDetails("Soon", today + DAY, student_id=world.student_id)
    world.run(world.olivia, add_task, soon)
    shown = world.run(world.olivia, tasks)
    assert [(one.words, one.is_late) for one in shown] == [
        *(("Late", True), ("Soon", False), ("Whenever", False))
    ]
    assert (shown[1].student, shown[1].family, shown[1].due) == ("Sam Gray", "Gray", "Wed 2 Sept")
    world.run(world.olivia, finish_task, late)
    assert world.run(world.olivia, open_tasks) == 2
    assert [one.words for one in world.run(world.olivia, tasks, done=True)] == ["Late"]
    [need] = [one for one in world.run(world.olivia, needs_you) if one.matter == "tasks"]
    assert (need.words, need.detail) == ("2 tasks", "Soon · Whenever")


def test_a_task_says_which_automation_wrote_it(house: House) -> None:
    house.automation(Happening.STUDENT_ADDED)
    world = house.world
    world.run(world.olivia, add_student, StudentDetails("Ada"))
    house.settle()
    [task] = world.run(world.olivia, tasks)
    assert task.automation == "On student_added"


def test_the_ready_made_ones_have_names(house: House) -> None:
    world = house.world
    assert "Welcome a new student" in {one.name for one in world.run(world.olivia, presets)}
