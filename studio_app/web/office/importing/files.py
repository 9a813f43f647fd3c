"""Bringing people in from another program: send a file, see the files that came before."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.imports.queries.batches import BatchCard, import_batches
from studio_app.kit.formats import say_date
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.icons import tile
from studio_app.web.ui.lists import row, rows
from studio_app.web.ui.pages import columns, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.ui.uploads import drop_zone
from studio_app.web.words import _, many, say

MOST_BYTES = 5 << 20  # as the reader allows; the endpoint refuses more


@dataclass(frozen=True)
class FileLine:
    name: str = ""
    about: str = ""
    state: str = ""
    tone: str = "mute"
    href: str = ""


class FilesState(PageState, rx.State):
    files: list[FileLine] = []

    @loader
    async def load(self) -> None:
        found = await self._run(import_batches)
        locale = (await self._actor()).locale
        self.files = [_line(one, locale) for one in found]

    @handler
    async def sent(self, answer: dict[str, Any]) -> EventType[()]:
        """The file has arrived: go on with it."""
        batch_id = as_id(str(answer.get("id", "")))
        return rx.redirect(routes.filled(routes.IMPORT_FILE, batch_id=batch_id))


def _line(card: BatchCard, locale: str) -> FileLine:
    counted = many("{n} row", "{n} rows", n=card.rows_total)
    when = say_date(card.created_at.date(), locale)
    return FileLine(
        card.name,
        f"{say(card.kind.label)} · {counted} · {when}",
        say(card.state.label),
        {"applied": "ok", "undone": "mute"}.get(card.state.value, "warn"),
        routes.filled(routes.IMPORT_FILE, batch_id=card.id),
    )


def page() -> rx.Component:
    zone = drop_zone(
        _("Drop your contact list here"),
        _("A CSV file of at most 5 MB. Nothing changes before you have looked at it."),
        action="/api/v1/imports",
        accept=".csv,.txt,.tsv,text/csv",
        most_bytes=MOST_BYTES,
        on_sent=FilesState.sent,
    )
    main = stack(card(card_body(zone, class_name="pt-4")), _before())
    return office_shell(
        routes.IMPORT,
        loaded(
            FilesState,
            columns(main, _how()),
            skeleton=card(skeleton_rows(3)),
            on_retry=FilesState.load,
        ),
        title=_("Import"),
    )


def _before() -> rx.Component:
    none = empty(
        "file-up",
        _("No file yet"),
        _("Files you bring in are kept here, and can be taken back for 24 hours."),
    )

    def one(file: Any) -> rx.Component:
        return row(
            tile("file-spreadsheet"),
            rx.el.div(
                rx.el.p(file.name, class_name="t-sm font-medium truncate"),
                rx.el.p(file.about, class_name="t-xs faint truncate"),
                class_name="flex-1 min-w-0",
            ),
            rx.match(
                file.tone,
                ("ok", pill(file.state, tone="ok")),
                ("warn", pill(file.state, tone="warn")),
                pill(file.state),
            ),
            href=file.href,
        )

    return card(rows(FilesState.files, one, empty=none), title=_("Your files"))


def _how() -> rx.Component:
    told = (
        _("My Music Staff: People, Students, Export, Contact List."),
        _("TutorBird: Students, Export, Contact List."),
        _("Anything else: save the table as CSV. We find out what the columns mean."),
        _("Sending the same file twice changes nothing."),
    )
    listed = rx.el.ul(*[rx.el.li(one, class_name="t-sm dim") for one in told], class_name="dots")
    return card(card_body(listed), title=_("Where to find the file"))
