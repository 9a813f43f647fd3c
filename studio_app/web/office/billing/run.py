"""A billing run: what it would write, what must be decided first, and writing it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from studio_app.attendance.commands import Outcome, leave_for_later, mark_seat, take_up_again
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
from studio_app.web.inputs import as_choice, as_date, as_id
from studio_app.web.office.billing.run_drawing import (
    choice_card,
    left_card,
    preview_card,
    to_decide_card,
)
from studio_app.web.session import PageState
from studio_app.web.ui.cards import card
from studio_app.web.ui.pages import breadcrumb, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _, many

MONTHS = 4


@dataclass(frozen=True)
class FamilyLine:
    family: str = ""
    href: str = ""
    lines: str = ""
    total: str = ""
    before: str = ""
    changes: str = ""


@dataclass(frozen=True)
class Undecided:
    seat_id: str = ""
    student: str = ""
    lesson: str = ""
    when: str = ""
    why: str = ""
    unrecorded: bool = True


class RunState(PageState, rx.State):
    spans: list[dict[str, str]] = []
    """What can be billed: months and terms, as options of a list."""
    span: str = ""
    period: str = ""
    total: str = ""
    families: list[FamilyLine] = []
    undecided: list[Undecided] = []
    left: list[Undecided] = []
    """What somebody has left for later: no part of this run."""
    written: str = ""
    busy: bool = False
    _key: str = ""

    @loader
    async def load(self) -> None:
        on = await self._run(today)
        locale = (await self._actor()).locale
        months = _months(on)
        self.span = self.span or months[0].isoformat()
        self.written = ""
        await self._look()
        self.spans = [{"value": m.isoformat(), "label": say_month(m, locale)} for m in months]
        for term in await self._run(terms):
            self.spans.append({"value": str(term.id), "label": term.name})

    @handler
    async def choose(self, span: str) -> None:
        self.span, self.written = span, ""
        await self._look()

    @handler
    async def mark(self, outcome: str, seat_id: str) -> None:
        await self._run(mark_seat, SeatId(as_id(seat_id)), as_choice(outcome, Outcome))
        await self._look()

    @handler
    async def leave(self, seat_id: str) -> None:
        """Not in this run, nor in any other for two weeks: the lesson stays to be billed later."""
        await self._run(leave_for_later, [SeatId(as_id(seat_id))])
        await self._look()
        words = _("Left for later: it is asked about again in two weeks.")
        await self._tell(words, undo=RunState.take_up(seat_id))

    @handler
    async def take_up(self, seat_id: str) -> None:
        """To be decided in this run after all."""
        await self._run(take_up_again, [SeatId(as_id(seat_id))])
        await self._look()

    @handler
    async def write(self) -> None:
        billed = await self._bill(sending=False)
        self.written = _written(billed)
        await self._look()

    @handler
    async def write_and_send(self) -> None:
        billed = await self._bill(sending=True)
        self.written = _written(billed)
        await self._tell(self.written)
        await self._look()

    async def _bill(self, *, sending: bool) -> Billed:
        if len(self.span) == len("2026-09-01"):
            month = as_date(self.span)
            return await self._run_once(self._key, bill_month, month, sending=sending)
        term = TermId(as_id(self.span))
        return await self._run_once(self._key, bill_term, term, sending=sending)

    async def _look(self) -> None:
        self._key = str(new_id())
        if len(self.span) == len("2026-09-01"):
            found = await self._run(month_preview, as_date(self.span))
        else:
            found = await self._run(term_preview, TermId(as_id(self.span)))
        self._show(found)

    def _show(self, found: RunPreview) -> None:
        self.period, self.total = found.period, found.total
        self.families = [_family(one) for one in found.families]
        self.undecided = [_undecided(one) for one in found.to_decide]
        self.left = [_undecided(one) for one in found.left]


def _months(on: date) -> list[date]:
    """This month and the ones before it, the present first."""
    found = [on.replace(day=1)]
    while len(found) < MONTHS:
        last = found[-1]
        found.append(
            last.replace(year=last.year - 1, month=12)
            if last.month == 1
            else last.replace(month=last.month - 1)
        )
    return found


def _family(one: FamilyPreview) -> FamilyLine:
    return FamilyLine(
        family=one.family,
        href=routes.filled(routes.FAMILY, family_id=one.family_id),
        lines=" · ".join(f"{line.title} × {line.quantity}" for line in one.lines),
        total=one.total,
        before=one.last_total,
        changes=" · ".join(one.changes),
    )


def _undecided(one: ToDecide) -> Undecided:
    unrecorded = one.problem.value == "unrecorded"
    return Undecided(
        seat_id=str(one.seat_id),
        student=one.student,
        lesson=one.lesson,
        when=one.when,
        why=_("Not recorded") if unrecorded else _("No price"),
        unrecorded=unrecorded,
    )


def _written(billed: Billed) -> str:
    n = len(billed.invoice_ids)
    if not n:
        return _("Nothing left to bill: everything is on an invoice already.")
    return many("{n} invoice is written.", "{n} invoices are written.", n=n)


def page() -> rx.Component:
    state: Any = RunState
    return office_shell(
        routes.BILLING,
        loaded(
            RunState,
            stack(choice_card(state), to_decide_card(state), preview_card(state), left_card(state)),
            skeleton=card(skeleton_rows(8)),
            on_retry=RunState.load,
        ),
        title=_("Billing run"),
        top=[breadcrumb((_("Billing"), routes.BILLING))],
    )
