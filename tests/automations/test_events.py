"""Something happens, and what waits for it is done: once, and for those it is about."""

from datetime import timedelta

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.automations.rules.recipe import Action, Compare, Condition, Do, Happening, What
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.rules.status import Method
from studio_app.kit.money import Money
from studio_app.people.commands.guardians import GuardianDetails
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.tags import tag_student
from studio_app.people.queries.students import student_card
from studio_app.people.queries.tags import tags_of_student
from studio_app.people.rules import StudentStatus
from studio_app.scheduling.commands.enrolments import leave_series
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson, restore_lesson
from studio_app.scheduling.commands.year import close_studio_on
from studio_app.scheduling.models.series import Enrolment
from tests.automations.house import House
from tests.conftest import HOUR
from tests.scheduling.conftest import Desk

PIANO = Condition(What.STUDENT_INSTRUMENT, Compare.IS, "Piano")
VIOLIN = Condition(What.STUDENT_INSTRUMENT, Compare.IS, "Violin")


def test_a_cancelled_lesson_makes_a_task_with_its_words_filled_in(house: House, desk: Desk) -> None:
    words = "{studio}: {family} cancelled {lesson} with {teacher} on {when}: {student}"
    house.automation(Happening.LESSON_CANCELLED, Action(Do.TASK, words=words, due_in=2))
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    world.run(world.olivia, cancel_lesson, lesson)
    house.settle()
    assert house.tasks() == [
        "Harmony: Gray cancelled Piano with Tom Teal on Thu 3 Sept, 10:00: Sam Gray"
    ]
    [run] = house.runs()
    assert (run.student_id, run.family_id, run.lesson_id) == (
        *(world.student_id, world.family_id, lesson),
    )
    assert [one.result for one in house.actions()] == ["done"]


def test_it_happens_again_when_the_lesson_is_cancelled_again(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED)
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    for hours in (0, 2):
        later = world.at(world.now + hours * HOUR)
        later.run(world.olivia, cancel_lesson, lesson)
        house.settle()
        later.run(world.olivia, restore_lesson, lesson)
        house.settle()
    assert house.results() == ["acted", "acted"]


def test_what_was_put_back_before_it_was_looked_at_was_not_cancelled(
    house: House, desk: Desk
) -> None:
    house.automation(Happening.LESSON_CANCELLED)
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    world.run(world.olivia, cancel_lesson, lesson)
    world.run(world.olivia, restore_lesson, lesson)
    house.settle()
    assert house.runs() == []


def test_conditions_that_do_not_hold_are_kept_and_nothing_is_done(house: House, desk: Desk) -> None:
    soon = Condition(What.LESSON_HOURS_BEFORE, Compare.LESS_THAN, "24")
    house.automation(Happening.LESSON_CANCELLED, conditions=[PIANO, soon])
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    world.run(world.olivia, cancel_lesson, lesson)
    house.settle()
    [run] = house.runs()
    assert run.result == "not_met"
    assert [(one["found"], one["held"]) for one in run.conditions] == [("Piano", True), (48, False)]
    assert house.tasks() == []


def test_one_that_is_off_or_waits_for_something_else_does_nothing(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED, on=False)
    house.automation(Happening.LESSON_MOVED)
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    world.run(world.olivia, cancel_lesson, lesson)
    house.settle()
    assert house.runs() == []


def test_a_shared_lesson_happens_to_each_student(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED)
    world = house.world
    ada = world.run(world.olivia, add_student, StudentDetails("Ada", "Bell")).student_id
    assert ada
    house.settle()
    both = (world.student_id, ada)
    band = desk.lesson(world.now + 48 * HOUR, student_ids=both, lesson_type_id=desk.band)
    world.run(world.olivia, cancel_lesson, band)
    house.settle()
    assert {run.student_id for run in house.runs()} == set(both)


def test_closing_the_studio_cancels_its_lessons(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED)
    world = house.world
    desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    day = (world.now + 48 * HOUR).date()
    world.run(world.olivia, close_studio_on, name="Flood", first_on=day, last_on=day)
    house.settle()
    assert house.results() == ["acted"]


def test_another_time_is_a_move_and_another_room_is_not(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_MOVED)
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    world.run(world.olivia, move_lesson, lesson, to=world.now + 48 * HOUR, room_id=desk.room_id)
    house.settle()
    assert house.runs() == []
    world.run(world.olivia, move_lesson, lesson, to=world.now + 50 * HOUR)
    house.settle()
    assert house.results() == ["acted"]


