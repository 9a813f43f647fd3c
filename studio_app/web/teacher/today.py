"""Today: the teacher's home. What is now stands first and is marked with one tap."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.teacher.today_state import TodayState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.badges import badge, status_badge
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.charts import progress
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, hidden, text_area
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.ui.phone import (
    big_person,
    card_line,
    lead,
    listed,
    small_print,
    timed_row,
    waiting_list,
    who,
)
from studio_app.web.ui.progress import activity
from studio_app.web.ui.shells import phone_header, teacher_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

SAID = ("present", "late", "no_show", "excused")


def page() -> rx.Component:
    state: Any = TodayState
    content = loaded(
        state,
        _progress(state),
        rx.foreach(state.now, _now),
        _waiting(state),
        _section(_("Up next"), state.soon, _soon),
        _earlier(state),
        _nothing(state),
        skeleton=card(skeleton_rows(5)),
        on_retry=TodayState.load,
    )
    title = rx.cond(state.day != "", state.day, _("Today"))
    changes = live("lesson", "seat", "attendance_mark", on_change=TodayState.look_again, every=60)
    return teacher_shell(
        routes.TODAY, phone_header(title, state.place, account_button()), content, changes
    )


def _progress(state: Any) -> rx.Component:
    figures = rx.el.span(
        rx.el.b(state.marked, class_name="num"),
        " ",
        _("of {total} marked", total=state.total),
        class_name="dim t-sm num",
    )
    bar = progress(state.marked, _("Lessons marked"), most=state.total)
    line = rx.el.div(bar, figures, class_name="bar-line")
    return rx.cond(state.total > 0, line, rx.fragment())


def _marks() -> list[dict[str, Any]]:
    return [
        option("present", _("Present"), icon="check", look="a-present"),
        option("late", _("Late"), icon="clock", look="a-late"),
        option("no_show", _("No-show"), icon="away", look="a-no_show"),
        option("excused", _("Excused"), icon="cross", look="a-excused"),
    ]


def _all_marks(one: Any) -> rx.Component:
    state: Any = TodayState
    return choice(
        _("Attendance of {name}", name=one.name), one.outcome, _marks(),
        look="att", marker=one.id, rev=state.rev, on_choose=state.mark,
    )  # fmt: skip


def _present(one: Any) -> rx.Component:
    """One tap: present."""
    state: Any = TodayState
    says = _("{name} was present", name=one.name)
    tick = [option("present", "", icon="check", look="a-present", says=says)]
    return choice(
        _("Attendance of {name}", name=one.name), one.outcome, tick,
        look="att att--mini", marker=one.id, rev=state.rev, on_choose=state.mark,
    )  # fmt: skip


def _now(one: Any) -> rx.Component:
    head = card_line(
        rx.el.span(
            rx.el.span(class_name="now-dot", aria_hidden="true"),
            one.left,
            class_name="flex items-center gap-2 font-medium",
        ),
        rx.el.span(one.time, " – ", one.until, class_name="num dim"),
    )
    focus = rx.el.div(
        hint("target", rx.fragment(_("Last time:"), " ", one.focus)), class_name="mt-3"
    )
    body = card_body(
        head,
        rx.el.div(
            big_person(one.initials, one.name, one.detail, one.colour),
            _note(one),
            class_name="flex items-center gap-3 mt-3",
        ),
        rx.cond(one.focus != "", focus, rx.fragment()),
        rx.el.div(_all_marks(one), class_name="mt-3"),
    )
    return card(body, class_name="card--now")


def _note(one: Any) -> rx.Component:
    state: Any = TodayState
    fields = form(
        hidden("lesson_id", one.lesson_id),
        text_area(_("Focus until the next lesson"), "focus", faults=state.faults, rows=3),
        form_actions(submit(_("Keep"))),
        on_submit=state.note,
    )
    return named_dialog(
        state,
        "note " + one.id,
        fields,
        title=_("What to practise"),
        words=_("The family reads this on their home page once the lesson is marked."),
        trigger=icon_button("notebook-pen", _("Note what to practise"), kind=""),
    )


def _section(words: str, rows: Any, one: Any, *right: Any) -> rx.Component:
    return rx.cond(some(rows), rx.fragment(lead(words, *right), listed(rows, one)), rx.fragment())


def _waiting(state: Any) -> rx.Component:
    count = state.waiting.length()
    listed = waiting_list(state.waiting_words, count, state.waiting, _waits)
    return rx.cond(some(state.waiting), listed, rx.fragment())


def _waits(one: Any) -> rx.Component:
    return rx.el.li(
        avatar(one.initials, one.colour),
        who(one.name, one.detail),
        _present(one),
        _more(one),
        class_name="row",
    )


def _soon(one: Any) -> rx.Component:
    gap = rx.cond(one.gap != "", rx.el.span(one.gap, class_name="t-xs faint"), rx.fragment())
    return timed_row(one.time, *_middle(one, gap, _outcome(one)), _more(one))


def _earlier(state: Any) -> rx.Component:
    present = button(_("All present"), "check-check", size="sm", on_click=state.mark_all)
    rest = rx.cond(state.to_mark > 0, present, rx.fragment())
    begun = some(state.now) & (state.to_mark > 0)
    alone = rx.cond(begun, rx.el.div(present, class_name="lead-line"), rx.fragment())
    listing = rx.fragment(lead(_("Earlier"), rest), listed(state.earlier, _was))
    return rx.cond(some(state.earlier), listing, alone)


def _was(one: Any) -> rx.Component:
    open_ = (one.id != "") & (one.outcome == "unmarked")
    tick = rx.cond(open_, _present(one), rx.fragment())
    return timed_row(one.time, *_middle(one, _outcome(one)), tick, _more(one), over=True)


def _middle(one: Any, *more: Any) -> tuple[rx.Component, ...]:
    makeup = rx.cond(one.standing == "makeup", badge("makeup"), rx.fragment())
    gone = one.standing == "cancelled"
    name = who(one.name, rx.el.span(one.detail), makeup, *more, struck=gone)
    return avatar(one.initials, one.colour), name


def _outcome(one: Any) -> rx.Component:
    said = status_badge(one.outcome, *SAID)
    marked = (one.outcome != "unmarked") & (one.outcome != "")
    return rx.cond(
        one.standing == "cancelled", badge("cancelled"), rx.cond(marked, said, rx.fragment())
    )


def _more(one: Any) -> rx.Component:
    """Everything else about a seat: other marks, and who said what."""
    state: Any = TodayState
    undo = button(
        _("Take the last mark back"), "undo-2", block=True, on_click=state.take_back(one.id)
    )
    body = rx.el.div(
        _all_marks(one),
        rx.cond(
            some(state.history),
            rx.fragment(
                undo,
                rx.el.h3(_("Who marked what"), class_name="t-over"),
                rx.el.ol(rx.foreach(state.history, _said), class_name="grid gap-3"),
            ),
            rx.el.p(_("Nobody has marked this lesson yet."), class_name="dim t-sm"),
        ),
        class_name="grid gap-4",
    )
    sheet = named_dialog(
        state,
        "seat " + one.id,
        body,
        title=one.name,
        words=one.detail,
        trigger=icon_button("ellipsis-vertical", _("More about {name}", name=one.name)),
    )
    return rx.cond(one.id != "", sheet, rx.fragment())


def _said(one: Any) -> rx.Component:
    return activity("check", one.words, one.when)


def _nothing(state: Any) -> rx.Component:
    free = empty(
        "coffee",
        _("No lessons today"),
        _("Your week has the next ones."),
        button(_("Look at the week"), "calendar-days", on_click=rx.redirect(routes.WEEK)),
        level=2,
    )
    done = small_print(_("Every change is saved at once."))
    nobody = ~(some(state.now) | some(state.soon) | some(state.earlier))
    return rx.cond(nobody, card(free), done)
