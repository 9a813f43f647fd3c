"""Finding a student in a dialog: typed, shown, chosen."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.ids import StudentId
from studio_app.people.queries.students import students
from studio_app.web.frame import initials
from studio_app.web.handlers import handler
from studio_app.web.session import PageState
from studio_app.web.ui.avatars import avatar, colour_of, person
from studio_app.web.ui.forms import search_box
from studio_app.web.ui.lists import some
from studio_app.web.words import _

FOUND = 6


@dataclass(frozen=True)
class Person:
    """A student found, a member, somebody in a lesson."""

    id: str = ""
    name: str = ""
    detail: str = ""
    initials: str = ""
    colour: str = "k1"
    guest: bool = False


class Finding(PageState, mixin=True):
    """A page's state with a dialog in which a student is chosen."""

    found: list[Person] = []
    chosen: Person = Person()

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        rows = (await self._run(students, text=typed, limit=FOUND)).rows if typed.strip() else []
        self.found = [person_of(row.id, row.name, row.instrument) for row in rows]

    @handler
    async def choose(self, student_id: str) -> None:
        self.chosen = next((one for one in self.found if one.id == student_id), Person())
        self.found = []

    def _nobody(self) -> None:
        self.found, self.chosen = [], Person()


def person_of(student_id: StudentId, name: str, detail: str = "", *, guest: bool = False) -> Person:
    colour = colour_of(student_id)
    return Person(str(student_id), name, detail, initials(name), colour, guest)


def student_field(state: Any) -> rx.Component:
    """The search until somebody is chosen, then who it is; its fault is called `student`."""
    picked = rx.el.div(
        person(state.chosen.initials, state.chosen.name, state.chosen.detail),
        class_name="rounded-ctl bg-sunken p-2",
    )
    missing = rx.cond(
        state.faults.contains("student"),
        rx.el.p(_("Please choose a student."), role="alert", class_name="fault"),
        rx.fragment(),
    )
    return rx.fragment(
        rx.cond(state.chosen.id != "", picked, student_search(state, state.choose)), missing
    )


def student_search(state: Any, on_pick: Any) -> rx.Component:
    def one(found: Any) -> rx.Component:
        pick = rx.el.button(
            avatar(found.initials, found.colour, size="sm"),
            rx.el.span(found.name, class_name="font-medium"),
            rx.el.span(found.detail, class_name="t-xs faint"),
            type="button",
            class_name="row row--button",
            on_click=on_pick(found.id),
        )
        return rx.el.li(pick)

    listed = rx.el.ul(rx.foreach(state.found, one), class_name="rows")
    return rx.el.div(
        search_box(_("Find a student"), on_change=state.search.debounce(150)),
        rx.cond(some(state.found), listed, rx.fragment()),
        class_name="grid gap-2",
    )
