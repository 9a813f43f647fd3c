"""Fifty are told with as many statements as five, and a text for many is written part by part."""

from datetime import timedelta

from sqlalchemy import text

from studio_app.kit.access import Actor
from studio_app.kit.delivery import deliver
from studio_app.kit.ids import BulkId
from studio_app.kit.work import happening_at
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import AT_ONCE, Draft, send_to_many
from studio_app.messaging.commands.clock import plan_reminders
from studio_app.messaging.events import BulkDue
from studio_app.messaging.models.messages import Bulk
from studio_app.messaging.queries.bulk import BulkProgress, Channel, bulk_progress
from studio_app.scheduling.commands.year import close_studio_on
from tests.counting import sent_by
from tests.messaging.crowd import crowd, lessons
from tests.messaging.town import THURSDAY, Town
from tests.standins.smtp import PostOffice

FEW, MANY = range(1, 6), range(6, 56)
LETTER = Draft("Concert", "Come on Friday.", (Channel.EMAIL, Channel.TEXT, Channel.INBOX))
CLOSING = "messaging.subscribers.closing.tell_of_closing"
WRITING = "messaging.commands.bulk.write_the_next"


def handed_over(town: Town, subscriber: str) -> list[str]:
    """Let a subscriber do the first that waits for it; the statements it took."""
    query = (
        "select id, args from procrastinate_jobs where args->>'subscriber' = :it"
        " and status = 'todo' order by id limit 1"
    )
    with town.database.owner.begin() as connection:
        job_id, args = connection.execute(text(query), {"it": subscriber}).one()
        done = "update procrastinate_jobs set status = 'succeeded' where id = :id"
        connection.execute(text(done), {"id": job_id})
    with happening_at(town.now), sent_by(town.database.app) as sent:
        deliver(town.database.app, subscriber, args["payload"])
    return sent


def progress(town: Town, bulk_id: BulkId) -> BulkProgress:
    return town.run(town.cast.olivia, bulk_progress, bulk_id)


def test_reminders(town: Town) -> None:
    counted = []
    for week, these in enumerate((FEW, MANY)):
        starts_at = THURSDAY + timedelta(weeks=week)
        crowd(town, these)
        lessons(town, these, starts_at)
        town.now = starts_at - timedelta(hours=24)
        with sent_by(town.database.app) as sent:
            town.run(Actor.system(town.cast.harmony), plan_reminders)
        counted.append(len(sent))

    assert len(town.messages("lesson_reminder")) == len(FEW) + len(MANY)
    assert counted[0] == counted[1]


def test_a_closure(town: Town) -> None:
    counted = []
    for week, these in enumerate((FEW, MANY)):
        starts_at = THURSDAY + timedelta(weeks=week)
        crowd(town, these)
        lessons(town, these, starts_at)
        day = starts_at.date()
        town.run(town.cast.olivia, close_studio_on, name="Storm", first_on=day, last_on=day)
        counted.append(len(handed_over(town, CLOSING)))

    assert len(town.messages("lesson_cancelled", Channel.EMAIL)) == len(FEW) + len(MANY)
    assert len(town.messages("teacher_day_changed", Channel.EMAIL)) == len(FEW) + len(MANY)
    assert counted[0] == counted[1]


def test_a_text_for_many(town: Town) -> None:
    asked, done = [], []
    for these in (FEW, MANY):
        to = Audience(student_ids=crowd(town, these))
        with sent_by(town.database.app) as sent:
            town.run(town.cast.olivia, send_to_many, LETTER, to, key=str(these))
        asked.append(len(sent))
        done.append(len(handed_over(town, WRITING)))

    assert len(town.messages("by_hand")) == len(FEW) + len(MANY)
    assert asked[0] == asked[1]
    assert done[0] == done[1]


def test_a_closure_of_many_lessons_is_one_message_to_each(town: Town) -> None:
    for hour in range(3):
        town.lesson(THURSDAY + timedelta(hours=hour))
    day = THURSDAY.date()

    town.run(town.cast.olivia, close_studio_on, name="Storm", first_on=day, last_on=day)
    handed_over(town, CLOSING)

    [letter] = town.messages("lesson_cancelled", Channel.EMAIL)
    assert len(letter.about_ids) == 3
    assert {len(one.about_ids) for one in town.messages("teacher_day_changed")} == {3}


def test_a_text_for_more_than_one_part_is_being_prepared_until_all_have_it(town: Town) -> None:
    crowd(town, range(1, AT_ONCE + 8))
    oboes = Audience(instrument="Oboe")
    bulk_id = town.run(town.cast.olivia, send_to_many, LETTER, oboes, key="one")
    first = progress(town, bulk_id)
    handed_over(town, WRITING)
    half = progress(town, bulk_id)
    handed_over(town, WRITING)
    whole = progress(town, bulk_id)

    assert [(each.prepared, each.all) for each in (first, half, whole)] == [
        (0, 0),
        (AT_ONCE, AT_ONCE),
        (AT_ONCE + 7, AT_ONCE + 7),
    ]
    assert [each.is_being_prepared for each in (first, half, whole)] == [True, True, False]
    assert {each.card.recipients for each in (first, half, whole)} == {AT_ONCE + 7}
    assert len({one.contact_id for one in town.messages("by_hand")}) == AT_ONCE + 7


def test_who_joins_after_the_button_was_pressed_does_not_get_it(
    town: Town, office: PostOffice
) -> None:
    crowd(town, FEW)
    oboes = Audience(instrument="Oboe")
    bulk_id = town.run(town.cast.olivia, send_to_many, LETTER, oboes, key="one")
    crowd(town, MANY)
    town.deliver()

    assert progress(town, bulk_id).sent == len(FEW)
    assert {to for to, _letter in office.letters} == {f"mother{n}@example.org" for n in FEW}


def test_a_part_that_is_done_again_writes_nothing_twice(town: Town) -> None:
    crowd(town, FEW)
    oboes = Audience(instrument="Oboe")
    bulk_id = town.run(town.cast.olivia, send_to_many, LETTER, oboes, key="one")
    handed_over(town, WRITING)
    before = [one.id for one in town.messages("by_hand")]
    with town.as_system() as work:
        work.session.get_one(Bulk, bulk_id).prepared = 0
        work.emit(BulkDue(bulk_id, work.id))
    handed_over(town, WRITING)

    assert [one.id for one in town.messages("by_hand")] == before
    assert not progress(town, bulk_id).is_being_prepared


def test_two_who_share_a_mailbox_in_two_parts_get_one_letter(town: Town) -> None:
    crowd(town, range(1, AT_ONCE + 8))
    with town.database.owner.begin() as connection:
        shared = "update guardian set email = 'Both@example.org' where name like 'Mother %'"
        connection.execute(text(shared))
    oboes = Audience(instrument="Oboe")
    bulk_id = town.run(town.cast.olivia, send_to_many, LETTER, oboes, key="one")
    for _part in range(2):
        handed_over(town, WRITING)

    found = progress(town, bulk_id)
    assert (found.all, found.is_being_prepared) == (1, False)
