"""The page of one re-enrolment run."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.rollover.lines import ALL, MET, NO, OUT, WAITING, YES
from studio_app.web.office.rollover.places import places_card
from studio_app.web.office.rollover.run_state import RolloverRunState
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field, text_field
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, detail_head, stack
from studio_app.web.ui.reasons import reason_field
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = RolloverRunState
    return office_shell(
        routes.CLASSES,
        breadcrumb((_("The next term"), routes.ROLLOVERS)),
        loaded(
            state,
            stack(_head(state), places_card(state)),
            skeleton=card(skeleton_rows(6)),
            on_retry=RolloverRunState.load,
        ),
        live("rollover", "rollover_place", on_change=RolloverRunState.look_again),
        title=_("Who goes on"),
    )


def _head(state: Any) -> rx.Component:
    head = state.head
    acts = rx.match(
        head.state,
        ("prepared", _before(state)),
        ("open", _meanwhile(state)),
        rx.fragment(),
    )
    return card(
        detail_head(head.terms, head.dates, acts),
        card_body(_said(state), _filters(state), class_name="grid gap-3 pb-4"),
    )


def _said(state: Any) -> rx.Component:
    """One sentence about where it stands."""
    head = state.head
    prepared = rx.el.p(
        _("Nobody has been asked yet. Families will have until {day}.", day=head.answer_by_said),
        " ",
        _("Asked: {families}, each once.", families=head.families),
        class_name="t-sm dim",
    )
    nothing = rx.cond(
        head.impossible > 0,
        hint(
            "calendar-x",
            _("Some lessons have no free day in the new term: change them or leave them out."),
            tone="warn",
        ),
        rx.fragment(),
    )
    asked = rx.el.p(
        _("Families answer by {day}. Their times are kept until you close.",
          day=head.answer_by_said),
        class_name="t-sm dim",
    )  # fmt: skip
    closed = rx.el.p(_("Closed {when}.", when=head.closed), class_name="t-sm dim")
    return rx.cond(
        head.state == "prepared",
        rx.fragment(prepared, nothing),
        rx.cond(head.state == "open", asked, closed),
    )


def _filters(state: Any) -> rx.Component:
    """The numbers: a tap on one shows the lessons behind it."""
    head = state.head

    def number(which: str, words: str, n: Any) -> rx.Component:
        return chip(
            rx.fragment(rx.el.b(n, class_name="num"), " ", words),
            pressed=state.which == which,
            on_click=state.show(which),
        )

    before = rx.fragment(
        number(ALL, _("to be asked"), head.asked),
        number(MET, _("meet something"), head.met),
    )
    after = rx.fragment(
        number(YES, _("go on"), head.yes),
        number(NO, _("do not go on"), head.no),
        number(WAITING, _("not answered"), head.waiting),
    )
    unreached = rx.cond(
        head.unreached > 0,
        rx.el.span(
            _("{n} without an e-mail address", n=head.unreached), class_name="t-sm tone-text-warn"
        ),
        rx.fragment(),
    )
    by_teacher = rx.el.select(
        rx.foreach(state.teachers, lambda one: rx.el.option(one["label"], value=one["value"])),
        value=state.teacher,
        on_change=state.of_teacher,
        aria_label=_("Teacher"),
        class_name="input w-auto",
    )
    return rx.el.div(
        rx.cond(head.state == "prepared", before, after),
        rx.cond(head.left_out > 0, number(OUT, _("left out"), head.left_out), rx.fragment()),
        by_teacher,
        unreached,
        class_name="flex flex-wrap gap-2 items-center",
        role="group",
        aria_label=_("Show only"),
    )


def _before(state: Any) -> rx.Component:
    away = confirm(
        title=_("Throw this away?"),
        words=_("Nobody was asked. The term stays."),
        action=_("Throw away"),
        on_confirm=state.discard,
        trigger=button(_("Throw away"), "trash-2", kind="ghost"),
    )
    return rx.el.div(away, _day(state), _sending(state), class_name="flex flex-wrap gap-2")


def _sending(state: Any) -> rx.Component:
    typed = form(
        rx.el.p(
            _("Each family gets one letter about all of its lessons and answers yes or no."),
            class_name="t-sm",
        ),
        rx.el.p(_("From now on the times of the new term are kept for them."), class_name="t-sm"),
        reason_field(state.caution, faults=state.faults),
        form_actions(submit(_("Ask them now"), "send")),
        on_submit=state.send,
    )
    return named_dialog(
        state,
        "send",
        typed,
        title=_("Ask the families?"),
        words=state.head.families,
        trigger=button(_("Ask the families"), "send", kind="primary"),
    )


def _meanwhile(state: Any) -> rx.Component:
    again = button(
        _("Remind all"),
        "bell",
        on_click=state.remind_all,
        disabled=state.head.waiting == 0,
    )
    return rx.el.div(again, _day(state), _closing(state), class_name="flex flex-wrap gap-2")


def _closing(state: Any) -> rx.Component:
    head = state.head
    rest = rx.fragment(
        hint(
            "hourglass",
            _("Not answered: {who}.", who=head.waiting_said),
            tone="warn",
        ),
        select_field(
            _("What becomes of their lessons?"),
            "rest",
            (
                ("", _("Please choose")),
                (YES, _("They go on")),
                (NO, _("They do not go on: the times become free")),
            ),
            faults=state.faults,
            hint=_("Each of these families is told in writing."),
        ),
    )
    typed = form(
        rx.cond(head.waiting > 0, rest, rx.el.p(_("Everybody has answered."), class_name="t-sm")),
        form_actions(submit(_("Close the answers"), "check")),
        on_submit=state.close,
    )
    return named_dialog(
        state,
        "close",
        typed,
        title=_("Close the answers?"),
        words=_("Families can change nothing after this. What was said is kept."),
        trigger=button(_("Close"), "check", kind="primary"),
    )


def _day(state: Any) -> rx.Component:
    typed = form(
        text_field(
            _("Families answer by"),
            "answer_by",
            kind="date",
            faults=state.faults,
            default_value=state.head.answer_by,
        ),
        form_actions(submit(_("Save"))),
        on_submit=state.save_day,
    )
    return named_dialog(
        state,
        "day",
        typed,
        title=_("Until when they may answer"),
        trigger=button(_("Another day"), "calendar"),
    )
