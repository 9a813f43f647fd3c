"""A button that copies a text, such as an address for another program; see copy_text.jsx."""

import reflex as rx
from reflex_base.vars.base import Var

from studio_app.web.ui.buttons import Size, Words
from studio_app.web.ui.scripts import script
from studio_app.web.words import _


class CopyText(rx.Component):
    library = script("copy_text.jsx")
    tag = "CopyText"
    text: Var[str]
    label: Var[str]
    done: Var[str]


def copy_button(label: Words, text: Words, *, size: Size = "") -> rx.Component:
    look = f"btn btn--{size}" if size else "btn"
    return CopyText.create(text=text, label=label, done=_("Copied"), class_name=look)
