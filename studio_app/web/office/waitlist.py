"""Who waits, what became free, and who was asked about it; the office may choose whom to ask."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.answering import withdraw_offer
from studio_app.bookings.commands.offer_rules import set_offer_rules
from studio_app.bookings.commands.offers import offer_to, see_to_freed
from studio_app.bookings.queries.freed import Asking, FreedRow, whom_it_suits
from studio_app.bookings.queries.waiting import WaitingRow, waitlist
from studio_app.bookings.wishes import WaitingKind
from studio_app.kit.ids import FreedId, OfferId, WaitingId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.waitlist_drawing import freed_card, rules_card, waiting_card
from studio_app.web.office.waitlist_entry import ADD, CHANGE, ChangingEntries, add_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class AskedLine:
    student: str = ""
    state: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class FreedLine:
    id: str = ""
    when: str = ""
    teacher: str = ""
    sentence: str = ""
    needs: bool = False
    can_be_offered: bool = False
    standing: str = ""
    """The offer that stands"""
    asked: list[AskedLine] | None = None
    dialog: str = ""


@dataclass(frozen=True)
class EntryLine:
    id: str = ""
    rank: int = 0
    student: str = ""
    href: str = ""
    about: str = ""
    when: str = ""
    since: str = ""
    makes_up: bool = False


@dataclass(frozen=True)
class Whom:
    id: str = ""
    student: str = ""
    since: str = ""


class WaitlistState(ChangingEntries, rx.State):
    entries: list[EntryLine] = []
    freed: list[FreedLine] = []
    suited: list[Whom] = []
    by_itself: bool = True
    answer_minutes: int = 120
    make_ups_first: bool = True

    @loader
    async def load(self) -> None:
        await self._show()

    async def _show(self) -> None:
        found = await self._run(waitlist)
        self.entries = [_entry(one) for one in found.entries]
        self.freed = [_freed(one) for one in found.freed]
        rules = found.rules
        self.by_itself, self.answer_minutes = rules.by_itself, rules.answer_minutes
        self.make_ups_first = rules.make_ups_first

    @handler
    async def offer(self, waiting_id: str) -> EventType[()]:
        freed_id = FreedId(as_id(self._about("offer")))
        await self._run(offer_to, freed_id, WaitingId(as_id(waiting_id)))
        self.opened = ""
        await self._tell(_("Asked. Their time to answer begins when it arrives."))
        return WaitlistState.load

    @handler
    async def take_back(self, offer_id: str) -> EventType[()]:
        await self._run(withdraw_offer, OfferId(as_id(offer_id)))
        await self._tell(_("Taken back. Nobody else is asked by itself."))
        return WaitlistState.load

    @handler
    async def see_to(self, freed_id: str) -> EventType[()]:
        await self._run(see_to_freed, FreedId(as_id(freed_id)))
        return WaitlistState.load

    @handler
    async def save_rules(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        minutes = read.number("answer_minutes", least=5, most=7 * 24 * 60)
        itself, first = read.flag("by_itself"), read.flag("make_ups_first")
        read.check()
        await self._run(
            set_offer_rules, by_itself=itself, answer_minutes=minutes, make_ups_first=first
        )
        await self._tell(_("Saved."))
        return WaitlistState.load

    async def _opened(self, name: str) -> None:
        self.suited = []
        if name.startswith((ADD, CHANGE)):
            await super()._opened(name)
        if freed_id := self._of(name):
            found = await self._run(whom_it_suits, FreedId(as_id(freed_id)))
            self.suited = [Whom(str(one.waiting_id), one.student, one.since) for one in found]

    @staticmethod
    def _of(name: str) -> str:
        kind, _space, about = name.partition(" ")
        return about if kind == "offer" else ""


def _entry(one: WaitingRow) -> EntryLine:
    whom = one.teacher or _("any teacher of {instrument}", instrument=one.instrument)
    often = _("every week") if one.weekly else _("one lesson")
    return EntryLine(
        id=str(one.id),
        rank=one.rank,
        student=one.student,
        href=routes.filled(routes.STUDENT, student_id=one.student_id),
        about=f"{one.lesson_type} · {whom} · {often}",
        when=f"{one.when} · {one.days}" if one.days else one.when,
        since=_("since {day}", day=one.since),
        makes_up=one.kind is WaitingKind.MAKE_UP,
    )


def _freed(one: FreedRow) -> FreedLine:
    return FreedLine(
        id=str(one.id),
        when=one.when,
        teacher=one.teacher,
        sentence=one.sentence,
        needs=one.needs_somebody,
        can_be_offered=one.can_be_offered,
        standing=next((str(each.id) for each in one.asked if each.stands), ""),
        asked=[_asked(each) for each in one.asked],
        dialog=f"offer {one.id}",
    )


def _asked(one: Asking) -> AskedLine:
    return AskedLine(one.student, one.state.value, one.sentence)


def page() -> rx.Component:
    state: Any = WaitlistState
    return office_shell(
        routes.WAITLIST,
        loaded(
            state,
            rx.el.div(
                freed_card(state),
                waiting_card(state),
                rules_card(state),
                class_name="grid gap-4",
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=WaitlistState.load,
        ),
        live("waiting", "freed", "offer", on_change=[WaitlistState.load]),
        title=_("Waitlist"),
        top=[add_button(state)],
    )
