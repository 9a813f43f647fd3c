"""Whom texts may go to: what each parent said, in which words, and noting what they said here."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import GuardianId, StudentId
from studio_app.messaging.commands.consenting import note_consent
from studio_app.messaging.queries.consents import TextConsent, text_consents
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field, text_field
from studio_app.web.ui.lists import some
from studio_app.web.words import _

YES, NO = "yes", "no"


@dataclass(frozen=True)
class ConsentLine:
    id: str = ""
    name: str = ""
    phone: str = ""
    given: bool = False
    said: bool = False
    wording: str = ""
    about: str = ""
    """When and where it was said."""


class ConsentsState(Opening, rx.State):
    consents: list[ConsentLine] = []

    @loader
    async def load(self) -> None:
        student_id = StudentId(self._path_id("student_id"))
        self.consents = [_line(one) for one in await self._run(text_consents, student_id)]

    @handler
    async def note(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        guardian_id = GuardianId(as_id(self._about("texts")))
        read = Form(sent)
        given, how = read.text("texts_answer") == YES, read.text("texts_how", longest=300)
        read.check()
        await self._run(note_consent, guardian_id, given=given, wording=how)
        self.opened = ""
        await self._tell(_("Noted."))
        return ConsentsState.load


def _line(one: TextConsent) -> ConsentLine:
    about = f"{one.source}, {one.when}" if one.said else ""
    return ConsentLine(
        str(one.guardian_id), one.name, one.phone, one.given, one.said, one.wording, about
    )


def consents_card() -> rx.Component:
    state: Any = ConsentsState
    listed = card(
        rx.el.ul(rx.foreach(state.consents, _consent), class_name="rows"),
        title=_("Text messages"),
    )
    return rx.cond(some(state.consents), listed, rx.fragment())


def _consent(one: Any) -> rx.Component:
    refused = rx.cond(one.said, pill(_("No texts"), tone="warn"), pill(_("Not asked yet")))
    answer = rx.cond(one.given, pill(_("Allows texts"), tone="ok"), refused)
    words = rx.fragment(
        rx.el.p("“", one.wording, "”", class_name="t-sm"),
        rx.el.p(one.about, class_name="t-xs faint num"),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(one.name, class_name="font-medium truncate flex-1 min-w-0"),
            answer,
            class_name="flex items-center gap-2",
        ),
        rx.cond(one.said, words, rx.fragment()),
        rx.cond(
            one.phone != "", _note(one), rx.el.p(_("No phone number yet"), class_name="t-sm dim")
        ),
        class_name="entry",
    )


def _note(one: Any) -> rx.Component:
    state: Any = ConsentsState
    answers = [(YES, _("Yes, texts are welcome")), (NO, _("No texts, please"))]
    asked = form(
        select_field(_("What did they say?"), "texts_answer", answers, default_value=YES),
        text_field(
            _("How was it said?"),
            "texts_how",
            faults=state.faults,
            required=True,
            hint=_("“On the enrolment form of 3 September”, “on the telephone” …"),
        ),
        form_actions(submit(_("Note it"))),
        on_submit=state.note,
    )
    return rx.el.div(
        named_dialog(
            state,
            "texts " + one.id,
            asked,
            title=_("What they said about texts"),
            words=_("It is kept with the date and your name, for as long as they are here."),
            trigger=button(_("Note what they said"), "pencil", size="sm"),
        )
    )
