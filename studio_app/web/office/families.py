"""Every account: whose it is, who pays, what is owed."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.access import Permission
from studio_app.kit.ids import FamilyId
from studio_app.overview.queries.leaving import Owed, owed_by
from studio_app.people.queries.families import FamilyPage, FamilyRow, families
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.office.students_adding import add_student_button
from studio_app.web.turning import Turning
from studio_app.web.ui.buttons import link, link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.forms import search_box
from studio_app.web.ui.lists import Column, pager, table, toolbar
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class FamilyLine:
    id: str = ""
    name: str = ""
    students: str = ""
    payer: str = ""
    balance: str = ""
    standing: str = ""
    """owes, credit, or "" when nothing is open."""
    href: str = ""


class FamiliesState(Turning, rx.State):
    rows: list[FamilyLine] = []
    typed: str = ""

    @loader
    async def load(self) -> None:
        self.typed = self._asked("q")
        self._from_the_start()
        await self._show()

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        self.typed = typed
        self._from_the_start()
        await self._show()

    async def _show(self) -> None:
        after = FamilyId(as_id(self._after())) if self._after() else None
        found: FamilyPage = await self._run(families, text=self.typed, after=after)
        owed: dict[FamilyId, Owed] = {}
        if (await self._actor()).may(Permission.BILLING_VIEW):
            owed = await self._run(owed_by, [row.id for row in found.rows])
        self.rows = [_line(row, owed.get(row.id)) for row in found.rows]
        self._turned(found.next_after)


def _line(row: FamilyRow, owed: Owed | None) -> FamilyLine:
    return FamilyLine(
        id=str(row.id),
        name=row.name,
        students=", ".join(row.students),
        payer=row.payer,
        balance=owed.said if owed else "",
        standing=standing_of(owed.minor) if owed else "",
        href=routes.filled(routes.FAMILY, family_id=row.id),
    )


def standing_of(minor: int) -> str:
    if not minor:
        return ""
    return "owes" if minor > 0 else "credit"


def page() -> rx.Component:
    find = FamiliesState.search.debounce(150)
    search = search_box(_("Find a family"), on_change=find, default_value=FamiliesState.typed)
    return office_shell(
        routes.FAMILIES,
        loaded(
            FamiliesState,
            card(
                card_body(toolbar(search), class_name="pt-4"),
                table(_("Families"), _columns(), FamiliesState.rows, empty=_nobody()),
                pager(
                    FamiliesState.page_number,
                    more=FamiliesState.more,
                    on_back=FamiliesState.last_page,
                    on_next=FamiliesState.next_page,
                ),
            ),
            skeleton=card(skeleton_rows(6)),
            on_retry=FamiliesState.load,
        ),
        title=_("Families"),
        top=[add_student_button()],
    )


def _columns() -> tuple[Column, ...]:
    def payer(row: Any) -> rx.Component:
        nobody = rx.el.span(_("Nobody yet"), class_name="faint")
        return rx.cond(row.payer != "", row.payer, nobody)

    return (
        Column(_("Family"), lambda row: link(row.name, row.href)),
        Column(_("Students"), lambda row: row.students),
        Column(_("Pays"), payer),
        Column(_("Balance"), lambda row: balance(row.balance, row.standing), figures=True),
    )


def balance(said: Any, standing: Any) -> rx.Component:
    """An amount with the word for it: owed, or in credit."""
    owes = rx.el.span(said, rx.el.span(" ", _("owed"), class_name="t-xs"), class_name="font-medium")
    credit = rx.el.span(
        said, rx.el.span(" ", _("in credit"), class_name="t-xs"), class_name="tone-text-ok"
    )
    settled = rx.el.span(said, class_name="faint")
    return rx.fragment(rx.match(standing, ("owes", owes), ("credit", credit), settled))


def _nobody() -> rx.Component:
    not_found = empty("search", _("No family like that"), _("Try fewer letters."), level=2)
    none_yet = empty(
        "house",
        _("No families yet"),
        _("A family appears with its first student."),
        link_button(_("Import a list"), routes.IMPORT, "upload", kind="primary"),
        level=2,
    )
    return rx.cond(FamiliesState.typed != "", not_found, none_yet)
