"""What teachers hear of who joins and leaves their lessons."""

from datetime import datetime, timedelta

import pytest

from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    seat_student,
    stay_in_series,
    unseat_student,
)
from studio_app.scheduling.wishes import SeriesChange
from tests.messaging.teaching import MONDAY, TOM, enrolment_of, first, subjects, weekly, with_room
from tests.messaging.town import Town, words_of
from tests.standins.smtp import PostOffice


@pytest.fixture(autouse=True)
def small_groups(town: Town) -> None:
    with_room(town)


def test_who_joins_and_who_leaves_is_told_once_each(town: Town, office: PostOffice) -> None:
    series_id, mia = weekly(town), town.sibling("Mia")
    town.settle()
    town.run(town.cast.olivia, join_series, series_id, mia, starts_on=MONDAY)
    town.settle()
    enrolment_id = enrolment_of(town, mia)
    town.run(town.cast.olivia, leave_series, enrolment_id, last_on=MONDAY + timedelta(days=8))
    town.settle()
    assert subjects(office)[1:] == [
        "Mia Gray: joins the weekly lesson",
        "Mia Gray: leaves the weekly lesson",
    ]
    assert "The last day is 22 Sept 2026." in words_of(office.letters_to(TOM)[-1])


@pytest.mark.parametrize("told", [False, True])
def test_leaving_that_is_taken_back_is_told_to_who_had_heard_of_it(
    town: Town, office: PostOffice, *, told: bool
) -> None:
    weekly(town)
    town.settle()
    enrolment_id = enrolment_of(town, town.cast.student_id)
    town.run(town.cast.olivia, leave_series, enrolment_id, last_on=MONDAY)
    town.settle() if told else town.deliver()
    town.run(town.cast.olivia, stay_in_series, enrolment_id)
    town.settle()
    after_all = "Sam Gray: stays in the weekly lesson after all"
    assert subjects(office)[1:] == (["Sam Gray: leaves the weekly lesson", after_all] * told)


def test_who_joined_is_told_though_the_weekly_lesson_was_changed_meanwhile(
    town: Town, office: PostOffice
) -> None:
    series_id, mia = weekly(town), town.sibling("Mia")
    town.settle()
    town.run(town.cast.olivia, join_series, series_id, mia, starts_on=MONDAY)
    town.deliver()
    later = SeriesChange(to=datetime(2026, 9, 22, 17, 0))  # noqa: DTZ001
    town.run(town.cast.olivia, change_series, first(town, 1), later)
    town.settle()
    assert sorted(subjects(office)[1:]) == [
        "Mia Gray and Sam Gray: the weekly lesson changes",
        "Mia Gray: joins the weekly lesson",
    ]


def test_who_is_put_into_a_lesson_or_taken_out_of_it_is_told(
    town: Town, office: PostOffice
) -> None:
    lesson_id, mia = town.lesson(town.now + timedelta(days=3)), town.sibling("Mia")
    town.settle()
    town.run(town.cast.olivia, seat_student, lesson_id, mia)
    town.settle()
    town.run(town.cast.olivia, unseat_student, lesson_id, mia)
    town.settle()
    assert subjects(office)[1:] == ["Mia Gray: joins the lesson", "Mia Gray: leaves the lesson"]


GRACE = "grace@example.org"


def test_a_seat_given_and_taken_back_before_it_was_told_is_no_news(
    town: Town, office: PostOffice
) -> None:
    lesson_id, mia = town.lesson(town.now + timedelta(days=3)), town.sibling("Mia")
    town.settle()
    town.run(town.cast.olivia, seat_student, lesson_id, mia)
    town.deliver()
    town.run(town.cast.olivia, unseat_student, lesson_id, mia)
    town.settle()
    assert len(subjects(office)) == len(subjects(office, GRACE)) == 1


def test_a_seat_taken_and_given_back_before_it_was_told_is_no_news(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(town.now + timedelta(days=3))
    town.settle()
    town.run(town.cast.olivia, unseat_student, lesson_id, town.cast.student_id)
    town.deliver()
    town.run(town.cast.olivia, seat_student, lesson_id, town.cast.student_id)
    town.settle()
    assert len(subjects(office)) == len(subjects(office, GRACE)) == 1


def test_a_seat_given_back_after_it_was_told_is_told(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(town.now + timedelta(days=3))
    for change in (unseat_student, seat_student, unseat_student):
        town.settle()
        town.run(town.cast.olivia, change, lesson_id, town.cast.student_id)
    town.settle()
    assert len(subjects(office)) == len(subjects(office, GRACE)) == 4
