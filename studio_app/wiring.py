"""Who reacts to what, what the clock does, what must always hold: each in one table."""

from collections.abc import Sequence

from studio_app.attendance.events import AttendanceMarked
from studio_app.automations import subscribers as automations
from studio_app.automations.commands.ticking import run_due_automations
from studio_app.automations.events import AutomationDue, WebhookDue
from studio_app.billing import subscribers as billing
from studio_app.billing.commands.charging import put_charges_right
from studio_app.billing.events import InvoiceSent, PaymentReceived
from studio_app.billing.invariants import INVARIANTS as BILLING
from studio_app.identity import letters
from studio_app.identity.events import InvitationSent, SignInLinkAsked
from studio_app.kit.doctor import Invariant
from studio_app.kit.jobs import Job
from studio_app.kit.outbox import Subscriptions
from studio_app.people.events import StudentArrived, StudentTagged
from studio_app.scheduling import events as scheduling
from studio_app.scheduling import invariants as scheduling_invariants
from studio_app.scheduling.commands.series import extend_every_series

SUBSCRIPTIONS: Subscriptions = {
    SignInLinkAsked: [letters.post_sign_in_link],
    InvitationSent: [letters.post_invitation],
    StudentArrived: [automations.consider],
    StudentTagged: [automations.consider],
    scheduling.LessonScheduled: [],
    scheduling.LessonMoved: [billing.charge_for_lesson, automations.consider],
    scheduling.LessonCancelled: [billing.charge_for_lesson, automations.consider],
    scheduling.LessonRestored: [billing.charge_for_lesson],
    scheduling.SeatsChanged: [billing.charge_for_lesson],
    scheduling.SeriesScheduled: [automations.consider],
    scheduling.SeriesChanged: [billing.charge_for_series],
    scheduling.SeriesEnded: [billing.charge_for_series, automations.consider],
    scheduling.StudentEnrolled: [billing.charge_for_enrolment, automations.consider],
    scheduling.EnrolmentEnded: [billing.charge_for_enrolment, automations.consider],
    scheduling.StudioClosed: [billing.give_back_what_is_closed, automations.consider],
    AttendanceMarked: [billing.charge_for_marks, automations.consider],
    InvoiceSent: [automations.consider],
    PaymentReceived: [automations.consider],
    AutomationDue: [automations.carry_out_automation],
    WebhookDue: [automations.post_webhook],
}

JOBS: Sequence[Job] = (
    Job("extend every series", "20 2 * * *", extend_every_series),
    Job("put charges right", "50 2 * * *", put_charges_right),
    Job("run automations that are due", "*/15 * * * *", run_due_automations),
)

INVARIANTS: Sequence[Invariant] = (*scheduling_invariants.INVARIANTS, *BILLING)
