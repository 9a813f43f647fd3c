"""The page of one file, from checking to the list of what is left to do."""

from typing import Any

import reflex as rx

from studio_app.imports.queries.preview import BatchState
from studio_app.web import routes
from studio_app.web.office.importing.columns import columns_card
from studio_app.web.office.importing.file_state import FileState
from studio_app.web.office.importing.leftovers import leftovers
from studio_app.web.office.importing.openings import openings
from studio_app.web.office.importing.preview import rows_card
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.charts import progress
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.pages import breadcrumb, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = FileState
    body = rx.match(
        state.file.state,
        (BatchState.CHECKING.value, _checking(state)),
        (BatchState.PREVIEW.value, _preview(state)),
        (BatchState.APPLIED.value, _applied(state)),
        (BatchState.UNDONE.value, _undone(state)),
        skeleton_block("h-96"),
    )
    return office_shell(
        routes.IMPORT,
        breadcrumb((_("Import"), routes.IMPORT)),
        loaded(state, body, skeleton=skeleton_block("h-96"), on_retry=FileState.load),
        title=rx.cond(state.file.name != "", state.file.name, _("Import")),
    )


def _checking(state: Any) -> rx.Component:
    return card(
        card_body(
            rx.el.p(state.file.progress, class_name="t-sm dim mb-3"),
            progress(state.file.share, _("Rows checked")),
            rx.el.p(
                _("You can leave this page: the file waits for you."), class_name="t-xs faint mt-3"
            ),
        ),
        title=_("Checking the file"),
    )


def _preview(state: Any) -> rx.Component:
    return stack(_summary(state), columns_card(state), rows_card(state), openings(is_applied=False))


def _summary(state: Any) -> rx.Component:
    file = state.file
    apply = button(_("Import now"), "check", kind="primary", size="lg", on_click=state.apply)
    forget = confirm(
        title=_("Forget this file?"),
        words=_("Nothing of it has been imported, and nothing will be."),
        action=_("Forget it"),
        on_confirm=state.discard,
        trigger=button(_("Forget this file"), kind="ghost"),
    )
    nameless = _("No column says what the students are called. Choose one below.")
    return card(
        card_body(
            rx.el.p(file.expected, class_name="t-h2"),
            rx.el.p(_("Nothing has changed yet. "), file.how_read, class_name="t-sm dim mt-1"),
            _warning(file.before, "history", _("This very file was imported on"), file.before),
            _warning(
                file.withheld,
                "key-round",
                _("Passwords were found and not kept. Lines:"),
                file.withheld,
            ),
            _warning(
                file.new_teachers,
                "user-plus",
                _("Teachers who are not here yet and are added with the file:"),
                file.new_teachers,
            ),
            rx.cond(
                file.nameless,
                rx.el.div(hint("circle-alert", nameless, tone="bad"), class_name="mt-3"),
                rx.el.div(apply, forget, class_name="flex flex-wrap items-center gap-2 mt-4"),
            ),
        ),
        title=rx.fragment(_("What would happen"), " · ", file.kind),
    )


def _warning(shown: Any, icon_name: str, words: str, fact: Any) -> rx.Component:
    line = hint(icon_name, rx.fragment(words, " ", fact), tone="warn")
    return rx.cond(shown != "", rx.el.div(line, class_name="mt-3"), rx.fragment())


def _applied(state: Any) -> rx.Component:
    undo = confirm(
        title=_("Take this import back?"),
        words=_(
            "Everybody it added is removed, what it filled in is blank again. Whoever was "
            "changed or used since stays."
        ),
        action=_("Take it back"),
        on_confirm=state.take_back,
        trigger=button(_("Take back"), "undo-2"),
    )
    until = rx.el.span(_("Can be taken back until"), " ", state.file.undo_until)
    line = rx.el.div(undo, rx.el.span(until, class_name="t-sm dim"), class_name="flex-line mt-4")
    done = card(
        card_body(
            rx.el.p(state.file.result, class_name="t-h2"),
            rx.cond(state.file.undo_until != "", line, rx.fragment()),
        ),
        title=_("Imported"),
    )
    return stack(done, leftovers(), openings(is_applied=True), rows_card(state))


def _undone(state: Any) -> rx.Component:
    return card(
        card_body(
            rx.el.p(_("This import was taken back."), class_name="t-h2"),
            rx.el.p(state.file.kept, class_name="t-sm dim mt-1"),
        ),
        title=_("Taken back"),
    )
