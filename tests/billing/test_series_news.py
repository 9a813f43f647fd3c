"""Whatever becomes of a series, what is taught of it is owed once and the rest is not."""

from studio_app.billing.commands.billing_run import bill_term
from studio_app.billing.commands.prices import bill_enrolment
from studio_app.billing.rules.pricing import Mode, Scope
from studio_app.kit.ids import StudentId
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    stay_in_series,
    unseat_student,
)
from studio_app.scheduling.commands.series import end_series, resume_series
from studio_app.scheduling.wishes import SeriesChange
from tests.attendance.lessons import Lessons
from tests.billing.month import WEEK, Month
from tests.billing.till import Till, pounds
from tests.scheduling.conftest import TUESDAY


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


def test_what_nobody_heard_of_is_put_right_by_the_morning_and_once(
    month: Month, till: Till
) -> None:
    month.hold(0)
    world = month.till.world
    world.run(world.olivia, unseat_student, month.lesson(0), world.student_id)
    month.put_right()
    assert till.balance() == 0
    month.till.hear()
    assert till.balance() == 0


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
