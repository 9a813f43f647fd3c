"""Families are asked which of the proposed times they want."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.scheduling.commands.proposing import (
    accept_time,
    decline_times,
    propose_times,
    withdraw_proposal,
)
from tests.messaging.town import Town, words_of
from tests.standins.smtp import PostOffice

FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=ZoneInfo("Europe/London"))
LATER = [FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=4)]


def test_a_family_reads_the_times_and_is_led_to_the_choice(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    asked = town.run(town.cast.tom, propose_times, lesson_id, LATER, words="The hall is booked.")
    town.settle()

    letter = office.letters_to("grace@example.org")[-1]
    assert letter["Subject"] == "Sam Gray: choose another time for Piano lesson"
    said = words_of(letter)
    assert "• Mon 7 Sept, 16:00\n• Tue 8 Sept, 16:00" in said
    assert "The hall is booked." in said
    [message] = town.messages("times_proposed", Channel.EMAIL)
    assert message.path == f"/portal/schedule?lesson={lesson_id}"

    town.run(town.cast.grace, accept_time, asked, LATER[0])
    town.settle()
    assert "moved" in office.letters_to("grace@example.org")[-1]["Subject"]
    assert "moved, it was Fri 4 Sept" in words_of(office.letters_to("tom@example.org")[-1])


def test_what_is_taken_back_at_once_is_not_asked(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    letters = len(office.letters_to("grace@example.org"))
    asked = town.run(town.cast.tom, propose_times, lesson_id, LATER)
    town.run(town.cast.tom, withdraw_proposal, asked)
    town.settle()
    assert len(office.letters_to("grace@example.org")) == letters
    [skipped] = town.messages("times_proposed", Channel.EMAIL)
    assert (skipped.status, skipped.reason) == (MessageStatus.SKIPPED, "The question is settled.")


def test_the_teacher_hears_that_none_of_the_times_suits(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    asked = town.run(town.cast.tom, propose_times, lesson_id, LATER)
    town.settle()
    town.run(town.cast.grace, decline_times, asked)
    town.settle()
    letter = office.letters_to("tom@example.org")[-1]
    assert letter["Subject"] == "Sam Gray: none of the proposed times suits"
    assert "Fri 4 Sept, 16:00" in words_of(letter)
    [message] = town.messages("times_declined", Channel.EMAIL)
    assert f"lesson={lesson_id}" in message.path


def test_a_no_that_somebody_has_seen_to_is_told_to_nobody(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    asked = town.run(town.cast.tom, propose_times, lesson_id, LATER)
    town.run(town.cast.grace, decline_times, asked)
    town.run(town.cast.tom, withdraw_proposal, asked)
    town.settle()
    [skipped] = town.messages("times_declined", Channel.EMAIL)
    assert skipped.status == MessageStatus.SKIPPED
