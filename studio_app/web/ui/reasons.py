"""What speaks against a change, and the field for the reason to make it all the same."""

from typing import Any

import reflex as rx

from studio_app.web.ui.cards import hint
from studio_app.web.ui.forms import text_field
from studio_app.web.words import _

DESPITE = "despite"


def reason_field(caution: Any, *, faults: Any = None) -> rx.Component:
    """Nothing where nothing speaks against it. Its value is sent as `despite`."""
    asked = rx.el.div(
        hint("calendar-x", caution, tone="warn"),
        text_field(
            _("Why all the same?"),
            DESPITE,
            faults=faults,
            required=True,
            placeholder=_("The reason is kept with the lesson"),
        ),
        class_name="grid gap-2",
        role="status",
    )
    return rx.cond(caution != "", asked, rx.fragment())
