"""Whatever becomes of a lesson on the calendar, it is owed once if it is held and else not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest

from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.billing_run import Billed, bill_term
from studio_app.billing.commands.charging import put_charges_right
from studio_app.billing.commands.invoices import void_invoice
from studio_app.billing.commands.prices import bill_enrolment
from studio_app.billing.invariants import INVARIANTS
from studio_app.billing.rules.pricing import Mode, Scope
from studio_app.kit.access import Actor
from studio_app.kit.doctor import examine
from studio_app.kit.ids import EnrolmentId, LessonId, SeatId, StudentId, TermId
from studio_app.people.commands.students import move_student_to_family
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    stay_in_series,
    unseat_student,
)
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson, restore_lesson
from studio_app.scheduling.commands.series import end_series, resume_series
from studio_app.scheduling.commands.year import add_term, close_studio_on, reopen_studio
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.wishes import SeriesChange
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, wall

T = TypeVar("T")
WEEK = timedelta(weeks=1)
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
AFTER = wall(date(2026, 10, 2), 9)


class Month:
    """Sam's four Tuesdays in September at £25, seen from the second of October."""

    def __init__(self, desk: Desk, till: Till) -> None:
        till.price(pounds(25))
        self.desk = desk
        self.series_id = desk.series(count=4)
        self.early, self.till = till, till.at(AFTER)
        self.lessons: list[Lesson] = list(desk.lessons(self.series_id))

    def seat(self, nth: int) -> SeatId:
        return self.desk.seats(self.lessons[nth].id)[0].id

    def lesson(self, nth: int) -> LessonId:
        return self.lessons[nth].id

    def enrolment(self) -> EnrolmentId:
        found = self.desk.seats(self.lessons[0].id)[0].enrolment_id
        assert found
        return found

    def do(self, use_case: Callable[..., T], *args: Any, early: bool = False, **more: Any) -> T:
        """What Olivia does, and everybody has heard of it."""
        till = self.early if early else self.till
        answer = till.world.run(till.world.olivia, use_case, *args, **more)
        till.hear()
        return answer

    def hold(self, *nths: int) -> None:
        for nth in nths:
            self.till.mark(self.seat(nth))
        self.till.hear()

    def sell(self) -> Billed:
        """The term, in advance, on the first of September."""
        term_id = self.term()
        world = self.early.world
        world.run(world.olivia, bill_enrolment, self.enrolment(), Mode.ADVANCE)
        return world.run(world.olivia, bill_term, term_id, sending=True)

    def term(self, first: date = SEPTEMBER, last: date = date(2026, 9, 30)) -> TermId:
        world = self.early.world
        return world.run(
            world.olivia, add_term, name=f"Term {first}", starts_on=first, ends_on=last
        )

    def bill_the_rest(self, month: date = SEPTEMBER) -> Billed:
        unmarked = [self.seat(nth) for nth in range(4)]
        return self.till.bill(month=month, leaving=unmarked)


@pytest.fixture
def month(desk: Desk, till: Till) -> Month:
    return Month(desk, till)


@pytest.fixture(autouse=True)
def the_promises_hold(world: World, till: Till) -> object:
    yield
    world.as_(world.olivia)
    money = [each for each in INVARIANTS if "procrastinate" not in each.sql]
    assert [f.promise for f in examine(world.connection, money) if f.rows] == []


def test_a_lesson_put_back_is_owed_again_once(month: Month, till: Till) -> None:
    month.hold(0)
    month.do(cancel_lesson, month.lesson(0))
    assert till.balance() == 0
    month.do(restore_lesson, month.lesson(0))
    assert till.balance() == 2500
    month.hold(0)
    assert till.balance() == 2500


def test_what_was_given_back_on_paper_is_billed_again_once(month: Month, till: Till) -> None:
    month.hold(0, 1, 2, 3)
    assert till.settlement(month.till.bill().invoice_ids[0]).total == 10000
    month.do(cancel_lesson, month.lesson(0))
    assert till.settlement(month.till.bill(month=OCTOBER).invoice_ids[0]).total == -2500
    month.do(restore_lesson, month.lesson(0))
    assert till.settlement(month.till.bill(month=OCTOBER).invoice_ids[0]).total == 2500
    assert month.till.bill() == month.till.bill(month=OCTOBER) == Billed()
    assert till.balance() == 10000


