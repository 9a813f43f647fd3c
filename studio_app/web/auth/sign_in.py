"""Signing in: one form, by password or by a link to one's inbox."""

import reflex as rx

from studio_app.web import routes
from studio_app.web.auth.state import Typed
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.forms import hidden, native_form, text_field
from studio_app.web.ui.shells import public_shell
from studio_app.web.ui.states import good_news, problem_line
from studio_app.web.words import _


def page() -> rx.Component:
    return public_shell(
        problem_line(Typed.problem),
        rx.cond(
            Typed.sent,
            good_news(
                _("If we know that address, a link is on its way to it. It works for two days.")
            ),
            rx.fragment(),
        ),
        native_form(
            text_field(
                _("E-mail"),
                "email",
                kind="email",
                auto_complete="username",
                required=True,
                default_value=Typed.email,
            ),
            text_field(
                _("Password"), "password", kind="password", auto_complete="current-password"
            ),
            hidden("way_back", Typed.way_back),
            submit(_("Sign in"), size="lg", block=True),
            button(
                _("Send me a sign-in link instead"),
                kind="ghost",
                type="submit",
                block=True,
                custom_attrs={"formaction": "/auth/ask-link", "formnovalidate": True},
            ),
            action="/auth/sign-in",
        ),
        rx.el.p(
            _("New here?"),
            " ",
            rx.el.a(_("Start your studio"), href=routes.SIGN_UP, class_name="link"),
            class_name="t-sm dim text-center mt-4",
        ),
        title=_("Sign in"),
        words=_("To your lessons, your people and your invoices."),
    )
