"""Shorthand for tests: build an automation, let news be delivered, see what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import SQLModel, col, select

from studio_app.automations.commands.building import Draft, build_automation, switch_on
from studio_app.automations.commands.ticking import run_due_automations
from studio_app.automations.models import (
    Automation,
    AutomationAction,
    AutomationRun,
    AutomationTick,
    Task,
)
from studio_app.automations.rules.recipe import Action, Condition, Do, Happening, Recipe, When
from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import AutomationId
from studio_app.kit.outbox import adapter, event_named, is_outside, subscriber_named
from studio_app.kit.work import Work, requires
from tests.conftest import World

TASK = Action(Do.TASK, words="Ring {family} about {student}", due_in=1)
MOST_ROUNDS = 20


@requires(Permission.JOBS_RUN)
def deliver_to(work: Work, subscriber: str, payload: dict[str, Any]) -> None:
    """As the queue does, with the work that the event came from."""
    event = adapter(event_named(payload["kind"])).validate_python(payload["event"])
    subscriber_named(subscriber)(replace(work, cause=UUID(payload["caused_by"])), event)


class House:
    def __init__(self, world: World) -> None:
        self.world = world
        self.system = Actor.system(world.harmony)
        self._heard: set[int] = set()

    def at(self, now: datetime) -> "House":
        later = House(self.world.at(now))
        later._heard = self._heard
        return later

    def automation(
        self,
        when: When | Happening,
        *actions: Action,
        conditions: Sequence[Condition] = (),
        daily_limit: int = 100,
        on: bool = True,
    ) -> AutomationId:
        """Built by Olivia and switched on."""
        begins = when if isinstance(when, When) else When(when)
        recipe = Recipe(begins, tuple(conditions), actions or (TASK,))
        draft = Draft(f"On {begins.happening}", recipe, daily_limit)
        made = self.world.run(self.world.olivia, build_automation, draft)
        if on:
            self.world.run(self.world.olivia, switch_on, made)
        return made

    def settle(self) -> int:
        """Deliver what waits, and what that makes, until nothing does; how many that were."""
        delivered = 0
        for _round in range(MOST_ROUNDS):
            waiting = [job for job in self._waiting() if job[0] not in self._heard]
            if not waiting:
                return delivered
            for job, subscriber, payload in waiting:
                self._heard.add(job)
                if not is_outside(subscriber_named(subscriber)):
                    self.world.run(self.system, deliver_to, subscriber, payload)
                    delivered += 1
        raise AssertionError("it never ends")

    def tick(self) -> str:
        """The clock's turn, and what it makes."""
        said = self.world.run(self.system, run_due_automations)
        self.settle()
        return said

    def runs(self) -> list[AutomationRun]:
        return self._all(AutomationRun, AutomationRun.ran_at, AutomationRun.id)

    def results(self) -> list[str]:
        return [str(run.result) for run in self.runs()]

    def actions(self) -> list[AutomationAction]:
        return self._all(AutomationAction, AutomationAction.run_id, AutomationAction.position)

    def ticks(self) -> list[AutomationTick]:
        return self._all(AutomationTick, AutomationTick.slot)

    def tasks(self) -> list[str]:
        return [task.words for task in self._all(Task, Task.id)]

    def row(self, automation_id: AutomationId) -> Automation:
        return self.world.as_(self.world.olivia).session.get_one(Automation, automation_id)

    def _all(self, table: type[SQLModel], *order: Any) -> list[Any]:
        query = select(table).order_by(*(col(one) for one in order))
        return list(self.world.as_(self.world.olivia).session.exec(query))

    def _waiting(self) -> list[tuple[int, str, dict[str, Any]]]:
        self.world.as_(self.world.olivia)
        query = "select id, args->>'subscriber', args->'payload' from procrastinate_jobs"
        found = self.world.connection.execute(text(f"{query} order by id"))
        return [(row[0], row[1], row[2]) for row in found]
