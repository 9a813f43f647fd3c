"""What a billing run would do, before it does it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.access.affected import held_and_unbilled
from studio_app.billing.access.run import month_of, planned, term_of
from studio_app.billing.access.seats import seats_by_id
from studio_app.billing.access.sums import line_total
from studio_app.billing.cards import period_said
from studio_app.billing.models.invoices import Invoice, InvoiceLine
from studio_app.billing.rules.charging import Problem, SeatFacts
from studio_app.billing.rules.invoicing import Line, lines_of
from studio_app.billing.rules.planning import Span
from studio_app.billing.rules.words import Kept, recall
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_day, say_money, say_time
from studio_app.kit.ids import FamilyId, SeatId, StudentId, TermId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family


@dataclass(frozen=True, slots=True)
class LinePreview:
    title: str
    detail: str
    quantity: int
    amount: str


@dataclass(frozen=True, slots=True)
class FamilyPreview:
    """What one family would be asked for, and what is other than last time."""

    family_id: FamilyId
    family: str
    lines: tuple[LinePreview, ...]
    total: str
    total_minor: int
    last_total: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A lesson that is not recorded, or has no price: nothing is billed before it is decided."""

    seat_id: SeatId
    student_id: StudentId
    student: str
    lesson: str
    when: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class RunPreview:
    """`left`: what somebody has left for later and is no part of this run."""

    period: str
    families: tuple[FamilyPreview, ...]
    to_decide: tuple[ToDecide, ...]
    left: tuple[ToDecide, ...]
    total: str
    total_minor: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one family would be asked for, before it is said in a language."""

    family_id: FamilyId
    family: str
    lines: list[Line]
    before: list[tuple[Kept, int, int]]
    currency: str

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    def said(self, locale: str) -> FamilyPreview:
        last = sum(minor for _title, _quantity, minor in self.before)
        now = [(line.title, line.quantity) for line in self.lines]
        before = [(title, quantity) for title, quantity, _minor in self.before]
        return FamilyPreview(
            family_id=self.family_id,
            family=self.family,
            lines=tuple(self._line(line, locale) for line in self.lines),
            total=say_money(Money(self.total, self.currency), locale),
            total_minor=self.total,
            last_total=say_money(Money(last, self.currency), locale) if self.before else "",
            changes=_changes(before, now, locale),
        )

    def _line(self, line: Line, locale: str) -> LinePreview:
        title, detail = recall(line.title, locale), recall(line.detail, locale)
        amount = say_money(Money(line.minor, self.currency), locale)
        return LinePreview(title, detail, line.quantity, amount)


@requires(Permission.BILLING_VIEW)
def month_preview(work: Work, month: date, *, leaving: Collection[SeatId] = ()) -> RunPreview:
    """What `bill_month` would write."""
    return _preview(work, month_of(month), leaving)


@requires(Permission.BILLING_VIEW)
def term_preview(work: Work, term_id: TermId, *, leaving: Collection[SeatId] = ()) -> RunPreview:
    """What `bill_term` would write."""
    return _preview(work, term_of(work, term_id), leaving)


@requires(Permission.BILLING_VIEW)
def unbilled_held_lessons(work: Work) -> list[ToDecide]:
    """Lessons that were held and are not charged: they have no price yet."""
    found = seats_by_id(work, held_and_unbilled(work))
    return [_to_decide(work, seat, Problem.NO_PRICE) for seat in found]


def _preview(work: Work, span: Span, leaving: Collection[SeatId]) -> RunPreview:
    plan = planned(work, span, leaving=frozenset(leaving))
    names, last = _names(work, plan.items), _last_lines(work, plan.items)
    currency, locale = studio(work).currency, work.actor.locale
    families = [
        _Asked(family_id, names[family_id], lines_of(items), last.get(family_id, []), currency)
        for family_id, items in plan.items.items()
    ]
    shown = [each.said(locale) for each in families if each.total]
    whole = sum(each.total for each in families)
    return RunPreview(
        period=period_said(span.first, span.until, locale),
        families=tuple(sorted(shown, key=lambda family: family.family)),
        to_decide=tuple(_to_decide(work, each.seat, each.problem) for each in plan.undecided),
        left=tuple(_to_decide(work, each.seat, each.problem) for each in plan.left),
        total=say_money(Money(whole, currency), locale),
        total_minor=whole,
    )


def _to_decide(work: Work, seat: SeatFacts, problem: Problem) -> ToDecide:
    locale = work.actor.locale
    ends = say_time(seat.ends_at, studio_zone(work), locale)
    return ToDecide(
        seat_id=seat.seat_id,
        student_id=seat.student_id,
        student=seat.student,
        lesson=seat.what.say(locale),
        when=_("{day}, until {time}", day=say_day(seat.on, locale), time=ends).say(locale),
        problem=problem,
    )


def _names(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, str]:
    query = select(col(Family.id), col(Family.name)).where(col(Family.id).in_(family_ids))
    return {family_id: name for family_id, name in ask(work, query)}  # noqa: C416


def _last_lines(
    work: Work, family_ids: Collection[FamilyId]
) -> dict[FamilyId, list[tuple[Kept, int, int]]]:
    """The lines of each family's latest invoice: title, quantity, total."""
    query = (
        select(col(Invoice.family_id), func.max(col(Invoice.number)).label("number"))
        .where(col(Invoice.family_id).in_(family_ids), col(Invoice.voided_at).is_(None))
        .group_by(col(Invoice.family_id))
        .subquery()
    )
    lines = (
        select(
            col(Invoice.family_id),
            col(InvoiceLine.title),
            col(InvoiceLine.quantity),
            line_total(),
        )
        .join(query, col(Invoice.number) == query.c.number)
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .group_by(col(Invoice.id), col(InvoiceLine.id))
    )
    found: dict[FamilyId, list[tuple[Kept, int, int]]] = {}
    for family_id, title, quantity, minor in ask(work, lines):
        found.setdefault(family_id, []).append((title, quantity, int(minor)))
    return found


def _changes(
    before: list[tuple[Kept, int]], now: list[tuple[Kept, int]], locale: str
) -> tuple[str, ...]:
    """New, gone, more or fewer: what is other than on the invoice before this one."""
    if not before:
        return (_("First invoice").say(locale),)
    was, is_ = Counter[str](), Counter[str]()
    for counted, lines in ((was, before), (is_, now)):
        for title, quantity in lines:
            counted[recall(title, locale)] += quantity
    said = [
        _("{what}: {n} instead of {was}", what=what, n=is_[what], was=was[what])
        for what in sorted(was.keys() | is_.keys())
        if was[what] != is_[what]
    ]
    return tuple(text.say(locale) for text in said)
