"""Texts that came in: what they were understood as, and an answer by hand."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from studio_app.messaging.commands.answering import answer_reply, mark_reply_unread
from studio_app.messaging.commands.replying import mark_reply_read
from studio_app.messaging.queries.replies import ReplyRow, replies
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.turning import Turning
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, text_area
from studio_app.web.ui.lists import acting_row, pager, rows
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

LONGEST = 600


@dataclass(frozen=True)
class ReplyLine:
    id: str = ""
    when: str = ""
    who: str = ""
    who_href: str = ""
    number: str = ""
    text: str = ""
    understood: str = ""
    tone: str = "mute"
    lesson: str = ""
    lesson_href: str = ""
    is_read: bool = False
    can_answer: bool = False
    dialog: str = ""
    """The name of the dialog that answers it."""


class RepliesState(Turning, Opening, rx.State):
    rows: list[ReplyLine] = []

    @loader
    async def load(self) -> None:
        self._from_the_start()
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def mark_read(self, reply_id: str) -> None:
        await self._run(mark_reply_read, as_id(reply_id))
        await self._changed()
        await self._tell(_("Marked as read."), undo=RepliesState.mark_unread(reply_id))

    @handler
    async def mark_unread(self, reply_id: str) -> None:
        await self._run(mark_reply_unread, as_id(reply_id))
        await self._changed()

    @handler
    async def answer(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        words = form.text("words", longest=LONGEST)
        form.check()
        await self._run_once(self._key, answer_reply, as_id(self._about("answer")), words)
        self.opened = ""
        await self._changed()
        await self._tell(_("Your answer is on its way, as soon as it is not night."))

    async def _changed(self) -> None:
        await self._show()
        frame = await self.get_state(FrameState)
        await frame._count_messages()  # noqa: SLF001  the frame around this very page

    async def _show(self) -> None:
        after = UUID(self._after()) if self._after() else None
        found = await self._run(replies, after=after)
        self.rows = [_line(row) for row in found.rows]
        self._turned(found.next_after)


def _line(row: ReplyRow) -> ReplyLine:
    lesson = ""
    if row.lesson_id and row.lesson_at:
        lesson = routes.lesson(row.lesson_at.date(), row.lesson_id)
    return ReplyLine(
        id=str(row.id),
        when=row.when,
        who=row.who,
        who_href=f"{routes.MESSAGES}?contact={row.contact_id}" if row.contact_id else "",
        number=row.number if row.who != row.number else "",
        text=row.text,
        understood=row.understood,
        tone={"confirmed": "ok", "cannot_come": "warn", "opted_out": "bad"}.get(
            row.heard.value, "mute"
        ),
        lesson=row.lesson_when,
        lesson_href=lesson,
        is_read=row.is_read,
        can_answer=row.contact_id is not None,
        dialog=f"answer {row.id}",
    )


def page() -> rx.Component:
    state: Any = RepliesState
    none = empty(
        "message-square",
        _("No answers yet"),
        _("When somebody answers a text, it is here and beside the lesson."),
        level=2,
    )
    return office_shell(
        routes.MESSAGES,
        breadcrumb((_("Messages"), routes.MESSAGES)),
        loaded(
            state,
            card(
                rows(state.rows, _reply, empty=none),
                pager(
                    state.page_number,
                    more=state.more,
                    on_back=state.last_page,
                    on_next=state.next_page,
                ),
            ),
            skeleton=card(skeleton_rows(6)),
            on_retry=state.load,
        ),
        live("reply", on_change=state.look_again),
        title=_("Answers"),
    )


def _reply(one: Any) -> rx.Component:
    name = rx.cond(
        one.who_href != "",
        link(one.who, one.who_href, class_name="font-medium"),
        rx.el.span(one.who, class_name="font-medium num"),
    )
    understood = rx.match(
        one.tone,
        *[(tone, pill(one.understood, tone=tone)) for tone in ("ok", "warn", "bad")],
        pill(one.understood),
    )
    lesson = rx.cond(
        one.lesson != "", link(one.lesson, one.lesson_href, class_name="t-xs num"), rx.fragment()
    )
    words = rx.el.div(
        rx.el.div(
            name,
            rx.el.span(one.number, class_name="t-xs faint num"),
            rx.el.span(one.when, class_name="t-xs faint num"),
            rx.cond(one.is_read, rx.fragment(), pill(_("New"), tone="accent")),
            class_name="flex flex-wrap items-center gap-2",
        ),
        rx.el.p(one.text, class_name="whitespace-pre-line wrap-anywhere"),
        rx.el.div(understood, lesson, class_name="flex flex-wrap items-center gap-2"),
        class_name="grid gap-1 grow min-w-0",
    )
    return acting_row(words, rx.el.div(_read(one), _answer(one), class_name="flex gap-2"))


def _read(one: Any) -> rx.Component:
    state: Any = RepliesState
    read = button(_("Read"), "check", kind="ghost", size="sm", on_click=state.mark_read(one.id))
    unread = button(_("Unread"), kind="ghost", size="sm", on_click=state.mark_unread(one.id))
    return rx.cond(one.is_read, unread, read)


def _answer(one: Any) -> rx.Component:
    state: Any = RepliesState
    fields = form(
        rx.el.p(one.text, class_name="t-sm dim whitespace-pre-line wrap-anywhere"),
        text_area(
            _("Your answer"),
            "words",
            faults=state.faults,
            rows=3,
            max_length=LONGEST,
            required=True,
        ),
        form_actions(submit(_("Send the text"), "send")),
        on_submit=state.answer,
    )
    opened = named_dialog(
        state,
        one.dialog,
        fields,
        title=_("Answer by text"),
        words=one.who,
        trigger=button(_("Answer"), "reply", size="sm"),
    )
    return rx.cond(one.can_answer, opened, rx.fragment())
