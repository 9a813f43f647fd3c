"""Who reacts to what, what the clock does, what must always hold: each in one table."""

from collections.abc import Sequence

from studio_app.attendance.events import AttendanceMarked
from studio_app.billing import subscribers as billing
from studio_app.billing.events import InvoiceSent, PaymentReceived
from studio_app.billing.invariants import INVARIANTS as BILLING
from studio_app.identity import letters
from studio_app.identity.events import InvitationSent, SignInLinkAsked
from studio_app.kit.doctor import Invariant
from studio_app.kit.jobs import Job
from studio_app.kit.outbox import Subscriptions
from studio_app.scheduling import events as scheduling
from studio_app.scheduling import invariants as scheduling_invariants
from studio_app.scheduling.commands.series import extend_every_series

SUBSCRIPTIONS: Subscriptions = {
    SignInLinkAsked: [letters.post_sign_in_link],
    InvitationSent: [letters.post_invitation],
    scheduling.LessonScheduled: [],
    scheduling.LessonMoved: [],
    scheduling.LessonCancelled: [billing.give_back_what_is_cancelled],
    scheduling.LessonRestored: [],
    scheduling.SeriesScheduled: [],
    scheduling.SeriesChanged: [],
    scheduling.SeriesEnded: [billing.give_back_what_is_cancelled],
    scheduling.StudentEnrolled: [],
    scheduling.EnrolmentEnded: [billing.give_back_what_is_cancelled],
    scheduling.StudioClosed: [billing.give_back_what_is_cancelled],
    AttendanceMarked: [billing.charge_for_marks],
    InvoiceSent: [],
    PaymentReceived: [],
}

JOBS: Sequence[Job] = (Job("extend every series", "20 2 * * *", extend_every_series),)

INVARIANTS: Sequence[Invariant] = (*scheduling_invariants.INVARIANTS, *BILLING)