def test_two_no_shows_in_thirty_days_tell_the_office(house: House, desk: Desk) -> None:
    twice = Condition(What.NO_SHOWS, Compare.AT_LEAST, "2", days=30)
    house.automation(Happening.NO_SHOW, conditions=[twice])
    world = house.world
    for days in (50, 14, 7):
        at = world.now - timedelta(days=days)
        lesson = desk.lesson(at, student_ids=(world.student_id,))
        [seat] = desk.seats(lesson)
        there = house.at(at + 2 * HOUR)
        there.world.run(world.olivia, mark_seat, seat.id, Outcome.NO_SHOW)
        there.settle()
    assert house.results() == ["not_met", "not_met", "acted"]
    assert house.tasks() == ["Ring Gray about Sam Gray"]


def test_a_mark_that_is_repeated_is_looked_at_and_one_delivered_twice_is_not(
    house: House, desk: Desk
) -> None:
    house.automation(Happening.LESSON_HELD)
    world = house.world
    [seat] = desk.seats(desk.lesson(world.now - HOUR, student_ids=(world.student_id,)))
    world.run(world.olivia, mark_seat, seat.id, Outcome.PRESENT)
    house.settle()
    house._heard.clear()  # the queue delivers everything once more
    house.settle()
    assert house.results() == ["acted"]


def test_a_new_student_is_welcomed(house: House) -> None:
    house.automation(Happening.STUDENT_ADDED, Action(Do.TASK, words="Welcome {student}"))
    world = house.world
    guardian = GuardianDetails("Bea Bell")
    world.run(world.tom, add_student, StudentDetails("Ada", "Bell"), guardian=guardian)
    house.settle()
    assert house.tasks() == ["Welcome Ada Bell"]


def test_weekly_lessons_begin_and_end(house: House, desk: Desk) -> None:
    house.automation(Happening.STUDENT_ENROLLED, Action(Do.ADD_TAG, tag="weekly"))
    house.automation(Happening.ENROLMENT_ENDED, Action(Do.REMOVE_TAG, tag="weekly"))
    world = house.world
    series = desk.series()
    house.settle()
    assert world.run(world.olivia, tags_of_student, world.student_id) == ["weekly"]
    session = world.as_(world.olivia).session
    [enrolment] = [e for e in session.query(Enrolment).all() if e.series_id == series]
    world.run(world.olivia, leave_series, enrolment.id, last_on=desk.wish.first_on)
    house.settle()
    assert world.run(world.olivia, tags_of_student, world.student_id) == []


def test_a_payment_is_about_a_family(house: House) -> None:
    words = "Thank {family}; {owed} left"
    house.automation(Happening.PAYMENT_RECEIVED, Action(Do.TASK, words=words))
    world = house.world
    world.run(
        world.olivia,
        record_payment,
        world.family_id,
        Money(2500, "GBP"),
        method=Method.CASH,
        received_on=world.now.date(),
        key="k1",
    )
    house.settle()
    assert house.tasks() == ["Thank Gray; £0.00 left"]


def test_the_actions_are_done_in_their_order(house: House) -> None:
    house.automation(
        Happening.STUDENT_TAGGED,
        Action(Do.PAUSE),
        Action(Do.REMOVE_TAG, tag="holiday"),
        Action(Do.TASK, words="{student} is away"),
        conditions=[Condition(What.STUDENT_TAG, Compare.IS, "holiday")],
    )
    world = house.world
    world.run(world.olivia, tag_student, world.student_id, "Holiday")
    house.settle()
    assert [one.result for one in house.actions()] == ["done"] * 3
    assert world.run(world.olivia, tags_of_student, world.student_id) == []
    card = world.run(world.olivia, student_card, world.student_id)
    assert card.status is StudentStatus.PAUSED


def test_a_failed_action_is_recorded_as_failed_and_the_rest_is_not_run(
    house: House, desk: Desk
) -> None:
    """Nobody sits in the lesson, so there is nobody to pause."""
    tell = Action(Do.TASK, words="Before")
    after = Action(Do.TASK, words="After")
    house.automation(Happening.LESSON_CANCELLED, tell, Action(Do.PAUSE), after)
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=())
    world.run(world.olivia, cancel_lesson, lesson)
    house.settle()
    assert [one.result for one in house.actions()] == ["done", "failed", "not_run"]
    assert house.actions()[1].reason["say"] == "We could not find that."
    assert house.tasks() == ["Before"]


def test_rival_hears_nothing_of_it(house: House, desk: Desk) -> None:
    house.automation(Happening.LESSON_CANCELLED)
    world = house.world
    lesson = desk.lesson(world.now + 48 * HOUR, student_ids=(world.student_id,))
    world.run(world.olivia, cancel_lesson, lesson)
    house.settle()
    rival = world.as_(world.rita).session
    assert rival.connection().exec_driver_sql("select count(*) from automation_run").scalar() == 0
