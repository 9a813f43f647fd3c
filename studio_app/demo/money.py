"""Riverside's prices, its monthly bills, and how its families pay them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.payments import post_opening_balance, record_payment
from studio_app.billing.commands.prices import charge_fee, set_price
from studio_app.billing.queries.owing import who_owes
from studio_app.billing.rules.pricing import Scope
from studio_app.billing.rules.status import Method
from studio_app.demo.advance import bill_in_advance
from studio_app.demo.desk import Desk
from studio_app.demo.people import House
from studio_app.demo.places import Places
from studio_app.kit.ids import FamilyId, TermId
from studio_app.kit.money import Money

BILLING_DAY = 3
BOOKS = (
    ("Piano Grade 2 pieces", "9.50"), ("Rosin", "6.00"), ("Music stand", "18.00"),
    ("Exam entry, Grade 3", "52.00"), ("Guitar strings", "8.50"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """How a family pays: after how many days, which share of it, and how."""

    days: int
    share: Fraction
    method: Method


@dataclass(frozen=True, slots=True)
class Due:
    """A payment that will arrive."""

    on: date
    family_id: FamilyId
    amount: Money
    method: Method

    def is_from(self, family_id: FamilyId, day: date) -> bool:
        """This family's, and not before that day."""
        return self.family_id == family_id and self.on >= day


@dataclass
class Books:
    """Bills on the third of each month and takes the payments as they come."""

    desk: Desk
    habits: dict[FamilyId, Habit]
    terms: dict[date, TermId] = field(default_factory=dict[date, TermId])
    coming: list[Due] = field(default_factory=list[Due])
    taken: int = 0

    def day(self, day: date) -> None:
        if day in self.terms:
            bill_in_advance(self.desk.on(day, 9), self.terms[day])
            self._expect(day)
        if day.day == BILLING_DAY:
            month = day.replace(day=1) - timedelta(days=1)
            self.desk.on(day, 10).run(bill_month, month, sending=True)
            self._expect(day)
        for due in [one for one in self.coming if one.on == day]:
            self.taken += 1
            self.desk.on(day, 16).run(
                record_payment,
                due.family_id,
                due.amount,
                method=due.method,
                received_on=day,
                key=f"demo-{self.taken}",
                reference="Standing order" if due.method is Method.BANK else "Receipt book",
            )

    def _expect(self, day: date) -> None:
        """Who owes something will pay it in their own way, once."""
        desk = self.desk.on(day, 10)
        for owing in desk.run(who_owes):
            habit = self.habits.get(owing.family_id)
            if habit is None:
                continue
            promised = sum(
                due.amount.minor for due in self.coming if due.is_from(owing.family_id, day)
            )
            left = int((owing.balance_minor - promised) * habit.share)
            if left > 0:
                amount = Money(left, desk.currency)
                on = day + timedelta(days=habit.days)
                self.coming.append(Due(on, owing.family_id, amount, habit.method))


def first_unbilled_day(today: date) -> date:
    """Before this day everything has been billed and every lesson has its mark."""
    this_month = today.replace(day=1)
    if today.day > BILLING_DAY:
        return this_month
    return (this_month - timedelta(days=1)).replace(day=1)


def set_prices(desk: Desk, places: Places, *, since: date) -> None:
    for minutes, amount in ((30, "21.50"), (45, "31.00"), (60, "40.00")):
        desk.run(set_price, desk.money(amount), scope=Scope(minutes=minutes), from_on=since)
    for name, amount in (("Theory class", "11.00"), ("Ensemble", "9.50"), ("Trial lesson", "12")):
        scope = Scope(lesson_type_id=places.types[name])
        desk.run(set_price, desk.money(amount), scope=scope, from_on=since)


def habits_of(desk: Desk, houses: list[House]) -> dict[FamilyId, Habit]:
    """Most pay the whole of it by bank; a few in cash, late, in part or not yet."""
    whole = Fraction(1)
    usual = Habit(6, whole, Method.BANK)
    kinds = (
        *(usual,) * 11,
        Habit(9, whole, Method.CASH),
        Habit(13, whole, Method.BANK),
        Habit(12, whole, Method.CASH),
        Habit(25, whole, Method.BANK),
        Habit(8, Fraction(1, 2), Method.CASH),
    )
    found = {house.family_id: kinds[nth % len(kinds)] for nth, house in enumerate(houses)}
    for house in houses[20::17]:
        del found[house.family_id]  # has not paid at all yet
    shown = houses[0].family_id
    return found | {shown: Habit(8, Fraction(3, 5), Method.BANK)}


def charge_extras(desk: Desk, houses: list[House], *, since: date) -> None:
    """Books and exams for some, and what two families owed before Cadenza."""
    for nth, (what, amount) in enumerate(BOOKS):
        house, day = houses[nth * 7], since + timedelta(days=40 + 11 * nth)
        if day < desk.today:
            student_id = house.learners[0].id
            desk.on(day, 15).run(
                charge_fee, house.family_id, desk.money(amount), description=what,
                student_id=student_id,
            )  # fmt: skip
    for house, amount in ((houses[5], "43.00"), (houses[9], "-21.50")):
        sign = -1 if amount.startswith("-") else 1
        owed = desk.money(amount.lstrip("-"))
        desk.on(since, 9).run(
            post_opening_balance, house.family_id, Money(sign * owed.minor, owed.currency), since
        )
