"""A class's own page: who takes part, and who is in its next lessons."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.classes.listing import places_of
from studio_app.web.office.classes.roster_state import GUEST, JOIN, LEAVE, RosterState
from studio_app.web.office.finding import student_field, student_search
from studio_app.web.ui.avatars import avatar, person
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, link, submit
from studio_app.web.ui.cards import card, facts
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, columns, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = RosterState
    about = state.about
    return office_shell(
        routes.CLASSES,
        breadcrumb((_("Classes"), routes.CLASSES)),
        loaded(
            state,
            columns(stack(_lessons(state)), stack(_about(about), _members(state))),
            skeleton=skeleton_block("h-96"),
            on_retry=RosterState.load,
        ),
        live("lesson", "seat", "enrolment", on_change=RosterState.look_again),
        title=rx.cond(about.name != "", about.name, _("Class")),
        top=[rx.cond(state.may_change, _join(state), rx.fragment())],
    )


def _about(about: Any) -> rx.Component:
    told = facts(
        ("clock", _("When"), about.when),
        ("map-pin", _("Where"), rx.cond(about.where != "", about.where, _("No room"))),
        ("graduation-cap", _("Teacher"), about.teacher),
        ("users-round", _("Taking part"), places_of(about)),
    )
    return card(rx.el.div(told, class_name="card__b pt-4"))


def _members(state: Any) -> rx.Component:
    none = empty("user-plus", _("Nobody takes part yet"), _("Add the first with Join."))
    return card(
        rows(state.members, lambda one: _member(state, one), empty=none), title=_("Who takes part")
    )


def _member(state: Any, one: Any) -> rx.Component:
    mark = rx.cond(
        one.over,
        pill(_("Took part")),
        rx.cond(one.to_come, pill(_("To come"), tone="info"), rx.fragment()),
    )
    name = rx.el.a(
        person(one.who.initials, one.who.name, one.since, colour=one.who.colour),
        href=one.href,
        class_name="link--plain flex-1 min-w-0",
    )
    actions = rx.cond(state.may_change & ~one.over, _leave(state, one), rx.fragment())
    return rx.el.li(name, mark, actions, class_name="row")


def _leave(state: Any, one: Any) -> rx.Component:
    typed = form(
        text_field(
            _("Last day"), "last_on", kind="date", faults=state.faults, default_value=state.today
        ),
        form_actions(submit(_("Leave the class"))),
        on_submit=state.leave,
    )
    return named_dialog(
        state,
        f"{LEAVE} " + one.id,
        typed,
        title=_("Until when does {name} take part?", name=one.who.name),
        words=_("Later places are given back."),
        trigger=icon_button("user-minus", _("{name} leaves", name=one.who.name), size="sm"),
    )


def _join(state: Any) -> rx.Component:
    typed = form(
        student_field(state),
        fields(
            text_field(
                _("From"),
                "starts_on",
                kind="date",
                faults=state.faults,
                default_value=state.today,
            ),
            text_field(
                _("Until"), "ends_on", kind="date", faults=state.faults, hint=_("Empty: goes on.")
            ),
        ),
        form_actions(submit(_("Join"))),
        on_submit=state.join,
    )
    return named_dialog(
        state,
        JOIN,
        typed,
        title=_("Join the class"),
        words=_("They get a place in every lesson of these days."),
        trigger=button(_("Join"), "user-plus", kind="primary"),
    )


def _lessons(state: Any) -> rx.Component:
    none = empty("calendar-x", _("No lessons to come"), _("Nothing of this class is in the diary."))
    return card(
        rows(state.lessons, lambda one: _lesson(state, one), empty=none), title=_("Next lessons")
    )


def _lesson(state: Any, one: Any) -> rx.Component:
    left = rx.cond(one.free != "", rx.el.span(one.free, class_name="t-sm dim"), rx.fragment())
    head = rx.el.div(
        link(one.when, one.href, class_name="font-medium num tap-line"),
        rx.el.span(one.places, class_name="num t-sm"),
        rx.cond(one.full, pill(_("Full"), tone="warn"), left),
        rx.cond(state.may_change & ~one.full, _guest(state, one), rx.fragment()),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
    )
    here = rx.foreach(one.here, lambda who: _seat(state, one, who))
    excused = rx.foreach(one.excused, lambda who: _excused(state, one, who))
    return rx.el.li(head, rx.el.ul(here, excused, class_name="roster"), class_name="entry")


def _seat(state: Any, lesson: Any, who: Any) -> rx.Component:
    guest = rx.cond(who.guest, rx.el.span(_("guest"), class_name="t-xs dim"), rx.fragment())
    out = icon_button(
        "x",
        _("{name} does not come on {day}", name=who.name, day=lesson.when),
        on_click=state.excuse(lesson.id, who.id),
    )
    return rx.el.li(
        avatar(who.initials, who.colour, size="sm"),
        rx.el.span(who.name),
        guest,
        rx.cond(state.may_change, out, rx.fragment()),
        class_name="picked",
    )


def _excused(state: Any, lesson: Any, who: Any) -> rx.Component:
    back = icon_button(
        "undo-2",
        _("{name} comes on {day} after all", name=who.name, day=lesson.when),
        on_click=state.come(lesson.id, who.id),
    )
    return rx.el.li(
        rx.el.s(who.name, class_name="faint"),
        rx.el.span(_("not this time"), class_name="t-xs dim"),
        rx.cond(state.may_change, back, rx.fragment()),
        class_name="picked",
    )


def _guest(state: Any, lesson: Any) -> rx.Component:
    return named_dialog(
        state,
        f"{GUEST} " + lesson.id,
        student_search(state, lambda student_id: state.come(lesson.id, student_id)),
        title=_("A guest on {day}", day=lesson.when),
        words=_("For that day only; the place is theirs once."),
        trigger=button(_("Guest"), "user-plus", class_name="ml-auto"),
    )
