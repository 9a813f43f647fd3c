"""How each enrolment is billed: lesson by lesson once held, or a term in advance."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.prices import Mode, bill_enrolment
from studio_app.billing.queries.arrangements import Arrangement, arrangements
from studio_app.kit.ids import EnrolmentId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import link
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.forms import search_box
from studio_app.web.ui.lists import Column, table, toolbar
from studio_app.web.ui.pages import breadcrumb
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class ArrangementLine:
    id: str = ""
    student: str = ""
    series: str = ""
    teacher: str = ""
    mode: str = ""
    href: str = ""


class ArrangementsState(PageState, rx.State):
    rows: list[ArrangementLine] = []
    typed: str = ""
    rev: int = 0

    @loader
    async def load(self) -> None:
        self.typed = ""
        await self._show()

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        self.typed = typed.strip().lower()
        await self._show()

    @handler
    async def bill(self, mode: str, enrolment_id: str) -> None:
        self.rev += 1
        form = Form({"mode": mode})
        chosen = form.choice("mode", Mode)
        form.check()
        before = next((one for one in self.rows if one.id == enrolment_id), ArrangementLine())
        await self._run(bill_enrolment, EnrolmentId(as_id(enrolment_id)), chosen)
        words = {
            Mode.ARREARS: _(
                "{name} is billed for each lesson once it is held.", name=before.student
            ),
            Mode.ADVANCE: _("{name} is billed by the term, in advance.", name=before.student),
        }[chosen]
        undo = ArrangementsState.bill(before.mode, enrolment_id) if before.mode else None
        await self._tell(words, undo=undo if before.mode != mode else None)
        await self._show()

    async def _show(self) -> None:
        found = await self._run(arrangements)
        wanted = [one for one in found if self.typed in one.student.lower()]
        self.rows = [_line(one) for one in wanted]


def _line(one: Arrangement) -> ArrangementLine:
    return ArrangementLine(
        str(one.enrolment_id),
        one.student,
        one.series,
        one.teacher,
        one.mode.value,
        routes.filled(routes.STATEMENT, family_id=one.family_id),
    )


def page() -> rx.Component:
    state: Any = ArrangementsState
    none = empty(
        "calendar-plus",
        _("No enrolments here"),
        _("A student in a weekly series appears here, with how they are billed."),
        level=2,
    )
    search = search_box(_("Find a student"), on_change=state.search.debounce(150))
    return office_shell(
        routes.BILLING,
        loaded(
            state,
            card(
                card_body(toolbar(search), class_name="pt-4"),
                table(_("Enrolments"), _columns(), state.rows, empty=none),
            ),
            skeleton=card(skeleton_rows(8)),
            on_retry=ArrangementsState.load,
        ),
        title=_("Arrangements"),
        top=[breadcrumb((_("Billing"), routes.BILLING))],
    )


def _columns() -> tuple[Column, ...]:
    state: Any = ArrangementsState

    def mode(row: Any) -> rx.Component:
        kinds = [
            option(Mode.ARREARS.value, _("Once held")),
            option(Mode.ADVANCE.value, _("Term in advance")),
        ]
        return choice(
            _("How {name} is billed", name=row.student), row.mode, kinds,
            marker=row.id, rev=state.rev, on_choose=state.bill,
        )  # fmt: skip

    return (
        Column(_("Student"), lambda row: link(row.student, row.href)),
        Column(_("Lessons"), lambda row: row.series),
        Column(_("Teacher"), lambda row: row.teacher),
        Column(_("Billed"), mode),
    )
