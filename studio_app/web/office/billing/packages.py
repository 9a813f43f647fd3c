"""Packages on the price list: so many sessions for a price; and whether lessons complete
themselves."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.attendance.completing import choose_completion
from studio_app.attendance.queries import completes_lessons
from studio_app.billing.commands.packages import (
    Offer,
    TaxRate,
    offer_again,
    offer_package,
    withdraw_package,
)
from studio_app.billing.queries.packages import Lasting, PackageRow, package_list, paid_credit_law
from studio_app.identity.queries import my_profile
from studio_app.kit.ids import LessonTypeId, PackageId
from studio_app.scheduling.queries.setup import lesson_types
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import (
    checkbox,
    fields,
    folded,
    form,
    select_field,
    switch,
    text_field,
)
from studio_app.web.ui.lists import acting_row, rows
from studio_app.web.ui.pages import breadcrumb, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class PackageLine:
    id: str = ""
    name: str = ""
    about: str = ""
    price: str = ""
    sold: str = ""
    on_offer: bool = True


class PackagesState(Opening, rx.State):
    packages: list[PackageLine] = []
    kinds: list[dict[str, str]] = []
    law: str = ""
    completes: bool = False

    @loader
    async def load(self) -> None:
        await self._again()
        anything = {"value": "", "label": _("Every lesson type")}
        kinds = await self._run(lesson_types)
        self.kinds = [anything, *({"value": str(k.id), "label": k.name} for k in kinds)]
        self.law = _law(await self._run(paid_credit_law))
        self.completes = await self._run(completes_lessons)

    async def _again(self) -> None:
        self.packages = [_line(one) for one in await self._run(package_list)]

    @handler
    async def offer(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        price = read.money("amount", (await self._run(my_profile)).currency)
        kind, name = read.optional_id("lesson_type_id"), read.text("name", longest=120)
        sessions = read.number("sessions", least=1, most=500)
        minutes = read.number("minutes", least=5, most=600) if sent.get("minutes") else None
        months = read.number("months", least=1, most=120) if sent.get("months") else None
        percent = read.number("tax", most=100) if sent.get("tax") else 0
        read.check()
        tax = TaxRate(percent * 100, included=not read.flag("on_top"))
        kind_id = LessonTypeId(kind) if kind else None
        offered = Offer(name, sessions, price, kind_id, minutes, months, tax)
        await self._run_once(self._key, offer_package, offered)
        self.opened = ""
        await self._tell(_("On offer. Sell it on a family’s page."))
        await self._again()

    @handler
    async def withdraw(self, package_id: str) -> EventType[()]:
        await self._run(withdraw_package, PackageId(as_id(package_id)))
        undo = PackagesState.offer_again(package_id)
        await self._tell(_("Not sold any more. What was sold stays good."), undo=undo)
        return PackagesState.load

    @handler
    async def offer_again(self, package_id: str) -> EventType[()]:
        await self._run(offer_again, PackageId(as_id(package_id)))
        return PackagesState.load

    @handler
    async def complete(self, on: bool) -> None:
        await self._run(choose_completion, completes=on)
        self.completes = on
        words = (
            _("Lessons nobody has marked are taken as held once they are over.")
            if on
            else _("Somebody marks each lesson.")
        )
        await self._tell(words)


def _line(one: PackageRow) -> PackageLine:
    sessions = many("{n} session", "{n} sessions", n=one.sessions)
    lasting = _("good for {months}", months=one.lasting) if one.lasting else _("does not run out")
    about = (sessions, one.covers or _("every lesson"), lasting)
    sold = many("sold once", "sold {n} times", n=one.sold) if one.sold else ""
    return PackageLine(str(one.id), one.name, " · ".join(about), one.said, sold, one.is_on_offer)


def _law(law: Lasting) -> str:
    if not law.may_run_out:
        return _("In your country what was paid for does not run out here, whatever you enter.")
    if law.years:
        return many(
            "In your country what was paid for is good for {n} year at least.",
            "In your country what was paid for is good for {n} years at least.",
            n=law.years,
        )
    return _("In your country what was paid for may run out where that is fair and said clearly.")


def page() -> rx.Component:
    state: Any = PackagesState
    nothing = empty(
        "ticket", _("No packages yet"), _("Ten lessons for the price of nine: offer one."), level=2
    )
    completing = card(
        card_body(
            switch(
                _("Take lessons as held once they are over"),
                "completes",
                checked=state.completes,
                on_change=PackagesState.complete,
            ),
            rx.el.p(
                _("A lesson nobody has marked counts as held, and takes one of a package."),
                class_name="t-sm dim",
            ),
            class_name="py-4",
        ),
        title=_("When lessons are over"),
    )
    return office_shell(
        routes.BILLING,
        loaded(
            state,
            stack(
                card(rows(state.packages, _row, empty=nothing), title=_("On offer")),
                completing,
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=PackagesState.load,
        ),
        title=_("Packages"),
        top=[breadcrumb((_("Billing"), routes.BILLING)), _new(state)],
    )


def _row(one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.p(one.name, " · ", one.price, class_name="font-medium num"),
        rx.el.p(one.about, class_name="t-sm dim"),
        class_name="flex-1 min-w-0",
    )
    off = button(_("Sell no more"), size="sm", on_click=PackagesState.withdraw(one.id))
    on = button(_("Sell again"), size="sm", on_click=PackagesState.offer_again(one.id))
    sold = rx.cond(one.sold != "", pill(one.sold), rx.fragment())
    return acting_row(words, rx.fragment(sold, rx.cond(one.on_offer, off, on)))


def _new(state: Any) -> rx.Component:
    faults = state.faults
    asked = form(
        text_field(_("Name"), "name", faults=faults, required=True),
        fields(
            text_field(_("Sessions"), "sessions", kind="number", faults=faults, required=True),
            text_field(_("Price of all"), "amount", faults=faults, input_mode="decimal"),
        ),
        fields(
            select_field(_("Lesson type"), "lesson_type_id", state.kinds, faults=faults),
            text_field(_("Minutes, if it matters"), "minutes", kind="number", faults=faults),
        ),
        text_field(_("Good for how many months"), "months", kind="number", faults=faults),
        hint("scale", rx.fragment(state.law)),
        folded(
            _("Tax"),
            text_field(_("Per cent"), "tax", kind="number", faults=faults),
            checkbox(
                _("On top of the price"), "on_top", detail=_("Otherwise the price includes it.")
            ),
        ),
        form_actions(submit(_("Put it on offer"))),
        on_submit=PackagesState.offer,
    )
    return named_dialog(
        state,
        "new",
        asked,
        title=_("A new package"),
        words=_("What it costs now stays what it was sold for."),
        trigger=button(_("A new package"), "plus", kind="primary"),
    )
