"""What goes on in the background, in the words of whoever owns the studio."""

from studio_app.kit.words import Text, _

_DUTIES = {
    "billing.subscribers.charge_for_enrolment": _("Charges for a student’s weekly lesson"),
    "billing.subscribers.charge_for_lesson": _("Charges for a lesson"),
    "billing.subscribers.charge_for_marks": _("Charges for lessons that were marked"),
    "billing.subscribers.charge_for_series": _("Charges for weekly lessons"),
    "billing.subscribers.give_back_what_is_closed": _("Refunds for days the studio is closed"),
    "identity.letters.post_invitation": _("An invitation by e-mail"),
    "identity.letters.post_sign_in_link": _("A sign-in link by e-mail"),
}


def duty(task: str, jobs: dict[str, Text]) -> Text:
    """A subscriber or a job in words; one that has none is called by its own name."""
    known = jobs.get(task) or _DUTIES.get(task)
    return known or Text(_spaced(task.rpartition(".")[2]))


def could_not(task: str, jobs: dict[str, Text]) -> Text:
    """What an owner reads first about something that was given up."""
    return _("{thing}: this could not be done", thing=duty(task, jobs))


def happening(kind: str) -> Text:
    """The event behind it: `scheduling.events.LessonMoved` is "Lesson moved"."""
    name = kind.rpartition(".")[2]
    apart = "".join(f" {letter}" if letter.isupper() else letter for letter in name)
    return Text(_spaced(apart))


def _spaced(name: str) -> str:
    return name.replace("_", " ").strip().lower().capitalize()
