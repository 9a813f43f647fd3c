"""Everybody who learns here: found as one types, counted by status, a page at a time."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.ids import StudentId
from studio_app.people.queries.students import (
    StudentPage,
    StudentRow,
    StudentStatus,
    students,
    students_by_status,
)
from studio_app.people.queries.tags import tags_in_use
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.office.students_adding import add_student_button
from studio_app.web.turning import Turning
from studio_app.web.ui.avatars import colour_of, person
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import link, link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip
from studio_app.web.ui.forms import option_list, search_box
from studio_app.web.ui.lists import Column, pager, some, table, toolbar
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say

ARCHIVED = "archived"
STATUSES = tuple(status.value for status in StudentStatus)


@dataclass(frozen=True)
class StudentLine:
    id: str = ""
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    status: str = ""
    instrument: str = ""
    family: str = ""
    href: str = ""
    family_href: str = ""


@dataclass(frozen=True)
class Filter:
    """One chip above the list."""

    value: str = ""
    label: str = ""
    count: int = 0
    chosen: bool = False


class StudentsState(Turning, rx.State):
    rows: list[StudentLine] = []
    filters: list[Filter] = []
    typed: str = ""
    shows_archived: bool = False
    narrowed: bool = False
    """By a status or by letters: then an empty list means nobody like that."""
    tags: list[dict[str, str]] = []
    tag: str = ""
    _status: str = ""

    @loader
    async def load(self) -> None:
        self._status, self.typed = self._asked("status"), self._asked("q")
        self.tag = self._asked("tag")
        used = await self._run(tags_in_use)
        every = {"value": "", "label": _("Every tag")}
        self.tags = [every, *({"value": one.tag, "label": one.tag} for one in used)] if used else []
        self._from_the_start()
        await self._show()

    @handler
    async def choose_tag(self, tag: str) -> None:
        self.tag = tag
        self._from_the_start()
        await self._show()

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        self.typed = typed
        self._from_the_start()
        await self._show()

    @handler
    async def choose(self, status: str) -> None:
        self._status = "" if status == self._status else status
        self._from_the_start()
        await self._show()

    async def _show(self) -> None:
        found: StudentPage = await self._run(
            students,
            statuses=[StudentStatus(self._status)] if self._status in STATUSES else [],
            text=self.typed,
            tag=self.tag,
            archived=self._status == ARCHIVED,
            after=StudentId(as_id(self._after())) if self._after() else None,
        )
        self.rows = [_line(row) for row in found.rows]
        self._turned(found.next_after)
        self.shows_archived = self._status == ARCHIVED
        self.narrowed = bool(self._status or self.typed or self.tag)
        self.filters = _filters(await self._run(students_by_status), self._status)


def _line(row: StudentRow) -> StudentLine:
    return StudentLine(
        id=str(row.id),
        name=row.name,
        initials=initials(row.name),
        colour=colour_of(row.id),
        status=row.status.value,
        instrument=row.instrument,
        family=row.family,
        href=routes.filled(routes.STUDENT, student_id=row.id),
        family_href=routes.filled(routes.FAMILY, family_id=row.family_id),
    )


def _filters(counts: dict[StudentStatus, int], chosen: str) -> list[Filter]:
    nothing = chosen not in {*STATUSES, ARCHIVED}
    everybody = Filter("", _("Everybody"), sum(counts.values()), nothing)
    each = [
        Filter(status.value, say(status.label), n, chosen == status.value)
        for status, n in counts.items()
        if n or chosen == status.value
    ]
    return [everybody, *each]


def page() -> rx.Component:
    return office_shell(
        routes.STUDENTS,
        loaded(
            StudentsState,
            card(
                card_body(_above(), class_name="pt-4"),
                table(_("Students"), _columns(), StudentsState.rows, empty=_nobody()),
                pager(
                    StudentsState.page_number,
                    more=StudentsState.more,
                    on_back=StudentsState.last_page,
                    on_next=StudentsState.next_page,
                ),
            ),
            skeleton=card(skeleton_rows(6)),
            on_retry=StudentsState.load,
        ),
        title=_("Students"),
        top=[add_student_button()],
    )


def _above() -> rx.Component:
    find = StudentsState.search.debounce(150)
    return toolbar(
        search_box(_("Find a student"), on_change=find, default_value=StudentsState.typed),
        rx.cond(some(StudentsState.tags), _tag(), rx.fragment()),
        rx.el.div(
            rx.foreach(StudentsState.filters, _chip),
            _archived_chip(),
            class_name="chips",
            role="group",
            aria_label=_("Status"),
        ),
    )


def _tag() -> rx.Component:
    return rx.el.select(
        option_list(StudentsState.tags),
        value=StudentsState.tag,
        on_change=StudentsState.choose_tag,
        aria_label=_("Tag"),
        class_name="input w-auto",
    )


def _chip(one: rx.vars.ObjectVar[Filter]) -> rx.Component:
    words = rx.fragment(one.label, rx.el.span(one.count, class_name="num faint"))
    return chip(words, pressed=one.chosen, on_click=StudentsState.choose(one.value))


def _archived_chip() -> rx.Component:
    pressed = StudentsState.shows_archived
    return chip(_("Archived"), pressed=pressed, on_click=StudentsState.choose(ARCHIVED))


def _columns() -> tuple[Column, ...]:
    def name(row: Any) -> rx.Component:
        shown = person(row.initials, row.name, row.instrument, colour=row.colour)
        return rx.el.a(shown, href=row.href, class_name="link--plain")

    return (
        Column(_("Name"), name),
        Column(_("Status"), lambda row: status_badge(row.status, *STATUSES)),
        Column(_("Family"), lambda row: link(row.family, row.family_href)),
    )


def _nobody() -> rx.Component:
    nobody_found = empty(
        "search", _("Nobody like that"), _("Try fewer letters, or another status."), level=2
    )
    nobody_yet = empty(
        "users",
        _("No students yet"),
        _("Bring them in from a file, or add the first by name."),
        link_button(_("Import a list"), routes.IMPORT, "upload", kind="primary"),
        level=2,
    )
    return rx.cond(StudentsState.narrowed, nobody_found, nobody_yet)
