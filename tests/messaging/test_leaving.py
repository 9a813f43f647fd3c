"""Who leaves hears what ends with it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import text

from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.overview.commands.leaving import let_student_go
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    seat_student,
    unseat_student,
)
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries
from tests.messaging.test_series import MONDAY, weekly
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)


def test_a_family_hears_what_ends_with_a_student_who_is_let_go(
    town: Town, office: PostOffice
) -> None:
    weekly(town)
    town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, let_student_go, town.cast.student_id)
    town.settle()
    subjects = {letter["Subject"] for letter in office.letters_to("grace@example.org")[2:]}
    assert subjects == {
        "Sam Gray: the weekly lesson ends",
        "Sam Gray: Piano lesson is cancelled",
    }


def test_each_of_two_siblings_who_join_and_leave_together_is_told_of(
    town: Town, office: PostOffice
) -> None:
    sister = town.sibling("Ella")
    town.ids["kind"] = town.run(
        town.cast.olivia, add_lesson_type, LessonTypeDetails("Choir", 30, capacity=None)
    )
    wish = NewSeries(town.cast.teacher_id, town.kind(), MONDAY, time(16), frozenset({1}), count=4)
    series_id = town.run(town.cast.olivia, schedule_series, wish)
    town.deliver()
    both = (town.cast.student_id, sister)
    with town.as_system() as work:
        joined = [join_series(work, series_id, each, starts_on=MONDAY) for each in both]
    town.settle()
    with town.as_system() as work:
        for each in joined:
            leave_series(work, each, last_on=MONDAY)
    town.settle()
    told = [(m["Subject"].split(":")[0]) for m in office.letters_to("grace@example.org")]
    assert sorted(told) == ["Ella Gray", "Ella Gray", "Sam Gray", "Sam Gray"]


def test_who_is_taken_out_of_one_lesson_hears_it_unless_it_is_undone(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, unseat_student, lesson_id, town.cast.student_id)
    town.deliver()
    town.run(town.cast.olivia, seat_student, lesson_id, town.cast.student_id)
    town.settle()
    [undone] = town.messages("lesson_cancelled", Channel.EMAIL)
    assert undone.status == MessageStatus.SKIPPED
    town.run(town.cast.olivia, unseat_student, lesson_id, town.cast.student_id)
    town.settle()
    letter = office.letters_to("grace@example.org")[-1]
    assert letter["Subject"] == "Sam Gray: Piano lesson is cancelled"
    [calendar] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert "STATUS:CANCELLED" in calendar.get_content()


def test_a_grown_up_student_who_is_let_go_hears_it_themselves(
    town: Town, office: PostOffice
) -> None:
    grown = text("update student set is_adult = true, email = 'sam@example.org' where id = :id")
    with town.database.owner.begin() as connection:
        connection.execute(grown, {"id": town.cast.student_id})
    town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, let_student_go, town.cast.student_id)
    town.settle()
    assert len(office.letters_to("sam@example.org")) == 2
    assert town.messages("lesson_cancelled", Channel.EMAIL) != []


def test_one_occasion_of_two_siblings_names_both(town: Town, office: PostOffice) -> None:
    town.ids["kind"] = town.run(
        town.cast.olivia, add_lesson_type, LessonTypeDetails("Choir", 30, capacity=None)
    )
    both = (town.cast.student_id, town.sibling("Ella"))
    lesson_id, grace = town.lesson(FRIDAY, *both), town.contact()
    town.settle()
    with town.as_system() as work:
        for each in both:
            students = {"students": [str(each)]}
            occasion = Occasion("lesson_restored", (lesson_id,), town.now, "once", facts=students)
            post(work, occasion, [grace])
    town.settle()
    letter = office.letters_to("grace@example.org")[-1]
    assert letter["Subject"].startswith("Ella Gray and Sam Gray:")
