"""Re-enrolment runs: start one, and what became of the earlier ones."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.rollover import NewTerm, prepare_rollover
from studio_app.bookings.queries.rollover import RolloverRow, rollovers
from studio_app.kit.ids import TermId, new_id
from studio_app.scheduling.queries.lessons import today
from studio_app.scheduling.queries.setup import TermRow, terms
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import link_button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.forms import actions, fields, form, select_field, text_field
from studio_app.web.ui.lists import row, rows, some
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import columns
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many, say

NEW = "new"
A_FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class RunLine:
    href: str = ""
    terms: str = ""
    state: str = ""
    tone: str = "mute"
    said: str = ""


class RolloversState(Opening, rx.State):
    runs: list[RunLine] = []
    olds: list[dict[str, str]] = []
    news: list[dict[str, str]] = []
    old: str = ""
    new: str = NEW
    answer_by: str = ""

    @loader
    async def load(self) -> None:
        on = await self._run(today)
        known = await self._run(terms)
        self.runs = [_line(one) for one in await self._run(rollovers)]
        self.olds = [_option(one) for one in known]
        self.news = [*(_option(o) for o in known if o.ends_on >= on), _new_option()]
        ending = next((one for one in known if one.ends_on >= on), None) or (known or [None])[-1]
        self.old = str(ending.id) if ending else ""
        after = [one for one in known if ending and one.starts_on > ending.ends_on]
        self.new = str(after[0].id) if after else NEW
        self.answer_by = (on + A_FORTNIGHT).isoformat()
        self._key = str(new_id())

    @handler
    async def choose(self, new: str) -> None:
        self.new = new

    @handler
    async def prepare(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        typed = Form(sent)
        old, answer_by = typed.id("old"), typed.day("answer_by")
        to: TermId | NewTerm
        if self.new == NEW:
            name = typed.text("name", longest=80)
            to = NewTerm(name, typed.day("starts_on"), typed.day("ends_on"))
        else:
            to = TermId(typed.id("new"))
        typed.check()
        run_id = await self._run_once(
            self._key, prepare_rollover, TermId(old), to, answer_by=answer_by
        )
        return rx.redirect(routes.filled(routes.ROLLOVER, rollover_id=run_id))


def _option(one: TermRow) -> dict[str, str]:
    return {"value": str(one.id), "label": f"{one.name} · {one.dates}"}


def _new_option() -> dict[str, str]:
    return {"value": NEW, "label": _("A new term")}


TONES = {"prepared": "warn", "open": "info", "closed": "mute"}


def _line(one: RolloverRow) -> RunLine:
    counts = one.counts
    match one.state.value:
        case "prepared":
            said = many("{n} lesson to ask about", "{n} lessons to ask about", n=counts.asked)
        case "open":
            said = many(
                "{n} family has not answered",
                "{n} families have not answered",
                n=counts.families_waiting,
            )
        case _:
            said = _("{yes} go on, {no} do not", yes=counts.yes, no=counts.no)
    when = one.closed or (_("by {day}", day=one.answer_by_said) if one.sent else "")
    return RunLine(
        href=routes.filled(routes.ROLLOVER, rollover_id=one.id),
        terms=_("From {old} to {new}", old=one.from_term, new=one.to_term),
        state=say(one.state.label),
        tone=TONES[one.state.value],
        said=" · ".join(part for part in (said, when) if part),
    )


def page() -> rx.Component:
    state: Any = RolloversState
    return office_shell(
        routes.CLASSES,
        loaded(
            state,
            columns(_runs(state), _starting(state)),
            skeleton=card(skeleton_rows(4)),
            on_retry=RolloversState.load,
        ),
        live("rollover", "rollover_place", on_change=RolloversState.load),
        title=_("The next term"),
    )


def _runs(state: Any) -> rx.Component:
    none = empty(
        "repeat",
        _("Nobody has been asked yet"),
        _("Every family gets one letter about all of its lessons, with yes and no for each."),
        level=2,
    )

    def one(run: Any) -> rx.Component:
        return row(
            rx.el.div(
                rx.el.p(run.terms, class_name="font-medium"),
                rx.el.p(run.said, class_name="t-sm dim num"),
                class_name="flex-1 min-w-0",
            ),
            rx.match(
                run.tone,
                ("warn", pill(run.state, tone="warn")),
                ("info", pill(run.state, tone="info")),
                pill(run.state),
            ),
            href=run.href,
        )

    return card(rows(state.runs, one, empty=none), title=_("Who goes on"))


def _starting(state: Any) -> rx.Component:
    faults = state.faults
    fresh = rx.fragment(
        text_field(_("Name"), "name", faults=faults),
        fields(
            text_field(_("First day"), "starts_on", kind="date", faults=faults),
            text_field(_("Last day"), "ends_on", kind="date", faults=faults),
        ),
    )
    typed = form(
        select_field(
            _("The term that ends"), "old", state.olds, faults=faults, default_value=state.old
        ),
        select_field(
            _("The term after it"),
            "new",
            state.news,
            faults=faults,
            value=state.new,
            on_change=state.choose,
        ),
        rx.cond(state.new == NEW, fresh, rx.fragment()),
        text_field(
            _("Families answer by"),
            "answer_by",
            kind="date",
            faults=faults,
            default_value=state.answer_by,
        ),
        actions(submit(_("See who would be asked"), "arrow-right")),
        on_submit=state.prepare,
    )
    no_terms = empty(
        "calendar-range",
        _("No terms"),
        _("Say first when your terms are."),
        link_button(_("Terms and closures"), routes.SETTINGS_YEAR, "calendar-range"),
    )
    body = card_body(
        rx.el.p(_("Nothing is sent yet: you look at it first."), class_name="t-sm dim mb-3"),
        typed,
        class_name="py-4",
    )
    return card(rx.cond(some(state.olds), body, no_terms), title=_("Ask about the next term"))
