"""The kinds of lessons a studio gives: how long, for how many, in which colour."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import LessonTypeId
from studio_app.scheduling.commands.lesson_types import (
    LessonTypeDetails,
    add_lesson_type,
    archive_lesson_type,
    change_lesson_type,
    restore_lesson_type,
)
from studio_app.scheduling.queries.needing import Thing
from studio_app.scheduling.queries.setup import LessonTypeRow, lesson_types
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.farewell import Farewell, farewell
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.ui.badges import dot
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.choices import colour_field
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, fields, form, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class KindLine:
    id: str = ""
    name: str = ""
    about: str = ""
    minutes: str = ""
    capacity: str = ""
    colour: str = "1"
    k: str = "k1"
    is_online: bool = False


class KindsState(Farewell, rx.State):
    kinds: list[KindLine] = []

    @loader
    async def load(self) -> None:
        self.kinds = [_line(one) for one in await self._run(lesson_types)]

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        """A new kind, or the one whose dialog is open."""
        self.faults = {}
        details, about = _details(sent), self._about("kind")
        if about:
            known = LessonTypeId(as_id(about))
            await self._run_once(self._key, change_lesson_type, known, details)
        else:
            await self._run_once(self._key, add_lesson_type, details)
        self.opened = ""
        await self._tell(_("Saved."))
        return KindsState.load

    @handler
    async def archive(self, kind_id: str) -> EventType[()]:
        await self._run(archive_lesson_type, LessonTypeId(as_id(kind_id)))
        undo = KindsState.restore(kind_id)
        await self._tell(_("This kind of lesson was archived."), undo=undo)
        return KindsState.load

    @handler
    async def restore(self, kind_id: str) -> EventType[()]:
        await self._run(restore_lesson_type, LessonTypeId(as_id(kind_id)))
        return KindsState.load


def _details(sent: dict[str, Any]) -> LessonTypeDetails:
    read = Form(sent)
    details = LessonTypeDetails(
        name=read.text("name", longest=80),
        minutes=read.number("minutes", least=5, most=1440),
        capacity=read.number("capacity", least=1, most=1000) if sent.get("capacity") else None,
        colour=read.number("colour", least=1, most=8) if sent.get("colour") else None,
        is_online=read.flag("is_online"),
    )
    read.check()
    return details


def _line(row: LessonTypeRow) -> KindLine:
    fits = _("no limit")
    if row.capacity:
        fits = many("for one", "up to {n}", n=row.capacity)
    about = f"{_('{n} minutes', n=row.minutes)} · {fits}"
    return KindLine(
        str(row.id),
        row.name,
        f"{about} · {_('online')}" if row.is_online else about,
        str(row.minutes),
        str(row.capacity or ""),
        str(row.colour),
        f"k{row.colour}",
        row.is_online,
    )


def page() -> rx.Component:
    state: Any = KindsState
    none = empty(
        "music",
        _("No kinds of lessons yet"),
        _("Add the first, such as Piano, 30 minutes. Prices hang on them."),
        level=2,
    )

    def one(kind: Any) -> rx.Component:
        return rx.el.li(
            dot(kind.k),
            rx.el.span(kind.name, class_name="font-medium flex-1 min-w-0 truncate"),
            rx.el.span(kind.about, class_name="t-sm dim"),
            _dialog(state, "kind " + kind.id, icon_button("pencil", _("Edit"), size="sm"), kind),
            farewell(
                state,
                Thing.LESSON_TYPE,
                kind.id,
                title=_("Put this kind of lesson away?"),
                words=_("Lessons and prices that have it stay as they are."),
                on_confirm=state.archive(kind.id),
                trigger=icon_button("archive", _("Archive"), size="sm"),
            ),
            class_name="row",
        )

    opener = button(_("Add a kind"), "plus", kind="primary")
    return settings_shell(
        routes.SETTINGS_LESSONS,
        loaded(
            state,
            card(rows(state.kinds, one, empty=none)),
            skeleton=card(skeleton_rows(3)),
            on_retry=KindsState.load,
        ),
        top=[_dialog(state, "kind", opener)],
    )


def _dialog(state: Any, name: Any, opener: Any, one: Any = None) -> rx.Component:
    new = {"name": "", "minutes": "30", "capacity": "1", "is_online": False, "colour": None}
    known, faults = new if one is None else one, state.faults
    typed = form(
        text_field(_("Name"), "name", faults=faults, default_value=known["name"], required=True),
        fields(
            text_field(
                _("Minutes"),
                "minutes",
                kind="number",
                faults=faults,
                default_value=known["minutes"],
            ),
            text_field(
                _("Students at most"),
                "capacity",
                kind="number",
                faults=faults,
                default_value=known["capacity"],
                hint=_("1 is a lesson alone; empty is no limit."),
            ),
        ),
        checkbox(_("Online"), "is_online", default_checked=known["is_online"]),
        colour_field(_("Colour on the calendar"), "colour", known["colour"]),
        form_actions(submit(_("Save"))),
        on_submit=state.save,
    )
    return named_dialog(state, name, typed, title=_("A kind of lesson"), trigger=opener)
