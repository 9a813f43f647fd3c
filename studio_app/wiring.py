"""Who reacts to what, what the clock does, what must always hold: each in one table."""

from collections.abc import Sequence

from studio_app.attendance.events import AttendanceMarked
from studio_app.billing import subscribers as billing
from studio_app.billing.commands.charging import put_charges_right
from studio_app.billing.events import InvoiceSent, PaymentReceived
from studio_app.billing.invariants import INVARIANTS as BILLING
from studio_app.identity import letters
from studio_app.identity.events import InvitationSent, SignInLinkAsked
from studio_app.kit.doctor import Invariant
from studio_app.kit.invariants import INVARIANTS as KIT
from studio_app.kit.jobs import DeliveryDied, Job
from studio_app.kit.outbox import Subscriptions
from studio_app.kit.words import _
from studio_app.overview.commands import upkeep
from studio_app.scheduling import events as scheduling
from studio_app.scheduling import invariants as scheduling_invariants
from studio_app.scheduling.commands.series import extend_every_series

SUBSCRIPTIONS: Subscriptions = {
    SignInLinkAsked: [letters.post_sign_in_link],
    InvitationSent: [letters.post_invitation],
    scheduling.LessonScheduled: [],
    scheduling.LessonMoved: [billing.charge_for_lesson],
    scheduling.LessonCancelled: [billing.charge_for_lesson],
    scheduling.LessonRestored: [billing.charge_for_lesson],
    scheduling.SeatsChanged: [billing.charge_for_lesson],
    scheduling.SeriesScheduled: [],
    scheduling.SeriesChanged: [billing.charge_for_series],
    scheduling.SeriesEnded: [billing.charge_for_series],
    scheduling.StudentEnrolled: [billing.charge_for_enrolment],
    scheduling.EnrolmentEnded: [billing.charge_for_enrolment],
    scheduling.StudioClosed: [billing.give_back_what_is_closed],
    AttendanceMarked: [billing.charge_for_marks],
    InvoiceSent: [],
    PaymentReceived: [],
    DeliveryDied: [],
}

JOBS: Sequence[Job] = (
    Job(
        "extend every series",
        "20 2 * * *",
        extend_every_series,
        words=_("Plan the lessons to come"),
    ),
    Job("put charges right", "50 2 * * *", put_charges_right, words=_("Put charges right")),
    Job(
        "forget old runs",
        "40 3 * * *",
        upkeep.forget_old_runs,
        words=_("Forget old records of what ran"),
    ),
    Job(
        "tell of dead letters",
        "*/5 * * * *",
        upkeep.tell_of_dead_letters,
        studios=upkeep.studios_to_alert,
        words=_("Say what could not be done"),
    ),
)

INVARIANTS: Sequence[Invariant] = (*KIT, *scheduling_invariants.INVARIANTS, *BILLING)
