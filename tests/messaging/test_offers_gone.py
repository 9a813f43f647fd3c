"""An offer that was taken back: who had heard of it hears that too."""

from studio_app.bookings.commands.answering import withdraw_offer
from studio_app.bookings.commands.waitlist import stop_waiting
from studio_app.scheduling.commands.lessons import restore_lesson
from tests.messaging.test_offers import Queue, queue
from tests.messaging.town import words_of

__all__ = ["queue"]


def test_who_has_heard_of_an_offer_hears_that_it_was_taken_back(queue: Queue) -> None:
    queue.wait()
    queue.cancel()
    queue.later(minutes=1)
    [offer] = queue.offers
    assert offer.delivered_at is not None
    queue.town.run(queue.town.cast.olivia, withdraw_offer, offer.id)
    queue.later(minutes=1)
    queue.later(minutes=1)
    letter = queue.post.letters_to("grace@example.org")[-1]
    assert letter["Subject"] == "Sam: Thu 10 Sept, 16:00 is not on offer any more"
    assert "You keep your place on the list" in words_of(letter)


def test_who_has_not_heard_of_it_or_waits_no_more_hears_nothing(queue: Queue) -> None:
    waiting_id = queue.wait()
    queue.cancel()
    queue.town.run(queue.town.cast.olivia, restore_lesson, queue.lesson_id)
    queue.later(minutes=1)
    assert queue.town.messages("slot_withdrawn") == []
    queue.cancel()
    queue.later(minutes=1)
    queue.town.run(queue.town.cast.olivia, stop_waiting, waiting_id)
    queue.later(minutes=1)
    assert queue.town.messages("slot_withdrawn") == []
