"""Last term again under a draft: what would have been otherwise, and nothing is written."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from studio_app.bookings.models.policies import PolicyDecision
from studio_app.bookings.queries.policy_replay import PeriodTooLong, Replay, replay_policy
from studio_app.kit.errors import Forbidden
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.rules.states import CancelledBy
from tests.billing.till import Till, pounds
from tests.bookings.policies.desk import LATE, ONE_A_MONTH, STRICT, Office
from tests.bookings.policies.test_policies import later
from tests.counting import sent_on
from tests.scheduling.conftest import TUESDAY, wall

FOUR = wall(TUESDAY, 16)
DAY = timedelta(days=1)
SEPTEMBER = {"first_on": date(2026, 9, 1), "until": date(2026, 10, 1)}
DEAR: dict[str, Any] = {
    "rules": [{**LATE, "then": {"charge": {"how": "full"}, "fee": {"minor": 500}}}, {"id": "rest"}]
}


def replay(office: Office, document: dict[str, Any], **days: Any) -> Replay:
    return office.run(replay_policy, document, **{**SEPTEMBER, **days})


def cancelled(office: Office, at: Any, *, by: CancelledBy = CancelledBy.FAMILY) -> None:
    lesson_id = office.desk.lesson(at, student_ids=(office.world.student_id,))
    office.run(cancel_lesson, lesson_id, by=by)


@pytest.fixture
def lived(office: Office) -> Office:
    """Two lessons cancelled in time and one late, under a policy that charges the late one."""
    Till(office.world).price(pounds(32))
    office.policy(STRICT)
    cancelled(office, FOUR)
    cancelled(office, FOUR + 7 * DAY)
    cancelled(office, office.world.now + timedelta(hours=5))
    return later(office, 40 * DAY)


def test_a_draft_is_compared_with_what_counted(lived: Office) -> None:
    found = replay(lived, DEAR)
    assert (found.happened, found.affected) == (3, 1)
    assert (found.before_said, found.after_said) == (
        "charged £32.00",
        "charged £32.00 · fees £5.00",
    )
    assert [one.family for one in found.families] == ["Gray"]


def test_what_is_counted_is_counted_in_the_order_it_happened(lived: Office) -> None:
    found = replay(lived, ONE_A_MONTH)
    assert (found.before.credits, found.after.credits) == (0, 1)


def test_the_same_policy_affects_nobody(lived: Office) -> None:
    assert replay(lived, STRICT).affected == 0


def test_other_days_are_other_lessons(lived: Office) -> None:
    assert replay(lived, DEAR, first_on=date(2026, 9, 9)).happened == 1
    with pytest.raises(PeriodTooLong):
        replay(lived, DEAR, until=date(2028, 1, 1))


def test_nothing_is_written_and_only_the_office_asks(lived: Office) -> None:
    replay(lived, DEAR)
    assert lived.world.as_(lived.world.olivia).session.exec(select(PolicyDecision)).all() == []
    with pytest.raises(Forbidden):
        lived.world.run(lived.world.grace, replay_policy, DEAR)


def test_a_longer_term_takes_no_more_statements(lived: Office) -> None:
    def asked(**days: Any) -> int:
        with sent_on(lived.world.connection) as sent:
            replay(lived, DEAR, **days)
        return len([one for one in sent if one.lower().startswith(("select", "with"))])

    asked()
    few, lots = asked(until=date(2026, 9, 2)), asked()
    assert few == lots <= 20
