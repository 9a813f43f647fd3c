"""What the rows that people change are called."""

from studio_app.kit.words import Text, _

_THINGS = {
    "api_token": _("Key for programs"),
    "automation": _("Automation"),
    "automation_action": _("Automation"),
    "automation_tick": _("Automation"),
    "billing_arrangement": _("Way of billing"),
    "browser_session": _("Signed-in device"),
    "closure": _("Closure"),
    "dead_letter_decision": _("Failed job"),
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
    "student_tag": _("Tag"),
    "studio": _("Studio"),
    "task": _("Task"),
    "teacher": _("Teacher"),
    "term": _("Term"),
    "webhook_key": _("Key of a webhook"),
}


def thing(table: str) -> Text:
    """The row of a table in words; one we have no word for is called a record."""
    return _THINGS.get(table, _("Record"))


_FIELDS = {
    "address": _("Address"),
    "archived_at": _("Archived"),
    "at": _("Time"),
    "birthday": _("Birthday"),
    "cancel_reason": _("Reason"),
    "cancelled_at": _("Cancelled"),
    "capacity": _("Students at most"),
    "email": _("E-mail"),
    "ended_on": _("Ended"),
    "ends_at": _("Ends"),
    "ends_on": _("Last day"),
    "every_weeks": _("Every so many weeks"),
    "first_name": _("First name"),
    "first_on": _("First day"),
    "focus": _("What to practise"),
    "instrument": _("Instrument"),
    "kind": _("Kind"),
    "last_name": _("Last name"),
    "left_at": _("Left"),
    "left_on": _("Left"),
    "max_capacity": _("People at most"),
    "minutes": _("Minutes"),
    "mode": _("Billed"),
    "name": _("Name"),
    "notes": _("Notes"),
    "occurs_on": _("Day"),
    "phone": _("Phone"),
    "receives_billing": _("Gets the bills"),
    "receives_practice": _("Practice"),
    "receives_schedule": _("Timetable"),
    "region": _("Region"),
    "role": _("Role"),
    "sent_at": _("Sent"),
    "starts_at": _("Begins"),
    "starts_on": _("First day"),
    "status": _("Status"),
    "until_on": _("Last day"),
    "voided_at": _("Made void"),
    "words": _("Words"),
}


def field_of(column: str) -> Text | None:
    """A column in words; None for what says nothing to a person, such as ids."""
    return _FIELDS.get(column)
