"""What a studio wants sent and when, as the page holds it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.words import _ as unsaid
from studio_app.messaging.commands.settings import (
    MOST_REMINDERS,
    REMINDERS,
    Wishes,
    begin_telling,
    choose_times,
    choose_way,
    stop_telling,
)
from studio_app.messaging.queries.settings import (
    Channel,
    KindChoices,
    kinds_and_ways,
    messaging_choices,
)
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.session import PageState
from studio_app.web.words import _, many

ON, OFF, FIXED = "on", "off", "fixed"


@dataclass(frozen=True)
class WishesShown:
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"
    digest_at: str = ""
    reply_to: str = ""
    sms_number: str = ""
    shared_number: str = ""
    can_text: bool = False


@dataclass(frozen=True)
class ReminderChoice:
    """One time to remind at, and whether it is chosen."""

    name: str = ""
    words: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class KindLine:
    """One kind; for each way on, off, fixed, or empty where it does not go that way."""

    kind: str = ""
    what: str = ""
    group: str = ""
    """Said once, above the first of its kind."""
    href: str = ""
    own: str = ""
    email: str = ""
    text: str = ""
    push: str = ""
    inbox: str = ""


class MessageSettingsState(PageState, rx.State):
    is_telling: bool = False
    since: str = ""
    wishes: WishesShown = WishesShown()
    reminders: list[ReminderChoice] = []
    lines: list[KindLine] = []

    @loader
    async def load(self) -> None:
        found = await self._run(messaging_choices)
        self.is_telling, self.since, self.faults = found.is_telling, found.telling_since, {}
        self.wishes = WishesShown(
            quiet_from=found.quiet_from,
            quiet_until=found.quiet_until,
            digest_at=found.digest_at,
            reply_to=found.reply_to,
            sms_number=found.sms_number,
            shared_number=found.shared_number,
            can_text=found.can_text,
        )
        self.reminders = [
            ReminderChoice(
                f"remind_{hours}",
                many("{n} hour before", "{n} hours before", n=hours),
                hours in found.reminder_hours,
            )
            for hours in REMINDERS
        ]
        await self._show_kinds()

    @handler
    async def begin(self) -> None:
        await self._run(begin_telling)
        await self._again()
        await self._tell(_("Families hear of changes from now on."), undo=MessageSettingsState.stop)

    @handler
    async def stop(self) -> None:
        await self._run(stop_telling)
        await self._again()
        await self._tell(_("Families hear nothing by themselves any more."))

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        wishes = _wishes(read)
        read.check()
        await self._run(choose_times, wishes)
        await self._tell(_("Saved."))

    @handler
    async def choose_way(self, kind: str, channel: str, on: bool) -> None:
        read = Form({"channel": channel})
        way = read.choice("channel", Channel)
        read.check()
        try_again = MessageSettingsState.choose_way(kind, channel, not on)
        await self._run(choose_way, kind, way, on=on)
        await self._show_kinds()
        await self._tell(_("Sent from now on.") if on else _("Not sent any more."), undo=try_again)

    async def _again(self) -> None:
        found = await self._run(messaging_choices)
        self.is_telling, self.since = found.is_telling, found.telling_since

    async def _show_kinds(self) -> None:
        lines, group = [], ""
        for one in await self._run(kinds_and_ways):
            lines.append(_line(one, one.group if one.group != group else ""))
            group = one.group
        self.lines = lines


def _wishes(read: Form) -> Wishes:
    hours = tuple(one for one in REMINDERS if read.flag(f"remind_{one}"))
    if len(hours) > MOST_REMINDERS:
        read.faults["reminders"] = unsaid("Please choose up to three.")
    return Wishes(
        quiet_from=read.clock("quiet_from"),
        quiet_until=read.clock("quiet_until"),
        reminder_hours=hours,
        digest_at=read.clock("digest_at") if read.optional_text("digest_at") else None,
        sms_number=read.optional_text("sms_number", longest=40),
        reply_to=read.optional_text("reply_to", longest=200),
    )


def _line(one: KindChoices, group: str) -> KindLine:
    def state_of(channel: Channel) -> str:
        way = next((way for way in one.ways if way.channel is channel), None)
        if way is None:
            return ""
        return FIXED if way.is_fixed else ON if way.is_on else OFF

    href = routes.filled(routes.SETTINGS_TEMPLATE, message_kind=one.kind)
    return KindLine(
        kind=one.kind,
        what=one.what,
        group=group,
        href=href if one.can_be_written else "",
        own=", ".join(one.own_words_in),
        email=state_of(Channel.EMAIL),
        text=state_of(Channel.TEXT),
        push=state_of(Channel.PUSH),
        inbox=state_of(Channel.INBOX),
    )
