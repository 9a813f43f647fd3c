"""A billing run: what it would write, what must be decided first, and writing it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
from studio_app.web.inputs import as_choice, as_date, as_id
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.forms import select_field
from studio_app.web.ui.lists import Column, acting_row, rows, some, table
from studio_app.web.ui.pages import breadcrumb, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
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
    written: str = ""
    busy: bool = False
    _leaving: list[str] = []
    _key: str = ""

    @loader
    async def load(self) -> None:
        on = await self._run(today)
        locale = (await self._actor()).locale
        months = _months(on)
        self.span = self.span or months[0].isoformat()
        self._leaving, self.written = [], ""
        await self._look()
        self.spans = [{"value": m.isoformat(), "label": say_month(m, locale)} for m in months]
        for term in await self._run(terms):
            self.spans.append({"value": str(term.id), "label": term.name})

    @handler
    async def choose(self, span: str) -> None:
        self.span, self._leaving, self.written = span, [], ""
        await self._look()

    @handler
    async def mark(self, seat_id: str, outcome: str) -> None:
        await self._run(mark_seat, SeatId(as_id(seat_id)), as_choice(outcome, Outcome))
        await self._look()

    @handler
    async def leave(self, seat_id: str) -> None:
        """Not in this run: the lesson stays to be billed later."""
        self._leaving = [*self._leaving, str(as_id(seat_id))]
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
        leaving = self._seats()
        if len(self.span) == len("2026-09-01"):
            month = as_date(self.span)
            return await self._run_once(
                self._key, bill_month, month, leaving=leaving, sending=sending
            )
        term = TermId(as_id(self.span))
        return await self._run_once(self._key, bill_term, term, leaving=leaving, sending=sending)

    async def _look(self) -> None:
        leaving, self._key = self._seats(), str(new_id())
        if len(self.span) == len("2026-09-01"):
            found = await self._run(month_preview, as_date(self.span), leaving=leaving)
        else:
            found = await self._run(term_preview, TermId(as_id(self.span)), leaving=leaving)
        self._show(found)

    def _show(self, found: RunPreview) -> None:
        self.period, self.total = found.period, found.total
        self.families = [_family(one) for one in found.families]
        self.undecided = [_undecided(one) for one in found.to_decide]

    def _seats(self) -> list[SeatId]:
        return [SeatId(as_id(seat_id)) for seat_id in self._leaving]


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
    return office_shell(
        routes.BILLING,
        loaded(
            RunState,
            stack(_choice(), _to_decide(), _preview()),
            skeleton=card(skeleton_rows(8)),
            on_retry=RunState.load,
        ),
        title=_("Billing run"),
        top=[breadcrumb((_("Billing"), routes.BILLING))],
    )


def _choice() -> rx.Component:
    done = rx.el.div(
        hint("circle-check", RunState.written, tone="ok"),
        link_button(_("To the invoices"), routes.BILLING, "receipt"),
        class_name="flex flex-wrap gap-3 items-center mt-3",
        role="status",
    )
    return card(
        card_body(
            select_field(
                _("Bill the lessons of"),
                "span",
                RunState.spans,
                value=RunState.span,
                on_change=RunState.choose,
                hint=_(
                    "Anything left from before is included. Running it twice bills nothing twice."
                ),
            ),
            rx.cond(RunState.written != "", done, rx.fragment()),
            class_name="pt-4",
        ),
    )


def _to_decide() -> rx.Component:
    def one(each: Any) -> rx.Component:
        said = rx.el.div(
            rx.el.div(each.student, " · ", each.lesson, class_name="t-sm font-medium"),
            rx.el.div(each.when, " · ", each.why, class_name="t-xs faint"),
            class_name="flex-1 min-w-0",
        )
        marks = rx.fragment(
            button(_("Present"), size="sm", on_click=RunState.mark(each.seat_id, "present")),
            button(_("No-show"), size="sm", on_click=RunState.mark(each.seat_id, "no_show")),
            button(_("Excused"), size="sm", on_click=RunState.mark(each.seat_id, "excused")),
        )
        later = button(
            _("Leave for later"), kind="ghost", size="sm", on_click=RunState.leave(each.seat_id)
        )
        return acting_row(
            said,
            rx.el.div(
                rx.cond(each.unrecorded, marks, link(_("Set a price"), routes.PRICES)),
                later,
                class_name="flex flex-wrap gap-2",
            ),
        )

    why = hint(
        "circle-alert",
        _("Present and no-show are billed, excused is not. What is left for later comes back."),
    )
    listed = card(
        card_body(why),
        rows(RunState.undecided, one, empty=rx.fragment()),
        title=_("Decide these first"),
    )
    return rx.cond(some(RunState.undecided), listed, rx.fragment())


def _preview() -> rx.Component:
    def what(each: Any) -> rx.Component:
        changed = rx.el.div(each.changes, class_name="t-xs faint")
        return rx.el.div(rx.el.div(each.lines, class_name="t-sm"), changed)

    cells = (
        Column(_("Family"), lambda each: link(each.family, each.href)),
        Column(_("Lessons"), what),
        Column(_("Last time"), lambda each: rx.el.span(each.before), figures=True),
        Column(_("Now"), lambda each: rx.el.span(each.total), figures=True),
    )
    nothing = empty(
        "circle-check",
        _("Nothing to bill"),
        _("Every lesson that was held in this time is on an invoice."),
    )
    waits = some(RunState.undecided)
    send = button(
        _("Write and send"),
        "send",
        kind="primary",
        disabled=waits,
        on_click=RunState.write_and_send,
    )
    keep = button(_("Write drafts"), "pencil", disabled=waits, on_click=RunState.write)
    foot = rx.el.div(
        rx.el.span(
            _("Together"), " ", rx.el.b(RunState.total, class_name="num"), class_name="flex-1"
        ),
        keep,
        send,
        class_name="row flex-wrap",
    )
    return card(
        table(_("What will be billed"), cells, RunState.families, empty=nothing),
        rx.cond(some(RunState.families), foot, rx.fragment()),
        title=RunState.period,
    )
