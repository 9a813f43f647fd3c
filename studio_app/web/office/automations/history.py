"""What an automation did: each run with its conditions and what became of each action."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.automations.queries.history import RunRow, run_history
from studio_app.kit.ids import AutomationId, RunId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import rows
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say

NEW = "new"


@dataclass(frozen=True)
class StepShown:
    words: str = ""
    detail: str = ""
    """What became of it, and why"""
    tone: str = ""


@dataclass(frozen=True)
class RunShown:
    when: str = ""
    whom: str = ""
    href: str = ""
    result: str = ""
    tone: str = ""
    steps: tuple[StepShown, ...] = ()


class RunsState(PageState, rx.State):
    runs: list[RunShown] = []
    with_not_met: bool = False
    more: bool = False
    _after: str = ""

    @loader
    async def load(self) -> None:
        self.runs, self._after = [], ""
        await self._append()

    @handler
    async def show_all(self) -> None:
        """Also where the conditions did not hold, or no longer."""
        self.with_not_met = not self.with_not_met
        self.runs, self._after = [], ""
        await self._append()

    @handler
    async def show_more(self) -> None:
        await self._append()

    async def _append(self) -> None:
        raw = str(getattr(self, "automation_id", ""))
        if raw == NEW:
            self.more = False
            return
        page = await self._run(
            run_history,
            AutomationId(as_id(raw)),
            with_not_met=self.with_not_met,
            after=RunId(as_id(self._after)) if self._after else None,
        )
        self.runs = [*self.runs, *(_shown(one) for one in page.rows)]
        self._after = str(page.next_after or "")
        self.more = page.next_after is not None


RESULT_TONES = {"acted": "ok", "not_met": "mute", "held_back": "warn", "stopped": "warn"}
STEP_TONES = {"done": "ok", "failed": "bad", "not_run": "mute", "waiting": "info"}


def _shown(one: RunRow) -> RunShown:
    asked = [
        StepShown(
            looked.words,
            _("Held") if looked.held else _("Did not hold"),
            "ok" if looked.held else "mute",
        )
        for looked in one.conditions
    ]
    done = [
        StepShown(
            acted.words,
            " · ".join(part for part in (say(acted.result.label), acted.reason) if part),
            STEP_TONES[acted.result.value],
        )
        for acted in one.actions
    ]
    path = routes.STUDENT if one.student_id else routes.FAMILY
    about = {"student_id": one.student_id, "family_id": one.family_id}
    href = routes.filled(path, **about) if one.student_id or one.family_id else ""
    result = say(_("Failed")) if one.has_failed else say(one.result.label)
    tone = "bad" if one.has_failed else RESULT_TONES[one.result.value]
    return RunShown(one.when, one.whom, href, result, tone, (*asked, *done))


def history_card() -> rx.Component:
    state: Any = RunsState
    none = empty(
        "history",
        _("Nothing yet"),
        _("Each time it does something, that is written down here."),
        level=3,
    )
    every = chip(
        _("Also where it did nothing"), pressed=state.with_not_met, on_click=state.show_all
    )
    more = button(_("Show more"), size="sm", on_click=state.show_more)
    return card(
        loaded(
            state,
            card_body(every),
            rows(state.runs, _run, empty=none),
            rx.cond(state.more, card_body(more), rx.fragment()),
            skeleton=skeleton_rows(3),
            on_retry=RunsState.load,
        ),
        title=_("What it did"),
        id="history",
    )


def _run(one: Any) -> rx.Component:
    whom = rx.cond(
        one.href != "", link(one.whom, one.href, class_name="t-sm"), rx.el.span(one.whom)
    )
    tones = [(tone, pill(one.result, tone=tone)) for tone in ("ok", "bad", "warn", "mute")]
    result: Any = rx.match(one.tone, *tones, pill(one.result))
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(one.when, class_name="t-sm font-medium num"),
                whom,
                rx.fragment(result),
                class_name="flex flex-wrap gap-2 items-center",
            ),
            rx.el.ul(rx.foreach(one.steps, _step), class_name="grid gap-1 mt-1"),
            class_name="flex-1 min-w-0",
        ),
        class_name="row",
    )


def _step(one: Any) -> rx.Component:
    marks = {"ok": "check", "bad": "circle-alert", "mute": "minus", "info": "clock"}
    drawn = [
        (tone, rx.el.span(icon(name, 14), class_name=f"tone-text-{tone}"))
        for tone, name in marks.items()
    ]
    mark: Any = rx.match(one.tone, *drawn, rx.fragment())
    return rx.el.li(
        rx.fragment(mark),
        rx.el.span(
            one.words, rx.el.span(" · ", one.detail, class_name="faint"), class_name="min-w-0"
        ),
        class_name="t-xs flex gap-2 items-start",
    )
