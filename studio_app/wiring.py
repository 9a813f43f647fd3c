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
from studio_app.scheduling.events import (
    EnrolmentEnded,
    LessonCancelled,
    LessonRestored,
    SeriesEnded,
    StudioClosed,
)

SUBSCRIPTIONS: Subscriptions = {
    SignInLinkAsked: [letters.post_sign_in_link],
    InvitationSent: [letters.post_invitation],
    AttendanceMarked: [billing.charge_for_marks],
    LessonCancelled: [billing.give_back_what_is_cancelled],
    LessonRestored: [],
    SeriesEnded: [billing.give_back_what_is_cancelled],
    EnrolmentEnded: [billing.give_back_what_is_cancelled],
    StudioClosed: [billing.give_back_what_is_cancelled],
    InvoiceSent: [],
    PaymentReceived: [],
}

JOBS: Sequence[Job] = ()

INVARIANTS: Sequence[Invariant] = (*BILLING,)
