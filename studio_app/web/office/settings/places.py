"""Where lessons are given: locations and their rooms."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import LocationId, RoomId
from studio_app.scheduling.commands.places import (
    RoomDetails,
    add_room,
    archive_location,
    archive_room,
    change_location,
    change_room,
    open_location,
    restore_location,
    restore_room,
)
from studio_app.scheduling.queries.needing import Thing
from studio_app.scheduling.queries.setup import LocationRow, locations
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.farewell import Farewell, farewell
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, form, text_field
from studio_app.web.ui.lists import some
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class RoomLine:
    id: str = ""
    name: str = ""
    about: str = ""
    max_capacity: str = ""
    shared: bool = False


@dataclass(frozen=True)
class LocationLine:
    id: str = ""
    name: str = ""
    address: str = ""
    is_online: bool = False
    rooms: tuple[RoomLine, ...] = ()


class PlacesState(Farewell, rx.State):
    locations: list[LocationLine] = []

    @loader
    async def load(self) -> None:
        self.locations = [_location(one) for one in await self._run(locations)]

    @handler
    async def save_location(self, sent: dict[str, Any]) -> EventType[()]:
        """A new location, or the one whose dialog is open."""
        self.faults = {}
        read = Form(sent)
        name, address = read.text("name", longest=120), read.optional_text("address")
        said = {"name": name, "address": address, "is_online": read.flag("is_online")}
        read.check()
        about = self._about("location")
        if about:
            known = LocationId(as_id(about))
            await self._run_once(self._key, change_location, known, **said)
        else:
            await self._run_once(self._key, open_location, **said)
        return await self._saved()

    @handler
    async def save_room(self, sent: dict[str, Any]) -> EventType[()]:
        """A room of the location, or the room, whose dialog is open."""
        self.faults = {}
        details = _room_details(sent)
        room, location = self._about("room"), self._about("new-room")
        if room:
            await self._run_once(self._key, change_room, RoomId(as_id(room)), details)
        else:
            where = LocationId(as_id(location))
            await self._run_once(self._key, add_room, where, details)
        return await self._saved()

    @handler
    async def archive_location(self, location_id: str) -> EventType[()]:
        await self._run(archive_location, LocationId(as_id(location_id)))
        undo = PlacesState.restore_location(location_id)
        await self._tell(_("The location was archived with its rooms."), undo=undo)
        return PlacesState.load

    @handler
    async def restore_location(self, location_id: str) -> EventType[()]:
        await self._run(restore_location, LocationId(as_id(location_id)))
        return PlacesState.load

    @handler
    async def archive_room(self, room_id: str) -> EventType[()]:
        await self._run(archive_room, RoomId(as_id(room_id)))
        await self._tell(_("The room was archived."), undo=PlacesState.restore_room(room_id))
        return PlacesState.load

    @handler
    async def restore_room(self, room_id: str) -> EventType[()]:
        await self._run(restore_room, RoomId(as_id(room_id)))
        return PlacesState.load

    async def _saved(self) -> EventType[()]:
        self.opened = ""
        await self._tell(_("Saved."))
        return PlacesState.load


def _room_details(sent: dict[str, Any]) -> RoomDetails:
    read = Form(sent)
    most = read.number("max_capacity", least=1, most=1000) if sent.get("max_capacity") else None
    details = RoomDetails(read.text("name", longest=80), most, single_use=not read.flag("shared"))
    read.check()
    return details


def _location(row: LocationRow) -> LocationLine:
    def about(most: int | None, *, shared: bool) -> str:
        holds = many("{n} person", "{n} people", n=most) if most else _("no limit")
        return f"{holds} · {_('shared')}" if shared else holds

    rooms = tuple(
        RoomLine(
            str(room.id),
            room.name,
            about(room.max_capacity, shared=not room.single_use),
            str(room.max_capacity or ""),
            not room.single_use,
        )
        for room in row.rooms
    )
    return LocationLine(str(row.id), row.name, row.address, row.is_online, rooms)


def page() -> rx.Component:
    state: Any = PlacesState
    none = card(
        empty(
            "map-pin",
            _("No place yet"),
            _("Add the house where you teach, then its rooms. At home counts too."),
            level=2,
        )
    )
    listed = stack(rx.foreach(state.locations, lambda one: _place(state, one)))
    return settings_shell(
        routes.SETTINGS_PLACES,
        loaded(
            state,
            rx.cond(some(state.locations), listed, none),
            skeleton=card(skeleton_rows(3)),
            on_retry=PlacesState.load,
        ),
        top=[_location_dialog(state, "location", button(_("Add a place"), "plus", kind="primary"))],
    )


def _place(state: Any, one: Any) -> rx.Component:
    buttons = rx.el.div(
        _room_dialog(state, "new-room " + one.id, button(_("Add a room"), "plus", size="sm")),
        _location_dialog(
            state, "location " + one.id, icon_button("pencil", _("Edit"), size="sm"), one
        ),
        farewell(
            state,
            Thing.LOCATION,
            one.id,
            title=_("Put this location away?"),
            words=_("Its rooms go with it. Lessons held there stay as they are."),
            on_confirm=state.archive_location(one.id),
            trigger=icon_button("archive", _("Archive"), size="sm"),
        ),
        class_name="flex gap-1",
    )
    return card(
        rx.el.p(rx.cond(one.is_online, _("Online"), one.address), class_name="t-sm dim px-4 pb-2"),
        rx.el.ul(rx.foreach(one.rooms, lambda room: _room(state, room)), class_name="rows"),
        title=one.name,
        action=buttons,
    )


def _room(state: Any, room: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(room.name, class_name="font-medium flex-1 min-w-0 truncate"),
        rx.el.span(room.about, class_name="t-sm dim"),
        _room_dialog(state, "room " + room.id, icon_button("pencil", _("Edit"), size="sm"), room),
        farewell(
            state,
            Thing.ROOM,
            room.id,
            title=_("Put this room away?"),
            words=_("Lessons held there stay as they are."),
            on_confirm=state.archive_room(room.id),
            trigger=icon_button("archive", _("Archive"), size="sm"),
        ),
        class_name="row",
    )


def _location_dialog(state: Any, name: Any, opener: Any, one: Any = None) -> rx.Component:
    known = {"name": "", "address": "", "is_online": False} if one is None else one
    fields = form(
        text_field(
            _("Name"), "name", faults=state.faults, default_value=known["name"], required=True
        ),
        text_field(_("Address"), "address", default_value=known["address"]),
        checkbox(
            _("Online"),
            "is_online",
            detail=_("Lessons there are held online: each gets a link of its own."),
            default_checked=known["is_online"],
        ),
        form_actions(submit(_("Save"))),
        on_submit=state.save_location,
    )
    return named_dialog(state, name, fields, title=_("A place"), trigger=opener)


def _room_dialog(state: Any, name: Any, opener: Any, one: Any = None) -> rx.Component:
    known = {"name": "", "max_capacity": "", "shared": False} if one is None else one
    fields = form(
        text_field(
            _("Name"), "name", faults=state.faults, default_value=known["name"], required=True
        ),
        text_field(
            _("How many people fit in?"),
            "max_capacity",
            kind="number",
            faults=state.faults,
            hint=_("Leave it empty for no limit."),
            default_value=known["max_capacity"],
        ),
        checkbox(
            _("Several lessons at once"),
            "shared",
            detail=_("As in a hall. Otherwise nobody can double-book the room."),
            default_checked=known["shared"],
        ),
        form_actions(submit(_("Save"))),
        on_submit=state.save_room,
    )
    return named_dialog(state, name, fields, title=_("A room"), trigger=opener)
