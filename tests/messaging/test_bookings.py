"""Who hears of a booking, and when: with the real queue and a real post office."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from studio_app.bookings.commands.booking import book
from studio_app.bookings.commands.deciding import confirm_booking, decline_booking
from studio_app.bookings.commands.expiring import expire_bookings
from studio_app.bookings.commands.reopening import reopen_booking
from studio_app.bookings.queries.bookings import booking_status
from studio_app.bookings.rules.states import BookingKind, BookingState
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.access import Actor
from studio_app.kit.ids import BookingId
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.rules.states import Confirming
from tests.messaging.town import THURSDAY, Town, words_of
from tests.standins.smtp import PostOffice

DAY = timedelta(days=1)


@dataclass
class Street:
    """A town whose studio takes bookings on Thursdays."""

    town: Town
    post: PostOffice

    def book(self, **wishes: Any) -> BookingId:
        cast = self.town.cast
        wish: dict[str, Any] = {"lesson_type_id": self.town.kind(), "starts_at": THURSDAY, **wishes}
        made = BookingWish(cast.student_id, teacher_id=cast.teacher_id, **wish)
        booking_id = self.town.run(cast.grace, book, made)
        self.later()
        return booking_id

    def review(self) -> None:
        rules = RuleChange(confirming=Confirming.REVIEW)
        self.town.run(self.town.cast.olivia, set_booking_rules, rules)

    def later(self) -> None:
        """After the half minute in which a change can be undone."""
        self.town.settle()

    def kinds(self) -> list[str]:
        return sorted({one.kind for one in self.town.messages()})

    def letter(self, to: str = "grace@example.org") -> str:
        return words_of(self.post.letters_to(to)[-1])


@pytest.fixture
def street(town: Town, office: PostOffice) -> Street:
    cast = town.cast
    hours = TeachingHours(14 * 60, 18 * 60, weekday=4, slot_minutes=30)
    town.run(cast.tom, offer_hours, cast.teacher_id, hours)
    return Street(town, office)


def test_who_books_hears_of_the_lesson_as_of_any_other(street: Street) -> None:
    booking_id = street.book()
    town = street.town
    state = town.run(town.cast.grace, booking_status, booking_id).state
    assert state == BookingState.CONFIRMED
    assert street.kinds() == ["lesson_booked", "teacher_day_changed"]


def test_what_waits_is_told_as_that_and_the_teacher_hears_nothing_yet(street: Street) -> None:
    street.review()
    booking_id = street.book()
    assert street.kinds() == ["booking_received"]
    assert "Somebody of the studio looks at it first." in street.letter()
    town = street.town
    town.run(town.cast.olivia, confirm_booking, booking_id)
    street.later()
    assert street.kinds() == ["booking_received", "lesson_booked", "teacher_day_changed"]


def test_a_no_is_told_with_its_reason(street: Street) -> None:
    street.review()
    booking_id = street.book()
    town = street.town
    town.run(town.cast.olivia, decline_booking, booking_id, reason="Tom is full this term.")
    street.later()
    assert street.kinds() == ["booking_declined", "booking_received"]
    assert "Tom is full this term." in street.letter()


def test_a_weekly_place_is_told_once_it_is_confirmed(street: Street) -> None:
    street.review()
    booking_id = street.book(kind=BookingKind.WEEKLY)
    assert street.kinds() == ["booking_received"]
    town = street.town
    town.run(town.cast.olivia, confirm_booking, booking_id)
    street.later()
    assert street.kinds() == ["booking_received", "series_booked", "teacher_series_changed"]


def test_a_place_in_a_group_is_told_once_it_is_confirmed(street: Street) -> None:
    town = street.town
    olivia = town.cast.olivia
    choir = town.run(olivia, add_lesson_type, LessonTypeDetails("Choir", minutes=60, capacity=4))
    wish = NewLesson(town.cast.teacher_id, choir, THURSDAY)
    town.run(olivia, schedule_lesson, wish)
    street.later()
    before = set(street.kinds())
    street.book(lesson_type_id=choir, kind=BookingKind.PLACE)
    assert "lesson_booked" in set(street.kinds()) - before


def test_the_office_is_told_in_time_and_the_family_when_it_is_over(street: Street) -> None:
    street.review()
    street.book(kind=BookingKind.WEEKLY)
    town = street.town
    system = Actor.system(town.cast.harmony)
    town.now += 12 * DAY
    town.run(system, expire_bookings)
    street.later()
    assert "bookings_waiting" in street.kinds()
    assert "Every Thursday" in street.letter("olivia@example.org")
    town.now += 2 * DAY
    town.run(system, expire_bookings)
    street.later()
    assert "booking_expired" in street.kinds()
    assert "given back" in street.letter()


@pytest.mark.parametrize("kind", [BookingKind.SINGLE, BookingKind.WEEKLY])
def test_a_yes_that_is_undone_at_once_books_nothing(street: Street, kind: BookingKind) -> None:
    street.review()
    booking_id, town = street.book(kind=kind), street.town
    before = len(street.post.letters_to("grace@example.org"))
    town.run(town.cast.olivia, confirm_booking, booking_id)
    town.deliver()
    town.run(town.cast.olivia, reopen_booking, booking_id)
    street.later()
    assert len(street.post.letters_to("grace@example.org")) == before
    assert street.post.letters_to("tom@example.org") == []
    town.run(town.cast.olivia, confirm_booking, booking_id)
    street.later()
    assert len(street.post.letters_to("grace@example.org")) == before + 1
