"""Policies are written, published and used; what is booked keeps what it was booked under."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from studio_app.bookings.commands.policies import (
    NothingChanged,
    NothingWritten,
    NotPublished,
    StillUsed,
    discard_draft,
    draft_policy,
    publish_policy,
    put_policy_away,
    take_policy_preset,
    use_policy,
    write_draft,
)
from studio_app.bookings.commands.policy_decisions import UndoneAlready, undo_decision
from studio_app.bookings.events import BookingMade
from studio_app.bookings.models.policies import PolicyAgreed, PolicyVersion
from studio_app.bookings.queries.consequences import policy_decisions
from studio_app.bookings.queries.policies import policies, policy_card, policy_uses, read_pasted
from studio_app.bookings.rules.policies.checking import Unusable
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.bookings.subscribers import keep_what_was_agreed
from studio_app.credits.rules.lots import CreditKind, Need
from studio_app.kit.access import Actor, Permission
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import DecisionId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.rules.states import CancelledBy
from tests.bookings.conftest import Counter
from tests.bookings.policies.desk import LATE, ONE_A_MONTH, STRICT, Office
from tests.conftest import HOUR
from tests.counting import sent_on
from tests.credits.purse import Purse, use_for
from tests.scheduling.conftest import TUESDAY, wall

DAY = timedelta(days=1)
FOUR = wall(TUESDAY, 16)
KIND = {"rules": [{"id": "rest", "then": {"charge": {"how": "none"}}}]}


WHAT_IT_IS = {
    "rules": [
        {"id": "make-up", "when": {"make_up": True}, "then": {"used_credit": "returned"}},
        {"id": "package", "when": {"plans": ["package"]}, "then": {"credit": {"kind": "session"}}},
        {"id": "rest"},
    ]
}


@requires(Permission.LESSON_VIEW)
def take_back(work: Work, decision_id: DecisionId) -> DecisionId:
    return undo_decision(work, decision_id)


@requires(Permission.JOBS_RUN)
def agree(work: Work, event: BookingMade) -> None:
    keep_what_was_agreed(work, event)
    keep_what_was_agreed(work, event)  # delivered twice


def later(office: Office, by: timedelta) -> Office:
    world = office.world
    return Office(replace(office.desk, world=world.at(world.now + by)))


def test_a_ready_made_policy_counts_once_it_is_published_and_used(office: Office) -> None:
    policy_id = office.run(take_policy_preset, "music_studio")
    seat_id = office.seat(FOUR)
    assert office.ask(seat_id)[0].effects is None
    with pytest.raises(NotPublished):
        office.run(use_policy, policy_id)
    office.run(publish_policy, policy_id)
    office.run(use_policy, policy_id)
    asked = office.ask(seat_id)[0]
    assert (asked.rule_id, asked.when) == ("in-time", "Tue 8 Sept, 16:00")
    assert asked.sentence == (
        "This is at least 24 hours before: nothing is charged for it, per Harmony policy."
    )


def test_the_list_says_what_each_policy_means(office: Office) -> None:
    office.preset("marketplace")
    office.run(take_policy_preset, "coach")
    listed = office.run(policies)
    assert [(one.name, one.version, one.has_draft) for one in listed] == [
        ("Coach with packages", 0, True),
        ("Marketplace", 1, False),
    ]
    assert [one.is_studios for one in listed] == [False, True]
    assert listed[1].sentences[1].startswith("If a lesson is cancelled more than 24 hours")


def test_a_kind_of_lesson_may_have_its_own(office: Office) -> None:
    office.policy(STRICT)
    office.policy(KIND, lesson_type_id=office.desk.band)
    piano = office.seat(office.world.now + timedelta(hours=3))
    band = office.seat(office.world.now + timedelta(hours=9), lesson_type_id=office.desk.band)
    assert [one.rule_id for one in office.ask(piano, band)] == ["late", "rest"]
    office.run(use_policy, None, lesson_type_id=office.desk.band)
    assert [one.own for one in office.run(policy_uses)] == [True, False, False]


def test_a_lesson_keeps_the_policy_it_was_booked_under(office: Office) -> None:
    policy_id = office.policy(KIND)
    seat_id = office.seat(office.world.now + timedelta(hours=20))
    tomorrow = later(office, timedelta(hours=1))
    tomorrow.rewrite(policy_id, STRICT)
    booked_after = tomorrow.seat(office.world.now + timedelta(hours=22))
    assert [one.rule_id for one in tomorrow.ask(seat_id, booked_after)] == ["rest", "late"]
    assert [one.nth for one in tomorrow.run(policy_card, policy_id).versions] == [2, 1]


def test_every_lesson_of_a_series_has_the_policy_of_its_enrolment(office: Office) -> None:
    policy_id = office.policy(KIND)
    series_id = office.desk.series()
    later(office, DAY).rewrite(policy_id, STRICT)
    lessons = office.desk.lessons(series_id)
    seats = [office.desk.seats(lesson.id)[0].id for lesson in lessons[:2]]
    asked = later(office, timedelta(days=7)).ask(*seats)
    assert [one.rule_id for one in asked] == ["rest", "rest"]


def test_only_what_can_be_meant_is_published(office: Office) -> None:
    policy_id = office.run(draft_policy, "Half", {"rules": [LATE]})
    with pytest.raises(Unusable, match="The last rule has no conditions"):
        office.run(publish_policy, policy_id)
    office.run(write_draft, policy_id, STRICT)
    office.run(publish_policy, policy_id)
    with pytest.raises(NothingWritten):
        office.run(publish_policy, policy_id)
    office.run(write_draft, policy_id, STRICT)
    with pytest.raises(NothingChanged):
        office.run(publish_policy, policy_id)
    office.run(discard_draft, policy_id)
    with pytest.raises(Unusable, match="not known here"):
        office.run(write_draft, policy_id, {"rules": [{"id": "rest", "than": {}}]})
    with pytest.raises(Unusable, match="line 1"):
        office.run(read_pasted, "{rules")


def test_what_counts_for_lessons_cannot_be_put_away(office: Office) -> None:
    policy_id = office.policy(STRICT)
    with pytest.raises(StillUsed):
        office.run(put_policy_away, policy_id)
    office.run(use_policy, None)
    office.run(put_policy_away, policy_id)
    assert office.run(policies) == []


def test_a_version_can_never_be_changed(office: Office) -> None:
    office.policy(STRICT)
    work = office.world.as_(office.world.olivia)
    version = work.session.exec(select(PolicyVersion)).one()
    version.note = "It always said so"
    with pytest.raises(DBAPIError, match="permission denied"):
        work.session.flush()


def test_what_was_decided_is_kept_with_its_rule_and_reasons(office: Office) -> None:
    office.policy(STRICT)
    seat_id = office.seat(office.world.now + timedelta(hours=2))
    office.cancel(seat_id, reason="illness")
    (row,) = office.world.run(office.world.grace, policy_decisions, office.world.student_id)
    assert (row.rule_id, row.policy_version, row.reason) == ("late", 1, "illness")
    assert row.sentence == (
        "This is within 24 hours: the lesson is charged in full, "
        "no make-up credit will be issued and it is marked as late, per Harmony policy."
    )
    assert (row.inputs["notice_seconds"], row.effects["charge"]) == (7200, "full")
    assert row.decided_by == "Grace Gray"


def test_what_was_decided_counts_until_it_is_undone(office: Office) -> None:
    office.policy(ONE_A_MONTH)
    first, second = office.seat(FOUR), office.seat(FOUR + 7 * DAY)
    assert [one.rule_id for one in office.ask(first, second)] == ["one", "rest"]
    (decision_id,) = office.cancel(first)
    assert office.ask(second)[0].sentence.startswith("One credit was given this month already")
    office.world.run(office.world.grace, take_back, decision_id)
    assert office.ask(second)[0].rule_id == "one"
    assert office.run(policy_decisions, office.world.student_id)[0].is_undone
    with pytest.raises(UndoneAlready):
        office.world.run(office.world.grace, take_back, decision_id)


def test_staff_ask_for_the_teacher_and_families_do_not(office: Office) -> None:
    office.preset("music_studio")
    seat_id = office.seat(FOUR)
    with pytest.raises(Forbidden):
        office.ask(seat_id, by=CancelledBy.TEACHER)
    asked = office.ask(seat_id, by=CancelledBy.TEACHER, actor=office.world.tom)[0]
    assert asked.sentence.startswith("The teacher cancels")


def test_a_stranger_finds_nothing(office: Office) -> None:
    policy_id, world = office.policy(STRICT), office.world
    seat_id = office.seat(FOUR)
    office.cancel(seat_id)
    with pytest.raises(NotFound):
        office.ask(seat_id, actor=world.rita)
    with pytest.raises(NotFound):
        world.run(world.rita, policy_card, policy_id)
    with pytest.raises(NotFound):
        world.run(world.rita, publish_policy, policy_id)
    assert world.run(world.rita, policy_decisions, world.student_id) == []
    with pytest.raises(Forbidden):
        world.run(world.grace, policies)


def test_it_takes_as_few_statements_for_many_lessons(office: Office) -> None:
    office.preset("weekly_slot_school")
    seats = [office.seat(FOUR + n * 7 * DAY) for n in range(1, 9)]
    office.cancel(seats[0])

    def asked(*some: object) -> int:
        with sent_on(office.world.connection) as sent:
            office.ask(*some)  # type: ignore[arg-type]
        return len([one for one in sent if one.lower().startswith(("select", "with"))])

    asked(*seats)
    few, lots = asked(seats[1]), asked(*seats)
    assert few == lots <= 18


def test_moving_is_decided_like_cancelling(office: Office) -> None:
    office.preset("music_studio")
    seat_id = office.seat(office.world.now + timedelta(hours=5))
    asked = office.ask(seat_id, act=Act.MOVE)[0]
    assert asked.effects is not None
    assert (asked.effects.late, asked.effects.approval) == (True, True)


def test_who_books_agrees_to_the_policy_of_that_moment(counter: Counter) -> None:
    office = Office(counter.desk)
    policy_id = office.policy(KIND)
    single, weekly = counter.book(), counter.weekly(at=FOUR + HOUR)
    for booking_id in (single, weekly):
        counter.world.run(Actor.system(counter.world.harmony), agree, BookingMade(booking_id))
    rows = office.world.as_(office.world.olivia).session.exec(select(PolicyAgreed)).all()
    assert [bool(row.enrolment_id) for row in rows] == [False, True]
    assert {row.agreed_by for row in rows} == {counter.world.grace.person_id}
    assert {len(row.wording_hash) for row in rows} == {64}
    later(office, DAY).rewrite(policy_id, STRICT)
    seat_id = rows[0].seat_id
    assert seat_id is not None
    assert later(office, 7 * DAY - HOUR).ask(seat_id)[0].rule_id == "rest"


def test_a_session_and_a_make_up_are_decided_as_what_they_are(office: Office) -> None:
    purse, seats = Purse(office.world), [office.seat(FOUR), office.seat(FOUR + 7 * DAY)]
    for seat_id, kind in zip(seats, (CreditKind.SESSION, CreditKind.LESSON), strict=True):
        purse.give(2, kind)
        need = Need(office.world.family_id, TUESDAY, {kind})
        office.run(use_for, need, seat_id, booked=True)
    office.policy(WHAT_IT_IS)
    assert [one.rule_id for one in office.ask(*seats)] == ["package", "make-up"]
    session = office.ask(seats[0])[0].sentence
    assert session == "Per Harmony policy: one session goes back to the package."
