"""Harmony with a policy that counts for everybody."""

from dataclasses import dataclass
from typing import Any

from studio_app.bookings.commands.policies import (
    draft_policy,
    publish_policy,
    take_policy_preset,
    use_policy,
    write_draft,
)
from studio_app.bookings.commands.policy_decisions import keep_decision
from studio_app.bookings.consequences import Said, decided
from studio_app.bookings.queries.consequences import Consequence, consequence_of
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import DecisionId, LessonTypeId, PolicyId, SeatId
from studio_app.kit.work import Work, requires
from tests.conftest import World
from tests.scheduling.conftest import Desk

LATE: dict[str, Any] = {"id": "late", "when": {"notice": {"less_than": "24 h"}}}
STRICT: dict[str, Any] = {
    "rules": [{**LATE, "then": {"charge": {"how": "full"}, "late": True}}, {"id": "rest"}]
}
ONE_A_MONTH: dict[str, Any] = {
    "rules": [
        {
            "id": "one",
            "when": {"counts": [{"what": "credits", "period": "month", "fewer_than": 1}]},
            "then": {"charge": {"how": "full"}, "credit": {"valid": {"days": 30}}},
        },
        {"id": "rest", "then": {"charge": {"how": "full"}}},
    ]
}


@requires(Permission.LESSON_VIEW)
def cancel_and_keep(work: Work, seat_ids: list[SeatId], said: Said) -> list[DecisionId]:
    """What a command that cancels will do: decide, act, write down why."""
    kept = [keep_decision(work, one) for one in decided(work, seat_ids, said)]
    return [one for one in kept if one is not None]


@dataclass(frozen=True)
class Office:
    desk: Desk

    @property
    def world(self) -> World:
        return self.desk.world

    def run(self, use_case: Any, *args: Any, **named: Any) -> Any:
        return self.world.run(self.world.olivia, use_case, *args, **named)

    def policy(self, document: dict[str, Any], **used: Any) -> PolicyId:
        """Written, published and counting from now on."""
        policy_id = self.run(draft_policy, "House rules", document)
        self.run(publish_policy, policy_id)
        self.run(use_policy, policy_id, **used)
        return policy_id

    def rewrite(self, policy_id: PolicyId, document: dict[str, Any]) -> None:
        self.run(write_draft, policy_id, document)
        self.run(publish_policy, policy_id, note="Stricter")

    def preset(self, key: str, lesson_type_id: LessonTypeId | None = None) -> PolicyId:
        policy_id = self.run(take_policy_preset, key)
        self.run(publish_policy, policy_id)
        self.run(use_policy, policy_id, lesson_type_id=lesson_type_id)
        return policy_id

    def seat(self, starts_at: Any, **wishes: Any) -> SeatId:
        wishes.setdefault("student_ids", (self.world.student_id,))
        lesson_id = self.desk.lesson(starts_at, **wishes)
        return self.desk.seats(lesson_id)[0].id

    def ask(
        self, *seat_ids: SeatId, act: Act = Act.CANCEL, actor: Actor | None = None, **more: Any
    ) -> list[Consequence]:
        return self.world.run(actor or self.world.grace, consequence_of, seat_ids, act, **more)

    def cancel(self, *seat_ids: SeatId, reason: str = "other") -> list[DecisionId]:
        said = Said(Act.CANCEL, reason)
        return self.world.run(self.world.grace, cancel_and_keep, list(seat_ids), said)
