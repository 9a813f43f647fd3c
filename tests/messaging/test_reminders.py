"""Reminders: in time, once, not in the night, and only of what still holds."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from studio_app.identity.models import Studio
from studio_app.kit.access import Actor
from studio_app.kit.work import open_work
from studio_app.messaging.commands.clock import plan_reminders
from studio_app.messaging.commands.consenting import keep_quiet
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from tests.messaging.town import PHONE, Town, words_of
from tests.standins.smtp import PostOffice
from tests.standins.twilio import Twilio

LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=LONDON)


def reminders(town: Town, channel: Channel) -> list[datetime]:
    return [
        one.sent_at.astimezone(LONDON)
        for one in town.messages("lesson_reminder", channel)
        if one.sent_at
    ]


def go_until(town: Town, moment: datetime, *, minutes: int = 15) -> None:
    while town.now < moment:
        town.wait(minutes=minutes)


def test_a_letter_the_day_before_and_a_text_two_hours_before(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    town.allow_texts()
    town.lesson(at(4, 16))
    go_until(town, at(4, 16), minutes=60)
    assert reminders(town, Channel.EMAIL) == [at(3, 16)]
    assert reminders(town, Channel.TEXT) == [at(4, 14)]
    [*_, text] = twilio.texts_to(PHONE)
    assert text["body"].startswith("Harmony: Piano lesson for Sam Gray: Fri 4 Sept, 16:00-16:30")
    assert "Reply Y to confirm" in text["body"]


def test_who_gets_no_texts_is_reminded_by_letter_both_times(town: Town, office: PostOffice) -> None:
    town.lesson(at(4, 16))
    go_until(town, at(4, 16), minutes=60)
    assert reminders(town, Channel.EMAIL) == [at(3, 16), at(4, 14)]


def test_half_past_seven_is_heard_of_before_the_night(town: Town, office: PostOffice) -> None:
    town.lesson(at(4, 7, 30))
    go_until(town, at(4, 7, 30), minutes=15)
    sent = reminders(town, Channel.EMAIL)
    assert sent == [at(3, 8), at(3, 20, 45)]


def test_ones_own_longer_night_is_kept_too(town: Town, office: PostOffice) -> None:
    town.lesson(at(4, 20))
    town.run(town.cast.grace, keep_quiet, town.contact(), begins="17:00", ends="09:00")
    go_until(town, at(4, 20), minutes=15)
    assert reminders(town, Channel.EMAIL)[0] == at(3, 16, 45)
    assert all(9 <= when.hour < 17 for when in reminders(town, Channel.EMAIL))


def test_a_moved_lesson_is_reminded_of_at_its_new_time_only(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(at(4, 16))
    go_until(town, at(3, 15), minutes=60)
    town.run(town.cast.olivia, move_lesson, lesson_id, to=at(4, 18))
    go_until(town, at(4, 18), minutes=60)
    assert reminders(town, Channel.EMAIL) == [at(3, 18), at(4, 16)]


def test_a_cancelled_lesson_is_reminded_of_no_more(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(at(4, 16))
    go_until(town, at(3, 8), minutes=60)
    assert town.messages("lesson_reminder") != []
    town.run(town.cast.olivia, cancel_lesson, lesson_id)
    go_until(town, at(4, 16), minutes=60)
    found = town.messages("lesson_reminder", Channel.EMAIL)
    assert [one.status for one in found] == [MessageStatus.SKIPPED]
    assert found[0].reason == "The lesson is cancelled."


def test_a_lesson_booked_after_its_reminders_were_due_has_only_its_confirmation(
    town: Town, office: PostOffice
) -> None:
    town.now = at(4, 15)
    town.lesson(at(4, 16))
    go_until(town, at(4, 16))
    assert town.messages("lesson_reminder") == []


def test_planning_as_often_as_one_likes_reminds_once(town: Town, office: PostOffice) -> None:
    town.lesson(at(2, 14))
    town.now = at(1, 13, 50)
    for _ in range(3):
        town.run(Actor.system(town.cast.harmony), plan_reminders)
    town.now -= timedelta(hours=2)  # the clock is put back
    town.run(Actor.system(town.cast.harmony), plan_reminders)
    go_until(town, at(1, 15))
    assert len(reminders(town, Channel.EMAIL)) == 1


def test_another_timezone_says_the_same_in_every_message(
    town: Town, office: PostOffice, twilio: Twilio
) -> None:
    """M2: one canonical timezone; a confirmation said before is right on the wall of its time."""
    town.allow_texts()
    town.lesson(at(4, 16))
    town.settle()
    with open_work(town.database.app, Actor.system(town.cast.harmony), Town.contact) as work:
        work.session.get_one(Studio, town.cast.harmony).timezone = "America/New_York"
    go_until(town, at(4, 16), minutes=60)
    booked, *later = office.letters_to("grace@example.org")
    assert "Fri 4 Sept, 16:00–16:30" in words_of(booked)
    assert later
    assert all("Fri 4 Sept, 11:00–11:30" in words_of(letter) for letter in later)
    assert "Fri 4 Sept, 11:00" in twilio.texts_to(PHONE)[-1]["body"]
