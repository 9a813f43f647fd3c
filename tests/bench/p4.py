"""P4: open times of one teacher for four weeks, with rooms, buffers, closures and the way there."""

import statistics as middle
from collections.abc import Callable, Iterator
from datetime import timedelta

from studio_app.kit.access import Actor
from studio_app.kit.ids import LessonTypeId, LocationId, StudentId, TeacherId
from studio_app.kit.work import happening_at, open_work, run
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.year import close_studio_on
from studio_app.scheduling.queries.open_times import open_times
from studio_app.scheduling.rules.openings import openings
from studio_app.scheduling.slots import read_diary
from studio_app.scheduling.wishes import SlotSearch
from tests.bench.ground import MONDAY, NOW, Crowd, Ground, crowd, lessons
from tests.bench.measure import Figure, at_most, counted, in_turns, taken
from tests.bench.p6 import another_studio
from tests.bench.replay import record, replay
from tests.counting import sent_by

MOST_MS, MOST_STATEMENTS = 4.0, 4
TIMES_BARE, FLAT = 2.0, 1.3
OFTEN = 40
PER_WEEK, PAST_WEEKS, OTHERS = 400, 100, 20


def measure(ground: Ground) -> Iterator[Figure]:
    """Ten teachers of forty lessons a week; the first is asked for, with five students about."""
    people = crowd(ground, ground.cast.harmony, teachers=10, students=200)
    lessons(ground, people, 6 * PER_WEEK, per_week=PER_WEEK, since=MONDAY)
    owner = ground.cast.olivia
    with happening_at(NOW):
        wish = _set_up(ground, owner, people)
        yield from _beside_bare(ground, owner, wish)
        yield from _growing(ground, owner, wish, people)


def _set_up(ground: Ground, owner: Actor, people: Crowd) -> SlotSearch:
    teacher = TeacherId(people.teachers[0])
    homes = [run(ground.engine, owner, open_location, name) for name in ("High Street", "Church")]
    for home in homes:
        for n in range(3):
            run(ground.engine, owner, add_room, home, RoomDetails(f"Room {n}", max_capacity=6))
    for weekday in range(1, 6):
        _hours(ground, owner, teacher, homes[0], 9 * 60, 14 * 60, weekday)
        _hours(ground, owner, teacher, homes[1], 14 * 60, 21 * 60, weekday)
    run(ground.engine, owner, set_booking_rules, RuleChange(buffer_minutes=5, travel_minutes=30))
    day = MONDAY.date() + timedelta(days=9)
    run(ground.engine, owner, close_studio_on, name="Moving", first_on=day, last_on=day)
    first = MONDAY.date()
    until = first + timedelta(days=28)
    students = frozenset(StudentId(each) for each in people.students[:1])
    return SlotSearch(LessonTypeId(people.type_id), first, until, teacher, student_ids=students)


def _hours(
    ground: Ground,
    owner: Actor,
    teacher: TeacherId,
    home: LocationId,
    first: int,
    last: int,
    weekday: int,
) -> None:
    hours = TeachingHours(first, last, weekday=weekday, location_id=home)
    run(ground.engine, owner, offer_hours, teacher, hours)


def _beside_bare(ground: Ground, owner: Actor, wish: SlotSearch) -> Iterator[Figure]:
    what = "Four weeks of one teacher"
    with sent_by(ground.engine) as sent:
        answer = run(ground.engine, owner, open_times, wish)
    assert answer.openings
    asked = [s for s in sent if "set_config" not in s and "savepoint" not in s.lower()]
    yield counted("P4 statements", what, len(asked), MOST_STATEMENTS, unit="statements")
    yield counted(
        "P4", f"{what}, {len(answer.openings)} times", _ms(ground, owner, wish), MOST_MS, unit="ms"
    )
    recorded = record(ground.engine, owner, open_times, wish)
    with open_work(ground.engine, owner, open_times) as work:
        read = read_diary(work, wish, as_family=False)
    assert read.sought is not None
    diary, sought = read.diary, read.sought
    with ground.connect() as bare:
        pair = in_turns(
            lambda: _often(lambda: run(ground.engine, owner, open_times, wish)),
            lambda: _often(lambda: (replay(bare, recorded, {}), openings(diary, sought))),
        )
    yield at_most(
        "P4 bare", f"{what}, against bare queries and the sweep", pair, TIMES_BARE, per=OFTEN
    )


def _growing(ground: Ground, owner: Actor, wish: SlotSearch, people: Crowd) -> Iterator[Figure]:
    """The same question after years of history, and among many studios."""
    before = _ms(ground, owner, wish)
    since = MONDAY - timedelta(weeks=PAST_WEEKS + 2)
    lessons(ground, people, PAST_WEEKS * PER_WEEK, per_week=PER_WEEK, since=since)
    after = _ms(ground, owner, wish)
    yield counted(
        "P4 past", "Two years of lessons later, times as long", after / before, FLAT, unit="x"
    )
    for _ in range(OTHERS):
        other = crowd(ground, another_studio(ground), teachers=10, students=200)
        lessons(ground, other, 6 * PER_WEEK, per_week=PER_WEEK, since=MONDAY)
    among = _ms(ground, owner, wish)
    yield counted(
        "P4 studios", f"Among {OTHERS} studios more, times as long", among / after, FLAT, unit="x"
    )


def _ms(ground: Ground, owner: Actor, wish: SlotSearch) -> float:
    def once() -> object:
        return run(ground.engine, owner, open_times, wish)

    for _ in range(5):
        once()
    return middle.median(taken(once) for _ in range(OFTEN)) * 1000


def _often(work: Callable[[], object]) -> None:
    for _ in range(OFTEN):
        work()
