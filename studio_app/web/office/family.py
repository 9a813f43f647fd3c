"""A family's page: its account, its children, who pays and who hears of what."""

from typing import Any

import reflex as rx

from studio_app.people.queries.families import StudentStatus
from studio_app.web import routes
from studio_app.web.office.family_billing import billing_panel
from studio_app.web.office.family_state import FamilyState
from studio_app.web.office.messages.theirs import their_messages
from studio_app.web.office.students_adding import add_student_button
from studio_app.web.ui.avatars import person
from studio_app.web.ui.badges import pill, status_badge
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import form, switch, text_area, text_field
from studio_app.web.ui.lists import row, rows
from studio_app.web.ui.pages import breadcrumb, columns, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _

STATUSES = tuple(status.value for status in StudentStatus)


def page() -> rx.Component:
    state: Any = FamilyState
    money = billing_panel(state.family.id, state.family.balance, state.family.standing)
    main = stack(_children(state), _hears(state))
    side = stack(
        rx.cond(state.family.shows_money, money, rx.fragment()), _payers(state), _about(state)
    )
    return office_shell(
        routes.FAMILIES,
        breadcrumb((_("Families"), routes.FAMILIES)),
        loaded(
            state,
            columns(main, side),
            skeleton=skeleton_block("h-96"),
            on_retry=FamilyState.load,
        ),
        title=rx.cond(state.family.name != "", state.family.name, _("Family")),
        top=[their_messages(f"{routes.MESSAGES}?family=" + state.family.id), _edit(state)],
    )


def _children(state: Any) -> rx.Component:
    nobody = empty("user-plus", _("Nobody learns here yet"), _("Add the first student."))

    def child(one: Any) -> rx.Component:
        return row(
            person(one.initials, one.name, one.instrument, colour=one.colour),
            rx.el.span(class_name="flex-1"),
            status_badge(one.status, *STATUSES),
            href=one.href,
        )

    add = add_student_button(kind="", with_parent=False)
    return card(rows(state.children, child, empty=nobody), title=_("Students"), action=add)


def _hears(state: Any) -> rx.Component:
    nobody = empty("bell", _("Nobody is told anything yet"), _("Add a parent on a student’s page."))

    def pair(one: Any) -> rx.Component:
        label = rx.el.div(
            rx.el.p(one.guardian, class_name="font-medium truncate"),
            rx.el.p(_("about"), " ", one.student, class_name="t-sm dim truncate"),
            class_name="min-w-0",
        )
        switches = [
            switch(
                words,
                f"{which}-{one.guardian_id}-{one.student_id}",
                checked=one[which],
                on_change=state.switch(one.student_id, one.guardian_id, which),
            )
            for which, words in (("schedule", _("Timetable")), ("practice", _("Practice")))
        ]
        return rx.el.li(label, *switches, class_name="entry entry--pair")

    return card(rows(state.hears, pair, empty=nobody), title=_("Who hears of what"))


def _payers(state: Any) -> rx.Component:
    nobody = empty("wallet", _("Nobody pays yet"), _("Add a parent on a student’s page."))
    return card(rows(state.payers, _payer, empty=nobody), title=_("Pays"))


def _payer(one: Any) -> rx.Component:
    state: Any = FamilyState
    bill = button(_("Bill to them"), size="sm", on_click=state.bill_to(one.id))
    stop = confirm(
        title=_("No longer a payer?"),
        words=_("They stop seeing the account at once. What is owed stays."),
        action=_("Take them off"),
        on_confirm=state.stop_paying(one.id),
        trigger=icon_button("user-minus", _("Take off"), size="sm"),
    )
    account = rx.cond(one.has_account, pill(_("Has an account"), tone="ok"), _invite(state, one))
    primary = pill(_("Gets the bills"), tone="accent")
    return rx.el.li(
        rx.el.p(one.name, class_name="font-medium truncate"),
        rx.el.p(one.email, class_name="t-sm dim truncate"),
        rx.el.p(one.phone, class_name="t-sm dim"),
        rx.el.div(
            account,
            rx.cond(one.bills, primary, rx.fragment(bill, stop)),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        class_name="entry",
    )


def _invite(state: Any, one: Any) -> rx.Component:
    asks = confirm(
        title=_("Invite this parent?"),
        words=_("They get a letter with a link to their own page: lessons, invoices, messages."),
        action=_("Send the invitation"),
        on_confirm=state.invite(one.id),
        trigger=button(_("Invite"), "send", size="sm"),
        kind="primary",
    )
    return rx.cond(one.email != "", asks, pill(_("No e-mail yet")))


def _about(state: Any) -> rx.Component:
    address = rx.el.p(state.family.address, class_name="t-sm whitespace-pre-line")
    notes = rx.el.p(state.family.notes, class_name="t-sm dim whitespace-pre-line mt-2")
    nothing = rx.el.p(_("No address and no notes."), class_name="t-sm faint")
    known = (state.family.address != "") | (state.family.notes != "")
    body = card_body(rx.cond(known, rx.fragment(address, notes), nothing))
    return card(body, title=_("Address and notes"))


def _edit(state: Any) -> rx.Component:
    family, faults = state.family, state.faults
    fields = form(
        text_field(_("Name"), "name", faults=faults, default_value=family.name, required=True),
        text_area(_("Address"), "address", rows=3, faults=faults, default_value=family.address),
        text_area(_("Notes"), "notes", rows=3, faults=faults, default_value=family.notes),
        form_actions(submit(_("Save"))),
        on_submit=state.save,
    )
    opener = button(_("Edit"), "pencil")
    return named_dialog(state, "edit", fields, title=_("Edit the family"), trigger=opener)
