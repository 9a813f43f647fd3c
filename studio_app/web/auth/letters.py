"""The pages behind links in letters. Opening one does nothing; a tap does."""

import reflex as rx

from studio_app.web import routes
from studio_app.web.auth.state import Invited, Letter, Typed
from studio_app.web.ui.buttons import link_button, submit
from studio_app.web.ui.forms import hidden, native_form, text_field
from studio_app.web.ui.shells import public_shell
from studio_app.web.ui.states import problem_line
from studio_app.web.words import _


def link_page() -> rx.Component:
    go_on = native_form(
        hidden("token", Letter.token),
        submit(_("Continue"), size="lg", block=True),
        action="/auth/link",
    )
    anew = native_form(
        rx.el.p(_("This link has been used or has expired."), class_name="dim"),
        hidden("token", Letter.token),
        submit(_("Send me a new link"), size="lg", block=True),
        action="/auth/new-link",
    )
    lost = rx.el.div(
        rx.el.p(
            _("We do not know this link. It may have been cut off in your mail."),
            class_name="dim mb-4",
        ),
        link_button(_("Sign in"), routes.SIGN_IN, kind="primary", size="lg", block=True),
    )
    waiting = rx.el.div(class_name="skel h-12", aria_hidden="true")
    return public_shell(
        problem_line(Typed.problem),
        rx.cond(
            Letter.ready,
            rx.cond(Letter.usable, go_on, rx.cond(Letter.known, anew, lost)),
            waiting,
        ),
        title=_("Welcome back"),
        words=_("One tap and you are in."),
    )


def invitation_page() -> rx.Component:
    accept = native_form(
        rx.el.p(
            rx.el.b(Invited.studio, class_name="text-ink"),
            " · ",
            Invited.role,
            " · ",
            Invited.email,
            class_name="dim",
        ),
        hidden("token", Invited.token),
        text_field(
            _("Your name"), "name", auto_complete="name", required=True, default_value=Invited.name
        ),
        text_field(
            _("Password"),
            "password",
            kind="password",
            auto_complete="new-password",
            hint=_("You may leave this empty and sign in by links instead."),
        ),
        submit(_("Join"), size="lg", block=True),
        action="/auth/invitation",
    )
    over = rx.el.div(
        rx.el.p(
            _("This invitation has been used or has expired. Please ask the studio for a new one."),
            class_name="dim mb-4",
        ),
        link_button(_("Sign in"), routes.SIGN_IN, kind="primary", size="lg", block=True),
    )
    waiting = rx.el.div(class_name="skel h-12", aria_hidden="true")
    return public_shell(
        problem_line(Typed.problem),
        rx.cond(Invited.ready, rx.cond(Invited.usable, accept, over), waiting),
        title=_("You are invited"),
        words=_("A studio would like you to join them."),
    )


def no_studio_page() -> rx.Component:
    return public_shell(
        native_form(submit(_("Sign out"), block=True), action="/auth/sign-out"),
        title=_("No studio yet"),
        words=_("You do not belong to a studio any more. Ask the owner to invite you again."),
    )


def front_door_page() -> rx.Component:
    return public_shell(
        rx.el.div(class_name="skel h-12", aria_hidden="true"),
        title=_("Cadenza"),
        words=_("One moment, please."),
    )
