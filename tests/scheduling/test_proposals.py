"""Other times are proposed, and the family takes one."""

from datetime import datetime, timedelta

import pytest

from studio_app.kit.access import Actor, Role
from studio_app.kit.clock import to_instant
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import LessonId, ProposalId
from studio_app.people.models import Student
from studio_app.scheduling.cautions import Cautioned
from studio_app.scheduling.commands.availability import (
    Absence,
    TeachingHours,
    offer_hours,
    take_time_off,
)
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson
from studio_app.scheduling.commands.places import RoomDetails, add_room
from studio_app.scheduling.commands.proposing import (
    HasBegun,
    LeavesNoChoice,
    NoLongerOpen,
    NotFree,
    NotOneFamily,
    TimeGone,
    accept_time,
    decline_times,
    propose_times,
    withdraw_proposal,
)
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.queries.proposals import (
    my_proposals,
    times_to_propose,
    unanswered_proposals,
)
from tests.attendance.lessons import Lessons
from tests.scheduling.conftest import LONDON, TUESDAY, Desk, wall

FOUR = wall(TUESDAY, 16)
DAY = timedelta(days=1)
WEDNESDAY, FRIDAY = wall(TUESDAY + DAY, 16), wall(TUESDAY + 3 * DAY, 17)


@pytest.fixture
def lesson_id(desk: Desk) -> LessonId:
    return desk.lesson(FOUR, student_ids=(desk.world.student_id,), room_id=desk.room_id)


@pytest.fixture
def asked(desk: Desk, lesson_id: LessonId) -> ProposalId:
    """Tom would rather teach Sam on Wednesday or Friday."""
    return propose(desk, lesson_id, WEDNESDAY, FRIDAY)


def propose(desk: Desk, lesson_id: LessonId, *times: datetime, **more: str) -> ProposalId:
    return desk.world.run(desk.world.tom, propose_times, lesson_id, times, **more)


def status(desk: Desk, proposal_id: ProposalId) -> str:
    world = desk.world
    return str(world.as_(world.olivia).session.get_one(Proposal, proposal_id).status)


def test_the_family_takes_one_with_one_tap(
    desk: Desk, lesson_id: LessonId, asked: ProposalId
) -> None:
    world = desk.world
    [shown] = world.run(world.grace, my_proposals)
    assert (shown.students, shown.when) == ("Sam Gray", "Tue 8 Sept, 16:00")
    assert [one.when for one in shown.times] == ["Wed 9 Sept, 16:00", "Fri 11 Sept, 17:00"]

    world.run(world.grace, accept_time, asked, FRIDAY)

    lesson = desk.row(lesson_id)
    assert (lesson.starts_at, lesson.room_id, lesson.lasting) == (
        FRIDAY,
        desk.room_id,
        timedelta(minutes=30),
    )
    assert desk.seats(lesson_id)[0].starts_at == FRIDAY
    assert (status(desk, asked), world.run(world.grace, my_proposals)) == ("accepted", [])
    assert desk.broken() == []


def test_a_lesson_of_a_series_keeps_its_day_in_it(desk: Desk) -> None:
    world = desk.world
    first = desk.lessons(desk.series())[0]
    proposal_id = propose(desk, first.id, WEDNESDAY, FRIDAY)
    world.run(world.grace, accept_time, proposal_id, WEDNESDAY)
    moved = desk.row(first.id)
    assert (moved.starts_at, moved.occurs_on) == (WEDNESDAY, TUESDAY)


def test_an_accepted_proposal_is_settled(desk: Desk, asked: ProposalId) -> None:
    world = desk.world
    world.run(world.grace, accept_time, asked, FRIDAY)
    with pytest.raises(NoLongerOpen):
        world.run(world.grace, accept_time, asked, WEDNESDAY)
    with pytest.raises(NoLongerOpen):
        world.run(world.grace, decline_times, asked)


def test_a_time_taken_meanwhile_says_what_is_left(
    desk: Desk, lesson_id: LessonId, asked: ProposalId
) -> None:
    world = desk.world
    desk.lesson(FRIDAY)
    with pytest.raises(TimeGone, match="Still free: Wed 9 Sept, 16:00"):
        world.run(world.grace, accept_time, asked, FRIDAY)
    assert desk.row(lesson_id).starts_at == FOUR
    [shown] = world.run(world.grace, my_proposals)
    assert [one.at for one in shown.times] == [WEDNESDAY]
    desk.lesson(WEDNESDAY)
    with pytest.raises(TimeGone, match="None of these times"):
        world.run(world.grace, accept_time, asked, WEDNESDAY)


def test_another_room_of_the_place_does(desk: Desk, lesson_id: LessonId, asked: ProposalId) -> None:
    world = desk.world
    other = world.run(world.olivia, add_room, desk.location_id, RoomDetails("Room 2"))
    desk.lesson(FRIDAY, teacher_id=desk.ruth, room_id=desk.room_id)
    world.run(world.grace, accept_time, asked, FRIDAY)
    assert desk.row(lesson_id).room_id == other


def test_a_lesson_moved_or_cancelled_since_is_no_question_any_more(
    desk: Desk, lesson_id: LessonId, asked: ProposalId
) -> None:
    world = desk.world
    world.run(world.tom, move_lesson, lesson_id, to=FOUR + timedelta(hours=1))
    assert world.run(world.grace, my_proposals) == []
    with pytest.raises(NoLongerOpen):
        world.run(world.grace, accept_time, asked, FRIDAY)
    again = propose(desk, lesson_id, WEDNESDAY, FRIDAY)
    assert status(desk, asked) == "withdrawn"
    world.run(world.tom, cancel_lesson, lesson_id)
    with pytest.raises(NoLongerOpen):
        world.run(world.grace, accept_time, again, FRIDAY)


