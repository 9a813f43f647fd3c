"""The address line follows what is shown, so that it can be kept and sent to others."""

import reflex as rx
from reflex_base.vars.base import Var

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.scripts import script


class Address(rx.Component):
    library = script("address.jsx")
    tag = "Address"
    query: Var[str]


def address(query: Words) -> rx.Component:
    """`view=week&date=2026-11-18` behind the question mark; nothing is loaded again."""
    return Address.create(query=query)
