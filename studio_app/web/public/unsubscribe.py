"""The page behind a letter's last link. Opening it does nothing; one tap ends such letters."""

from typing import Any

import reflex as rx

from studio_app.kit.access import Actor
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import StudioId
from studio_app.kit.words import speaking
from studio_app.messaging.commands.unsubscribing import subscribe_again, unsubscribe
from studio_app.messaging.queries.unsubscribing import unsubscription
from studio_app.web import routes
from studio_app.web.handlers import open_handler, open_loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import hint
from studio_app.web.ui.shells import public_shell
from studio_app.web.words import _


class UnsubscribeState(PageState, rx.State):
    """Whoever holds the letter; whether they are signed in makes no difference."""

    studio: str = ""
    category: str = ""
    about: str = ""
    known: bool = False
    is_off: bool = False

    @open_loader
    async def load(self) -> None:
        await self._show()

    @open_handler
    async def stop(self) -> None:
        await self._run(unsubscribe, self._asked("token"))
        await self._show()

    @open_handler
    async def resume(self) -> None:
        await self._run(subscribe_again, self._asked("token"))
        await self._show()

    async def _show(self) -> None:
        try:
            found = await self._run(unsubscription, self._asked("token"))
        except NotFound:
            self.known = False
            return
        self.studio, self.category = found.studio, found.category
        self.about = f"{found.studio} · {found.category}"
        self.known, self.is_off = True, found.is_off

    async def _actor(self) -> Actor:
        studio_id = StudioId(as_id(self._asked("studio")))
        return Actor.public(studio_id, locale=speaking.get())


def page() -> rx.Component:
    state: Any = UnsubscribeState
    waiting = rx.el.div(class_name="skel h-12", aria_hidden="true")
    shown = rx.cond(state.known, rx.cond(state.is_off, _off(state), _on(state)), _unknown())
    return public_shell(
        rx.cond(state.ready, shown, waiting),
        title=_("E-mails from your studio"),
        words=rx.cond(state.known, state.about, ""),
    )


def _on(state: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            _("You get these e-mails now. Other messages of {studio} stay.", studio=state.studio),
            class_name="dim mb-4",
        ),
        button(
            _("No more e-mails like this"),
            kind="primary",
            size="lg",
            block=True,
            on_click=UnsubscribeState.stop,
        ),
    )


def _off(state: Any) -> rx.Component:
    done = _(
        "“{what}” by e-mail is switched off. {studio} does not write to you about this any more.",
        what=state.category,
        studio=state.studio,
    )
    return rx.el.div(
        rx.el.div(hint("bell-off", done, tone="ok"), role="status", class_name="mb-4"),
        rx.el.p(
            _("You can switch it on again here, or in your account under “Messages to you”."),
            class_name="dim mb-4",
        ),
        button(_("Switch on again"), block=True, on_click=UnsubscribeState.resume),
        link_button(
            _("Messages to you"), routes.MY_MESSAGES, kind="ghost", block=True, class_name="mt-2"
        ),
    )


def _unknown() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            _("We do not know this link. It may have been cut off in your mail."),
            class_name="dim mb-4",
        ),
        link_button(
            _("Messages to you"), routes.MY_MESSAGES, kind="primary", size="lg", block=True
        ),
    )
