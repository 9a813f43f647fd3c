"""A freed time is offered in turn: with the real queue, the clock and a real post office."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from studio_app.bookings.commands.answering import (
    OfferIsGone,
    OfferIsOver,
    accept_offer,
    decline_offer,
)
from studio_app.bookings.commands.waitlist import WaitingWish, stop_waiting, wait_for
from studio_app.bookings.models.waiting import Freed, Offer, Waiting
from studio_app.bookings.queries.offers import offers
from studio_app.bookings.wishes import Asked
from studio_app.kit.access import Actor
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import LessonId, StudentId, WaitingId
from studio_app.messaging.commands.offers import mind_offers
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.access.lessons import students_in
from studio_app.scheduling.commands.availability import (
    Absence,
    TeachingHours,
    offer_hours,
    take_time_off,
)
from studio_app.scheduling.commands.enrolments import unseat_student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import (
    NewLesson,
    cancel_lesson,
    move_lesson,
    restore_lesson,
    schedule_lesson,
)
from studio_app.scheduling.commands.series import end_series, schedule_series
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.rules.states import CancelledBy
from studio_app.scheduling.wishes import NewSeries
from tests.messaging.town import THURSDAY as FIRST_THURSDAY
from tests.messaging.town import Town, child_of, words_of
from tests.standins.smtp import PostOffice

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
THURSDAY = FIRST_THURSDAY + 7 * DAY


@dataclass
class Queue:
    """Ben has Thursday at four; Sam (of Grace) and then Ida (of Hanna) wait for Tom."""

    town: Town
    post: PostOffice
    lesson_id: LessonId
    ida: StudentId

    def wait(self, student_id: StudentId | None = None, **wish: Any) -> WaitingId:
        cast = self.town.cast
        made = WaitingWish(self.town.kind(), cast.teacher_id, **wish)
        self.town.now += MINUTE
        who = student_id or cast.student_id
        return self.town.run(cast.olivia, wait_for, who, made)

    def cancel(self, by: CancelledBy = CancelledBy.FAMILY) -> None:
        self.town.run(self.town.cast.olivia, cancel_lesson, self.lesson_id, by=by)
        self.town.deliver()

    def mind(self) -> None:
        self.town.tick()
        self.town.run(Actor.system(self.town.cast.harmony), mind_offers)
        self.town.tick()

    def later(self, **lasting: float) -> None:
        self.town.now += timedelta(**lasting)
        self.mind()

    @property
    def offers(self) -> list[Offer]:
        with self.town.as_system() as work:
            return list(work.session.exec(select(Offer).order_by(col(Offer.offered_at))))

    def asked(self) -> list[tuple[StudentId, str]]:
        with self.town.as_system() as work:
            query = select(Waiting.student_id, Offer.state).join(
                Offer, col(Offer.waiting_id) == col(Waiting.id)
            )
            found = work.session.exec(query.order_by(col(Offer.offered_at))).all()
            return [(StudentId(student), state) for student, state in found]

    def freed(self) -> list[str]:
        with self.town.as_system() as work:
            return [one.state for one in work.session.exec(select(Freed))]

    def accept(self, offer: Offer) -> Any:
        return self.town.run(self.town.cast.grace, accept_offer, offer.id)


@pytest.fixture
def queue(town: Town, office: PostOffice) -> Queue:
    cast = town.cast
    hours = TeachingHours(14 * 60, 18 * 60, weekday=4, slot_minutes=30)
    town.run(cast.tom, offer_hours, cast.teacher_id, hours)
    ben, _parent = child_of(town, "Ben", "Berta")
    ida, _parent = child_of(town, "Ida", "Hanna")
    lesson_id = town.lesson(THURSDAY, ben)
    town.now = THURSDAY - 5 * DAY - timedelta(hours=4)
    town.settle()
    return Queue(town, office, lesson_id, ida)


def test_the_first_is_asked_within_a_minute_and_takes_it(queue: Queue) -> None:
    queue.wait()
    queue.wait(queue.ida)
    at = queue.town.now
    queue.cancel()
    [offer] = queue.offers
    assert offer.offered_at - at < MINUTE
    assert queue.asked() == [(queue.town.cast.student_id, "offered")]
    queue.later(minutes=1)
    letter = words_of(queue.post.letters_to("grace@example.org")[-1])
    assert "It is kept for you until" in letter
    queue.accept(offer)
    queue.later(minutes=1)
    assert queue.asked() == [(queue.town.cast.student_id, "accepted")]
    assert queue.freed() == ["taken"]
    told = {(one.kind, one.contact_id) for one in queue.town.messages()}
    grace = queue.town.contact()
    assert {("slot_offered", grace), ("lesson_booked", grace)} <= told
    assert "slot_taken" in {kind for kind, _who in told}
    assert queue.accept(offer) == queue.offers[0].booking_id


def test_who_does_not_answer_is_passed_over_two_hours_after_it_arrived(queue: Queue) -> None:
    queue.wait()
    queue.wait(queue.ida)
    queue.cancel()
    queue.later(minutes=1)
    [offer] = queue.offers
    assert offer.delivered_at is not None
    assert offer.expires_at is not None
    assert offer.expires_at == offer.delivered_at + timedelta(hours=2)
    queue.town.now = offer.expires_at - timedelta(seconds=1)
    queue.mind()
    assert len(queue.offers) == 1
    queue.town.now = offer.expires_at
    with pytest.raises(OfferIsOver):
        queue.accept(offer)
    queue.mind()
    cast = queue.town.cast
    assert queue.asked() == [(cast.student_id, "expired"), (queue.ida, "offered")]
    with pytest.raises(OfferIsOver):
        queue.accept(offer)


def test_at_night_the_time_to_answer_begins_in_the_morning(queue: Queue) -> None:
    queue.wait()
    queue.town.now = THURSDAY - 4 * DAY + timedelta(hours=7)
    queue.cancel()
    queue.later(minutes=1)
    assert queue.offers[0].delivered_at is None
    queue.later(hours=9, minutes=1)
    [offer] = queue.offers
    assert offer.delivered_at is not None
    assert offer.expires_at is not None
    assert offer.expires_at is not None
    assert offer.delivered_at.astimezone(THURSDAY.tzinfo).hour == 8
    assert offer.expires_at - offer.delivered_at == timedelta(hours=2)


def test_no_thanks_goes_to_the_next_and_then_the_office_hears(queue: Queue) -> None:
    queue.wait()
    queue.wait(queue.ida)
    queue.cancel()
    queue.town.run(queue.town.cast.grace, decline_offer, queue.offers[0].id)
    queue.town.deliver()
    assert queue.asked()[1] == (queue.ida, "offered")
    queue.town.run(queue.town.cast.olivia, decline_offer, queue.offers[1].id)
    queue.later(minutes=1)
    assert queue.freed() == ["nobody"]
    assert "slot_left" in {one.kind for one in queue.town.messages()}


@pytest.mark.parametrize("why", ["teacher", "away", "elsewhere", "too soon"])
def test_nobody_is_asked_who_could_not_take_it(queue: Queue, why: str) -> None:
    queue.wait()
    town, cast = queue.town, queue.town.cast
    if why == "away":
        day = THURSDAY.date()
        town.run(cast.tom, take_time_off, cast.teacher_id, Absence(day, day))
    if why == "elsewhere":
        other = town.run(cast.olivia, add_teacher, TeacherDetails("Uma Umber"))
        wish = NewLesson(other, town.kind(), THURSDAY, student_ids=(cast.student_id,))
        town.run(cast.olivia, schedule_lesson, wish)
    if why == "too soon":
        town.now = THURSDAY - timedelta(hours=23)
    queue.cancel(CancelledBy.TEACHER if why == "teacher" else CancelledBy.FAMILY)
    assert queue.offers == []


def test_moving_away_frees_the_old_time(queue: Queue) -> None:
    queue.wait()
    to = THURSDAY + timedelta(hours=1)
    queue.town.run(queue.town.cast.olivia, move_lesson, queue.lesson_id, to=to)
    queue.town.deliver()
    assert [one.starts_at for one in queue.offers] == [THURSDAY]


def test_putting_the_lesson_back_takes_the_offer_back(queue: Queue) -> None:
    queue.wait()
    queue.cancel()
    queue.town.run(queue.town.cast.olivia, restore_lesson, queue.lesson_id)
    queue.later(minutes=1)
    [offer] = queue.offers
    assert offer.state == "withdrawn"
    assert {one.status for one in queue.town.messages("slot_offered")} == {"skipped"}
    with pytest.raises(OfferIsGone):
        queue.accept(offer)


def test_what_is_offered_is_hidden_from_other_families(queue: Queue) -> None:
    queue.wait(queue.ida)
    queue.cancel()
    cast, on = queue.town.cast, THURSDAY.date()
    asked = Asked(cast.student_id, queue.town.kind(), on, on + DAY, cast.teacher_id)
    seen = queue.town.run(cast.grace, offers, asked).openings
    assert THURSDAY not in {one.starts_at for one in seen}
    staff = queue.town.run(cast.olivia, offers, asked).openings
    assert THURSDAY in {one.starts_at for one in staff}


def test_who_stops_waiting_is_not_kept_waiting_for(queue: Queue) -> None:
    waiting_id = queue.wait()
    queue.wait(queue.ida)
    queue.cancel()
    queue.town.run(queue.town.cast.grace, stop_waiting, waiting_id)
    queue.town.deliver()
    assert [state for _who, state in queue.asked()] == ["withdrawn", "offered"]


def test_accepted_after_somebody_of_the_studio_took_it(queue: Queue) -> None:
    queue.wait()
    queue.cancel()
    [offer] = queue.offers
    queue.town.lesson(THURSDAY, queue.ida)
    with pytest.raises(Conflict):
        queue.accept(offer)
    queue.town.deliver()
    assert queue.offers[0].state == "withdrawn"
    with pytest.raises(OfferIsGone):
        queue.accept(offer)


def test_a_place_in_a_group_that_is_given_back_is_offered(queue: Queue) -> None:
    town, cast = queue.town, queue.town.cast
    choir = town.run(cast.olivia, add_lesson_type, LessonTypeDetails("Choir", 60, capacity=1 + 1))
    at = THURSDAY + DAY
    mia, _parent = child_of(town, "Mia", "Maud")
    wish = NewLesson(cast.teacher_id, choir, at, student_ids=(queue.ida, mia))
    group = town.run(cast.olivia, schedule_lesson, wish)
    waits = WaitingWish(choir, cast.teacher_id)
    town.run(cast.grace, wait_for, cast.student_id, waits)
    town.deliver()
    assert queue.offers == []
    town.run(cast.olivia, unseat_student, group, mia)
    town.deliver()
    [offer] = queue.offers
    assert offer.lesson_id == group
    queue.accept(offer)
    queue.later(minutes=1)
    assert [state for _who, state in queue.asked()] == ["accepted"]
    with town.as_system() as work:
        assert set(students_in(work, group)) == {queue.ida, cast.student_id}


def test_a_weekly_place_that_ends_is_offered_to_who_wants_one(queue: Queue) -> None:
    town, cast = queue.town, queue.town.cast
    wish = NewSeries(
        cast.teacher_id, town.kind(), THURSDAY.date(), time(17), frozenset({4}), (queue.ida,)
    )
    series_id = town.run(cast.olivia, schedule_series, wish)
    queue.wait(weekly=True)
    town.deliver()
    at = THURSDAY + 14 * DAY + timedelta(hours=1)
    with town.as_system() as work:
        query = select(Lesson.id).where(Lesson.series_id == series_id, Lesson.starts_at == at)
        lesson_id = LessonId(work.session.exec(query).one())
    town.run(cast.olivia, end_series, lesson_id)
    town.deliver()
    [offer] = queue.offers
    assert (offer.weekly, offer.starts_at) == (True, at)
    queue.accept(offer)
    queue.later(minutes=1)
    series = town.messages("series_booked")
    assert town.contact() in {one.contact_id for one in series}
