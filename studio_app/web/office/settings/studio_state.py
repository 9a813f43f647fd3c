"""The studio itself: what its settings show and how they are saved."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.billing.commands.payments import tell_how_to_pay
from studio_app.billing.queries.accounts import how_to_pay
from studio_app.identity.commands.account import configure_studio
from studio_app.identity.queries import my_profile
from studio_app.kit.access import Permission
from studio_app.kit.words import Text
from studio_app.scheduling.queries.setup import regions
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.opening import Opening
from studio_app.web.words import _


class StudioState(Opening, rx.State):
    name: str = ""
    language: str = ""
    region: str = ""
    regions: list[dict[str, str]] = []
    """Parts of the country with bank holidays of their own, after the whole country."""
    country: str = ""
    timezone: str = ""
    currency: str = ""
    paying: str = ""
    sees_money: bool = False
    may_configure: bool = False

    @loader
    async def load(self) -> None:
        known = await self._run(my_profile)
        self.sees_money = (await self._actor()).may(Permission.BILLING_MANAGE)
        self.paying = await self._run(how_to_pay) if self.sees_money else ""
        self.name, self.language, self.region = known.studio, known.studio_locale, known.region
        self.country, self.currency = known.country, known.currency
        self.may_configure = (await self._actor()).may(Permission.STUDIO_CONFIGURE)
        named = (await self._run(regions)).items() if self.may_configure else ()
        whole = {"value": "", "label": _("The whole country")}
        self.regions = [whole, *({"value": code, "label": name} for code, name in named)]
        self.timezone = known.timezone.replace("_", " ")

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        name, language = read.text("name", longest=120), read.text("language", longest=20)
        region = read.optional_text("region", longest=40)
        if region and region not in [each["value"] for each in self.regions]:
            read.faults["region"] = Text(_("Please choose one of these."))
        read.check()
        await self._run(configure_studio, name, language, region)
        await self._tell(_("Saved."))
        return [StudioState.load, FrameState.load]

    @handler
    async def save_paying(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        words = read.optional_text("paying", longest=600)
        read.check()
        await self._run(tell_how_to_pay, words)
        self.paying = words
        await self._tell(_("Saved. Families read it beside what they owe."))
