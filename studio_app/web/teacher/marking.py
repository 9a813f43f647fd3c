"""Saying with one tap what became of a lesson; the tap is painted at once."""

from typing import Any

import reflex as rx

from studio_app.web.teacher.today_state import TodayState
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.badges import badge, status_badge
from studio_app.web.ui.buttons import text_button
from studio_app.web.ui.choices import option
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import some
from studio_app.web.ui.phone import phone_marks
from studio_app.web.ui.progress import activity
from studio_app.web.words import _

SAID = ("present", "late", "no_show", "excused")


def answers() -> list[dict[str, Any]]:
    """What can be said of a lesson that has begun."""
    return [
        option("present", _("Present"), icon="check", look="a-present"),
        option("late", _("Late"), icon="clock", look="a-late"),
        option("no_show", _("No-show"), icon="away", look="a-no_show"),
        option("excused", _("Excused"), icon="cross", look="a-cancelled"),
    ]


def marks(line: Any, *, look: str = "att") -> rx.Component:
    """The four answers; before a lesson has begun only that somebody will not come."""
    ahead = [option("excused", _("Will not come"), icon="cross", look="a-cancelled")]

    def group(options: Any, look: str) -> rx.Component:
        return phone_marks(
            _("Attendance of {name}", name=line.name), line.outcome, line.seat_id, options,
            look=look, on_direct=TodayState.mark,
        )  # fmt: skip

    return rx.cond(line.begun, group(answers(), look), group(ahead, "att att--one"))


def plain_row(line: Any) -> rx.Component:
    """A lesson to come: opened, one can say that the student will not come."""
    row = rx.el.div(who(line), status(line), class_name="row")
    opened = _folded(line, marks(line, look="att att--low"))
    return rx.el.li(rx.cond(line.outcome == "cancelled", row, opened))


def marked_row(line: Any) -> rx.Component:
    """A lesson that was: four answers while nobody has said, then the answer, still to change."""
    answers = marks(line, look="att att--low")
    asked = rx.el.div(
        rx.el.div(who(line), class_name="row row--over"),
        rx.el.div(answers, class_name="row__more"),
    )
    row = rx.el.div(who(line), status(line), class_name="row")
    return rx.el.li(
        rx.match(line.outcome, ("unmarked", asked), ("cancelled", row), _folded(line, answers)),
        key=line.seat_id,
    )


def _folded(line: Any, answers: rx.Component) -> rx.Component:
    mark = icon("chevron-down", 16)
    summary = rx.el.summary(who(line), status(line), mark, class_name="row row--link")
    more = rx.el.div(answers, _history(line), class_name="row__more")
    return rx.el.details(summary, more, class_name="fold")


def _history(line: Any) -> rx.Component:
    """Who marked what, asked for when somebody wants to know."""
    state: Any = TodayState
    ask = text_button(_("Who marked this?"), on_click=TodayState.look_back(line.seat_id))
    made = rx.foreach(state.history, lambda one: activity("check", one.words, one.when))
    nobody = rx.el.p(_("Nobody has marked this lesson yet."), class_name="t-sm dim")
    shown = rx.cond(some(state.history), rx.el.ol(made, class_name="grid gap-3"), nobody)
    said = rx.cond(state.history_of == line.seat_id, shown, ask)
    return rx.el.div(said, class_name="pt-3")


def who(line: Any) -> rx.Component:
    words = rx.el.span(
        rx.el.span(line.name, class_name="font-medium truncate block"),
        rx.el.span(line.starts, " · ", line.about, class_name="t-sm dim num truncate block"),
        rx.cond(
            line.gap != "",
            rx.el.span(line.gap, class_name="t-xs faint num block"),
            rx.fragment(),
        ),
        class_name="flex-1 min-w-0",
    )
    return rx.el.span(
        avatar(line.initials, line.colour),
        words,
        class_name="flex items-center gap-3 flex-1 min-w-0",
    )


def status(line: Any) -> rx.Component:
    said = status_badge(line.outcome, *SAID, "cancelled")
    return rx.cond(line.outcome == "unmarked", promised(line), said)


def promised(line: Any) -> rx.Component:
    """The family said that they will come: until the lesson shows it."""
    shown = badge("confirmed", _("Will come"))
    return rx.cond(line.will_come & ~line.begun, shown, rx.fragment())
