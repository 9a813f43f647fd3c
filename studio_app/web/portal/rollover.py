"""Whether a family's weekly lessons go on in the next term: yes or no for each, or yes to all.

Opening the link only shows this page; nothing is said before somebody taps.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.commands.reenrolling import Answer, answer_rollover
from studio_app.bookings.queries.my_rollovers import MyPlace, MyRollover, my_rollover
from studio_app.kit.ids import RolloverId, RolloverPlaceId
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_choice, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, text_area
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _, many

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Asked:
    id: str = ""
    student: str = ""
    when: str = ""
    about: str = ""
    from_on: str = ""
    answer: str = ""
    said: str = ""
    reason: str = ""
    dialog: str = ""


@dataclass(frozen=True)
class Turn:
    term: str = ""
    dates: str = ""
    sentence: str = ""
    is_open: bool = False
    may_answer: bool = False
    waiting: int = 0


class MyRolloverState(Opening, rx.State):
    turn: Turn = Turn()
    places: list[Asked] = []

    @loader
    async def load(self) -> None:
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def yes(self, place_id: str) -> None:
        await self._answer([place_id], YES)
        await self._tell(_("Thank you. The time is yours."))

    @handler
    async def yes_to_all(self) -> None:
        await self._answer([one.id for one in self.places if not one.answer], YES)
        await self._tell(_("Thank you. The times are yours."))

    @handler
    async def no(self, sent: dict[str, Any]) -> None:
        reason = Form(sent).optional_text("reason", longest=500)
        await self._answer([self._about("no")], NO, reason)
        self.opened = ""
        await self._tell(_("Noted. You can still change your mind until the answers are closed."))

    async def _answer(self, place_ids: list[str], answer: str, reason: str = "") -> None:
        said = as_choice(answer, Answer)
        answers = {RolloverPlaceId(as_id(one)): said for one in place_ids}
        await self._run(answer_rollover, self._id(), answers, reason=reason)
        await self._look()

    async def _look(self) -> None:
        found = await self._run(my_rollover, self._id())
        self.turn = _turn(found)
        self.places = [_asked(one) for one in found.places]

    def _id(self) -> RolloverId:
        return RolloverId(self._path_id("rollover_id"))


def _turn(one: MyRollover) -> Turn:
    return Turn(
        term=one.term,
        dates=one.dates,
        sentence=_sentence(one),
        is_open=one.is_open,
        may_answer=one.may_answer,
        waiting=one.waiting,
    )


def _sentence(one: MyRollover) -> str:
    if not one.is_open:
        return _("The answers are closed. If something is wrong, please tell the studio.")
    if not one.may_answer:
        return _("A parent answers this.")
    if not one.waiting:
        return _("Thank you for answering. You can change it until the answers are closed.")
    if one.is_late:
        return _("Please answer now: the day to answer by is over.")
    return _("These times are kept for you. Please answer by {day}.", day=one.answer_by)


def _asked(one: MyPlace) -> Asked:
    length = many("{n} minute", "{n} minutes", n=one.minutes)
    about = (one.lesson, length, one.teacher, one.where)
    return Asked(
        id=str(one.id),
        student=one.student,
        when=one.rhythm,
        about=" · ".join(part for part in about if part),
        from_on=_("from {day}", day=one.from_on) if one.from_on else "",
        answer=one.answer.value if one.answer else "",
        said=one.said,
        reason=one.reason,
        dialog=f"no {one.id}",
    )


def page() -> rx.Component:
    state: Any = MyRolloverState
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("The next term"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            _whole(state),
            skeleton=card(skeleton_rows(4)),
            on_retry=MyRolloverState.load,
        ),
        live("rollover", "rollover_place", on_change=MyRolloverState.look_again),
    )


def _whole(state: Any) -> rx.Component:
    turn = state.turn
    everything = button(
        _("Yes to all"), "check", kind="primary", block=True, on_click=state.yes_to_all
    )
    several = turn.may_answer & (turn.waiting > 1)
    return rx.el.div(
        card(
            card_body(
                rx.el.h2(turn.term, class_name="t-h2 pt-4"),
                rx.el.p(turn.dates, class_name="dim num"),
                rx.el.div(hint("repeat", turn.sentence), class_name="mt-3", role="status"),
                rx.cond(several, rx.el.div(everything, class_name="mt-3"), rx.fragment()),
            ),
        ),
        rx.el.ul(rx.foreach(state.places, lambda one: _place(state, one)), class_name="grid gap-3"),
        class_name="grid gap-3",
    )


def _place(state: Any, one: Any) -> rx.Component:
    said = rx.match(
        one.answer,
        (YES, pill(_("Goes on"), tone="ok")),
        (NO, pill(_("Does not go on"), tone="bad")),
        pill(_("Not answered"), tone="warn"),
    )
    reason = rx.el.p("“", one.reason, "”", class_name="t-sm dim")
    return rx.el.li(
        card(
            card_body(
                rx.el.div(
                    rx.el.h3(one.student, class_name="t-h3"),
                    said,
                    class_name="flex gap-2 items-center justify-between pt-4",
                ),
                rx.el.p(one.when, " ", one.from_on, class_name="font-semibold num mt-2"),
                rx.el.p(one.about, class_name="t-sm dim"),
                rx.cond(one.said != "", rx.el.p(one.said, class_name="t-sm mt-1"), rx.fragment()),
                rx.cond(one.reason != "", reason, rx.fragment()),
                rx.cond(state.turn.may_answer, _answers(state, one), rx.fragment()),
            ),
        ),
    )


def _answers(state: Any, one: Any) -> rx.Component:
    yes = button(_("Yes, go on"), "check", kind="primary", block=True, on_click=state.yes(one.id))
    return rx.el.div(
        rx.cond(one.answer == YES, rx.fragment(), yes),
        rx.cond(one.answer == NO, rx.fragment(), _declining(state, one)),
        class_name="grid gap-2 mt-3",
    )


def _declining(state: Any, one: Any) -> rx.Component:
    typed = form(
        text_area(_("Why? You need not say."), "reason", rows=3, max_length=500),
        form_actions(submit(_("No, it ends")), _("Keep it")),
        on_submit=state.no,
    )
    return named_dialog(
        state,
        one.dialog,
        typed,
        title=_("It ends with this term?"),
        words=_("The time may be offered to another family at once."),
        trigger=button(_("No, it ends"), "x", block=True),
    )
