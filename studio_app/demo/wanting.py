"""What families of the sample studio want: some wait for a place, some for the studio's word."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from studio_app.bookings.commands.booking import book
from studio_app.bookings.commands.offer_rules import set_offer_rules
from studio_app.bookings.commands.waitlist import wait_for
from studio_app.bookings.wishes import BookingKind, BookingWish, TimeWish, WaitingKind, WaitingWish
from studio_app.demo.desk import Desk
from studio_app.demo.people import Learner
from studio_app.demo.riverside import Shared
from studio_app.kit.errors import Refused
from studio_app.kit.ids import TeacherId
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.commands.proposing import propose_times
from studio_app.scheduling.queries.calendar import CalendarLesson, calendar_range
from studio_app.scheduling.queries.open_times import open_times
from studio_app.scheduling.rules.states import CancelledBy, Confirming
from studio_app.scheduling.wishes import SlotSearch

DAY = timedelta(days=1)
AFTER_SCHOOL = tuple(TimeWish(weekday, 15 * 60 + 30, 19 * 60) for weekday in (2, 3, 4))
TO_ANSWER = 12 * 60
"""Minutes; so that who looks at the demonstration tomorrow finds the question answered"""
BOOKED = ((15, 12, BookingKind.WEEKLY), (17, 4, BookingKind.SINGLE), (21, 1, BookingKind.WEEKLY))
"""Which household, how many days ago, and what."""


@contextmanager
def deciding_oneself(desk: Desk) -> Iterator[None]:
    """What is booked meanwhile waits until somebody says yes; later it is booked at once."""
    desk.run(set_booking_rules, RuleChange(confirming=Confirming.REVIEW))
    yield
    desk.run(set_booking_rules, RuleChange())


def want_something(desk: Desk, shared: Shared) -> None:
    _wait(desk, shared)
    for nth, days_ago, kind in BOOKED:
        _book(desk, shared, shared.houses[nth].learners[0], days_ago, kind)
    theo = shared.colleagues[0].teacher_id
    coming = _lessons(desk, theo, without=shared.houses[0].learners)
    _propose(desk, coming[-1])
    _free(desk, coming[0])


def _wait(desk: Desk, shared: Shared) -> None:
    """One for a lesson to make up for, two for a place every week."""
    desk.run(set_offer_rules, by_itself=True, answer_minutes=TO_ANSWER, make_ups_first=True)
    types, theo = shared.places.types, shared.colleagues[0].teacher_id
    [own, *_], [other, *_], [third, *_] = (shared.houses[nth].learners for nth in (0, 6, 9))
    made_up = WaitingWish(types["Piano"], theo, kind=WaitingKind.MAKE_UP)
    desk.at(desk.now - 9 * DAY).run(wait_for, own.id, made_up)
    violin = WaitingWish(types["Violin"], instrument="Violin", times=AFTER_SCHOOL, weekly=True)
    desk.at(desk.now - 33 * DAY).run(wait_for, other.id, violin)
    piano = WaitingWish(types["Piano"], theo, weekly=True)
    desk.at(desk.now - 20 * DAY).run(wait_for, third.id, piano)


def _book(desk: Desk, shared: Shared, who: Learner, days_ago: int, kind: BookingKind) -> None:
    """The first time from the week after next on that can be had, and every week if wanted."""
    teacher = next(one for one in shared.colleagues if who.instrument in one.instruments)
    type_id = shared.places.types[who.instrument]
    found = _open(desk, teacher.teacher_id, SlotSearch(
        type_id, desk.monday + 14 * DAY, desk.monday + 28 * DAY, teacher.teacher_id,
        student_ids=frozenset({who.id}),
    ))  # fmt: skip
    then = desk.at(desk.now - days_ago * DAY)
    for at in found:
        with suppress(Refused):
            then.run(book, BookingWish(who.id, type_id, teacher.teacher_id, at, kind=kind))
            return


def _open(desk: Desk, teacher_id: TeacherId, search: SlotSearch) -> list[datetime]:
    found = desk.run(open_times, search).openings
    return [one.starts_at for one in found if one.teacher_id == teacher_id]


def _lessons(
    desk: Desk, teacher_id: TeacherId, *, without: tuple[Learner, ...]
) -> list[CalendarLesson]:
    """Of one teacher from the day after tomorrow on, but none of these."""
    first = desk.today + 2 * DAY
    found = desk.run(calendar_range, first, first + 12 * DAY, teacher_ids=[teacher_id]).lessons
    names = {one.name for one in without}
    alone = [one for one in found if one.lesson_type == "Piano" and one.title not in names]
    return [one for one in alone if one.status.takes_place]


def _propose(desk: Desk, lesson: CalendarLesson) -> None:
    """Two other times, and the family has not answered yet."""
    day = datetime.fromisoformat(lesson.starts).date()
    search = SlotSearch(lesson.lesson_type_id, day, day + 8 * DAY, lesson.teacher_id)
    times = _open(desk, lesson.teacher_id, search)[1:9:4]
    with suppress(Refused):
        desk.run(propose_times, lesson.id, times, words="I play a concert that afternoon.")


def _free(desk: Desk, lesson: CalendarLesson) -> None:
    """A family calls off in time: who waits is asked about it."""
    reason = "Away with the school"
    desk.run(cancel_lesson, lesson.id, by=CancelledBy.FAMILY, reason=reason)
