"""The studio itself: its name, its language, whose bank holidays it keeps."""

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
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.front import front
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.opening import Opening
from studio_app.web.ui.account import name_of
from studio_app.web.ui.buttons import submit
from studio_app.web.ui.cards import card, card_body, labelled_facts
from studio_app.web.ui.forms import actions, form, select_field, text_area, text_field
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import loaded, skeleton_block
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

    @loader
    async def load(self) -> None:
        known = await self._run(my_profile)
        self.sees_money = (await self._actor()).may(Permission.BILLING_MANAGE)
        self.paying = await self._run(how_to_pay) if self.sees_money else ""
        self.name, self.language, self.region = known.studio, known.studio_locale, known.region
        self.country, self.currency = known.country, known.currency
        may = (await self._actor()).may(Permission.STUDIO_CONFIGURE)
        named = (await self._run(regions)).items() if may else ()
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


def page() -> rx.Component:
    state: Any = StudioState
    languages = [(language, name_of(language)) for language in front().languages]
    fields = form(
        text_field(_("Name"), "name", faults=state.faults, default_value=state.name, required=True),
        select_field(
            _("Language"),
            "language",
            languages,
            default_value=state.language,
            hint=_("Letters and invoices are written in it. Everybody may choose their own."),
        ),
        select_field(
            _("Region"),
            "region",
            state.regions,
            faults=state.faults,
            default_value=state.region,
            hint=_("Its bank holidays are kept free."),
        ),
        actions(submit(_("Save"))),
        on_submit=state.save,
    )
    fixed = labelled_facts(
        [
            (_("Country"), state.country),
            (_("Timezone"), state.timezone),
            (_("Currency"), state.currency),
        ]
    )
    return settings_shell(
        routes.SETTINGS,
        loaded(
            state,
            stack(
                card(card_body(fields), fixed, title=_("Your studio"), class_name="narrow"),
                rx.cond(state.sees_money, _paying(state), rx.fragment()),
            ),
            skeleton=skeleton_block("h-72"),
            on_retry=StudioState.load,
        ),
    )


def _paying(state: Any) -> rx.Component:
    words = form(
        text_area(
            _("What families read beside what they owe"),
            "paying",
            faults=state.faults,
            default_value=state.paying,
            hint=_(
                "Your bank account and what to write with the transfer, or where to bring cash."
            ),
        ),
        actions(submit(_("Save"))),
        on_submit=state.save_paying,
    )
    return card(card_body(words), title=_("How families pay you"), class_name="narrow")
