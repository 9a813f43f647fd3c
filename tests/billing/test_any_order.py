"""Whatever is done in whatever order: the books sum to zero and each promise about them holds."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.attendance.commands import mark_seat, undo_mark
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.charging import charge_seats
from studio_app.billing.commands.invoices import issue_credit_note, send_invoice, void_invoice
from studio_app.billing.commands.ledger import post, reverse
from studio_app.billing.commands.payments import (
    post_opening_balance,
    record_payment,
    reverse_opening_balance,
    reverse_payment,
    write_off,
)
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.invariants import INVARIANTS
from studio_app.billing.queries.invoices import invoices
from studio_app.billing.rules.ledger import Account, Kind, Posting, TaxRate, owed
from studio_app.billing.rules.status import InvoiceState, Method
from studio_app.kit.errors import Refused
from studio_app.kit.ids import FamilyId, SeatId, new_id
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World

DAY = date(2026, 9, 1)
SEQUENCES = 250
"""How many sequences of commands are tried in each world."""
LONGEST = 4
KEPT = 0.03
"""The share of sequences that is kept, so that the next ones begin elsewhere."""
WORLDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 8))]
MOVEMENTS = 10_000
FAMILIES = 6
PROMISES = [each for each in INVARIANTS if "procrastinate" not in each.sql]
RATES = [TaxRate(), TaxRate(2000, included=True), TaxRate(550, included=False)]


class AnyOrder:
    """Somebody who does everything that can be done, in no order at all."""

    def __init__(self, world: World, lessons: Lessons, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = world
        students = [lessons.student(f"Student {n}") for n in range(FAMILIES)]
        self.families: list[FamilyId] = [student.family_id for student in students]
        self.seats: list[SeatId] = [
            lessons.seat(
                world.now - (place + 1) * HOUR,
                student_id=student.id,
                teacher_id=teacher_id,
            )
            for student, teacher_id in zip(
                students, [lessons.teacher(f"T{n}") for n in range(FAMILIES)], strict=True
            )
            for place in range(8)
        ]
        self.made: dict[str, list[Any]] = {"payment": [], "invoice": []}
        self.done = self.refused = 0

    def steps(self) -> dict[Callable[[Work], Any], int]:
        """What can be done, and how often."""
        return {
            self.mark: 30,
            self.undo: 10,
            self.pay: 20,
            self.fee: 10,
            self.reverse: 10,
            self.open_: 5,
            self.close: 5,
            self.send: 4,
            self.credit: 3,
            self.void: 2,
            self.give_up: 1,
        }

    def money(self) -> Money:
        return Money(self.chance.randint(-100, 9_999), "GBP")

    def mark(self, work: Work) -> None:
        seat_id = self.chance.choice(self.seats)
        mark_seat(work, seat_id, self.chance.choice(list(Outcome)))
        charge_seats(work, [seat_id])

    def undo(self, work: Work) -> None:
        seat_id = self.chance.choice(self.seats)
        undo_mark(work, seat_id)
        charge_seats(work, [seat_id])

    def pay(self, work: Work) -> None:
        self.made["payment"].append(
            record_payment(
                work,
                self.chance.choice(self.families),
                self.money(),
                method=self.chance.choice(list(Method)),
                received_on=DAY,
                key=str(self.chance.random()),
            )
        )

    def fee(self, work: Work) -> None:
        whose, tax = self.chance.choice(self.families), self.chance.choice(RATES)
        charge_fee(work, whose, self.money(), description="Book", tax=tax)

    def reverse(self, work: Work) -> None:
        reverse_payment(work, self.chance.choice(self.made["payment"]))

    def open_(self, work: Work) -> None:
        post_opening_balance(work, self.chance.choice(self.families), self.money(), DAY)

    def close(self, work: Work) -> None:
        reverse_opening_balance(work, self.chance.choice(self.families))

    def send(self, work: Work) -> None:
        send_invoice(work, self.chance.choice(self.made["invoice"]))

    def credit(self, work: Work) -> None:
        invoice_id = self.chance.choice(self.made["invoice"])
        amounts = self.chance.choice([None, {1: self.money()}])
        issue_credit_note(work, invoice_id, reason="Sorry", amounts=amounts)

    def void(self, work: Work) -> None:
        void_invoice(work, self.chance.choice(self.made["invoice"]))

    def give_up(self, work: Work) -> None:
        write_off(work, self.chance.choice(self.made["invoice"]), reason="Gone")

    def bill(self, work: Work) -> None:
        sending = self.chance.random() < 0.5
        billed = bill_month(work, DAY, leaving=frozenset(self.seats), sending=sending)
        self.made["invoice"] += billed.invoice_ids

    def sequence(self, work: Work, length: int) -> None:
        ways = self.steps()
        for step in self.chance.choices(list(ways), list(ways.values()), k=length):
            try:
                with work.session.begin_nested():
                    step(work)
                self.done += 1
            except (Refused, IndexError):
                self.refused += 1

    def try_out(self, work: Work, length: int) -> None:
        """A sequence and then all promises; mostly it is taken back again."""
        made = {kind: list(ids) for kind, ids in self.made.items()}
        attempt = work.session.begin_nested()
        self.sequence(work, length)
        work.session.flush()
        check_now(self.world)
        assert broken(self.world) == []
        assert misnamed(work) == []
        if self.chance.random() < KEPT:
            attempt.commit()
            return
        attempt.rollback()
        work.session.expunge_all()
        self.made = made


def prepare(world: World) -> None:
    """All promises in one statement that is planned once."""
    asked = [f"select {n} where exists ({each.sql})" for n, each in enumerate(PROMISES)]
    asking = f"begin return query {' union all '.join(asked)}; end"
    world.connection.execute(
        text(
            "create function pg_temp.broken_promises() returns setof int language plpgsql "
            f"as $promises$ {asking} $promises$"
        )
    )


def broken(world: World) -> list[str]:
    """The promises that do not hold."""
    found = world.connection.execute(text("select pg_temp.broken_promises()"))
    return [PROMISES[n].promise for (n,) in found]


def misnamed(work: Work) -> list[tuple[int, str]]:
    """Documents that are called paid and are not, or the other way about."""
    query = """
      select i.id, coalesce(sum(a.amount_minor), 0) as settled, (
        select sum(l.amount_minor + case when l.tax_included then 0 else l.tax_minor end)
        from invoice_line l where l.invoice_id = i.id) as total
      from invoice i left join allocation a on a.invoice_id = i.id
      where i.kind = 'invoice' and i.sent_at is not null and i.voided_at is null
      group by i.id
    """
    found = work.session.connection().execute(text(query))
    paid = {id_ for id_, settled, total in found if settled == total}
    said = invoices(work, limit=10_000)
    return [(c.number, c.state) for c in said if (c.state == InvoiceState.PAID) != (c.id in paid)]


def check_now(world: World) -> None:
    """What the database checks at the end of a transaction, it checks here."""
    for when in ("immediate", "deferred"):
        world.connection.execute(text(f"set constraints all {when}"))


@pytest.mark.parametrize("seed", WORLDS)
def test_every_promise_holds_after_each_of_many_sequences_of_commands(
    world: World, lessons: Lessons, till: Till, seed: int
) -> None:
    till.price(pounds(25), tax=RATES[2])
    anybody = AnyOrder(world, lessons, seed)
    work = world.as_(world.olivia)
    prepare(world)
    with work.session.begin():
        anybody.bill(work)
        for _nth in range(SEQUENCES):
            anybody.try_out(work, anybody.chance.randint(1, LONGEST))
    assert anybody.done > anybody.refused
    assert till.account("receivable") == sum(till.balance(f) for f in anybody.families)


def test_ten_thousand_movements_sum_to_zero_and_to_what_each_family_owes(
    world: World, lessons: Lessons, till: Till
) -> None:
    chance = random.Random(3)
    families = [lessons.student(f"Student {n}").family_id for n in range(FAMILIES)]
    expected: Counter[FamilyId] = Counter()
    standing: list[tuple[Posting, FamilyId]] = []
    against = [account for account in Account if account is not Account.RECEIVABLE]
    work = world.as_(world.olivia)
    with work.session.begin():
        for _chunk in range(MOVEMENTS // 100):
            made = [
                (_movement(chance, whose, against), whose)
                for whose in chance.choices(families, k=70)
            ]
            chance.shuffle(standing)
            undone, standing = standing[:30], standing[30:] + made
            post(work, *(posting for posting, _whose in made))
            reverse(work, [posting.id for posting, _whose in undone], on=DAY)
            for sign, moved in ((1, made), (-1, undone)):
                for posting, whose in moved:
                    expected[whose] += sign * posting.owed_minor
            check_now(world)
    assert {whose: till.balance(whose) for whose in families} == {f: expected[f] for f in families}
    assert sum(till.account(account) for account in Account) == 0


def _movement(chance: random.Random, whose: FamilyId, against: list[Account]) -> Posting:
    amount = Money(chance.randint(-99_999, 99_999), "GBP")
    entries = owed(whose, amount, chance.choice(against))
    return Posting(Kind.FEE, new_id(), DAY, _("Something"), "GBP", entries)
