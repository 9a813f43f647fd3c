"""The fields of a student's form: the same for adding and for editing."""

from typing import Any

import reflex as rx

from studio_app.people.commands.students import StudentDetails
from studio_app.web.inputs import LONGEST, Form
from studio_app.web.ui.forms import checkbox, fields, text_area, text_field
from studio_app.web.words import _

LONGEST_NOTES = 8 * LONGEST


def details_of(form: Form) -> StudentDetails:
    """What was typed; call `form.check()` afterwards."""
    return StudentDetails(
        first_name=form.text("first_name", longest=80),
        last_name=form.optional_text("last_name", longest=80),
        is_adult=form.flag("is_adult"),
        email=form.optional_text("email"),
        phone=form.optional_text("phone"),
        birthday=form.optional_day("birthday"),
        instrument=form.optional_text("instrument", longest=80),
        notes=form.optional_text("notes", longest=LONGEST_NOTES),
        started_on=form.optional_day("started_on"),
    )


def student_fields(faults: Any, *, first: bool = False, known: Any = None) -> rx.Component:
    """Name and instrument, or everything else; filled with what is `known`."""

    def given(name: str) -> dict[str, Any]:
        return {"faults": faults} | ({} if known is None else {"default_value": known[name]})

    if first:
        return rx.fragment(
            fields(
                text_field(_("First name"), "first_name", required=True, **given("first_name")),
                text_field(_("Surname"), "last_name", **given("last_name")),
            ),
            text_field(_("Instrument"), "instrument", **given("instrument")),
        )
    checked = {} if known is None else {"default_checked": known["is_adult"]}
    return rx.fragment(
        checkbox(_("Adult"), "is_adult", detail=_("Learns and pays for themselves."), **checked),
        fields(
            text_field(_("E-mail"), "email", kind="email", **given("email")),
            text_field(_("Phone"), "phone", kind="tel", **given("phone")),
        ),
        fields(
            text_field(_("Birthday"), "birthday", kind="date", **given("birthday")),
            text_field(_("First lesson on"), "started_on", kind="date", **given("started_on")),
        ),
        text_area(_("Notes"), "notes", rows=3, **given("notes")),
    )
