"""Families are asked about the next term: one letter each, with a real post office."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from studio_app.bookings.commands.reenrolling import (
    Answer,
    answer_for_family,
    answer_rollover,
    close_rollover,
    remind_of_rollovers,
    remind_unanswered,
)
from studio_app.bookings.commands.rollover import prepare_rollover
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.commands.waitlist import WaitingWish, wait_for
from studio_app.bookings.models.rollover import RolloverPlace
from studio_app.bookings.models.waiting import Offer
from studio_app.kit.access import Actor
from studio_app.kit.ids import RolloverId, RolloverPlaceId, StudentId
from studio_app.messaging.queries.within_reach import students_out_of_reach
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import add_term
from studio_app.scheduling.wishes import NewSeries
from tests.messaging.town import THURSDAY, Town, child_of, words_of
from tests.standins.smtp import PostOffice

AUTUMN = (date(2026, 9, 7), date(2026, 12, 18))
SPRING = (date(2027, 1, 4), date(2027, 3, 26))
DAY = timedelta(days=1)


class Turn:
    """Sam and his sister Ada have lessons until Christmas; so has Ben, of Berta."""

    def __init__(self, town: Town) -> None:
        self.town, cast = town, town.cast
        autumn, spring = (
            town.run(cast.olivia, add_term, name=name, starts_on=first, ends_on=last)
            for name, (first, last) in (("Autumn", AUTUMN), ("Spring", SPRING))
        )
        self.ada = town.sibling("Ada")
        self.ben, _parent = child_of(town, "Ben", "Berta")
        for hour, student in ((14, cast.student_id), (15, self.ada), (16, self.ben)):
            wish = NewSeries(
                cast.teacher_id, town.kind(), AUTUMN[0], time(hour), frozenset({4}), (student,),
                term_id=autumn,
            )  # fmt: skip
            town.run(cast.olivia, schedule_series, wish)
        town.settle()
        self.run_id: RolloverId = town.run(cast.olivia, prepare_rollover, autumn, spring)

    def send(self) -> None:
        self.town.run(self.town.cast.olivia, send_rollover, self.run_id)
        self.town.settle()

    def places(self, *students: StudentId) -> list[RolloverPlaceId]:
        with self.town.as_system() as work:
            query = select(RolloverPlace).where(col(RolloverPlace.student_id).in_(students))
            return [one.id for one in work.session.exec(query)]

    def answer(self, answer: Answer, *students: StudentId, **said: Any) -> None:
        asked = dict.fromkeys(self.places(*students), answer)
        cast = self.town.cast
        self.town.run(cast.grace, answer_rollover, self.run_id, asked, **said)
        self.town.settle()

    def told(self, kind: str) -> set[str]:
        """By which ways it was sent, for each who was told."""
        return {f"{one.channel} {one.contact_id}" for one in self.town.messages(kind)}


@pytest.fixture
def turn(town: Town, office: PostOffice) -> Turn:
    town.now = datetime(2026, 9, 5, 10, tzinfo=THURSDAY.tzinfo)
    return Turn(town)


def test_a_family_is_asked_once_for_all_of_its_children(turn: Turn, office: PostOffice) -> None:
    turn.send()
    asked = turn.town.messages("rollover_asked")
    letters = [one for one in asked if one.channel == "email"]
    assert len(letters) == 2
    [letter] = [
        one for one in office.letters_to("grace@example.org") if "go on?" in str(one["Subject"])
    ]
    words = words_of(letter)
    assert "Ada: Piano lesson with Tom Teal. Every Thursday, 15:00" in words
    assert "Sam: Piano lesson with Tom Teal. Every Thursday, 14:00" in words
    assert "Ben" not in words
    assert "19 Sept 2026" in words
    assert "/link" in words


def test_yes_is_had_in_writing_and_no_tells_the_teacher(turn: Turn, office: PostOffice) -> None:
    turn.send()
    before = len(turn.town.messages())
    turn.answer(Answer.YES, turn.ada)
    turn.answer(Answer.YES, turn.ada)  # the same again is no news
    assert {one.kind for one in turn.town.messages()[before:]} == {"rollover_confirmed"}
    letter = office.letters_to("grace@example.org")[-1]
    assert letter["Subject"] == "Spring: Ada goes on"
    words = words_of(letter)
    assert "Ada goes on: Piano lesson with Tom Teal. Every Thursday, 15:00" in words
    assert "Sam" not in words
    before = len(turn.town.messages())
    turn.answer(Answer.NO, turn.town.cast.student_id, reason="We move away")
    told = turn.town.messages()[before:]
    assert {one.kind for one in told} == {"rollover_declined"}
    letter = next(one for one in told if one.channel == "email")
    assert "Sam Gray does not go on after Autumn" in letter.body
    assert "We move away" in letter.body


def test_a_yes_that_is_taken_back_at_once_is_not_written(turn: Turn) -> None:
    turn.send()
    asked = dict.fromkeys(turn.places(turn.ada), Answer.YES)
    town = turn.town
    town.run(town.cast.grace, answer_rollover, turn.run_id, asked)
    town.deliver()
    turn.answer(Answer.NO, turn.ada)
    [note] = [one for one in town.messages("rollover_confirmed") if one.channel == "email"]
    assert note.status == "skipped"


def test_a_place_that_is_given_up_goes_to_who_waits(turn: Turn) -> None:
    town, cast = turn.town, turn.town.cast
    hours = TeachingHours(13 * 60, 18 * 60, weekday=4, slot_minutes=30)
    town.run(cast.tom, offer_hours, cast.teacher_id, hours)
    ida, _parent = child_of(town, "Ida", "Hanna")
    town.run(cast.olivia, wait_for, ida, WaitingWish(town.kind(), cast.teacher_id, weekly=True))
    turn.send()
    town.now = datetime(2026, 12, 1, 10, tzinfo=THURSDAY.tzinfo)
    turn.answer(Answer.NO, cast.student_id)
    with town.as_system() as work:
        [offer] = work.session.exec(select(Offer)).all()
        assert offer.weekly
        assert offer.starts_at.date() == date(2027, 1, 7)


def test_only_who_is_silent_is_reminded(turn: Turn) -> None:
    turn.send()
    town = turn.town
    turn.answer(Answer.YES, town.cast.student_id, turn.ada)
    town.now += 11 * DAY
    town.run(Actor.system(town.cast.harmony), remind_of_rollovers)
    town.settle()
    reminded = town.messages("rollover_reminder")
    assert len({one.contact_id for one in reminded}) == 1
    assert town.contact() not in {one.contact_id for one in reminded}
    assert "Ben" in next(one.body for one in reminded if one.channel == "email")


def test_a_reminder_to_one_family_goes_to_no_other(turn: Turn) -> None:
    turn.send()
    town = turn.town
    town.run(town.cast.olivia, remind_unanswered, turn.run_id, family_id=town.cast.family_id)
    town.settle()
    assert {one.contact_id for one in town.messages("rollover_reminder")} == {town.contact()}


def test_what_the_studio_decided_is_told_in_writing(turn: Turn) -> None:
    turn.send()
    town, cast = turn.town, turn.town.cast
    said = dict.fromkeys(turn.places(cast.student_id), Answer.YES)
    town.run(cast.olivia, answer_for_family, turn.run_id, said)
    town.settle()
    [letter] = [one for one in town.messages("rollover_decided") if one.channel == "email"]
    assert "Sam goes on: Piano lesson" in letter.body
    assert "Ada" not in letter.body
    town.run(cast.olivia, close_rollover, turn.run_id, rest=Answer.NO)
    town.settle()
    letters = [one for one in town.messages("rollover_decided") if one.channel == "email"]
    assert len(letters) == 3
    assert any("Ada does not go on: Piano lesson" in one.body for one in letters)
    assert any("Ben does not go on: Piano lesson" in one.body for one in letters)


def test_who_answers_before_the_letter_leaves_gets_none(turn: Turn) -> None:
    town, cast = turn.town, turn.town.cast
    town.run(cast.olivia, send_rollover, turn.run_id)
    town.deliver()
    both = dict.fromkeys(turn.places(cast.student_id, turn.ada), Answer.YES)
    town.run(cast.grace, answer_rollover, turn.run_id, both)
    town.settle()
    mine = [one for one in town.messages("rollover_asked") if one.contact_id == town.contact()]
    assert {one.status for one in mine} == {"skipped"}


def test_families_without_any_address_are_known_before(turn: Turn) -> None:
    town, cast = turn.town, turn.town.cast
    alone = town.run(cast.olivia, add_student, StudentDetails("Uma", "Alone")).student_id
    assert alone is not None
    among = [cast.student_id, turn.ben, alone]
    assert town.run(cast.olivia, students_out_of_reach, among) == {alone}
