"""On a student's page: the credits that can pay for their lessons."""

from typing import Any

import reflex as rx

from studio_app.billing.queries.credits import student_credits
from studio_app.kit.access import Permission
from studio_app.kit.ids import StudentId
from studio_app.web import routes
from studio_app.web.credit_cards import CreditShown, shown
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import row, some
from studio_app.web.ui.live import live
from studio_app.web.words import _


class StudentCreditsState(PageState, rx.State):
    credits_here: list[CreditShown] = []
    href: str = ""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    async def _show(self) -> None:
        """Who teaches sees no account, and so no credit."""
        self.credits_here = []
        if not (await self._actor()).may(Permission.BILLING_VIEW):
            return
        found = await self._run(student_credits, StudentId(self._path_id("student_id")))
        self.credits_here = shown([one for one in found if one.is_open])
        if found:
            self.href = routes.filled(routes.FAMILY_CREDITS, family_id=found[0].family_id)


def credits_panel() -> rx.Component:
    state: Any = StudentCreditsState

    def one(each: rx.vars.ObjectVar[CreditShown]) -> rx.Component:
        return row(
            rx.el.div(
                rx.el.span(each.title, class_name="font-medium num block"),
                rx.el.span(each.standing, " · ", each.until, class_name="t-sm dim num block"),
                class_name="flex-1 min-w-0",
            ),
            rx.cond(each.soon != "", pill(each.soon, tone="warn"), rx.fragment()),
            href=state.href,
        )

    listed = rx.el.ul(rx.foreach(state.credits_here, one), class_name="rows")
    return rx.fragment(
        rx.cond(some(state.credits_here), card(listed, title=_("Credits")), rx.fragment()),
        live(
            "credit_lot",
            "credit_entry",
            "attendance_mark",
            on_change=StudentCreditsState.look_again,
        ),
    )
