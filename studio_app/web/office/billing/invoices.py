"""Every document, the newest first, narrowed by what is still open."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.billing.commands.invoices import send_drafts
from studio_app.billing.queries.invoices import invoices
from studio_app.scheduling.queries.lessons import today
from studio_app.web import routes
from studio_app.web.documents import DocumentRow, row_of
from studio_app.web.handlers import handler, loader
from studio_app.web.office.billing.frame import billing_shell
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import option, segmented
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.documents import document_badges
from studio_app.web.ui.lists import Column, pager, some, table, toolbar
from studio_app.web.ui.live import live
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many

PAGE = 50
FILTERS: dict[str, dict[str, bool]] = {
    "all": {},
    "open": {"only_open": True},
    "overdue": {"only_open": True},
    "drafts": {"only_drafts": True},
}


class InvoicesState(PageState, rx.State):
    rows: list[DocumentRow] = []
    kept: str = "all"
    more: bool = False
    page_number: int = 1
    has_drafts: bool = False
    _starts: list[int] = [0]
    _last: int = 0

    @loader
    async def load(self) -> None:
        asked = self._asked("show", "all")
        self.kept = asked if asked in FILTERS else "all"
        await self._show([0])

    @handler
    async def look_again(self) -> None:
        await self._show(self._starts)

    @handler
    async def keep(self, kept: str, marker: str) -> None:
        self.kept = kept if kept in FILTERS else "all"
        await self._show([0])

    @handler
    async def next_page(self) -> None:
        await self._show([*self._starts, self._last] if self.more else self._starts)

    @handler
    async def last_page(self) -> None:
        await self._show(self._starts[:-1] or [0])

    @handler
    async def send_all(self) -> EventType[()]:
        """Every draft goes out; sent twice, the second finds none left."""
        sent = await self._run(send_drafts)
        await self._tell(many("{n} document sent", "{n} documents sent", n=len(sent)))
        return InvoicesState.look_again

    async def _show(self, starts: list[int]) -> None:
        late = await self._run(today) if self.kept == "overdue" else None
        asked = {**FILTERS[self.kept], "due_before": late, "before_number": starts[-1] or None}
        found = await self._run(invoices, limit=PAGE + 1, **asked)
        self.rows = [row_of(card, to=routes.INVOICE) for card in found[:PAGE]]
        self.more = len(found) > PAGE
        self._last = found[PAGE - 1].number if self.more else 0
        self._starts, self.page_number = starts, len(starts)
        self.has_drafts = bool(await self._run(invoices, only_drafts=True, limit=1))


def page() -> rx.Component:
    state: Any = InvoicesState
    kinds = [
        option("all", _("All")),
        option("open", _("Open")),
        option("overdue", _("Overdue")),
        option("drafts", _("Drafts")),
    ]
    choose = segmented(_("Show"), state.kept, kinds, on_choose=state.keep)
    return billing_shell(
        routes.BILLING_INVOICES,
        loaded(
            state,
            card(
                card_body(toolbar(choose), class_name="pt-4"),
                table(_("Invoices"), _columns(), state.rows, empty=_none(state)),
                pager(
                    state.page_number,
                    more=state.more,
                    on_back=InvoicesState.last_page,
                    on_next=InvoicesState.next_page,
                ),
            ),
            skeleton=card(skeleton_rows(8)),
            on_retry=InvoicesState.load,
        ),
        live("invoice", "payment", on_change=InvoicesState.look_again),
        top=[rx.cond(state.has_drafts, _send_all(), rx.fragment())],
    )


def _send_all() -> rx.Component:
    return confirm(
        title=_("Send every draft?"),
        words=_("From now on they are due; only a credit note can correct them."),
        action=_("Send every draft"),
        on_confirm=InvoicesState.send_all,
        trigger=button(_("Send drafts"), "send", kind="primary"),
        kind="primary",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Document"), lambda row: link(row.title, row.href)),
        Column(_("Family"), lambda row: row.family),
        Column(_("Period"), lambda row: row.period),
        Column(_("Status"), lambda row: document_badges(row.statuses)),
        Column(_("Due"), lambda row: row.due),
        Column(_("Total"), lambda row: row.total, figures=True),
        Column(_("Balance due"), lambda row: row.balance_due, figures=True),
    )


def _none(state: Any) -> rx.Component:
    first = empty(
        "receipt",
        _("No invoices yet"),
        _("The billing run makes them from what was taught."),
        link_button(_("Look at the billing run"), routes.BILLING_RUN, "receipt", kind="primary"),
        level=2,
    )
    filtered = empty("circle-check", _("None like that"), _("Look at all of them."), level=2)
    return rx.cond((state.kept == "all") & ~some(state.rows), first, filtered)
