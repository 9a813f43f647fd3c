"""The money of one family, as its page shows it: what is open, and the ways to deal with it."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.billing.paying import pay_button
from studio_app.web.office.families import balance
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.words import _


def billing_panel(family: Any) -> rx.Component:
    """`family` is a var with id, name, balance, minor and standing; for who sees the books."""
    path = routes.filled(routes.STATEMENT, family_id=family.id)
    statement = link_button(_("Statement"), path, "receipt", size="sm")
    figure = rx.el.p(balance(family.balance, family.standing), class_name="figure-lg num mb-3")
    pay = pay_button(family.id, family.name, family.minor, family.balance, size="")
    return card(card_body(figure, pay), title=_("Account"), action=statement)
