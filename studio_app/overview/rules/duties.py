"""What goes on in the background, in the words of whoever owns the studio."""

from studio_app.kit.words import Text, _

_DUTIES = {
    "billing.subscribers.charge_for_enrolment": _("Charges for a student’s weekly lesson"),
    "billing.subscribers.charge_for_lesson": _("Charges for a lesson"),
    "billing.subscribers.charge_for_marks": _("Charges for lessons that were marked"),
    "billing.subscribers.charge_for_series": _("Charges for weekly lessons"),
    "billing.subscribers.give_back_what_is_closed": _("Refunds for days the studio is closed"),
    "messaging.subscribers.credits_.tell_that_few_are_left": _(
        "Telling that few sessions of a package are left"
    ),
    "messaging.subscribers.credits_.tell_that_it_ran_out": _("Telling that a credit has run out"),
    "messaging.subscribers.credits_.tell_that_it_runs_out": _("Telling that a credit runs out"),
    "automations.subscribers.carry_out_automation": _("An automation that was due"),
    "automations.subscribers.consider": _("Automations that wait for something to happen"),
    "automations.subscribers.post_webhook": _("Telling another program, for an automation"),
    "messaging.commands.bulk.write_the_next": _("Writing to many"),
    "messaging.sending.send_message": _("A message on its way"),
    "messaging.subscribers.account.post_invitation": _("An invitation by e-mail"),
    "messaging.subscribers.account.post_sign_in_link": _("A sign-in link by e-mail"),
    "messaging.subscribers.attendance.tell_of_no_show": _("Asking after who did not come"),
    "messaging.subscribers.lessons.tell_of_cancelling": _("Telling of a cancelled lesson"),
    "messaging.subscribers.closing.tell_of_closing": _("Telling of closed days"),
    "messaging.subscribers.lessons.tell_of_new_lesson": _("Telling of a booked lesson"),
    "messaging.subscribers.lessons.tell_of_new_seat": _("Telling of a place in a lesson"),
    "messaging.subscribers.lessons.tell_of_new_time": _("Telling of a moved lesson"),
    "messaging.subscribers.lessons.tell_of_putting_back": _("Telling that a lesson takes place"),
    "messaging.subscribers.lessons.tell_what_to_practise": _("Sending what to practise"),
    "messaging.subscribers.money.post_invoice": _("An invoice by e-mail"),
    "messaging.subscribers.money.post_receipt": _("A receipt by e-mail"),
    "messaging.subscribers.offers.tell_that_it_is_gone": _("Telling that a time is gone"),
    "messaging.subscribers.proposals.tell_teacher_of_a_no": _(
        "Telling a teacher that no proposed time suits"
    ),
    "messaging.subscribers.office.tell_of_dead_letter": _("Telling the office what failed"),
    "messaging.subscribers.series.tell_of_its_end": _("Telling that weekly lessons end"),
    "messaging.subscribers.series.tell_of_joining": _("Telling of a new weekly lesson"),
    "messaging.subscribers.series.tell_of_leaving": _("Telling of a student’s last lesson"),
    "messaging.subscribers.series.tell_of_new_rhythm": _("Telling of a changed weekly lesson"),
    "messaging.subscribers.series.tell_of_weekly_lesson": _("Telling of a new weekly lesson"),
    "messaging.subscribers.teachers.tell_teacher_of_its_end": _(
        "Telling a teacher that weekly lessons end"
    ),
    "messaging.subscribers.teachers.tell_teacher_of_joining": _(
        "Telling a teacher who joins a weekly lesson"
    ),
    "messaging.subscribers.teachers.tell_teacher_of_leaving": _(
        "Telling a teacher who leaves a weekly lesson"
    ),
    "messaging.subscribers.teachers.tell_teacher_of_new_rhythm": _(
        "Telling a teacher of a changed weekly lesson"
    ),
    "messaging.subscribers.teachers.tell_teacher_of_new_seat": _(
        "Telling a teacher of a place in a lesson"
    ),
    "messaging.subscribers.teachers.tell_teacher_of_weekly_lesson": _(
        "Telling a teacher of a new weekly lesson"
    ),
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
