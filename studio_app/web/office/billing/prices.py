"""What lessons cost from a day on, and what families read about paying."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.commands.payments import tell_how_to_pay
from studio_app.billing.commands.prices import Per, Scope, TaxRate, set_price
from studio_app.billing.queries.mine import how_to_pay
from studio_app.billing.queries.prices import PricePlanRow, price_plans
from studio_app.identity.queries import my_profile
from studio_app.kit.formats import say_date
from studio_app.kit.ids import LessonTypeId, TeacherId
from studio_app.people.queries.families import teachers
from studio_app.scheduling.queries.lessons import today
from studio_app.scheduling.queries.setup import lesson_types
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import LONGEST, Form
from studio_app.web.office.billing.frame import billing_shell
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import (
    checkbox,
    fields,
    folded,
    form,
    select_field,
    text_area,
    text_field,
)
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.pages import columns
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class PriceLine:
    covers: str = ""
    amount: str = ""
    per: str = ""
    tax: str = ""
    since: str = ""
    standing: str = ""
    """now, later or before: only the latest that has begun counts."""


class PricesState(Opening, rx.State):
    rows: list[PriceLine] = []
    kinds: list[dict[str, str]] = []
    people: list[dict[str, str]] = []
    today: str = ""
    how_to_pay: str = ""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def add(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        money = form.money("amount", (await self._run(my_profile)).currency)
        from_on, per = form.day("from_on"), form.choice("per", Per)
        kind_id, teacher_id = form.optional_id("kind"), form.optional_id("teacher")
        scope = Scope(
            lesson_type_id=LessonTypeId(kind_id) if kind_id else None,
            teacher_id=TeacherId(teacher_id) if teacher_id else None,
            minutes=form.number("minutes", least=5, most=600) if sent.get("minutes") else None,
        )
        points = form.number("tax", least=0, most=100) * 100 if sent.get("tax") else 0
        form.check()
        tax = TaxRate(points, not form.flag("on_top"))
        key = self._key
        await self._run_once(key, set_price, money, from_on=from_on, scope=scope, per=per, tax=tax)
        self.opened = ""
        await self._tell(_("The price was set."), detail=_("Earlier lessons keep theirs."))
        await self._show()

    @handler
    async def tell(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        words = form.optional_text("how_to_pay", longest=2 * LONGEST)
        form.check()
        await self._run(tell_how_to_pay, words)
        await self._tell(_("Saved."), detail=_("Families read it beside what they owe."))
        self.how_to_pay = words

    async def _show(self) -> None:
        locale = (await self._actor()).locale
        now = await self._run(today)
        found = await self._run(price_plans)
        counting: set[Scope] = set()
        lines: list[PriceLine] = []
        for one in found:
            begun = one.from_on <= now
            standing = "before" if one.scope in counting else "now" if begun else "later"
            if standing == "now":
                counting.add(one.scope)
            lines.append(_line(one, standing, locale))
        self.rows, self.today = lines, now.isoformat()
        self.how_to_pay = await self._run(how_to_pay)
        kinds, people = await self._run(lesson_types), await self._run(teachers)
        self.kinds = _options(_("Every kind"), [(one.id, one.name) for one in kinds])
        self.people = _options(_("Every teacher"), [(one.id, one.name) for one in people])


def _options(everything: str, found: list[tuple[Any, str]]) -> list[dict[str, str]]:
    listed = [{"value": str(id_), "label": name} for id_, name in found]
    return [{"value": "", "label": everything}, *listed]


def _line(one: PricePlanRow, standing: str, locale: str) -> PriceLine:
    percent = f"{one.tax.basis_points / 100:g}"
    included = _("{percent}% included", percent=percent)
    on_top = _("{percent}% on top", percent=percent)
    return PriceLine(
        covers=one.covers or _("Every lesson"),
        amount=one.said,
        per=_("a term") if one.per.value == "term" else _("a lesson"),
        tax=(included if one.tax.included else on_top) if one.tax.basis_points else "",
        since=say_date(one.from_on, locale),
        standing=standing,
    )


def page() -> rx.Component:
    state: Any = PricesState
    none = empty(
        "tag",
        _("No prices yet"),
        _("Lessons cannot be billed without one: begin with a price for every lesson."),
        level=2,
    )
    main = card(table(_("Prices"), _columns(), state.rows, empty=none))
    return billing_shell(
        routes.BILLING_PRICES,
        loaded(
            state,
            columns(main, _how_to_pay(state)),
            skeleton=card(skeleton_rows(4)),
            on_retry=PricesState.load,
        ),
        top=[_add(state)],
    )


def _columns() -> tuple[Column, ...]:
    def price(row: Any) -> rx.Component:
        return rx.el.span(rx.el.b(row.amount), " ", rx.el.span(row.per, class_name="dim"))

    def standing(row: Any) -> rx.Component:
        now, later = pill(_("Counts now"), tone="ok"), pill(_("From then on"), tone="accent")
        before = pill(_("Before"), tone="mute")
        return rx.fragment(rx.match(row.standing, ("now", now), ("later", later), before))

    return (
        Column(_("For"), lambda row: row.covers),
        Column(_("Since"), lambda row: row.since),
        Column(_("Standing"), standing),
        Column(_("Tax"), lambda row: row.tax),
        Column(_("Price"), price, figures=True),
    )


def _add(state: Any) -> rx.Component:
    faults = state.faults
    units = [(Per.LESSON.value, _("a lesson")), (Per.TERM.value, _("a whole term"))]
    narrower = folded(
        _("Only for some lessons"),
        fields(
            select_field(_("Kind of lesson"), "kind", state.kinds, faults=faults),
            select_field(_("Teacher"), "teacher", state.people, faults=faults),
            text_field(_("Minutes"), "minutes", kind="number", faults=faults),
        ),
    )
    taxed = folded(
        _("Tax"),
        text_field(_("Per cent"), "tax", kind="number", faults=faults),
        checkbox(_("On top of the price"), "on_top", detail=_("Else it is included.")),
    )
    entries = form(
        fields(
            text_field(_("Price"), "amount", faults=faults, input_mode="decimal", required=True),
            select_field(_("For"), "per", units, faults=faults),
            text_field(_("From"), "from_on", kind="date", faults=faults, default_value=state.today),
        ),
        narrower,
        taxed,
        form_actions(submit(_("Set the price"))),
        on_submit=state.add,
    )
    return named_dialog(
        state,
        "price",
        entries,
        title=_("A price from a day on"),
        words=_("The most specific price that has begun counts. What is billed stays as it was."),
        trigger=button(_("Set a price"), "plus", kind="primary"),
    )


def _how_to_pay(state: Any) -> rx.Component:
    entries = form(
        text_area(
            _("What families read beside what they owe"), "how_to_pay", rows=6,
            faults=state.faults, default_value=state.how_to_pay, key=state.how_to_pay,
        ),
        rx.el.div(submit(_("Save"))),
        on_submit=state.tell,
    )  # fmt: skip
    return card(card_body(entries), title=_("How to pay"))
