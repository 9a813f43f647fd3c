"""A lesson that nobody has marked: its teacher is asked two hours later, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import lesson_sheet, unrecorded_lessons
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Actor
from studio_app.kit.ids import LessonId
from studio_app.messaging.commands.unmarked import KIND, remind_of_unmarked
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.scheduling.commands.lessons import cancel_lesson
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
TOM = "tom@example.org"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=LONDON)


def go_until(town: Town, moment: datetime) -> None:
    while town.now < moment:
        town.now += timedelta(minutes=15)
        town.run(Actor.system(town.cast.harmony), remind_of_unmarked)
        town.tick()


def mark(town: Town, lesson_id: LessonId) -> None:
    for seat in town.run(town.cast.tom, lesson_sheet, lesson_id):
        town.run(town.cast.tom, mark_seat, seat.seat_id, Outcome.PRESENT)


def asked(town: Town) -> list[datetime]:
    found = town.messages(KIND, Channel.INBOX)
    return [one.sent_at.astimezone(LONDON) for one in found if one.sent_at]


@pytest.fixture
def town(town: Town) -> Town:
    town.now = at(1, 12)
    return town


def test_two_hours_after_the_end_the_teacher_is_asked_once(town: Town, office: PostOffice) -> None:
    town.lesson(at(1, 14))
    go_until(town, at(1, 16, 15))
    assert asked(town) == []
    go_until(town, at(2, 14))

    assert asked(town) == [at(1, 16, 30)]
    [letter] = town.messages(KIND, Channel.EMAIL)
    assert (letter.status, letter.subject) == (MessageStatus.SENT, "1 lesson is not marked yet")


def test_a_row_of_lessons_is_few_messages_and_each_is_named_once(
    town: Town, office: PostOffice
) -> None:
    made = [town.lesson(at(1, 13) + timedelta(minutes=30 * n)) for n in range(6)]
    go_until(town, at(2, 12))

    found = town.messages(KIND, Channel.INBOX)
    assert [len(one.about_ids) for one in found] == [4, 2]
    assert sorted(named for one in found for named in one.about_ids) == sorted(made)
    assert asked(town) == [at(1, 15, 30), at(1, 17, 30)]


def test_what_is_marked_or_cancelled_is_not_asked_about(town: Town, office: PostOffice) -> None:
    mark_me, cancel_me = town.lesson(at(1, 13)), town.lesson(at(1, 14))
    go_until(town, at(1, 14, 45))
    mark(town, mark_me)
    town.run(town.cast.olivia, cancel_lesson, cancel_me)
    go_until(town, at(1, 20))
    assert town.messages(KIND) == []


def test_a_question_that_waited_for_the_morning_is_dropped_when_all_is_marked(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(at(1, 19))
    go_until(town, at(1, 22))
    assert [one.status for one in town.messages(KIND, Channel.EMAIL)] == [MessageStatus.WAITING]
    mark(town, lesson_id)
    go_until(town, at(2, 9))

    [letter] = town.messages(KIND, Channel.EMAIL)
    assert (letter.status, letter.reason) == (
        MessageStatus.SKIPPED,
        "All of them are marked by now.",
    )


def test_the_payroll_and_the_reminder_ask_the_same_question(town: Town) -> None:
    over, running = town.lesson(at(1, 10)), town.lesson(at(1, 11, 45))
    since, until = at(1, 0), at(2, 0)
    found = town.run(town.cast.olivia, unrecorded_lessons, since, until)
    assert [(one.lesson_id, one.teacher, one.students) for one in found] == [
        (over, "Tom Teal", ("Sam Gray",))
    ]
    named = town.run(town.cast.tom, unrecorded_lessons, since, until, lesson_ids=[running])
    assert named == []
    assert town.run(town.cast.rita, unrecorded_lessons, since, until) == []
    mark(town, over)
    assert town.run(town.cast.olivia, unrecorded_lessons, since, until) == []
