"""Who makes the meetings of online lessons: the studio's accounts, in their order."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.calendars.commands.video import (
    NewAccount,
    Provider,
    connect_video,
    disconnect_video,
    prefer_video,
    try_video,
)
from studio_app.calendars.queries.video import AccountShown, video_accounts
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_choice
from studio_app.web.opening import Opening
from studio_app.web.words import _

FILLED = "•" * 12
"""Stands for a secret that is kept"""


@dataclass(frozen=True)
class ProviderLine:
    """One of those that may be connected; `place` is empty where it is not."""

    id: str = ""
    title: str = ""
    place: str = ""
    says: str = ""
    trouble: str = ""
    trying: bool = False
    is_first: bool = False
    is_last: bool = False
    account: str = ""
    client_id: str = ""
    kept: str = ""
    host: str = ""
    how: str = ""
    account_label: str = ""
    host_label: str = ""
    host_hint: str = ""


class VideoState(Opening, rx.State):
    lines: list[ProviderLine] = []

    @loader
    async def load(self) -> None:
        found = await self._run(video_accounts)
        connected = sum(1 for one in found if one.place)
        self.lines = [_line(one, connected) for one in found]

    @handler
    async def look_again(self) -> None:
        """An account has been tried, or has failed somebody."""
        await self.load()

    @handler
    async def connect(self, sent: dict[str, Any]) -> EventType[()]:
        """The provider whose dialog is open: anew, or with other ids."""
        self.faults = {}
        provider = as_choice(self._about("connect"), Provider)
        read = Form(sent)
        known = any(line.id == provider.value and line.place for line in self.lines)
        secret = read.optional_text("secret") if known else read.text("secret")
        new = NewAccount(
            read.text("account", longest=200),
            read.text("client_id", longest=200),
            "" if secret == FILLED else secret,
            read.text("host") if provider is Provider.TEAMS else read.optional_text("host"),
        )
        read.check()
        await self._run(connect_video, provider, new)
        self.opened = ""
        await self._tell(_("Saved. We are trying whether it works."))
        return VideoState.load

    @handler
    async def disconnect(self, provider: str) -> EventType[()]:
        await self._run(disconnect_video, as_choice(provider, Provider))
        await self._tell(_("Disconnected. Lessons that have a meeting there keep it."))
        return VideoState.load

    @handler
    async def sooner(self, provider: str) -> EventType[()]:
        await self._run(prefer_video, as_choice(provider, Provider), earlier=True)
        return VideoState.load

    @handler
    async def later(self, provider: str) -> EventType[()]:
        await self._run(prefer_video, as_choice(provider, Provider), earlier=False)
        return VideoState.load

    @handler
    async def try_it(self, provider: str) -> EventType[()]:
        await self._run(try_video, as_choice(provider, Provider))
        return VideoState.load


def _line(one: AccountShown, connected: int) -> ProviderLine:
    zoom = one.provider is Provider.ZOOM
    return ProviderLine(
        id=one.provider.value,
        title=one.title,
        place=str(one.place or ""),
        says=_says(one),
        trouble=one.trouble,
        trying=one.trying,
        is_first=one.place <= 1,
        is_last=one.place in {0, connected},
        account=one.account,
        client_id=one.client_id,
        kept=FILLED if one.place else "",
        host=one.host,
        how=_how_zoom() if zoom else _how_teams(),
        account_label=_("Account ID") if zoom else _("Directory (tenant) ID"),
        host_label=_("In whose name") if zoom else _("In whose name: the user’s object ID"),
        host_hint=_("The address of a Zoom user. Empty: each teacher’s own, by their address here.")
        if zoom
        else _("That user hosts all lessons. It needs an application access policy for the app."),
    )


def _says(one: AccountShown) -> str:
    if not one.place:
        return _("Not connected")
    if one.trying:
        return _("Making a meeting to see whether it works…")
    if one.worked and not one.trouble:
        return _("It works. The last meeting was made {when}.", when=one.worked)
    return "" if one.trouble else _("No meeting has been made there yet.")


def _how_zoom() -> str:
    return _(
        "In Zoom’s App Marketplace make a Server-to-Server OAuth app with the scopes "
        "meeting:write:meeting:admin and meeting:delete:meeting:admin, and activate it."
    )


def _how_teams() -> str:
    return _(
        "In Microsoft Entra register an app with a client secret and the application permission "
        "OnlineMeetings.ReadWrite.All, agreed to by an administrator."
    )
