"""What teachers hear of their weekly lessons and of who sits in them."""

from datetime import datetime

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.people.models import Teacher
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import (
    join_series,
    unseat_student,
)
from studio_app.scheduling.commands.series import end_series, resume_series
from studio_app.scheduling.wishes import SeriesChange
from tests.messaging.teaching import (
    ANNA,
    AT_FIVE,
    AT_FOUR,
    KIND,
    MONDAY,
    TOM,
    anna,
    first,
    subjects,
    weekly,
    with_room,
)
from tests.messaging.town import Town, words_of
from tests.standins.smtp import PostOffice


@pytest.fixture(autouse=True)
def small_groups(town: Town) -> None:
    with_room(town)


def test_a_new_weekly_lesson_is_told_once_and_not_by_the_way_of_families(
    town: Town, office: PostOffice
) -> None:
    weekly(town)
    town.settle()
    town.settle()
    [letter] = office.letters_to(TOM)
    assert letter["Subject"] == "Sam Gray: a new weekly lesson"
    said = words_of(letter)
    assert "16:00" in said
    assert "From 14 Sept 2026" in said
    assert {one.channel for one in town.messages(KIND)} == {Channel.EMAIL, Channel.INBOX}


def test_another_time_is_told_from_its_day_on(town: Town, office: PostOffice) -> None:
    weekly(town)
    town.settle()
    later = SeriesChange(to=datetime(2026, 9, 22, 17, 0))  # noqa: DTZ001
    town.run(town.cast.olivia, change_series, first(town, 1), later)
    town.settle()
    letter = office.letters_to(TOM)[-1]
    assert letter["Subject"] == "Sam Gray: the weekly lesson changes"
    said = words_of(letter)
    assert "Every Tuesday, 17:00" in said
    assert "From 22 Sept 2026" in said


def test_what_they_did_themselves_is_no_news_to_them(town: Town, office: PostOffice) -> None:
    """Olivia owns the studio and teaches there too."""
    with town.as_system() as work:
        hers = update(Teacher).where(col(Teacher.id) == town.cast.teacher_id)
        work.session.connection().execute(hers.values(person_id=town.cast.olivia.person_id))
    series_id, mia = weekly(town), town.sibling("Mia")
    town.run(town.cast.olivia, join_series, series_id, mia, starts_on=MONDAY)
    town.run(town.cast.olivia, change_series, first(town), AT_FIVE)
    town.run(town.cast.olivia, unseat_student, first(town), mia)
    town.run(town.cast.olivia, end_series, first(town))
    town.settle()
    assert town.messages(KIND) == []
    assert town.messages("teacher_day_changed") == []


def test_given_to_another_teacher_both_hear_of_it(town: Town, office: PostOffice) -> None:
    weekly(town)
    town.settle()
    to_anna = SeriesChange(teacher_id=anna(town))
    town.run(town.cast.olivia, change_series, first(town), to_anna)
    town.settle()
    assert subjects(office)[1:] == ["Sam Gray: the weekly lesson is given to Anna Ash"]
    assert subjects(office, ANNA) == ["Sam Gray: a new weekly lesson"]


def test_given_away_and_back_before_it_was_told_is_no_news(town: Town, office: PostOffice) -> None:
    weekly(town)
    town.settle()
    for teacher_id in (anna(town), town.cast.teacher_id):
        change = SeriesChange(teacher_id=teacher_id)
        town.run(town.cast.olivia, change_series, first(town), change)
        town.deliver()
    town.settle()
    assert len(subjects(office)) == 1
    assert subjects(office, ANNA) == []


def test_changed_and_changed_back_before_it_was_told_is_no_news(
    town: Town, office: PostOffice
) -> None:
    weekly(town)
    town.settle()
    for change in (AT_FIVE, AT_FOUR):
        town.run(town.cast.olivia, change_series, first(town), change)
        town.deliver()
    town.settle()
    assert len(subjects(office)) == 1
    [_new, skipped] = town.messages(KIND, Channel.EMAIL)
    assert skipped.status == MessageStatus.SKIPPED


def test_changed_back_after_it_was_told_is_told(town: Town, office: PostOffice) -> None:
    weekly(town)
    for change in (AT_FIVE, AT_FOUR):
        town.settle()
        town.run(town.cast.olivia, change_series, first(town), change)
    town.settle()
    assert subjects(office)[1:] == ["Sam Gray: the weekly lesson changes"] * 2
    assert "Every Monday, 16:00" in words_of(office.letters_to(TOM)[-1])


def test_the_other_of_every_second_week_is_another_time(town: Town, office: PostOffice) -> None:
    weekly(town, every=2)
    town.settle()
    for day in (18, 21):  # a week later in two steps, of which nobody hears by themselves
        change = SeriesChange(to=datetime(2026, 9, day, 16, 0))  # noqa: DTZ001
        town.run(town.cast.olivia, change_series, first(town), change)
        town.deliver()
    town.settle()
    assert subjects(office)[1:] == ["Sam Gray: the weekly lesson changes"]


@pytest.mark.parametrize("told", [False, True])
def test_an_end_that_is_taken_back_is_told_to_who_had_heard_of_it(
    town: Town, office: PostOffice, *, told: bool
) -> None:
    weekly(town)
    town.settle()
    ended = town.run(town.cast.olivia, end_series, first(town))
    town.settle() if told else town.deliver()
    town.run(town.cast.olivia, resume_series, ended.series_id, ended.lesson_ids)
    town.settle()
    assert len(subjects(office)) == (3 if told else 1)


def test_new_and_ended_before_it_was_told_is_no_news(town: Town, office: PostOffice) -> None:
    weekly(town)
    town.deliver()
    town.run(town.cast.olivia, end_series, first(town))
    town.settle()
    assert subjects(office) == []


def test_new_and_ended_later_before_it_was_told_says_both(town: Town, office: PostOffice) -> None:
    weekly(town)
    town.deliver()
    town.run(town.cast.olivia, end_series, first(town, 2))
    town.settle()
    [letter] = office.letters_to(TOM)
    assert letter["Subject"] == "Sam Gray: a new weekly lesson"
    assert "The last day is 27 Sept 2026." in words_of(letter)


def test_the_end_says_the_last_day(town: Town, office: PostOffice) -> None:
    weekly(town)
    town.settle()
    town.run(town.cast.olivia, end_series, first(town, 2))
    town.settle()
    said = words_of(office.letters_to(TOM)[-1])
    assert "The last day is 27 Sept 2026." in said
    assert "From " not in said
