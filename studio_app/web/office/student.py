"""A student's page: who they are, when they come, who is responsible for them."""

from typing import Any

import reflex as rx

from studio_app.people.queries.students import StudentStatus
from studio_app.web import routes
from studio_app.web.office.consents import consents_card
from studio_app.web.office.guardians import guardians_card
from studio_app.web.office.messages.theirs import their_messages
from studio_app.web.office.student_credits import credits_panel
from studio_app.web.office.student_state import StudentState
from studio_app.web.office.student_tags import tags_card
from studio_app.web.office.students_fields import student_fields
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, link, link_button, submit, text_button
from studio_app.web.ui.cards import card, card_body, hint, labelled_facts
from studio_app.web.ui.dialogs import dialog_actions, form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field
from studio_app.web.ui.lists import row, rows, some
from studio_app.web.ui.pages import breadcrumb, columns, detail_head, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _, say

STATUSES = tuple(status.value for status in StudentStatus)


def page() -> rx.Component:
    state: Any = StudentState
    main = stack(_head(state), _weekly(state), _lessons(state), _notes(state))
    side = stack(
        _family(state), credits_panel(), tags_card(state), guardians_card(), consents_card()
    )
    return office_shell(
        routes.STUDENTS,
        breadcrumb((_("Students"), routes.STUDENTS)),
        loaded(
            state,
            _gone(state),
            columns(main, side),
            skeleton=skeleton_block("h-96"),
            on_retry=StudentState.load,
        ),
        title=rx.cond(state.student.name != "", state.student.name, _("Student")),
        top=[
            their_messages(state.messages),
            _edit(state),
            rx.cond(state.student.is_archived, rx.fragment(), _leave(state)),
        ],
    )


def _gone(state: Any) -> rx.Component:
    words = rx.fragment(_("This student has left and is archived."), " ", state.student.left)
    back = button(_("Take back"), "undo-2", size="sm", on_click=state.restore)
    line = rx.el.div(hint("archive", words, tone="mute"), back, class_name="flex-line mb-4")
    return rx.cond(state.student.is_archived, line, rx.fragment())


def _head(state: Any) -> rx.Component:
    student = state.student
    statuses = [(status.value, say(status.label)) for status in StudentStatus]
    choose = select_field(
        _("Status"), "status", statuses, value=student.status, on_change=state.change_status
    )
    name = rx.fragment(
        avatar(student.initials, student.colour, size="lg"),
        student.name,
        status_badge(student.status, *STATUSES),
    )
    return card(
        detail_head(name, student.instrument, choose),
        rx.fragment(
            labelled_facts(
                [
                    (_("E-mail"), _or(student.email, _("None yet"))),
                    (_("Phone"), _or(student.phone, _("None yet"))),
                    (_("Birthday"), _or(student.born, _("Not noted"))),
                    (_("First lesson on"), _or(student.since, _("Not noted"))),
                ]
            )
        ),
    )


def _or(fact: Any, nothing: str) -> rx.Component:
    return rx.cond(fact != "", fact, rx.el.span(nothing, class_name="faint"))


def _weekly(state: Any) -> rx.Component:
    add = link_button(_("Add a lesson"), state.add_weekly, "calendar-plus", size="sm")
    none = empty(
        "repeat",
        _("No weekly lesson yet"),
        _("Choose a day and a time; what is in the way is said before it is saved."),
        level=3,
    )

    def series(one: Any) -> rx.Component:
        return row(
            rx.el.span(one.when, class_name="t-sm font-medium num shrink-0"),
            rx.el.span(one.about, class_name="t-sm dim truncate"),
        )

    return card(rows(state.weekly, series, empty=none), title=_("Every week"), action=add)


def _lessons(state: Any) -> rx.Component:
    calendar = link(_("Open the calendar"), routes.CALENDAR, class_name="t-sm")
    none = empty(
        "calendar",
        _("No lessons to come"),
        _("What is put on the calendar for this student is listed here."),
        level=3,
    )

    def lesson(one: Any) -> rx.Component:
        return row(
            link(one.when, one.href, class_name="t-sm font-medium num shrink-0"),
            rx.el.span(one.about, class_name="t-sm dim truncate"),
        )

    return card(
        rows(state.lessons, lesson, empty=none), title=_("Lessons to come"), action=calendar
    )


def _notes(state: Any) -> rx.Component:
    nothing = rx.el.p(_("Nothing noted yet."), class_name="t-sm faint")
    notes = rx.el.p(state.student.notes, class_name="t-sm whitespace-pre-line")
    body = card_body(rx.cond(state.student.notes != "", notes, nothing))
    return card(body, title=_("Notes"))


def _family(state: Any) -> rx.Component:
    siblings = rx.foreach(
        state.siblings, lambda one: rx.el.li(link(one.name, one.href, class_name="t-sm tap-line"))
    )
    also = rx.fragment(
        rx.el.p(_("Also in this family"), class_name="t-xs faint mt-3"),
        rx.el.ul(siblings, class_name="grid gap-1"),
    )
    return card(
        card_body(
            link(state.student.family, state.student.family_href, class_name="tap-line"),
            rx.cond(some(state.siblings), also, rx.fragment()),
        ),
        title=_("Family"),
    )


def _edit(state: Any) -> rx.Component:
    fields = form(
        student_fields(state.faults, first=True, known=state.student),
        student_fields(state.faults, known=state.student),
        form_actions(submit(_("Save"))),
        on_submit=state.save,
    )
    opener = button(_("Edit"), "pencil")
    return named_dialog(state, "edit", fields, title=_("Edit the student"), trigger=opener)


def _leave(state: Any) -> rx.Component:
    """Putting away, guided: what still depends is said, and settled with the same tap."""
    depends = state.depends
    listed = rx.el.ul(
        rx.foreach(depends.lines, lambda line: rx.el.li(line, class_name="t-sm")),
        class_name="dots",
    )
    owes = hint(
        "receipt",
        rx.fragment(_("The family still owes"), " ", depends.owed, ". ", _("That stays.")),
        tone="warn",
    )
    label = rx.cond(depends.frees, _("Cancel these and archive"), _("Archive"))
    act = button(label, "archive", kind="danger", on_click=state.let_go)
    mistake = text_button(_("Added by mistake? Remove instead"), on_click=state.remove)
    return named_dialog(
        state,
        "leave",
        rx.cond(some(depends.lines), listed, rx.fragment()),
        rx.cond(depends.owed != "", rx.el.div(owes, class_name="mt-3"), rx.fragment()),
        rx.el.p(mistake, class_name="t-sm mt-3"),
        dialog_actions(form_actions(act, _("Keep"))),
        title=_("Does this student leave?"),
        words=_("Past lessons, marks and invoices stay. This can be undone."),
        trigger=button(_("Archive"), "archive", kind="ghost"),
    )
