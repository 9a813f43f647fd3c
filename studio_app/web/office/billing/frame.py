"""Billing's own navigation: who owes, invoices, the run, prices, who is billed how."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.ui.shells import office_shell
from studio_app.web.words import _


def billing_shell(here: str, *body: Any, top: Any = ()) -> rx.Component:
    """A page of billing; `here` is its path."""
    subjects = (
        (routes.BILLING, _("Who owes")),
        (routes.BILLING_INVOICES, _("Invoices")),
        (routes.BILLING_RUN, _("Billing run")),
        (routes.BILLING_PRICES, _("Prices")),
        (routes.BILLING_ENROLMENTS, _("Arrangements")),
    )
    current: dict[str, Any] = {"aria_current": "page"}
    links = [
        rx.el.a(words, href=path, class_name="chip", **(current if path == here else {}))
        for path, words in subjects
    ]
    nav = rx.el.nav(*links, class_name="chips mb-4", aria_label=_("Billing"))
    return office_shell(routes.BILLING, nav, *body, title=_("Billing"), top=top)
