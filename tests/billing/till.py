"""Shorthand for tests: prices, marks that are billed at once, and what the books say."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.events import AttendanceMarked
from studio_app.attendance.rules import Outcome
from studio_app.billing.access.sums import balances, settlements
from studio_app.billing.commands.billing_run import Billed, bill_month
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.commands.prices import set_price
from studio_app.billing.rules.ledger import NO_TAX, TaxRate
from studio_app.billing.rules.pricing import ANY_LESSON, Per, Scope
from studio_app.billing.rules.status import Method, Settlement
from studio_app.billing.subscribers import charge_for_marks
from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import FamilyId, InvoiceId, PaymentId, SeatId
from studio_app.kit.money import Money
from studio_app.kit.outbox import adapter, event_named, is_outside, subscriber_named
from studio_app.kit.work import Work, requires
from tests.conftest import World


@requires(Permission.JOBS_RUN)
def deliver_marks(work: Work, seat_ids: Collection[SeatId]) -> None:
    charge_for_marks(work, AttendanceMarked(tuple(seat_ids)))


@requires(Permission.JOBS_RUN)
def deliver_news(work: Work, subscriber: str, payload: dict[str, Any]) -> None:
    event = adapter(event_named(payload["kind"])).validate_python(payload["event"])
    subscriber_named(subscriber)(work, event)


def pounds(amount: int) -> Money:
    return Money(amount * 100, "GBP")


class Till:
    def __init__(self, world: World) -> None:
        self.world = world
        self.heard: set[int] = set()

    def price(
        self,
        amount: Money,
        *,
        scope: Scope = ANY_LESSON,
        from_on: date = date(2026, 1, 1),
        per: Per = Per.LESSON,
        tax: TaxRate = NO_TAX,
    ) -> None:
        world = self.world
        world.run(world.olivia, set_price, amount, scope=scope, from_on=from_on, per=per, tax=tax)

    def mark(self, seat_id: SeatId, outcome: Outcome = Outcome.PRESENT) -> None:
        """Mark a seat and deliver what the register tells billing."""
        self.world.run(self.world.olivia, mark_seat, seat_id, outcome)
        self.deliver(seat_id)

    def deliver(self, *seat_ids: SeatId) -> None:
        system = Actor.system(self.world.harmony)
        self.world.run(system, deliver_marks, seat_ids)

    def hear(self) -> None:
        """Deliver what waits in the outbox to whoever is wired to it, the latest news first; not to
        those who talk to the outside world."""
        waiting = self.rows(
            "select id, args->>'subscriber', args->'payload' from procrastinate_jobs order by id"
        )
        for job, subscriber, payload in reversed(waiting):
            if job not in self.heard and not is_outside(subscriber_named(str(subscriber))):
                system = Actor.system(self.world.harmony)
                self.world.run(system, deliver_news, str(subscriber), payload)
                self.heard.add(job)

    def at(self, now: datetime) -> "Till":
        """The same till at another moment."""
        later = Till(self.world.at(now))
        later.heard = self.heard
        return later

    def bill(
        self,
        *,
        month: date = date(2026, 9, 1),
        sending: bool = True,
        leaving: Collection[SeatId] = (),
    ) -> Billed:
        world = self.world
        return world.run(
            world.olivia, bill_month, month, sending=sending, leaving=frozenset(leaving)
        )

    def pay(self, amount: Money, key: str = "k1") -> PaymentId:
        world = self.world
        return world.run(
            world.olivia,
            record_payment,
            world.family_id,
            amount,
            method=Method.BANK,
            received_on=world.now.date(),
            key=key,
        )

    def balance(self, family_id: FamilyId | None = None) -> int:
        whose: FamilyId = family_id or self.world.family_id
        return balances(self.world.as_(self.world.olivia), [whose])[whose]

    def settlement(self, invoice_id: InvoiceId) -> Settlement:
        work = self.world.as_(self.world.olivia)
        return settlements(work, [invoice_id])[invoice_id]

    def account(self, name: str) -> int:
        """What an account holds over the whole studio."""
        self.world.as_(self.world.olivia)
        query = text("select coalesce(sum(amount_minor), 0) from ledger_entry where account = :a")
        return int(self.world.connection.execute(query, {"a": name}).scalar_one())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        self.world.as_(self.world.olivia)
        return [tuple(row) for row in self.world.connection.execute(text(query))]
