"""The rows of a file in their four groups, each with its line number and what to do with it."""

from typing import Any

import reflex as rx

from studio_app.imports.queries.preview import BatchState
from studio_app.web.office.importing.shown import GROUPS
from studio_app.web.ui.badges import pill, status_badge
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, text_field
from studio_app.web.ui.lists import Column, pager, table
from studio_app.web.ui.states import empty
from studio_app.web.words import _


def rows_card(state: Any) -> rx.Component:
    none = empty("check", _("No rows here"), _("Look at another group."))
    groups = rx.el.div(
        rx.foreach(state.groups, lambda one: _chip(state, one)),
        class_name="chips",
        role="group",
        aria_label=_("Groups"),
    )
    return card(
        card_body(groups),
        table(_("Rows of the file"), _columns(state), state.rows, empty=none),
        pager(state.page_number, more=state.more, on_back=state.last_page, on_next=state.next_page),
        title=_("Row by row"),
    )


def _chip(state: Any, one: Any) -> rx.Component:
    words = rx.fragment(one.label, rx.el.span(one.count, class_name="num faint"))
    return chip(words, pressed=one.chosen, on_click=state.choose_group(one.value))


def _columns(state: Any) -> tuple[Column, ...]:
    return (
        Column(_("Who"), _who),
        Column(_("Line"), lambda row: row.line, figures=True),
        Column(_("Group"), lambda row: status_badge(row.status, *GROUPS.values())),
        Column(_("What we noticed"), _problems),
        Column(_("What happens"), lambda row: _decision(state, row)),
    )


def _who(row: Any) -> rx.Component:
    nameless = rx.el.span(_("No name"), class_name="faint")
    return rx.el.div(
        rx.el.p(rx.cond(row.name != "", row.name, nameless), class_name="font-medium"),
        rx.el.p(row.details, class_name="t-xs dim"),
    )


def _problems(row: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(row.problems, rx.el.li), class_name="t-xs dim grid gap-1")


def _decision(state: Any, row: Any) -> rx.Component:
    choose = rx.el.select(
        rx.cond(row.can_add, rx.el.option(_("Add"), value="create"), rx.fragment()),
        rx.cond(
            row.can_fill, rx.el.option(_("Fill in what is missing"), value="update"), rx.fragment()
        ),
        rx.el.option(_("Leave out"), value="skip"),
        value=row.decision,
        on_change=state.decide(row.id),
        aria_label=rx.Var.create(_("What happens with line")).to(str) + " " + row.line.to(str),
        class_name="input",
    )
    ask = rx.cond(row.can_add | row.can_fill, choose, _correct(state, row))
    result = rx.cond(row.result != "", pill(row.result), rx.fragment())
    waiting = state.file.state == BatchState.PREVIEW.value
    return rx.fragment(rx.cond(waiting, ask, result))


def _correct(state: Any, row: Any) -> rx.Component:
    """A row without a usable name is left out until somebody types one."""
    names = form(
        fields(
            text_field(
                _("First name"),
                "first_name",
                faults=state.faults,
                default_value=row.first_name,
                required=True,
            ),
            text_field(_("Surname"), "last_name", default_value=row.last_name),
        ),
        form_actions(submit(_("Add"))),
        on_submit=state.correct,
    )
    return named_dialog(
        state,
        "correct " + row.id,
        names,
        title=_("What is the name?"),
        trigger=button(_("Type the name"), "pencil", size="sm"),
    )
