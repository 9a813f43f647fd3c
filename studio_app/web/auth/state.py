"""What the forms for signing in know: what was typed before a refusal, and why it was one."""

import reflex as rx

from studio_app.identity.queries import invitation_card, link_state
from studio_app.kit.errors import NotFound
from studio_app.kit.words import speaking
from studio_app.web import routes
from studio_app.web.api.auth import FLASH, flash_of
from studio_app.web.auth.countries import defaults_of
from studio_app.web.handlers import open_handler, open_loader
from studio_app.web.language import cookie
from studio_app.web.session import PageState

_LIKELY = {"en-GB": "GB", "en-US": "US", "fr": "FR"}


class Typed(PageState, rx.State):
    """The form as it was sent, after a refusal led back to it."""

    problem: str = ""
    email: str = ""
    name: str = ""
    studio: str = ""
    country: str = ""
    timezone: str = ""
    currency: str = ""
    sent: bool = False
    way_back: str = "/"

    @open_loader
    async def load(self) -> None:
        told = flash_of(cookie(self.router.headers.cookie, FLASH))
        for field in ("problem", "email", "name", "studio", "country", "timezone", "currency"):
            setattr(self, field, told.get(field, ""))
        if not self.country:
            await self._propose(_LIKELY.get(speaking.get(), "GB"))
        self.sent = told.get("sent", "") == "1"
        self.way_back = routes.safe_way_back(self._asked("next", "/"))

    @open_handler
    async def choose_country(self, country: str) -> None:
        await self._propose(country)

    @open_handler
    async def choose_currency(self, currency: str) -> None:
        self.currency = currency

    @open_handler
    async def choose_timezone(self, timezone: str) -> None:
        self.timezone = timezone

    async def _propose(self, country: str) -> None:
        likely = defaults_of(country)
        self.country, self.currency, self.timezone = country, likely.currency, likely.timezone


class Letter(PageState, rx.State):
    """A link from a letter, before anybody tapped: opening it does nothing."""

    token: str = ""
    usable: bool = False
    known: bool = True

    @open_loader
    async def load(self) -> None:
        self.token = self._asked("token")
        try:
            state = await self._run(link_state, self.token)
        except NotFound:
            self.known = self.usable = False
            return
        self.known, self.usable = True, state.usable


class Invited(PageState, rx.State):
    token: str = ""
    studio: str = ""
    email: str = ""
    name: str = ""
    role: str = ""
    usable: bool = False

    @open_loader
    async def load(self) -> None:
        self.token = self._asked("token")
        try:
            card = await self._run(invitation_card, self.token)
        except NotFound:
            self.usable = False
            return
        self.studio, self.email, self.name = card.studio, card.email, card.name
        self.role, self.usable = str(card.role.label), card.usable
