"""The settings' own navigation: one page for each subject."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.ui.shells import office_shell
from studio_app.web.words import _


def settings_shell(here: str, *body: Any, top: Any = ()) -> rx.Component:
    """A page of the settings; `here` is its path."""
    subjects = (
        (routes.SETTINGS, _("Studio")),
        (routes.SETTINGS_PEOPLE, _("Members")),
        (routes.SETTINGS_POLICY, _("Who may do what")),
        (routes.SETTINGS_PLACES, _("Places")),
        (routes.SETTINGS_LESSONS, _("Kinds of lessons")),
        (routes.SETTINGS_BOOKING, _("Booking")),
        (routes.SETTINGS_POLICIES, _("Cancelling")),
        (routes.SETTINGS_YEAR, _("Year")),
        (routes.SETTINGS_CALENDARS, _("Calendars")),
        (routes.SETTINGS_VIDEO, _("Video")),
        (routes.SETTINGS_MESSAGES, _("Messages")),
        (routes.SETTINGS_CHANGES, _("Who changed what")),
        (routes.SETTINGS_JOBS, _("Jobs")),
    )
    current: dict[str, Any] = {"aria_current": "page"}
    links = [
        rx.el.a(
            words,
            href=path,
            class_name="chip",
            **(current if path == here else {}),
        )
        for path, words in subjects
    ]
    nav = rx.el.nav(*links, class_name="chips mb-4", aria_label=_("Settings"))
    return office_shell(routes.SETTINGS, nav, *body, title=_("Settings"), top=top)
