"""What one knows of one's own messages, and choosing among them."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from studio_app.kit.ids import ContactId
from studio_app.messaging.commands.consenting import agree, introduce_myself, keep_quiet, mute
from studio_app.messaging.commands.pushing import end_browser, send_test_notification
from studio_app.messaging.queries.own import (
    Category,
    Channel,
    ConsentChoice,
    ContactChoices,
    Purpose,
    my_browsers,
    my_choices,
)
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_choice, as_id
from studio_app.web.session import PageState
from studio_app.web.words import _, many


@dataclass(frozen=True)
class Way:
    channel: str = ""
    label: str = ""
    on: bool = True


@dataclass(frozen=True)
class Line:
    """One category of messages, and the ways it takes to this person."""

    category: str = ""
    label: str = ""
    about: str = ""
    fixed: bool = False
    ways: list[Way] = field(default_factory=list[Way])


@dataclass(frozen=True)
class Ask:
    """What needs a yes: the sentence to tick, or since when it holds."""

    channel: str = ""
    purpose: str = ""
    title: str = ""
    wording: str = ""
    given: bool = False
    said: str = ""
    missing: str = ""
    """Why it cannot be allowed yet."""


@dataclass(frozen=True)
class Part:
    """One hears of things as a parent, a student, a teacher or the office."""

    id: str = ""
    part: str = ""
    lines: list[Line] = field(default_factory=list[Line])
    asks: list[Ask] = field(default_factory=list[Ask])
    quiet_from: str = ""
    quiet_until: str = ""


@dataclass(frozen=True)
class Device:
    id: str = ""
    name: str = ""
    since: str = ""


class MyMessagesState(PageState, rx.State):
    parts: list[Part] = []
    studio_quiet: str = ""
    server_key: str = ""
    marks: list[str] = []
    devices: list[Device] = []

    @loader
    async def load(self) -> None:
        await self._run(introduce_myself)
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def choose(self, contact_id: str, category: str, channel: str, on: bool) -> None:
        about = as_choice(category, Category), as_choice(channel, Channel)
        await self._run(mute, ContactId(as_id(contact_id)), *about, muted=not on)
        await self._show()

    @handler
    async def agree(self, sent: dict[str, Any]) -> None:
        read = Form(sent)
        contact_id, channel = read.id("contact_id"), read.choice("channel", Channel)
        purpose = read.choice("purpose", Purpose)
        if not read.flag("agreed"):
            read.text("agreed")
        read.check()
        await self._answer(ContactId(contact_id), channel, purpose, given=True)

    @handler
    async def withdraw(self, contact_id: str, channel: str, purpose: str) -> None:
        about = as_choice(channel, Channel), as_choice(purpose, Purpose)
        await self._answer(ContactId(as_id(contact_id)), *about, given=False)

    @handler
    async def keep_quiet(self, sent: dict[str, Any]) -> None:
        read = Form(sent)
        contact_id = read.id("contact_id")
        begins, ends = (_hour(read, f"{name}-{contact_id}") for name in ("begins", "ends"))
        read.check()
        await self._run(keep_quiet, ContactId(contact_id), begins=begins, ends=ends)
        await self._show()
        await self._tell(_("Saved."))

    @handler
    async def end_device(self, subscription_id: str) -> None:
        await self._run(end_browser, as_id(subscription_id))
        await self._show()
        await self._tell(_("No more notifications there."))

    @handler
    async def try_out(self) -> None:
        n = await self._run(send_test_notification)
        await self._tell(many("On its way to {n} device.", "On its way to {n} devices.", n=n))

    async def _answer(
        self, contact_id: ContactId, channel: Channel, purpose: Purpose, *, given: bool
    ) -> None:
        await self._run(agree, contact_id, channel, purpose, given=given)
        await self._show()
        await self._tell(_("Switched on.") if given else _("Switched off."))

    async def _show(self) -> None:
        found, known = await self._run(my_choices), await self._run(my_browsers)
        self.parts = [_part(one) for one in found.contacts]
        hours = found.studio_quiet.replace("-", "–")
        self.studio_quiet = _("The studio itself is quiet: {hours}", hours=hours)
        self.server_key = known.server_key
        self.marks = [one.mark for one in known.rows]
        self.faults = {}
        self.devices = [Device(str(one.id), one.device, one.since) for one in known.rows]


def _hour(read: Form, name: str) -> str:
    return f"{read.clock(name):%H:%M}" if read.optional_text(name) else ""


def _part(one: ContactChoices) -> Part:
    lines = [
        Line(
            category=line.category.value,
            label=line.label,
            about=line.about,
            fixed=line.fixed,
            ways=[Way(way.channel.value, way.label, way.on) for way in line.ways],
        )
        for line in one.categories
    ]
    asks = [_ask(each) for each in one.consents]
    return Part(str(one.id), one.part, lines, asks, one.quiet_from, one.quiet_until)


def _ask(one: ConsentChoice) -> Ask:
    missing = ""
    if not one.address:
        missing = (
            _("The studio has no mobile number of yours. Tell it yours, then switch this on here.")
            if one.channel is Channel.TEXT
            else _("The studio has no e-mail address of yours.")
        )
    said = _("Allowed on {day} for {address}", day=one.said_on, address=one.address)
    return Ask(
        channel=one.channel.value,
        purpose=one.purpose.value,
        title=_title(one),
        wording=one.wording,
        given=one.given,
        said=said if one.given else "",
        missing=missing,
    )


def _title(one: ConsentChoice) -> str:
    if one.purpose is Purpose.SERVICE:
        return _("Text messages about lessons")
    return _("News by text") if one.channel is Channel.TEXT else _("News by e-mail")
