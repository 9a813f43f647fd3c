"""What lessons cost: prices with the day from which they hold, the most specific counts."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.prices import Per, Scope, TaxRate, set_price
from studio_app.billing.queries.prices import price_plans
from studio_app.identity.queries import my_profile
from studio_app.kit.formats import say_date
from studio_app.kit.ids import LessonTypeId, TeacherId
from studio_app.people.queries.families import teachers
from studio_app.scheduling.queries.lessons import today
from studio_app.scheduling.queries.setup import lesson_types
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, fields, folded, form, select_field, text_field
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.pages import breadcrumb
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say

Option = dict[str, str]


@dataclass(frozen=True)
class PriceLine:
    what: str = ""
    price: str = ""
    per: str = ""
    since: str = ""
    later: bool = False
    """It does not count yet."""


class PricesState(Opening, rx.State):
    prices: list[PriceLine] = []
    kinds: list[Option] = []
    who: list[Option] = []
    on: str = ""

    @loader
    async def load(self) -> None:
        await self._again()
        anything = {"value": "", "label": _("Every lesson type")}
        anybody = {"value": "", "label": _("Every teacher")}
        kinds, people = await self._run(lesson_types), await self._run(teachers)
        self.kinds = [anything, *({"value": str(k.id), "label": k.name} for k in kinds)]
        self.who = [anybody, *({"value": str(t.id), "label": t.name} for t in people)]
        self.on = (await self._run(today)).isoformat()

    async def _again(self) -> None:
        locale, today_ = (await self._actor()).locale, await self._run(today)
        self.prices = [
            PriceLine(
                one.covers or _("Every lesson"),
                one.said,
                say(one.per.label),
                say_date(one.from_on, locale),
                one.from_on > today_,
            )
            for one in await self._run(price_plans)
        ]

    @handler
    async def decide(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        amount = read.money("amount", (await self._run(my_profile)).currency)
        kind, teacher = read.optional_id("lesson_type_id"), read.optional_id("teacher_id")
        per, from_on = read.choice("per", Per), read.day("from_on")
        minutes = read.number("minutes", least=5, most=600) if sent.get("minutes") else None
        percent = read.number("tax", most=100) if sent.get("tax") else 0
        read.check()
        scope = Scope(
            lesson_type_id=LessonTypeId(kind) if kind else None,
            teacher_id=TeacherId(teacher) if teacher else None,
            minutes=minutes,
        )
        tax = TaxRate(percent * 100, included=not read.flag("on_top"))
        await self._run_once(
            self._key, set_price, amount, from_on=from_on, scope=scope, per=per, tax=tax
        )
        self.opened = ""
        await self._tell(
            _("It applies from that day. What is on an invoice already stays as it is.")
        )
        await self._again()


def page() -> rx.Component:
    def since(one: Any) -> rx.Component:
        waits = rx.el.span(" ", pill(_("From then on"), tone="accent"))
        return rx.el.span(one.since, rx.cond(one.later, waits, rx.fragment()))

    cells = (
        Column(_("For"), lambda one: rx.el.span(one.what)),
        Column(_("Price"), lambda one: rx.el.span(one.price), figures=True),
        Column(_("Per"), lambda one: rx.el.span(one.per)),
        Column(_("From"), since),
    )
    nothing = empty(
        "tag",
        _("No prices yet"),
        _("Set one for every lesson, and others for what costs more or less."),
    )
    return office_shell(
        routes.BILLING,
        loaded(
            PricesState,
            card(table(_("Prices"), cells, PricesState.prices, empty=nothing)),
            skeleton=card(skeleton_rows(4)),
            on_retry=PricesState.load,
        ),
        title=_("Prices"),
        top=[breadcrumb((_("Billing"), routes.BILLING)), _new()],
    )


def _new() -> rx.Component:
    faults = PricesState.faults
    pers = [(per.value, say(per.label)) for per in Per]
    return named_dialog(
        PricesState,
        "new",
        form(
            fields(
                text_field(_("Price"), "amount", faults=faults, input_mode="decimal"),
                select_field(_("Per"), "per", pers, faults=faults),
            ),
            fields(
                select_field(_("Lesson type"), "lesson_type_id", PricesState.kinds, faults=faults),
                select_field(_("Teacher"), "teacher_id", PricesState.who, faults=faults),
            ),
            fields(
                text_field(_("Minutes, if it matters"), "minutes", kind="number", faults=faults),
                text_field(
                    _("From"),
                    "from_on",
                    kind="date",
                    faults=faults,
                    default_value=PricesState.on,
                    key=PricesState.on,
                ),
            ),
            folded(
                _("Tax"),
                text_field(_("Per cent"), "tax", kind="number", faults=faults),
                checkbox(
                    _("On top of the price"), "on_top", detail=_("Otherwise the price includes it.")
                ),
            ),
            form_actions(submit(_("Set the price"))),
            on_submit=PricesState.decide,
        ),
        title=_("Set a price"),
        words=_("Where several prices fit a lesson, the most specific one counts."),
        trigger=button(_("Set a price"), "plus", kind="primary"),
    )
