"""Everything of the office under Ctrl K or Command K, and single keys to get around."""

from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import GuardianId
from studio_app.people.queries.finding import Found, family_of_guardian, find_people
from studio_app.web import routes
from studio_app.web.handlers import handler
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.avatars import colour_of
from studio_app.web.ui.buttons import key_hint
from studio_app.web.ui.dialogs import dialog
from studio_app.web.ui.keys import keys, keys_switch
from studio_app.web.ui.palette import palette
from studio_app.web.words import _, say

NEW_LESSON = f"{routes.CALENDAR}?new=1"
NEW_STUDENT = f"{routes.STUDENTS}?new=1"
SHEET = "keys"
GUARDIAN = "guardian "
Items = list[dict[str, str]]


class PaletteState(PageState, rx.State):
    people: Items = []
    """Found by what is typed; commands are filtered in the browser."""
    sheet: bool = False

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        found = await self._run(find_people, typed) if typed.strip() else []
        self.people = [_item(one) for one in found]

    @handler
    async def pick(self, chosen: str) -> EventType[()] | None:
        """Where the chosen line leads: a path of ours, or the sheet of shortcuts."""
        if chosen == SHEET:
            self.sheet = True
            return None
        if chosen.startswith(GUARDIAN):
            guardian_id = GuardianId(as_id(chosen.removeprefix(GUARDIAN)))
            family_id = await self._run(family_of_guardian, guardian_id)
            return rx.redirect(routes.filled(routes.FAMILY, family_id=family_id))
        return rx.redirect(routes.safe_way_back(chosen))

    @handler
    async def show_sheet(self, is_open: bool) -> None:
        self.sheet = is_open


def _item(found: Found) -> dict[str, str]:
    hint = " · ".join(part for part in (say(found.kind.label), found.detail) if part)
    return {"id": _path(found), "label": found.name, "hint": hint, "dot": colour_of(found.id)}


def _path(found: Found) -> str:
    match found.kind.value:
        case "student":
            return routes.filled(routes.STUDENT, student_id=found.id)
        case "family":
            return routes.filled(routes.FAMILY, family_id=found.id)
        case "teacher":
            return f"{routes.CALENDAR}?teacher={quote(str(found.id))}"
        case _:
            return f"{GUARDIAN}{found.id}"


def command_palette(here: str) -> rx.Component:
    """The palette, the keys and their sheet: once in every page of the office."""
    commands = [
        _line(NEW_LESSON, _("New lesson"), _("Create"), "N"),
        _line(NEW_STUDENT, _("Add a student"), _("Create")),
        _line(routes.ROLLOVERS, _("Ask who goes on"), _("Create")),
        _line(routes.WRITE_TO_MANY, _("Write to many"), _("Create")),
        _line(routes.IMPORT, _("Import a list"), _("Create")),
        _line(SHEET, _("Keyboard shortcuts"), _("Help"), "?"),
    ]
    go_to = [_line(path, words, "", f"G {key.upper()}") for key, path, words in _places()]
    go_to += [
        _line(routes.UNMARKED, _("Unmarked lessons")),
        _line(routes.BOOKINGS, _("Bookings")),
        _line(routes.WAITLIST, _("Waitlist")),
        _line(routes.COVER, _("Find cover")),
    ]
    settings = [_line(routes.SETTINGS, _("Settings"), ""), _line(routes.ACCOUNT, _("Your account"))]
    groups = [
        {"heading": _("People"), "items": PaletteState.people, "found": True},
        {"heading": _("Do"), "items": commands},
        {"heading": _("Go to"), "items": [*go_to, *settings]},
    ]
    return rx.fragment(
        palette(groups, on_pick=PaletteState.pick, on_search=PaletteState.search.debounce(150)),
        keys(_keys(here)),
        _sheet(),
    )


def _line(to: str, words: str, hint: str = "", pressed: str = "") -> dict[str, str]:
    return {"id": to, "label": words, "hint": hint, "keys": pressed}


def _places() -> list[tuple[str, str, str]]:
    return [
        ("d", routes.OFFICE, _("Dashboard")),
        ("c", routes.CALENDAR, _("Calendar")),
        ("s", routes.STUDENTS, _("Students")),
        ("l", routes.CLASSES, _("Classes")),
        ("f", routes.FAMILIES, _("Families")),
        ("t", routes.TEACHERS, _("Teachers")),
        ("b", routes.BILLING, _("Billing")),
        ("m", routes.MESSAGES, _("Messages")),
        ("i", routes.IMPORT, _("Import")),
    ]


def _keys(here: str) -> dict[str, Any]:
    """The calendar has its own N: there the dialog opens where one is."""
    going = {f"g {key}": rx.redirect(path) for key, path, _words in _places()}
    new = {} if here == routes.CALENDAR else {"n": rx.redirect(NEW_LESSON)}
    return {**going, **new, "?": PaletteState.show_sheet(True)}  # noqa: FBT003  as the dialog says it


def _sheet() -> rx.Component:
    return dialog(
        rx.el.div(
            _part(
                _("Everywhere"),
                [
                    (("Ctrl", "K"), _("Search, or do something")),
                    (("N",), _("New lesson")),
                    (("?",), _("This list")),
                    *[(("G", key.upper()), words) for key, _path, words in _places()],
                ],
            ),
            _part(
                _("In the calendar"),
                [
                    (("T",), _("Today")),
                    (("D",), _("Day")),
                    (("W",), _("Week")),
                    (("M",), _("Month")),
                    (("A",), _("Agenda")),
                    (("←", "→"), _("Earlier, later")),
                    (("Enter",), _("Open the lesson")),
                    (("Alt", "↑", "↓"), _("Move the lesson by a quarter of an hour")),
                    (("Alt", "←", "→"), _("Move the lesson by a day")),
                    (("Alt", "Shift", "↓"), _("Make the lesson longer")),
                ],
            ),
            class_name="key-lists",
        ),
        keys_switch(_("Single keys do something")),
        title=_("Keyboard shortcuts"),
        is_open=PaletteState.sheet,
        on_open_change=PaletteState.show_sheet,
        look="dialog dialog--wide",
    )


def _part(title: str, lines: list[tuple[tuple[str, ...], str]]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(title, class_name="t-over mb-2"),
        rx.el.dl(
            *[
                rx.el.div(
                    rx.el.dt(words, class_name="t-sm"),
                    rx.el.dd(key_hint(*pressed), rx.el.span(" ".join(pressed), class_name="sr")),
                    class_name="flex-line",
                )
                for pressed, words in lines
            ],
            class_name="grid gap-2",
        ),
    )
