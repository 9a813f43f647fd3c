"""The two things written down of a lesson: one for the family, one among staff."""

from typing import Any

import reflex as rx

from studio_app.web.inputs import Form
from studio_app.web.ui.forms import text_area
from studio_app.web.words import _

LONGEST_NOTES = 4000


def note_fields(lesson: Any, faults: Any) -> rx.Component:
    return rx.fragment(
        text_area(
            _("What to practise until the next lesson"),
            "focus",
            rows=4,
            hint=_("The family reads this once the lesson is over."),
            default_value=lesson.focus,
            faults=faults,
        ),
        text_area(
            _("Notes"),
            "notes",
            rows=3,
            hint=_("Only staff see them."),
            default_value=lesson.notes,
            faults=faults,
        ),
    )


def noted(sent: dict[str, Any], shown: Any) -> dict[str, str]:
    """What `note_on_lesson` wants: of a form with these fields only what is not as it was shown,
    so that what somebody else has written meanwhile stays."""
    form = Form(sent)
    words = {name: form.optional_text(name, longest=LONGEST_NOTES) for name in ("focus", "notes")}
    form.check()
    return {name: said for name, said in words.items() if said != getattr(shown, name).strip()}
