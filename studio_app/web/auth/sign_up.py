"""Starting a studio: five questions, the rest follows from the country."""

import reflex as rx

from studio_app.web import routes
from studio_app.web.auth.countries import countries, currencies, timezones
from studio_app.web.auth.state import Typed
from studio_app.web.front import front
from studio_app.web.ui.buttons import submit
from studio_app.web.ui.forms import fields, hidden, native_form, select_field, text_field
from studio_app.web.ui.shells import public_shell
from studio_app.web.ui.states import problem_line
from studio_app.web.words import _


def page() -> rx.Component:
    return public_shell(
        problem_line(Typed.problem),
        native_form(*_person(), *_studio(front().studio_build_locale), action="/auth/sign-up"),
        rx.el.p(
            _("You have an account?"),
            " ",
            rx.el.a(_("Sign in"), href=routes.SIGN_IN, class_name="link"),
            class_name="t-sm dim text-center mt-4",
        ),
        title=_("Start your studio"),
        words=_("From here to your first lesson in a few minutes. Nothing is sent to anybody yet."),
    )


def _person() -> list[rx.Component]:
    return [
        text_field(
            _("Your name"),
            "name",
            required=True,
            auto_complete="name",
            default_value=Typed.name,
        ),
        text_field(
            _("E-mail"),
            "email",
            kind="email",
            required=True,
            auto_complete="username",
            default_value=Typed.email,
        ),
        text_field(
            _("Password"),
            "password",
            kind="password",
            required=True,
            auto_complete="new-password",
            hint=_("At least ten characters. A few unrelated words work well."),
        ),
    ]


def _studio(language: str) -> list[rx.Component]:
    return [
        text_field(_("Name of the studio"), "studio", required=True, default_value=Typed.studio),
        fields(
            select_field(
                _("Country"),
                "country",
                countries(language),
                value=Typed.country,
                on_change=Typed.choose_country,
            ),
            select_field(
                _("Currency"),
                "currency",
                currencies(language),
                value=Typed.currency,
                on_change=Typed.choose_currency,
            ),
        ),
        select_field(
            _("Timezone"),
            "timezone",
            timezones(),
            value=Typed.timezone,
            on_change=Typed.choose_timezone,
            hint=_("All times are shown in the studio's timezone, wherever you are."),
        ),
        hidden("locale", language),
        submit(_("Start your studio"), size="lg", block=True),
    ]
