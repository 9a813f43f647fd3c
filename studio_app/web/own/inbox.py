"""One's own inbox: the same list for families, teachers and the office, each in their frame."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import MessageId
from studio_app.messaging.commands.inbox import read_everything, read_message
from studio_app.messaging.queries.inbox import InboxRow, my_inbox
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import rows
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell, phone_header, portal_shell, teacher_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many

AT_ONCE = 30
ICONS = {
    "account": "key-round",
    "lessons": "calendar-days",
    "reminders": "bell",
    "practice": "notebook-pen",
    "billing": "receipt",
    "office": "layout-dashboard",
    "news": "megaphone",
}


@dataclass(frozen=True)
class InboxLine:
    id: str = ""
    category: str = ""
    subject: str = ""
    body: str = ""
    when: str = ""
    unread: bool = False
    is_letter: bool = False


class InboxState(PageState, rx.State):
    lines: list[InboxLine] = []
    unread: int = 0
    count: str = ""
    more: bool = False
    shown: str = ""
    """The letter that is unfolded."""
    _most: int = AT_ONCE

    @loader
    async def load(self) -> None:
        self._most, self.shown = AT_ONCE, ""
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def show_more(self) -> None:
        self._most = min(self._most + AT_ONCE, 10 * AT_ONCE)
        await self._show()

    @handler
    async def open(self, message_id: str) -> EventType[()] | None:
        """Read, and on to what it is about; a letter is unfolded."""
        path = await self._run(read_message, MessageId(as_id(message_id)))
        await self._show()
        if any(one.is_letter for one in self.lines if one.id == message_id):
            self.shown = "" if self.shown == message_id else message_id
            return None
        ours = routes.safe_way_back(path or routes.HOME)
        return rx.redirect(ours) if ours != routes.HOME else None

    @handler
    async def read_all(self) -> None:
        await self._run(read_everything)
        await self._show()

    async def _show(self) -> None:
        found = await self._run(my_inbox, most=self._most)
        self.lines = [_line(one) for one in found.rows]
        self.unread, self.more = found.unread, found.more
        nothing = _("Everything is read.")
        self.count = (
            many("{n} not read", "{n} not read", n=found.unread) if found.unread else nothing
        )


def _line(one: InboxRow) -> InboxLine:
    said = one.body if one.is_letter else " ".join(one.body.split())
    return InboxLine(
        id=str(one.id),
        category=one.category.value,
        subject=one.subject,
        body="" if said.strip() == one.subject.strip() else said,
        when=one.when,
        unread=not one.is_read,
        is_letter=one.is_letter,
    )


def portal_page() -> rx.Component:
    head = phone_header(_("Messages"), FrameState.frame.studio, account_button())
    return portal_shell(routes.PORTAL_MESSAGES, head, _inbox())


def teacher_page() -> rx.Component:
    head = phone_header(_("Messages"), FrameState.frame.studio, account_button())
    return teacher_shell(routes.TEACHER_MESSAGES, head, _inbox())


def office_page() -> rx.Component:
    return office_shell(routes.INBOX, _inbox(), title=_("Your inbox"))


def _inbox() -> rx.Component:
    state: Any = InboxState
    all_read = button(_("Mark all as read"), "check-check", size="sm", on_click=InboxState.read_all)
    nobody = empty(
        "inbox",
        _("No messages yet"),
        _("What the studio tells you stands here, beside e-mails and texts."),
        link_button(_("Choose how you hear of things"), routes.MY_MESSAGES, "settings"),
        level=2,
    )
    older = button(_("Show older ones"), kind="ghost", block=True, on_click=InboxState.show_more)
    return rx.fragment(
        loaded(
            state,
            card(
                rows(state.lines, _row, empty=nobody),
                title=rx.el.span(state.count, role="status", class_name="num"),
                action=rx.cond(state.unread > 0, all_read, rx.fragment()),
            ),
            rx.cond(state.more, older, rx.fragment()),
            _choices_link(),
            skeleton=card(skeleton_rows(6)),
            on_retry=InboxState.load,
        ),
        live("inbox", on_change=InboxState.look_again),
    )


def _choices_link() -> rx.Component:
    return link_button(
        _("Choose how you hear of things"), routes.MY_MESSAGES, "settings", kind="ghost", block=True
    )


def _row(line: rx.vars.ObjectVar[InboxLine]) -> rx.Component:
    pictures = [(name, icon(picture, 18)) for name, picture in ICONS.items()]
    mark = rx.el.span(rx.match(line.category, *pictures, icon("bell", 18)), class_name="faint")
    new = rx.el.span(rx.el.span(_("Not read"), class_name="sr"), class_name="inbox__new")
    words = rx.el.span(
        rx.el.span(
            rx.cond(line.unread, new, rx.fragment()),
            rx.el.span(
                line.subject,
                class_name=rx.cond(line.unread, "font-semibold", "font-medium"),
            ),
            class_name="flex items-center gap-2",
        ),
        rx.cond(
            line.body != "",
            rx.el.span(
                line.body,
                class_name=rx.cond(
                    InboxState.shown == line.id, "inbox__whole t-sm", "inbox__words t-sm dim"
                ),
            ),
            rx.fragment(),
        ),
        rx.el.span(line.when, class_name="t-xs faint num block"),
        class_name="flex-1 min-w-0 text-left",
    )
    press = rx.el.button(
        mark,
        words,
        rx.cond(line.is_letter, icon("chevron-down", 16), icon("chevron-right", 16)),
        type="button",
        class_name="row row--link",
        on_click=InboxState.open(line.id),
    )
    return rx.el.li(press, key=line.id)