def test_a_sold_lesson_put_back_is_owed_before_it_is_held(month: Month, till: Till) -> None:
    month.sell()
    month.do(cancel_lesson, month.lesson(1), early=True)
    assert (till.balance(), till.account("deferred_income")) == (7500, -7500)
    month.do(restore_lesson, month.lesson(1), early=True)
    assert (till.balance(), till.account("deferred_income")) == (10000, -10000)
    month.hold(0, 1, 2, 3)
    assert (till.balance(), till.account("income")) == (10000, -10000)


def test_a_sold_lesson_given_back_and_put_back_is_billed_once(month: Month, till: Till) -> None:
    month.sell()
    month.do(cancel_lesson, month.lesson(1), early=True)
    assert till.settlement(month.bill_the_rest().invoice_ids[0]).total == -2500
    month.do(restore_lesson, month.lesson(1), early=True)
    assert till.settlement(month.bill_the_rest().invoice_ids[0]).total == 2500
    assert month.bill_the_rest() == Billed()
    assert till.balance() == 10000


def test_a_sold_lesson_no_longer_excused_is_owed_again(month: Month, till: Till) -> None:
    month.sell()
    month.till.mark(month.seat(0), Outcome.EXCUSED)
    assert till.balance() == 7500
    month.till.mark(month.seat(0), Outcome.UNMARKED)
    assert till.balance() == 10000


def test_what_was_sold_on_a_void_invoice_is_not_owed_when_put_back(
    month: Month, till: Till
) -> None:
    month.do(cancel_lesson, month.lesson(0), early=True)
    billed = month.sell()
    month.do(cancel_lesson, month.lesson(1), early=True)
    month.do(void_invoice, billed.invoice_ids[0])
    month.do(restore_lesson, month.lesson(1), early=True)
    assert till.balance() == 0


def test_a_lesson_moved_to_the_next_month_is_billed_there(month: Month, till: Till) -> None:
    month.hold(0, 1, 2)
    month.do(move_lesson, month.lesson(3), to=wall(date(2026, 10, 1), 16), early=True)
    assert till.settlement(month.till.bill().invoice_ids[0]).total == 7500
    month.hold(3)
    assert till.settlement(month.till.bill(month=OCTOBER).invoice_ids[0]).total == 2500
    assert till.balance() == 10000


def test_a_billed_lesson_moved_to_the_next_month_is_not_billed_again(
    month: Month, till: Till
) -> None:
    month.hold(0, 1, 2, 3)
    month.till.bill()
    month.do(move_lesson, month.lesson(3), to=wall(date(2026, 10, 1), 16))
    assert month.till.bill(month=OCTOBER) == Billed()
    assert till.balance() == 10000


def test_a_sold_lesson_moved_into_the_next_term_is_not_sold_with_that(
    month: Month, till: Till
) -> None:
    month.sell()
    winter = month.term(OCTOBER, date(2026, 12, 18))
    month.do(move_lesson, month.lesson(3), to=wall(date(2026, 10, 1), 16), early=True)
    assert month.do(bill_term, winter, early=True) == Billed()
    month.hold(3)
    assert (till.balance(), till.account("income")) == (10000, -2500)


def test_who_joins_after_the_term_was_billed_is_billed_for_what_is_left(
    month: Month, till: Till, lessons: Lessons
) -> None:
    month.desk.world.run(  # a duo now
        month.desk.world.olivia,
        change_series,
        month.lesson(0),
        SeriesChange(lesson_type_id=month.desk.band),
    )
    month.sell()
    ben = lessons.student("Ben")
    joined = month.do(
        join_series, month.series_id, StudentId(ben.id), starts_on=TUESDAY + 2 * WEEK, early=True
    )
    month.early.world.run(month.early.world.olivia, bill_enrolment, joined, Mode.ADVANCE)
    assert till.balance(ben.family_id) == 0
    term_id = till.rows("select id from term")[0][0]
    assert month.do(bill_term, term_id, early=True).charges == 2
    assert (till.balance(ben.family_id), till.balance()) == (5000, 10000)