def test_it_lapses_when_the_lesson_begins(desk: Desk, asked: ProposalId) -> None:
    later = desk.world.at(FOUR)
    assert later.run(later.grace, my_proposals) == []
    with pytest.raises(NoLongerOpen):
        later.run(later.grace, accept_time, asked, FRIDAY)


def test_the_office_sees_who_has_not_answered_or_declined(
    desk: Desk, lesson_id: LessonId, asked: ProposalId
) -> None:
    world = desk.world
    [waiting] = world.run(world.olivia, unanswered_proposals)
    assert (waiting.students, waiting.teacher, waiting.is_declined) == (
        "Sam Gray",
        "Tom Teal",
        False,
    )
    assert waiting.times == "Wed 9 Sept, 16:00 · Fri 11 Sept, 17:00"
    world.run(world.grace, decline_times, asked)
    world.run(world.grace, decline_times, asked)
    [declined] = world.run(world.tom, unanswered_proposals)
    assert declined.is_declined
    assert desk.row(lesson_id).starts_at == FOUR


def test_it_can_be_taken_back(desk: Desk, asked: ProposalId) -> None:
    world = desk.world
    world.run(world.tom, withdraw_proposal, asked)
    assert world.run(world.grace, my_proposals) == []
    assert world.run(world.olivia, unanswered_proposals) == []


def test_what_leaves_no_choice_or_is_not_free_is_refused(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    for times in ((FRIDAY,), (FRIDAY, FRIDAY), (FRIDAY, FOUR), (world.now, FRIDAY)):
        with pytest.raises(LeavesNoChoice):
            propose(desk, lesson_id, *times)
    desk.lesson(FRIDAY)
    with pytest.raises(NotFree, match="Fri 11 Sept, 17:00 is not free"):
        propose(desk, lesson_id, WEDNESDAY, FRIDAY)
    later = world.at(FOUR)
    with pytest.raises(HasBegun):
        later.run(later.tom, propose_times, lesson_id, [WEDNESDAY, FRIDAY + DAY])


def test_what_speaks_against_a_time_needs_a_reason(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    friday = TUESDAY + 3 * DAY
    world.run(world.tom, take_time_off, world.teacher_id, Absence(friday, friday))
    with pytest.raises(Cautioned):
        propose(desk, lesson_id, WEDNESDAY, FRIDAY)
    asked = propose(desk, lesson_id, WEDNESDAY, FRIDAY, despite="I come in for Sam")
    world.run(world.grace, accept_time, asked, FRIDAY)
    assert desk.row(lesson_id).despite == "I come in for Sam"


def test_only_where_one_family_decides(desk: Desk) -> None:
    mia = Lessons(desk.world).student("Mia").id
    group = desk.lesson(FOUR, lesson_type_id=desk.band, student_ids=(desk.world.student_id, mia))
    with pytest.raises(NotOneFamily):
        propose(desk, group, WEDNESDAY, FRIDAY)
    with pytest.raises(NotOneFamily):
        propose(desk, desk.lesson(FOUR + 2 * DAY), WEDNESDAY, FRIDAY)


def test_nobody_elses_business(desk: Desk, lesson_id: LessonId, asked: ProposalId) -> None:
    world = desk.world
    for stranger in (world.rita, world.olivia, world.tom):
        with pytest.raises(NotFound):
            world.run(stranger, accept_time, asked, FRIDAY)
        with pytest.raises(NotFound):
            world.run(stranger, decline_times, asked)
    with pytest.raises(NotFound):
        world.run(world.rita, propose_times, lesson_id, [WEDNESDAY, FRIDAY])
    with pytest.raises(Forbidden):
        world.run(world.grace, propose_times, lesson_id, [WEDNESDAY, FRIDAY])
    with pytest.raises(NotFound):
        world.run(world.grace, accept_time, asked, FRIDAY + DAY)


def test_a_child_does_not_decide_and_a_grown_up_does(desk: Desk, asked: ProposalId) -> None:
    world = desk.world
    assert world.grace.person_id
    sam = Actor.of(world.rita.person_id, world.harmony, Role.STUDENT)
    session = world.as_(world.olivia).session
    row = session.get_one(Student, world.student_id)
    row.person_id = sam.person_id
    session.commit()
    with pytest.raises(NotFound):
        world.run(sam, accept_time, asked, FRIDAY)
    row.is_adult = True
    session.add(row)
    session.commit()
    world.run(sam, accept_time, asked, FRIDAY)


def test_suggested_are_the_open_times_two_a_day(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    hours = TeachingHours(14 * 60, 18 * 60, weekday=5, location_id=desk.location_id)
    world.run(world.tom, offer_hours, world.teacher_id, hours)
    found = world.run(world.tom, times_to_propose, lesson_id)
    assert [one.when for one in found] == [
        "Fri 4 Sept, 14:00",
        "Fri 4 Sept, 16:00",
        "Fri 11 Sept, 14:00",
        "Fri 11 Sept, 16:00",
    ]


def test_without_hours_the_same_time_of_other_days_is_suggested(
    desk: Desk, lesson_id: LessonId
) -> None:
    world = desk.world
    desk.lesson(wall(TUESDAY - 5 * DAY, 16))
    found = world.run(world.tom, times_to_propose, lesson_id)
    days = [one.at.astimezone(LONDON).date() for one in found]
    assert days[0] == TUESDAY - 6 * DAY
    assert TUESDAY - 5 * DAY not in days
    assert TUESDAY not in days
    assert to_instant(days[0], FOUR.astimezone(LONDON).time(), LONDON) == found[0].at
