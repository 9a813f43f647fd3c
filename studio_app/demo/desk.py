"""Where the demonstration's people sit when they do something: who, where and when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from studio_app.identity.sessions import actor_of
from studio_app.kit.access import Actor
from studio_app.kit.clock import local_date, to_instant
from studio_app.kit.ids import PersonId, StudioId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, happening_at, run

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """Somebody in a studio, at a moment. Use cases go through the same door as everybody's."""

    engine: Engine
    actor: Actor
    studio_id: StudioId
    zone: ZoneInfo
    currency: str
    chance: Random
    now: datetime
    moment: datetime

    def run(
        self,
        use_case: Callable[Concatenate[Work, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with happening_at(self.moment):
            return run(self.engine, self.actor, use_case, *args, **kwargs)

    def at(self, moment: datetime) -> "Desk":
        """The same desk at another moment, never later than now."""
        return replace(self, moment=min(moment, self.now))

    def on(self, day: date, hour: int, minute: int = 0) -> "Desk":
        return self.at(self.wall(day, hour, minute))

    def as_person(self, person_id: PersonId) -> "Desk":
        return replace(self, actor=actor_of(self.engine, person_id, self.studio_id))

    def wall(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The instant at which the studio's clock shows this."""
        return to_instant(day, time(hour, minute), self.zone)

    def money(self, amount: str) -> Money:
        """ "22.50" in the studio's currency, which has two decimal places."""
        whole, _, rest = amount.partition(".")
        return Money(int(whole) * 100 + int(rest.ljust(2, "0")), self.currency)

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())
