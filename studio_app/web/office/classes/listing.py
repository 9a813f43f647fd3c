"""Every class and ensemble: who teaches it, when, and how full it is."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.scheduling.queries.classes import ClassRow, classes
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.session import PageState
from studio_app.web.ui.badges import dot, pill
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many

NEW = f"{routes.CALENDAR}?new=1"


@dataclass(frozen=True)
class ClassLine:
    href: str = ""
    name: str = ""
    kind: str = ""
    when: str = ""
    teacher: str = ""
    k: str = "k1"
    where: str = ""
    places: str = ""
    free: str = ""
    """2 places left; empty where there is no limit"""
    full: bool = False
    next: str = ""


class ClassesState(PageState, rx.State):
    classes: list[ClassLine] = []

    @loader
    async def load(self) -> None:
        self.classes = [class_line(row) for row in await self._run(classes)]


def class_line(row: ClassRow) -> ClassLine:
    free = "" if row.free is None else many("{n} place left", "{n} places left", n=row.free)
    return ClassLine(
        href=routes.filled(routes.CLASS, series_id=row.series_id),
        name=row.name,
        kind=row.lesson_type if row.lesson_type != row.name else "",
        when=row.when,
        teacher=row.teacher,
        k=f"k{row.teacher_colour}",
        where=", ".join(part for part in (row.room, row.location) if part),
        places=row.places,
        free=free,
        full=row.free == 0,
        next=row.next,
    )


def page() -> rx.Component:
    state: Any = ClassesState
    none = empty(
        "users-round",
        _("No classes yet"),
        _("A weekly lesson for several students is a class: put it into the calendar."),
        link_button(_("Open the calendar"), NEW, "calendar-plus", kind="primary"),
        level=2,
    )
    return office_shell(
        routes.CLASSES,
        loaded(
            state,
            card(table(_("Classes"), _columns(), state.classes, empty=none)),
            skeleton=card(skeleton_rows(5)),
            on_retry=ClassesState.load,
        ),
        live("lesson", "seat", "enrolment", on_change=ClassesState.load),
        title=_("Classes"),
        top=[
            link_button(_("The next term"), routes.ROLLOVERS, "repeat"),
            link_button(_("Add a class"), NEW, "plus", kind="primary"),
        ],
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Class"), _name),
        Column(_("When"), lambda row: _two(row.when, row.where)),
        Column(_("Teacher"), _teacher),
        Column(_("Taking part"), places_of),
        Column(_("Next"), lambda row: row.next),
    )


def _name(row: Any) -> rx.Component:
    name = rx.el.a(row.name, href=row.href, class_name="link font-medium")
    return rx.el.div(name, rx.el.p(row.kind, class_name="t-sm dim"))


def _two(first: Any, second: Any) -> rx.Component:
    return rx.el.div(rx.el.p(first), rx.el.p(second, class_name="t-sm dim"))


def _teacher(row: Any) -> rx.Component:
    return rx.el.span(dot(row.k), row.teacher, class_name="inline-flex items-center gap-2")


def places_of(row: Any) -> rx.Component:
    """5 of 8, and whether somebody can still come."""
    left = rx.cond(row.free != "", rx.el.p(row.free, class_name="t-sm dim"), rx.fragment())
    return rx.el.div(
        rx.el.p(row.places, class_name="num"),
        rx.cond(row.full, pill(_("Full"), tone="warn"), left),
    )
