"""Everything the studio does by itself: what each does, what came of it, on or off."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.automations.commands.building import (
    copy_automation,
    delete_automation,
    switch_off,
    switch_on,
    take_preset,
)
from studio_app.automations.queries.building import AutomationRow, automations, presets
from studio_app.kit.ids import AutomationId, new_id
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.office.automations.state import NEW
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, link, link_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.forms import switch
from studio_app.web.ui.lists import acting_row, rows
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class AutomationLine:
    id: str = ""
    name: str = ""
    sentence: str = ""
    is_on: bool = False
    about: str = ""
    """When it last did something and when it is next due"""
    failed: str = ""
    held_back: str = ""
    href: str = ""


@dataclass(frozen=True)
class PresetLine:
    key: str = ""
    name: str = ""


class AutomationsState(Opening, rx.State):
    rows: list[AutomationLine] = []
    presets: list[PresetLine] = []

    @loader
    async def load(self) -> None:
        self._key = str(new_id())
        self.rows = [_line(one) for one in await self._run(automations)]
        self.presets = [PresetLine(one.key, one.name) for one in await self._run(presets)]

    @handler
    async def switch(self, automation_id: str, wanted: bool) -> EventType[()]:
        which = AutomationId(as_id(automation_id))
        await self._run(switch_on if wanted else switch_off, which)
        await self._tell(
            _("Switched on.") if wanted else _("Switched off."),
            undo=AutomationsState.switch(automation_id, not wanted),
        )
        return AutomationsState.load

    @handler
    async def take(self, key: str) -> EventType[()]:
        made = await self._run_once(f"{self._key} {key}", take_preset, key)
        return rx.redirect(routes.filled(routes.AUTOMATION, automation_id=made))

    @handler
    async def copy(self, automation_id: str) -> EventType[()]:
        which, key = AutomationId(as_id(automation_id)), f"{self._key} {automation_id}"
        made = await self._run_once(key, copy_automation, which)
        return rx.redirect(routes.filled(routes.AUTOMATION, automation_id=made))

    @handler
    async def delete(self, automation_id: str) -> EventType[()]:
        await self._run(delete_automation, AutomationId(as_id(automation_id)))
        await self._tell(_("Deleted. What it did stays."))
        return AutomationsState.load


def _line(row: AutomationRow) -> AutomationLine:
    last = _("last on {when}", when=row.last) if row.last else _("has not done anything yet")
    upcoming = [_("next on {when}", when=row.next)] if row.next else []
    times = many("{n} time in 30 days", "{n} times in 30 days", n=row.acted)
    said = " · ".join([last, *([times] if row.acted else []), *upcoming])
    failed, held = row.failed, row.held_back
    return AutomationLine(
        id=str(row.id),
        name=row.name,
        sentence=row.sentence,
        is_on=row.is_on,
        about=said[:1].upper() + said[1:],
        failed=many("{n} failed", "{n} failed", n=failed) if failed else "",
        held_back=many("{n} held back", "{n} held back", n=held) if held else "",
        href=routes.filled(routes.AUTOMATION, automation_id=row.id),
    )


def page() -> rx.Component:
    state: Any = AutomationsState
    fresh = routes.filled(routes.AUTOMATION, automation_id=NEW)
    nothing = empty(
        "workflow",
        _("Nothing happens by itself yet"),
        _("Take one of the ready-made ones below, or build your own."),
        level=2,
    )
    listed = card(rows(state.rows, lambda one: _row(state, one), empty=nothing))
    return office_shell(
        routes.AUTOMATIONS,
        loaded(
            state,
            stack(listed, _ready_made(state)),
            skeleton=card(skeleton_rows(4)),
            on_retry=AutomationsState.load,
        ),
        title=_("Automations"),
        top=[link_button(_("Build one"), fresh, "plus", kind="primary")],
    )


def _row(state: Any, one: Any) -> rx.Component:
    problems = rx.fragment(
        rx.cond(one.failed != "", pill(one.failed, tone="bad"), rx.fragment()),
        rx.cond(one.held_back != "", pill(one.held_back, tone="warn"), rx.fragment()),
    )
    words = rx.el.div(
        rx.el.div(
            link(one.name, one.href, class_name="font-medium tap-line"),
            problems,
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(one.sentence, class_name="t-sm dim"),
        rx.el.p(one.about, class_name="t-xs faint"),
        class_name="grow min-w-0",
    )
    turn = switch(
        rx.el.span(one.name, class_name="sr"),
        "on-" + one.id,
        checked=one.is_on,
        on_change=lambda wanted: state.switch(one.id, wanted),
    )
    gone = confirm(
        title=_("Delete this automation?"),
        words=_("It does nothing any more. What it did stays in the records."),
        action=_("Delete it"),
        on_confirm=state.delete(one.id),
        trigger=icon_button("trash-2", _("Delete")),
    )
    copy = icon_button("copy", _("Copy"), on_click=state.copy(one.id))
    return acting_row(words, rx.el.div(turn, copy, gone, class_name="flex gap-1 items-center"))


def _ready_made(state: Any) -> rx.Component:
    def preset(one: Any) -> rx.Component:
        add = button(_("Add"), "plus", size="sm", on_click=state.take(one.key))
        return rx.el.li(
            rx.el.span(one.name, class_name="t-sm flex-1 min-w-0"), add, class_name="row"
        )

    listed = rx.el.ul(rx.foreach(state.presets, preset), class_name="rows")
    return card(listed, title=_("Ready-made ones to begin with"))
