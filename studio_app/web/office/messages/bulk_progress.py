"""What became of a text for many: counted live, failures by name, tried again in one tap."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.ids import BulkId
from studio_app.messaging.commands.resending import retry_bulk
from studio_app.messaging.queries.bulk import BulkProgress, bulk_progress
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.office.messages.log_state import MessageLine, line_of
from studio_app.web.session import PageState
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import card, card_body, hint, stat_card, stats
from studio_app.web.ui.charts import progress
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, detail_head, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_cards, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class ProgressShown:
    subject: str = ""
    about: str = ""
    body: str = ""
    all: int = 1
    done: int = 0
    said: str = ""
    sent: str = ""
    waiting: str = ""
    failed: str = ""
    doubtful: str = ""
    skipped: str = ""
    has_failed: bool = False
    has_doubtful: bool = False


class BulkProgressState(PageState, rx.State):
    shown: ProgressShown = ProgressShown()
    lost: list[MessageLine] = []

    @loader
    async def load(self) -> None:
        await self._again()

    @handler
    async def look_again(self) -> None:
        await self._again()

    @handler
    async def try_again(self) -> None:
        n = await self._run(retry_bulk, BulkId(self._path_id("bulk_id")))
        await self._again()
        words = many(
            "{n} message is on its way again.", "{n} messages are on their way again.", n=n
        )
        await self._tell(words)

    async def _again(self) -> None:
        found = await self._run(bulk_progress, BulkId(self._path_id("bulk_id")))
        self.shown = _shown(found)
        self.lost = [line_of(row) for row in found.lost]


def _shown(found: BulkProgress) -> ProgressShown:
    card_of = found.card
    people = many("{n} person", "{n} people", n=card_of.recipients)
    return ProgressShown(
        subject=card_of.subject,
        about=" · ".join(part for part in (card_of.when, people, card_of.by) if part),
        body=found.body,
        all=found.all + found.people - found.prepared or 1,
        done=found.done,
        said=_said(found),
        sent=str(found.sent),
        waiting=str(found.waiting),
        failed=str(found.failed),
        doubtful=str(found.doubtful),
        skipped=str(found.skipped),
        has_failed=found.failed > 0,
        has_doubtful=found.doubtful > 0,
    )


def _said(found: BulkProgress) -> str:
    if found.is_being_prepared:
        ready, people = found.prepared, found.people
        return _("Being prepared: {ready} of {people} people so far", ready=ready, people=people)
    return _("{done} of {all} messages have left", done=found.done, all=found.all)


def page() -> rx.Component:
    state: Any = BulkProgressState
    return office_shell(
        routes.MESSAGES,
        breadcrumb((_("Messages"), routes.MESSAGES), (_("Write to many"), routes.WRITE_TO_MANY)),
        loaded(
            state,
            stack(_head(state), _figures(state), _lost(state)),
            skeleton=stack(skeleton_cards(4), card(skeleton_rows(4))),
            on_retry=state.load,
        ),
        live("message", "bulk", on_change=state.look_again),
        title=_("Sent to many"),
    )


def _head(state: Any) -> rx.Component:
    shown = state.shown
    return card(
        detail_head(shown.subject, shown.about),
        card_body(
            rx.el.p(shown.said, class_name="t-sm num mb-2", role="status"),
            progress(shown.done, shown.said, most=shown.all),
            rx.el.p(shown.body, class_name="t-sm dim whitespace-pre-line wrap-anywhere mt-4"),
            class_name="pt-4",
        ),
    )


def _figures(state: Any) -> rx.Component:
    shown = state.shown
    failed = rx.cond(
        shown.has_failed,
        stat_card(_("Failed"), shown.failed, note=_("can be tried again"), tone="bad"),
        stat_card(_("Failed"), shown.failed),
    )
    doubtful = rx.cond(
        shown.has_doubtful,
        stat_card(_("Nobody knows"), shown.doubtful, note=_("handed over, no answer"), tone="warn"),
        stat_card(_("Nobody knows"), shown.doubtful),
    )
    return stats(
        stat_card(_("Sent"), shown.sent),
        stat_card(_("Waiting"), shown.waiting),
        failed,
        doubtful,
        rx.cond(
            shown.skipped != "0",
            stat_card(_("Not needed"), shown.skipped, note=_("their reason is in the log")),
            rx.fragment(),
        ),
    )


def _lost(state: Any) -> rx.Component:
    columns = (
        Column(_("To"), lambda row: link(row.who, routes.MESSAGES + "?message=" + row.id)),
        Column(_("Way"), lambda row: rx.el.span(row.way)),
        Column(_("Status"), lambda row: status_badge(row.status, "failed", "doubtful")),
        Column(_("Why"), lambda row: rx.el.span(row.reason, class_name="t-sm dim")),
    )
    none = empty(
        "circle-check",
        _("Everything that has left has arrived"),
        _("What fails is listed here, with the reason."),
        level=2,
    )
    again = button(
        _("Try the failed ones again"), "rotate-cw", kind="primary", on_click=state.try_again
    )
    doubt = hint(
        "circle-help",
        _(
            "Of some nobody knows whether they arrived, so they are not sent again together: "
            "open one to decide."
        ),
        tone="warn",
    )
    return card(
        rx.cond(state.shown.has_doubtful, card_body(doubt), rx.fragment()),
        table(_("What did not arrive"), columns, state.lost, empty=none),
        title=_("What did not arrive"),
        action=rx.cond(state.shown.has_failed, again, rx.fragment()),
    )