def test_who_leaves_a_sold_term_owes_for_what_was_left_and_who_stays_for_all(
    month: Month, till: Till
) -> None:
    month.sell()
    enrolment_id = month.enrolment()
    month.do(leave_series, enrolment_id, last_on=TUESDAY + WEEK, early=True)
    assert till.balance() == 5000
    month.do(stay_in_series, enrolment_id, early=True)
    assert till.balance() == 10000


def test_a_series_that_ends_early_is_given_back_and_one_taken_up_is_owed(
    month: Month, till: Till
) -> None:
    month.sell()
    ended = month.do(end_series, month.lesson(2), early=True)
    assert till.balance() == 5000
    lessons = ended.lesson_ids
    month.do(resume_series, month.series_id, lessons, early=True)
    assert till.balance() == 10000


def test_a_closed_day_is_given_back_and_an_open_one_charged_by_the_morning(
    month: Month, till: Till
) -> None:
    month.sell()
    days = {"name": "Flood", "first_on": TUESDAY, "last_on": TUESDAY}
    closure = month.do(close_studio_on, **days, early=True)
    assert till.balance() == 7500
    month.do(reopen_studio, closure, early=True)
    put_right(month)
    assert till.balance() == 10000


def test_one_student_out_of_one_lesson_is_given_back_by_the_morning(
    month: Month, till: Till
) -> None:
    month.hold(0)
    month.do(unseat_student, month.lesson(0), month.desk.world.student_id)
    put_right(month)
    assert till.balance() == 0


def put_right(month: Month) -> None:
    world = month.till.world
    assert world.run(Actor.system(world.harmony), put_charges_right) == "1 postings"
    assert world.run(Actor.system(world.harmony), put_charges_right) == "0 postings"


@pytest.mark.parametrize("billed", [False, True])
def test_another_teacher_is_another_price_until_it_is_billed(
    month: Month, till: Till, billed: bool
) -> None:
    till.price(pounds(40), scope=Scope(teacher_id=month.desk.ruth))
    month.hold(0, 1)
    if billed:
        month.till.bill(leaving=[month.seat(2), month.seat(3)])
    at = month.lessons[0].starts_at
    month.do(move_lesson, month.lesson(0), to=at, teacher_id=month.desk.ruth)
    assert till.balance() == (5000 if billed else 6500)


def test_a_series_with_another_teacher_costs_what_they_cost(month: Month, till: Till) -> None:
    till.price(pounds(40), scope=Scope(teacher_id=month.desk.ruth))
    change = SeriesChange(teacher_id=month.desk.ruth)
    month.do(change_series, month.lesson(2), change, early=True)
    month.hold(0, 1, 2, 3)
    assert till.balance() == 2 * 2500 + 2 * 4000


def test_a_sold_series_with_another_teacher_costs_what_it_was_sold_for(
    month: Month, till: Till
) -> None:
    till.price(pounds(40), scope=Scope(teacher_id=month.desk.ruth))
    month.sell()
    change = SeriesChange(teacher_id=month.desk.ruth)
    month.do(change_series, month.lesson(2), change, early=True)
    month.hold(0, 1, 2, 3)
    assert (till.balance(), till.account("income")) == (10000, -10000)


def test_a_longer_lesson_costs_more(month: Month, till: Till) -> None:
    till.price(pounds(35), scope=Scope(minutes=45))
    month.hold(0)
    month.do(move_lesson, month.lesson(0), to=month.lessons[0].starts_at, minutes=45)
    assert till.balance() == 3500


def test_a_price_said_later_is_that_of_what_is_not_billed_yet(month: Month, till: Till) -> None:
    month.hold(0, 1)
    sam = Scope(student_id=month.desk.world.student_id)
    month.till.price(pounds(20), scope=sam, from_on=TUESDAY + WEEK)
    assert till.balance() == 2500 + 2000


def test_who_was_charged_gets_it_back_whoever_pays_now(
    month: Month, till: Till, lessons: Lessons
) -> None:
    month.hold(0)
    other = lessons.student("Ben").family_id
    world = month.till.world
    world.run(world.olivia, move_student_to_family, world.student_id, other)
    month.do(cancel_lesson, month.lesson(0))
    assert (till.balance(), till.balance(other)) == (0, 0)
