"""The log: who was told what, what became of it, and what waits for somebody."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.messaging.commands.resending import look_at_again, see_to, send_again
from studio_app.messaging.queries.deliverability import deliverability
from studio_app.messaging.queries.log import (
    About,
    Channel,
    MessageRow,
    MessageStatus,
    Which,
    messages,
    messages_needing_somebody,
)
from studio_app.messaging.queries.messages import message
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice, at_rcpt

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)


def listed(town: Town, **narrowed: object) -> list[MessageRow]:
    return town.run(town.cast.olivia, messages, **narrowed).rows  # type: ignore[arg-type]


def refused(town: Town, office: PostOffice) -> MessageRow:
    """A letter to Grace that her mail server does not want."""
    office.script("grace@example.org", at_rcpt("550 5.1.1 No such person"))
    town.lesson(FRIDAY)
    town.settle()
    [lost] = listed(town, which=Which.UNDELIVERED)
    return lost


def test_it_says_to_whom_what_by_which_way_and_how_it_stands(
    town: Town, office: PostOffice
) -> None:
    town.lesson(FRIDAY)
    town.settle()

    [letter] = listed(town, channel=Channel.EMAIL, text="grace")

    assert (letter.who, letter.what, letter.way) == (
        "Grace Gray",
        "A lesson is booked",
        "E-mail",
    )
    assert (letter.status, letter.when) == (MessageStatus.SENT, "Tue 1 Sept, 12:01")
    assert letter.subject == "Sam Gray: Piano lesson is booked"


def test_what_waits_is_shown_with_when_it_goes(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.deliver()

    waiting = listed(town, which=Which.WAITING, text="Grace", channel=Channel.EMAIL)

    assert [(one.status, one.when) for one in waiting] == [
        (MessageStatus.WAITING, "Tue 1 Sept, 12:00")
    ]
    assert listed(town, which=Which.UNDELIVERED) == []


def test_it_is_narrowed_by_kind_person_student_and_lesson(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    about_lesson = About(lesson_id=lesson_id)
    theirs = About(student_id=town.cast.student_id)

    everybody = {one.who for one in listed(town, about=about_lesson)}

    assert everybody == {"Grace Gray", "Tom Teal"}
    assert {one.who for one in listed(town, about=theirs)} == {"Grace Gray"}
    assert {one.who for one in listed(town, about=About(family_id=town.cast.family_id))} == {
        "Grace Gray"
    }
    assert {one.who for one in listed(town, kind="teacher_day_changed")} == {"Tom Teal"}
    assert listed(town, text="100%") == []


def test_pages_follow_each_other_without_a_gap(town: Town, office: PostOffice) -> None:
    for hour in range(3):
        town.lesson(FRIDAY.replace(hour=14 + hour))
    town.settle()
    whole = [one.id for one in listed(town)]

    seen, after = [], None
    while True:
        found = town.run(town.cast.olivia, messages, after=after, limit=2)
        seen += [one.id for one in found.rows]
        if (after := found.next_after) is None:
            break

    assert seen == whole
    assert len(whole) > 4


def test_what_did_not_arrive_waits_for_somebody_until_it_is_seen_to(
    town: Town, office: PostOffice
) -> None:
    lost = refused(town, office)
    olivia = town.cast.olivia

    assert lost.needs_somebody
    assert "exist" in lost.reason or lost.reason
    assert town.run(olivia, messages_needing_somebody).undelivered == 1

    town.run(olivia, see_to, lost.id)
    assert town.run(olivia, messages_needing_somebody).all == 0
    assert town.run(olivia, message, lost.id).seen_to == "Tue 1 Sept, 12:01"

    town.run(olivia, look_at_again, lost.id)
    assert town.run(olivia, messages_needing_somebody).undelivered == 1


def test_sent_again_it_arrives_once(town: Town, office: PostOffice) -> None:
    lost = refused(town, office)

    town.run(town.cast.olivia, send_again, lost.id)
    town.deliver()

    assert len(office.letters_to("grace@example.org")) == 1
    view = town.run(town.cast.olivia, message, lost.id)
    assert (view.row.status, view.attempts, view.can_send_again) == (MessageStatus.SENT, 2, False)


def test_the_whole_says_who_caused_it_and_the_words_as_sent(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    [letter] = listed(town, text="grace", channel=Channel.EMAIL)

    view = town.run(town.cast.olivia, message, letter.id)

    assert (view.caused_by, view.address) == ("Olivia Owen", "grace@example.org")
    assert "Fri 4 Sept, 16:00–16:30" in view.body
    assert "/link?token=" not in view.body
    assert (view.lesson_when, view.template_version, view.language) == (
        "Fri 4 Sept, 16:00",
        0,
        "en-GB",
    )
    assert view.provider_id


def test_a_reminder_says_how_long_before(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    town.now = datetime(2026, 9, 3, 16, 0, tzinfo=LONDON)
    town.tick()
    reminder = next(one for one in listed(town, kind="lesson_reminder"))

    view = town.run(town.cast.olivia, message, reminder.id)

    assert (view.why, view.caused_by) == ("24 hours before the lesson.", "")


def test_deliverability_counts_what_was_taken_of_what_was_sent(
    town: Town, office: PostOffice
) -> None:
    refused(town, office)
    town.lesson(FRIDAY.replace(hour=18))
    town.settle()

    by_way = {one.channel: one for one in town.run(town.cast.olivia, deliverability)}

    letters = by_way[Channel.EMAIL]
    assert (letters.sent, letters.accepted, letters.failed, letters.said) == (4, 3, 1, "75%")
    assert (by_way[Channel.TEXT].sent, by_way[Channel.TEXT].share) == (0, None)


def test_another_studio_and_a_teacher_see_nothing(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    [letter, *_more] = listed(town)

    assert town.run(town.cast.rita, messages).rows == []
    with pytest.raises(NotFound):
        town.run(town.cast.rita, message, letter.id)
    with pytest.raises(Forbidden):
        town.run(town.cast.tom, messages)
