"""The weekly timetable of Riverside Music: who learns with whom, on which day, at what time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import cycle

from studio_app.demo.desk import Desk
from studio_app.demo.people import Colleague, Learner
from studio_app.demo.places import Places
from studio_app.demo.year import HISTORY, WEEK
from studio_app.kit.ids import SeriesId, StudentId
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries

WEEKDAYS = range(1, 6)
LENGTHS = (30, 30, 45, 30, 30)
OPENS = (14 * 60 + 30, 15 * 60, 15 * 60 + 15, 14 * 60 + 45)
"""When each teacher begins, in minutes after midnight."""
CLASS_DAYS = ((1, 4), (2, 5), (3, 5), (1, 3))
ROOMS = (
    ("Room 1",) * 5,
    ("Room 2", "Room 2", "Room 2", "Mill Studio", "Mill Studio"),
    ("Loft",) * 5,
    ("Mill Studio", "Mill Studio", "Mill Studio", "Room 2", "Room 2"),
)
BY_TERM = frozenset({0, 1})
"""Whose single lessons end with the term: before the next one families are asked again."""
CLASSES = (
    ("Theory class", "Theory, grades 1–3"), ("Theory class", "Theory, grades 4–5"),
    ("Ensemble", "Junior strings"), ("Ensemble", "String orchestra"),
    ("Ensemble", "Guitar circle"), ("Ensemble", "Ukulele club"),
    ("Ensemble", "Riverside choir"), ("Ensemble", "Young voices"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A time of the week at which a teacher is in a room."""

    teacher: int
    weekday: int
    begins: int
    minutes: int
    room: str

    @property
    def at(self) -> time:
        return time(*divmod(self.begins, 60))


@dataclass(frozen=True, slots=True)
class Weekly:
    """One series to be: its place in the week, who comes, and what it is called."""

    place: Place
    lesson_type: str
    students: tuple[StudentId, ...]
    name: str = ""
    weeks_late: int = 0


@dataclass
class Week:
    """Who is taken when, on a usual week."""

    taken: dict[tuple[StudentId, int], list[tuple[int, int]]] = field(
        default_factory=dict[tuple[StudentId, int], list[tuple[int, int]]]
    )

    def is_free(self, student: StudentId, place: Place) -> bool:
        ends = place.begins + place.minutes
        busy = self.taken.get((student, place.weekday), [])
        return all(until <= place.begins or ends <= since for since, until in busy)

    def take(self, student: StudentId, place: Place) -> None:
        busy = self.taken.setdefault((student, place.weekday), [])
        busy.append((place.begins, place.begins + place.minutes))


def timetable(
    desk: Desk, colleagues: Sequence[Colleague], learners: Sequence[Learner]
) -> list[Weekly]:
    """A lesson a week for everybody, a second one for many, and eight classes."""
    week = Week()
    made: list[Weekly] = []
    for nth, colleague in enumerate(colleagues):
        own = [one for one in learners if one.instrument in colleague.instruments]
        others = [one for one in learners if one.instrument not in colleague.instruments]
        desk.chance.shuffle(others)
        waiting = [*own, *others]
        for place in _places(nth):
            chosen = next(one for one in waiting if week.is_free(one.id, place))
            waiting.remove(chosen)
            week.take(chosen.id, place)
            taught = chosen.instrument if chosen in own else colleague.instruments[0]
            made.append(Weekly(place, taught, (chosen.id,), weeks_late=_late(desk)))
    return made + _classes(desk, week, learners)


def schedule(
    desk: Desk, places: Places, colleagues: Sequence[Colleague], weekly: Sequence[Weekly]
) -> list[SeriesId]:
    """Put the timetable into the diary, from the first weeks of the demonstration on."""
    first = first_monday(desk)
    return [desk.run(schedule_series, _wish(each, places, colleagues, first)) for each in weekly]


def first_monday(desk: Desk) -> date:
    return desk.monday - HISTORY * WEEK


def _wish(each: Weekly, places: Places, colleagues: Sequence[Colleague], first: date) -> NewSeries:
    place = each.place
    by_term = place.teacher in BY_TERM and len(each.students) == 1
    starts = first + each.weeks_late * WEEK + timedelta(days=place.weekday - 1)
    return NewSeries(
        teacher_id=colleagues[place.teacher].teacher_id,
        lesson_type_id=places.types[each.lesson_type],
        first_on=starts,
        at=place.at,
        weekdays=frozenset({place.weekday}),
        student_ids=each.students,
        room_id=places.rooms[place.room],
        minutes=place.minutes,
        term_id=places.term_id if by_term else None,
        term_time_only=True,
        name=each.name,
    )


def _places(teacher: int) -> list[Place]:
    """The single lessons of a teacher's week, the days interleaved as they fill up."""
    found: list[Place] = []
    for weekday in WEEKDAYS:
        begins = OPENS[teacher]
        lengths = LENGTHS if weekday in CLASS_DAYS[teacher] else (*LENGTHS, 30)
        for minutes in lengths:
            room = ROOMS[teacher][weekday - 1]
            found.append(Place(teacher, weekday, begins, minutes, room))
            begins += minutes + (15 if minutes > 30 else 0)  # noqa: PLR2004  a cup of tea
    return sorted(found, key=lambda place: (place.begins, place.weekday))


def _classes(desk: Desk, week: Week, learners: Sequence[Learner]) -> list[Weekly]:
    titles = cycle(CLASSES)
    made: list[Weekly] = []
    for teacher, days in enumerate(CLASS_DAYS):
        for weekday in days:
            kind, name = next(titles)
            place = Place(teacher, weekday, 18 * 60 + 15, 60, "Hall")
            free = [one.id for one in learners if week.is_free(one.id, place)]
            students = tuple(desk.chance.sample(free, desk.chance.randrange(5, 8)))
            for student in students:
                week.take(student, place)
            made.append(Weekly(place, kind, students, name))
    return made


def _late(desk: Desk) -> int:
    """Most were here from the beginning; a few joined later."""
    return desk.chance.choice((0,) * 9 + (6, 10))
