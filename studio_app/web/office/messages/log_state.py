"""What was sent, as the page holds it, and the one message that is looked at."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.ids import ContactId, FamilyId, MessageId, StudentId
from studio_app.messaging.commands.resending import look_at_again, see_to, send_again
from studio_app.messaging.queries.deliverability import Delivered, deliverability
from studio_app.messaging.queries.log import (
    KINDS,
    About,
    Channel,
    MessageRow,
    Needing,
    Which,
    messages,
    messages_needing_somebody,
)
from studio_app.messaging.queries.messages import message
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.office.messages.shown import MessageShown, shown
from studio_app.web.turning import Turning
from studio_app.web.words import _, many, say

STATUSES = ("waiting", "sending", "sent", "delivered", "skipped", "failed", "doubtful")


@dataclass(frozen=True)
class MessageLine:
    id: str = ""
    when: str = ""
    who: str = ""
    what: str = ""
    subject: str = ""
    channel: str = ""
    way: str = ""
    status: str = ""
    reason: str = ""


@dataclass(frozen=True)
class WayFigure:
    """How one way did within the last thirty days."""

    way: str = ""
    share: str = ""
    note: str = ""
    tone: str = "mute"


class MessagesState(Turning, rx.State):
    rows: list[MessageLine] = []
    figures: list[WayFigure] = []
    which: str = Which.ALL.value
    kind: str = ""
    channel: str = ""
    typed: str = ""
    narrowed: bool = False
    """By more than its state: then an empty list means none like that."""
    around: bool = False
    """Only somebody's, whom the address names."""
    lost: str = ""
    unread: str = ""
    kinds: list[dict[str, str]] = []
    message: MessageShown = MessageShown()
    _about: Any = About()

    @loader
    async def load(self) -> None:
        asked = self._asked("which")
        self.which = asked if asked in {*Which} else Which.ALL.value
        self._about = self._whose()
        self.around = self._about != About()
        self.kind, self.channel, self.typed = "", "", ""
        self.kinds = [{"value": "", "label": _("Every kind")}]
        self.kinds += [{"value": one.name, "label": say(one.label)} for one in KINDS.values()]
        self._from_the_start()
        await self._again()
        self.message = MessageShown()
        if wanted := self._asked("message"):
            await self._look_at(wanted)

    @handler
    async def look_again(self) -> None:
        await self._again()
        if self.message.id:
            await self._look_at(self.message.id)

    @handler
    async def narrow(self, which: str) -> None:
        self.which = which if which in {*Which} else Which.ALL.value
        self._from_the_start()
        await self._show()

    @handler
    async def choose_kind(self, kind: str) -> None:
        self.kind = kind if kind in KINDS else ""
        self._from_the_start()
        await self._show()

    @handler
    async def choose_way(self, channel: str) -> None:
        self.channel = channel if channel in {*Channel} else ""
        self._from_the_start()
        await self._show()

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        self.typed = typed[:100]
        self._from_the_start()
        await self._show()

    @handler
    async def look_at(self, message_id: str) -> None:
        await self._look_at(message_id)

    @handler
    async def close(self, is_open: bool) -> None:
        if not is_open:
            self.message = MessageShown()

    @handler
    async def send_again(self, message_id: str) -> None:
        await self._run(send_again, MessageId(as_id(message_id)))
        await self._changed(message_id)
        await self._tell(_("It is on its way again."))

    @handler
    async def see_to(self, message_id: str) -> None:
        await self._run(see_to, MessageId(as_id(message_id)))
        await self._changed(message_id)
        await self._tell(_("Seen to."), undo=MessagesState.look_at_again(message_id))

    @handler
    async def look_at_again(self, message_id: str) -> None:
        await self._run(look_at_again, MessageId(as_id(message_id)))
        await self._changed(message_id)

    async def _changed(self, message_id: str) -> None:
        await self._again()
        if self.message.id:
            await self._look_at(message_id)
        frame = await self.get_state(FrameState)
        await frame._count_messages()  # noqa: SLF001  the frame around this very page

    async def _again(self) -> None:
        await self._show()
        self.figures = [_figure(one) for one in await self._run(deliverability)]

    async def _show(self) -> None:
        found = await self._run(
            messages,
            which=Which(self.which),
            kind=self.kind,
            channel=Channel(self.channel) if self.channel else None,
            text=self.typed,
            about=self._about,
            after=MessageId(as_id(self._after())) if self._after() else None,
        )
        self.rows = [line_of(row) for row in found.rows]
        self._turned(found.next_after)
        self.narrowed = bool(self.kind or self.channel or self.typed or self.around)
        self.lost, self.unread = _counts(await self._run(messages_needing_somebody))

    async def _look_at(self, message_id: str) -> None:
        self.message = shown(await self._run(message, MessageId(as_id(message_id))))

    def _whose(self) -> About:
        student, family = self._asked("student"), self._asked("family")
        contact = self._asked("contact")
        return About(
            contact_id=ContactId(as_id(contact)) if contact else None,
            student_id=StudentId(as_id(student)) if student else None,
            family_id=FamilyId(as_id(family)) if family else None,
        )


def line_of(row: MessageRow) -> MessageLine:
    return MessageLine(
        id=str(row.id),
        when=row.when,
        who=row.who,
        what=row.what,
        subject=row.subject,
        channel=row.channel.value,
        way=row.way,
        status=row.status.value,
        reason=row.reason if row.status.value in {"skipped", "failed", "doubtful"} else "",
    )


def _counts(needing: Needing) -> tuple[str, str]:
    return str(needing.undelivered or ""), str(needing.unread or "")


def _figure(one: Delivered) -> WayFigure:
    if not one.sent:
        return WayFigure(one.way, "–", _("Nothing sent in 30 days"))
    parts = [_("{n} of {all} taken", n=one.accepted, all=one.sent)]
    if one.failed:
        parts.append(many("{n} failed", "{n} failed", n=one.failed))
    if one.doubtful:
        parts.append(many("{n} doubtful", "{n} doubtful", n=one.doubtful))
    tone = "bad" if one.failed + one.doubtful else "mute"
    return WayFigure(one.way, one.said, " · ".join(parts), tone)
