"""The billing run: what it would write, what must be decided first, and writing it once."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import reflex as rx

from studio_app.attendance.commands import Outcome, mark_seat
from studio_app.billing.commands.billing_run import Billed, bill_month, bill_term
from studio_app.billing.queries.billing_run import (
    FamilyPreview,
    RunPreview,
    ToDecide,
    month_preview,
    term_preview,
)
from studio_app.kit.formats import say_month
from studio_app.kit.ids import SeatId, TermId, new_id
from studio_app.scheduling.queries.lessons import today
from studio_app.scheduling.queries.setup import terms
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_date, as_id
from studio_app.web.session import PageState
from studio_app.web.words import _, many

MONTHS = 4
"""How many months back can be chosen; whatever is older and not billed comes along anyway."""
MONTH_ENDS = 24
"""From this day on the running month is what one bills."""


@dataclass(frozen=True)
class RunLine:
    title: str = ""
    detail: str = ""
    quantity: str = ""
    amount: str = ""


@dataclass(frozen=True)
class FamilyRun:
    """What one family would be asked for, and what is other than last time."""

    family: str = ""
    href: str = ""
    total: str = ""
    last_total: str = ""
    changes: list[str] = field(default_factory=list[str])
    lines: list[RunLine] = field(default_factory=list[RunLine])


@dataclass(frozen=True)
class Undecided:
    seat_id: str = ""
    student: str = ""
    detail: str = ""
    unpriced: bool = False


class RunState(PageState, rx.State):
    spans: list[dict[str, str]] = []
    span: str = ""
    """`month 2026-10-01` or `term 0190…`"""
    period: str = ""
    families: list[FamilyRun] = []
    undecided: list[Undecided] = []
    left: int = 0
    """How many lessons are left for later."""
    left_said: str = ""
    total: str = ""
    count: str = ""
    rev: int = 0
    _leaving: list[str] = []
    key: str = ""
    """One for each preview, sent with the tap: a second tap hears what the first one did."""

    @loader
    async def load(self) -> None:
        now = await self._run(today)
        self.spans = await self._spans(now)
        self.span, self._leaving = self.span or f"month {_to_bill(now).isoformat()}", []
        await self._show()

    @handler
    async def choose(self, span: str) -> None:
        self.span, self._leaving = span, []
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def leave(self, seat_id: str) -> None:
        """Not on this run; it waits for the next one."""
        self._leaving = [*self._leaving, str(as_id(seat_id))]
        await self._show()

    @handler
    async def leave_all(self) -> None:
        self._leaving = [*self._leaving, *(one.seat_id for one in self.undecided)]
        await self._show()

    @handler
    async def decide(self, outcome: str, seat_id: str) -> None:
        """Record a lesson from here; it is billed at once if it is to be paid for."""
        self.rev += 1
        form = Form({"outcome": outcome})
        said = form.choice("outcome", Outcome)
        form.check()
        await self._run(mark_seat, SeatId(as_id(seat_id)), said)
        await self._show()

    @handler
    async def send(self, key: str) -> None:
        done = await self._bill(key, sending=True)
        await self._tell(
            many("{n} invoice sent", "{n} invoices sent", n=len(done.invoice_ids)),
            detail=_("Billed again, nothing more is written."),
        )
        await self._show()

    @handler
    async def draft(self, key: str) -> None:
        done = await self._bill(key, sending=False)
        n = len(done.invoice_ids)
        words = many("{n} draft made, nothing sent yet", "{n} drafts made, nothing sent yet", n=n)
        await self._tell(words)
        await self._show()

    async def _bill(self, key: str, *, sending: bool) -> Billed:
        leaving = tuple(SeatId(as_id(one)) for one in sorted(set(self._leaving)))
        once = f"{as_id(key)} {sending}"
        kind, about = self._asked_span()
        if kind == "term":
            asked = TermId(as_id(about))
            return await self._run_once(once, bill_term, asked, leaving=leaving, sending=sending)
        month = as_date(about)
        return await self._run_once(once, bill_month, month, leaving=leaving, sending=sending)

    async def _show(self) -> None:
        kind, about = self._asked_span()
        leaving = tuple(SeatId(as_id(one)) for one in sorted(set(self._leaving)))
        found: RunPreview
        if kind == "term":
            found = await self._run(term_preview, TermId(as_id(about)), leaving=leaving)
        else:
            found = await self._run(month_preview, as_date(about), leaving=leaving)
        self.period, self.total = found.period, found.total
        self.families = [_family(one) for one in found.families]
        self.undecided = [_undecided(one) for one in found.to_decide]
        self.count = many("{n} invoice", "{n} invoices", n=len(found.families))
        self.left = len(set(self._leaving))
        words = ("{n} lesson is left for later.", "{n} lessons are left for later.")
        self.left_said = many(*words, n=self.left) if self.left else ""
        self.key = str(new_id())

    def _asked_span(self) -> tuple[str, str]:
        kind, _space, about = self.span.partition(" ")
        return kind, about

    async def _spans(self, now: date) -> list[dict[str, str]]:
        """The last months and every term, the running one first."""
        locale = (await self._actor()).locale
        months = [now.replace(day=1)]
        while len(months) < MONTHS:
            months.append((months[-1] - timedelta(days=1)).replace(day=1))
        listed = [
            {"value": f"month {month.isoformat()}", "label": say_month(month, locale)}
            for month in months
        ]
        ahead = [one for one in await self._run(terms) if one.ends_on >= now]
        return listed + [
            {"value": f"term {one.id}", "label": _("{term}, in advance", term=one.name)}
            for one in ahead
        ]


def _to_bill(now: date) -> date:
    """The first of the month one most likely bills now: the running one once it is nearly over."""
    first = now.replace(day=1)
    return first if now.day >= MONTH_ENDS else (first - timedelta(days=1)).replace(day=1)


def _family(one: FamilyPreview) -> FamilyRun:
    return FamilyRun(
        family=one.family,
        href=routes.filled(routes.STATEMENT, family_id=one.family_id),
        total=one.total,
        last_total=one.last_total,
        changes=list(one.changes),
        lines=[
            RunLine(line.title, line.detail, str(line.quantity), line.amount) for line in one.lines
        ],
    )


def _undecided(one: ToDecide) -> Undecided:
    unpriced = one.problem.value == "no_price"
    return Undecided(str(one.seat_id), one.student, f"{one.lesson} · {one.when}", unpriced)
