"""Putting something away: what still needs it is shown first, each with the way there."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.scheduling.queries.needing import Needing, Thing, what_needs
from studio_app.web import routes
from studio_app.web.inputs import as_choice, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import close_button, closing, dialog_actions, named_dialog
from studio_app.web.words import _, many

ARCHIVE = "archive-"


@dataclass(frozen=True)
class NeedLine:
    """A lesson to come that stands in the way."""

    when: str = ""
    about: str = ""
    href: str = ""


class Farewell(Opening, mixin=True):
    """A page from which something can be put away."""

    needed: str = ""
    """What still needs it, in a sentence; "" when nothing does."""
    needing: list[NeedLine] = []
    looked: bool = False

    async def _opened(self, name: str) -> None:
        kind, _space, about = name.partition(" ")
        if not kind.startswith(ARCHIVE):
            return
        self.looked = False
        thing = as_choice(kind.removeprefix(ARCHIVE), Thing)
        found = await self._run(what_needs, thing, as_id(about))
        self.needed = _sentence(found)
        self.needing = [
            NeedLine(one.when, one.about, routes.lesson(one.on, one.id))
            for one in found.next_lessons
        ]
        self.looked = True


def farewell(
    state: Any, thing: Thing, about: Any, *, title: str, words: str, on_confirm: Any, trigger: Any
) -> rx.Component:
    """The dialog behind an Archive button: `about` is the id of what goes."""
    act = closing(button(_("Archive"), kind="danger", on_click=on_confirm))
    waiting = rx.el.p(_("Looking for what still needs it…"), class_name="t-sm dim")
    free = rx.el.p(_("Nothing needs it any more."), class_name="t-sm dim")
    shown = rx.cond(state.needed != "", _in_the_way(state), free)
    go = rx.cond(state.looked & (state.needed == ""), act, rx.fragment())
    return named_dialog(
        state,
        f"{ARCHIVE}{thing.value} " + about,
        rx.cond(state.looked, shown, waiting),
        dialog_actions(close_button(_("Keep it as it is")), go),
        title=title,
        words=words,
        trigger=trigger,
    )


def _in_the_way(state: Any) -> rx.Component:
    def one(line: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(line.when, " · ", line.about, class_name="t-sm flex-1 min-w-0"),
            link(_("Open"), line.href, class_name="t-sm tap-line"),
            class_name="row",
        )

    return rx.el.div(
        hint("circle-alert", state.needed, tone="warn"),
        rx.el.ul(rx.foreach(state.needing, one), class_name="rows"),
        rx.el.p(
            _("Give these to somebody else, move or cancel them; then come back."),
            class_name="t-sm dim",
        ),
        class_name="grid gap-3",
    )


def _sentence(found: Needing) -> str:
    if not found.lessons and not found.series:
        return ""
    lessons = many("{n} lesson to come", "{n} lessons to come", n=found.lessons)
    series = many("{n} series that goes on", "{n} series that go on", n=found.series)
    return _(
        "{name} is still needed: {lessons}, {series}.",
        name=found.name,
        lessons=lessons,
        series=series,
    )
