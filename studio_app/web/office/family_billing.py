"""The money of one family, as its page shows it: what is open, and the way to the account."""

from typing import Any

import reflex as rx

from studio_app.web.office.families import balance
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.words import _


def billing_panel(family_id: Any, said: Any, standing: Any) -> rx.Component:
    """`family_id` is a var of the page's state; shown to whoever may see the books."""
    statement = link_button(
        _("Statement"), f"/office/families/{family_id}/statement", "receipt", size="sm"
    )
    figure = rx.el.p(balance(said, standing), class_name="figure-lg num")
    credits_ = link_button(
        _("Credits"), f"/office/families/{family_id}/credits", "ticket", size="sm"
    )
    both = rx.el.div(statement, credits_, class_name="flex flex-wrap gap-2")
    return card(card_body(figure), title=_("Account"), action=both)
