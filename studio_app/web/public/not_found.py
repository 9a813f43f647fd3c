"""What is shown where there is nothing, or nothing for this person: the two look alike."""

import reflex as rx

from studio_app.web import routes
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.shells import public_shell
from studio_app.web.words import _


def page() -> rx.Component:
    return public_shell(
        link_button(_("Go to the start page"), routes.HOME, kind="primary", block=True),
        title=_("We could not find that"),
        words=_("The address may be old, or the page may not be for you."),
    )
