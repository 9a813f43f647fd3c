"""What the rows that people change are called."""

from studio_app.kit.words import Text, _

_THINGS = {
    "api_token": _("Key for programs"),
    "billing_arrangement": _("Way of billing"),
    "browser_session": _("Signed-in device"),
    "closure": _("Closure"),
    "enrolment": _("Enrolment"),
    "family": _("Family"),
    "grant_override": _("Permission"),
    "guardian": _("Parent"),
    "guardianship": _("Parent of a student"),
    "how_to_pay": _("How families pay"),
    "ignored_holiday": _("Bank holiday"),
    "import_balance": _("Opening balance"),
    "import_batch": _("Import"),
    "import_made": _("Import"),
    "import_row": _("Row of an import"),
    "import_todo": _("Import"),
    "invitation": _("Invitation"),
    "invoice": _("Invoice"),
    "invoice_counter": _("Invoice number"),
    "invoice_item": _("Line of an invoice"),
    "lesson": _("Lesson"),
    "lesson_type": _("Kind of lesson"),
    "location": _("Place"),
    "membership": _("Member"),
    "payer": _("Payer"),
    "person": _("Account"),
    "price_plan": _("Price"),
    "room": _("Room"),
    "seat": _("Seat"),
    "sign_in_link": _("Sign-in link"),
    "series": _("Weekly lesson"),
    "series_exception": _("Skipped day"),
    "series_proposal": _("Proposed weekly lesson"),
    "student": _("Student"),
    "studio": _("Studio"),
    "teacher": _("Teacher"),
    "term": _("Term"),
}


def thing(table: str) -> Text:
    """The row of a table in words; one we have no word for is called a record."""
    return _THINGS.get(table, _("Record"))
