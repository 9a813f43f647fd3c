"""What a billing run would write: worked out once, shown by the preview, done by the run."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby

from studio_app.billing.rules.charging import (
    Problem,
    SeatFacts,
    charge,
    charge_again,
    costs_otherwise,
    problem_of,
    should_be_charged,
    undo_charge,
)
from studio_app.billing.rules.invoicing import Item
from studio_app.billing.rules.ledger import Account, Posting
from studio_app.billing.rules.pricing import Mode, Per, Price, RateCard
from studio_app.billing.rules.prorating import per_lesson, prorated
from studio_app.billing.rules.words import keep
from studio_app.kit.ids import FamilyId, SeatId
from studio_app.kit.money import Money


@dataclass(frozen=True, slots=True)
class Span:
    """What a run bills: the days in [first, until), and whether a term of them is sold."""

    first: date
    until: date
    selling: bool = False


@dataclass(frozen=True, slots=True)
class Undecided:
    seat: SeatFacts
    problem: Problem


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be posted, what is to be billed to whom, and what somebody must decide."""

    postings: list[Posting] = field(default_factory=list[Posting])
    items: dict[FamilyId, list[Item]] = field(default_factory=dict[FamilyId, list[Item]])
    undecided: list[Undecided] = field(default_factory=list[Undecided])
    left: list[Undecided] = field(default_factory=list[Undecided])
    """What somebody has left for later."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the plan is made under: selling a term or not, from which day, in which currency."""

    on: date
    now: datetime
    currency: str
    card: RateCard
    selling: bool = False
    lessons_in_term: Mapping[SeatId, int] = field(default_factory=dict[SeatId, int])

    def price_of(self, seat: SeatFacts) -> Price | None:
        """The price of a seat; a term's price only where it is known how long the term is."""
        price = self.card.price(seat.scope, seat.on)
        if price and price.per is Per.TERM and seat.seat_id not in self.lessons_in_term:
            return None
        return price


def plan(
    seats: Sequence[SeatFacts],
    standing: Mapping[FamilyId, Sequence[Item]],
    terms: Terms,
    *,
    leaving: Collection[SeatId] = (),
    left: Collection[SeatId] = (),
) -> Plan:
    """Charge what should be charged, undo what should not, and gather what is not billed yet.

    `standing` is what the books already hold and no invoice asks for. Seats in `leaving`
    were decided to wait in this run; those in `left` wait as long as something is the matter.
    """
    made = Plan()
    named = [seat for seat in seats if seat.seat_id not in leaving]
    considered = _considered(named, terms, made, frozenset(left))
    asked: dict[FamilyId, dict[object, Item]] = defaultdict(dict)
    for family, items in standing.items():
        asked[family] = {item.transaction_id: item for item in items}
    for seat, posting in changes(considered, terms):
        made.postings.append(posting)
        open_ = asked[posting.family_id]
        if posting.reverses_id in open_:
            del open_[posting.reverses_id]  # neither it nor its reversal was ever billed
        else:
            open_[posting.id] = as_item(posting, seat)
    made.items.update({family: list(open_.values()) for family, open_ in asked.items() if open_})
    return made


def _considered(
    seats: Iterable[SeatFacts], terms: Terms, made: Plan, left: Collection[SeatId]
) -> list[SeatFacts]:
    """All but those with which something is the matter and that were left for later."""
    considered: list[SeatFacts] = []
    for seat in seats:
        problem = problem_of(seat, terms.price_of(seat), now=terms.now)
        waits = problem is not None and seat.seat_id in left
        if problem:
            (made.left if waits else made.undecided).append(Undecided(seat, problem))
        if not waits:
            considered.append(seat)
    return considered


def changes(seats: Iterable[SeatFacts], terms: Terms) -> Iterable[tuple[SeatFacts, Posting]]:
    """The postings that bring the books in line with what became of these seats."""
    new: list[SeatFacts] = []
    for seat in seats:
        wanted = should_be_charged(seat, selling=terms.selling)
        again = wanted and costs_otherwise(seat, terms.price_of(seat))
        if wanted and seat.charged is None and seat.sold:
            sold = replace(seat.sold, minor=_ruled(seat, seat.sold.minor))
            yield seat, charge_again(seat, sold, terms.currency, on=terms.on)
        elif wanted and (seat.charged is None or again):
            new.append(seat)
        if seat.charged is not None and (again or not wanted):
            yield seat, undo_charge(seat, seat.charged, terms.currency, on=terms.on)
    yield from _charges(new, terms)


def as_item(posting: Posting, seat: SeatFacts) -> Item:
    return Item(
        transaction_id=posting.id,
        on=seat.on,
        minor=posting.owed_minor,
        words=keep(posting.words),
        tax=posting.tax,
        student_id=seat.student_id,
        student=seat.student,
        account=next(e.account for e in posting.entries if e.account is not Account.RECEIVABLE),
    )


def _charges(seats: Iterable[SeatFacts], terms: Terms) -> Iterable[tuple[SeatFacts, Posting]]:
    priced = [(seat, price) for seat in seats if (price := terms.price_of(seat))]
    priced.sort(key=lambda pair: (str(pair[0].enrolment_id), str(pair[1].id), pair[0].on))
    for _key, group in groupby(priced, key=lambda pair: (pair[0].enrolment_id, pair[1].id)):
        yield from _charges_of_one_kind(list(group), terms)


def _charges_of_one_kind(
    group: list[tuple[SeatFacts, Price]], terms: Terms
) -> Iterable[tuple[SeatFacts, Posting]]:
    """Charges of one enrolment at one price: here a term's price is divided."""
    first, price = group[0]
    lessons = len(group)
    of = terms.lessons_in_term.get(first.seat_id, lessons)
    words = first.what
    if first.mode is Mode.ADVANCE and terms.selling:
        words = prorated(words, lessons=lessons, of=of)
    amounts = [price.amount] * lessons
    if price.per is Per.TERM:
        amounts = per_lesson(price.amount, lessons=lessons, of=max(of, lessons))
    for (seat, _price), amount in zip(group, amounts, strict=True):
        on = seat.on if seat.mode is Mode.ARREARS else terms.on
        due = Money(_ruled(seat, amount.minor), amount.currency)
        yield seat, charge(seat, price, due, on=on, words=words)


def _ruled(seat: SeatFacts, minor: int) -> int:
    """What was decided in the place of what the lesson would cost."""
    said = seat.ruled.minor if seat.ruled else None
    return minor if said is None else said
