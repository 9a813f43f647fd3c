"""Whatever is done with credits, in whatever order: nothing is used twice, and the books agree."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Engine, text

from studio_app.attendance.commands import mark_seat, undo_mark
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.credits import expire_credits, restore_credit, void_credit
from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.invariants import INVARIANTS as BILLING
from studio_app.credits.invariants import INVARIANTS as CREDITS
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.access import Actor
from studio_app.kit.doctor import examine
from studio_app.kit.errors import Refused
from studio_app.kit.ids import CreditEntryId, CreditLotId, SeatId
from studio_app.kit.money import Money
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.cast import cast_of
from tests.conftest import HOUR, NOW, World
from tests.credits.purse import Purse

DAY = timedelta(days=1)
PICKS = st.integers(0, 10_000)
PROMISES = [each for each in (*BILLING, *CREDITS) if "procrastinate" not in each.sql]
OWED = """
select coalesce(sum(l.amount + coalesce((select sum(e.amount) from credit_entry e
  where e.lot_id = l.id), 0)), 0) from credit_lot l where l.kind = 'money'
"""
UNEARNED = """
select coalesce(sum(s.net_minor), 0) - coalesce((select sum(n.amount_minor) from ledger_entry n
  join ledger_transaction t on t.id = n.transaction_id where n.account = 'deferred_income'
    and t.kind in ('session_held', 'credit_expired') and not exists (
      select from ledger_transaction u where u.reverses_id = t.id)), 0) from package_sale s
"""


class CreditMachine(RuleBasedStateMachine):
    """A family with credits of every kind, and an office that changes its mind."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.transaction = self.connection.begin()
        self.world = World(self.connection, cast_of(self.connection, NOW))
        lessons = Lessons(self.world)
        self.till, self.purse = Till(self.world), Purse(self.world)
        self.till.price(pounds(25))
        self.seats: list[SeatId] = [
            lessons.seat(NOW + nth * 12 * HOUR + timedelta(minutes=5)) for nth in range(8)
        ]
        offer = Offer("Three lessons", 3, Money(1000, "GBP"), lessons.type_id, months=1)
        self.package = self.world.run(self.world.olivia, offer_package, offer)
        self.lots: list[CreditLotId] = []
        self.voided: list[CreditEntryId] = []

    def teardown(self) -> None:
        self.transaction.rollback()
        self.connection.close()

    def any_seat(self, pick: int) -> SeatId:
        return self.seats[pick % len(self.seats)]

    @rule(n=st.integers(1, 3), days=st.none() | st.integers(0, 9), money=st.booleans())
    def give(self, n: int, days: int | None, money: bool) -> None:
        kind = CreditKind.MONEY if money else CreditKind.LESSON
        until = None if days is None else self.purse.today + days * DAY
        self.lots.append(self.purse.give(n * (700 if money else 1), kind, until=until))

    @rule()
    def sell(self) -> None:
        self.world.run(self.world.olivia, sell_package, self.package, self.world.family_id)

    @rule(pick=PICKS, booked=st.booleans())
    def use(self, pick: int, booked: bool) -> None:
        with suppress(Refused):
            self.purse.use(self.any_seat(pick), booked=booked)
        self.till.deliver(self.any_seat(pick))

    @rule(amount=st.integers(1, 2000))
    def spend(self, amount: int) -> None:
        fee = Money(amount, "GBP")
        self.world.run(
            self.world.olivia, charge_fee, self.world.family_id, fee, description="A book"
        )
        with suppress(Refused):
            self.till.bill(leaving=self.seats)

    @rule(pick=PICKS, by_family=st.booleans())
    def release(self, pick: int, by_family: bool) -> None:
        self.purse.release(self.any_seat(pick), by_family=by_family)
        self.till.deliver(self.any_seat(pick))

    @rule(pick=PICKS, outcome=st.sampled_from(Outcome))
    def mark(self, pick: int, outcome: Outcome) -> None:
        with suppress(Refused):
            self.world.run(self.world.tom, mark_seat, self.any_seat(pick), outcome)
        self.till.deliver(self.any_seat(pick))

    @rule(pick=PICKS)
    def undo(self, pick: int) -> None:
        with suppress(Refused):
            self.world.run(self.world.tom, undo_mark, self.any_seat(pick))
        self.till.deliver(self.any_seat(pick))

    @precondition(lambda self: self.lots)
    @rule(pick=PICKS)
    def void(self, pick: int) -> None:
        lot = self.lots[pick % len(self.lots)]
        with suppress(Refused):
            self.voided.append(
                self.world.run(self.world.olivia, void_credit, lot, reason="A mistake")
            )

    @precondition(lambda self: self.voided)
    @rule()
    def restore(self) -> None:
        with suppress(Refused):
            self.world.run(self.world.olivia, restore_credit, self.voided.pop())

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.world = self.world.at(self.world.now + days * DAY)
        self.till, self.purse = self.till.at(self.world.now), self.purse.at(self.world.now)
        self.world.run(Actor.system(self.world.harmony), expire_credits)

    @invariant()
    def promises_hold(self) -> None:
        self.world.as_(self.world.olivia)
        assert [each.promise for each in examine(self.connection, PROMISES) if each.rows] == []

    @invariant()
    def the_books_know_what_is_owed(self) -> None:
        self.world.as_(self.world.olivia)
        assert -self.till.account("credit_owed") == self.connection.execute(text(OWED)).scalar_one()
        unearned = self.connection.execute(text(UNEARNED)).scalar_one()
        assert -self.till.account("deferred_income") == unearned


@pytest.mark.database
def test_no_sequence_breaks_a_promise_about_credits(template_engine: Engine) -> None:
    machine = type("Machine", (CreditMachine,), {"engine": template_engine})
    machine.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],  # shrinking takes many minutes: by hand
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    machine.TestCase("runTest").runTest()
