"""Riverside Music: two places, four teachers, sixty families and twenty weeks of lessons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.demo.advance import by_the_term, terms_to_bill
from studio_app.demo.desk import Desk
from studio_app.demo.history import DAY, NOTES, SATURDAY, Past
from studio_app.demo.hours import be_away, offer_teaching_hours
from studio_app.demo.mishaps import live_with_mishaps
from studio_app.demo.money import (
    Books,
    charge_extras,
    first_unbilled_day,
    habits_of,
    set_prices,
)
from studio_app.demo.names import address_of, riverside_households
from studio_app.demo.people import Colleague, House, add_colleague, add_house, let_in, phones
from studio_app.demo.places import Places, close_for_training, set_up_riverside
from studio_app.demo.policies import work_by
from studio_app.demo.timetable import ROOMS, first_monday, schedule, timetable
from studio_app.demo.today import AROUND, FEWER, Extra, fill_today, mark_some, note_what_comes
from studio_app.kit.access import Role
from studio_app.kit.ids import GuardianId
from studio_app.people.rules import StudentStatus

TEACHERS = (
    ("Theo Marchand", ("Piano",)),
    ("Amara Okafor", ("Violin", "Cello")),
    ("Callum Reid", ("Guitar",)),
    ("Bethan Price", ("Singing",)),
)
INSTRUMENTS = ("Piano", "Violin", "Guitar", "Singing", "Piano", "Cello", "Guitar", "Singing")
OTHERWISE = {
    20: StudentStatus.LEAD, 29: StudentStatus.WAITING, 38: StudentStatus.TRIAL,
    47: StudentStatus.PAUSED, 52: StudentStatus.LEFT, 58: StudentStatus.LEAD,
    63: StudentStatus.WAITING, 69: StudentStatus.LEFT,
}  # fmt: skip
LATELY = timedelta(days=4)
FORGOTTEN, A_DAY = 5, 3
"""Lessons of the last days that nobody has marked yet, and how many of them on one day."""
IN_ADVANCE = slice(3, None, 9)
"""Every ninth household pays by the term."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Who belongs to the other studio too, and what else goes on in this one."""

    teacher: tuple[str, str]
    parent: tuple[str, str]
    places: Places
    colleagues: tuple[Colleague, ...]
    houses: tuple[House, ...]
    """Those of Riverside; that parent is of the first"""

    @property
    def guardians(self) -> tuple[GuardianId, ...]:
        """The first parent of each household."""
        return tuple(house.guardian_ids[0] for house in self.houses if house.guardian_ids)


def load_riverside(desk: Desk) -> Shared:
    places = set_up_riverside(desk)
    numbers = phones("07700 900{n}")
    colleagues = [add_colleague(desk, *teacher, next(numbers)) for teacher in TEACHERS]
    houses = _move_in(desk)
    first = houses[0]
    parent = (f"{first.household.parents[0]} {first.household.surname}", _parents_address(first))
    let_in(desk, parent[1], parent[0], Role.GUARDIAN, guardian_id=first.guardian_ids[0])
    learners = [one for house in houses for one in house.learners]
    active = [one for nth, one in enumerate(learners) if nth not in OTHERWISE]
    today = desk.at(desk.now)
    set_prices(desk, places, since=first_monday(desk))
    work_by(desk.on(first_monday(desk), 8), "music_studio")
    offer_teaching_hours(today, places, colleagues)
    schedule(today, places, colleagues, timetable(desk, colleagues, active))
    _live_through(desk, places, colleagues, houses)
    _today(today, places, colleagues, [one.id for one in active])
    teacher = (TEACHERS[0][0], address_of(*TEACHERS[0][0].split()))
    be_away(today, colleagues[-1])
    return Shared(teacher, parent, places, tuple(colleagues), tuple(houses))


def _parents_address(house: House) -> str:
    return address_of(house.household.parents[0], house.household.surname)


def _move_in(desk: Desk) -> list[House]:
    numbers = phones("07700 900{n}")
    next(numbers)
    houses: list[House] = []
    nth = 0
    for household in riverside_households():
        size = len(household.learners)
        span = range(nth, nth + size)
        instruments = tuple(INSTRUMENTS[n % len(INSTRUMENTS)] for n in span)
        statuses = tuple(OTHERWISE.get(n, StudentStatus.ACTIVE) for n in span)
        houses.append(add_house(desk, household, instruments, statuses, numbers))
        nth += size
    return houses


def _live_through(
    desk: Desk, places: Places, colleagues: Sequence[Colleague], houses: list[House]
) -> None:
    """Every day from the first lesson to the fortnight ahead, in its order."""
    first = first_monday(desk)
    this_week = frozenset(_days(desk.monday, desk.monday + timedelta(days=5)))
    past = Past(desk, places, colleagues, this_week)
    by_the_term(desk, houses[IN_ADVANCE])
    books = Books(desk, habits_of(desk, houses), terms_to_bill(desk, first))
    charge_extras(desk, houses, since=first)
    lately = max(first_unbilled_day(desk.today), desk.today - LATELY)
    left = FORGOTTEN
    for day in _days(first, desk.today + timedelta(days=12)):
        if day <= desk.today:
            books.day(day)
        forgetting = min(left, A_DAY) if day >= lately and day.isoweekday() < SATURDAY else 0
        past.day(day, marking=day < desk.today, forgetting=forgetting)
        left -= forgetting
        if day == desk.today:
            close_for_training(desk.at(desk.now), places)
    live_with_mishaps(desk.at(desk.now), houses[2:], gone=houses[20])


def _today(desk: Desk, places: Places, colleagues: Sequence[Colleague], students: list) -> None:
    weekend = desk.today.isoweekday() > 5  # noqa: PLR2004  Friday
    extras = [
        Extra(
            one.name,
            one.teacher_id,
            places.types[one.instruments[0]],
            places.rooms[ROOMS[nth][0]],
            AROUND if nth == 0 else FEWER,
        )
        for nth, one in enumerate(colleagues)
        if nth == 0 or weekend
    ]
    fill_today(desk, extras, students)
    mark_some(desk, colleagues[0].name)
    note_what_comes(desk, desk.today + 3 * DAY, NOTES)


def _days(first: date, until: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((until - first).days)]
