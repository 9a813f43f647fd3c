"""Who reacts to what, what the clock does, what must always hold: each in one table."""

from collections.abc import Sequence

from studio_app.attendance.completing import complete_lessons, studios_that_complete
from studio_app.attendance.events import AttendanceMarked
from studio_app.automations import subscribers as automations
from studio_app.automations.access.due import studios_with_scheduled_automations
from studio_app.automations.commands.forgetting import forget_old_automation_runs
from studio_app.automations.commands.ticking import run_due_automations
from studio_app.automations.events import AutomationDue, WebhookDue
from studio_app.billing import subscribers as billing
from studio_app.billing.commands.charging import put_charges_right
from studio_app.billing.commands.credits import expire_credits
from studio_app.billing.events import InvoiceSent, PaymentReceived
from studio_app.billing.invariants import INVARIANTS as BILLING
from studio_app.bookings import events as asked
from studio_app.bookings import freeing
from studio_app.bookings import subscribers as bookings
from studio_app.bookings.access.due import (
    studios_that_ask,
    studios_with_old_bookings,
    studios_with_rollovers,
)
from studio_app.bookings.commands.expiring import expire_bookings
from studio_app.bookings.commands.reenrolling import remind_of_rollovers
from studio_app.bookings.invariants import INVARIANTS as BOOKINGS
from studio_app.calendars import asking
from studio_app.calendars import subscribers as calendars
from studio_app.calendars.commands.meetings import make_due_meetings
from studio_app.calendars.due import studios_with_meetings_to_make
from studio_app.calendars.events import AccountTried, MeetingDue, MeetingLeft
from studio_app.credits.events import CreditLow, CreditRanOut, CreditRunsOut
from studio_app.credits.invariants import INVARIANTS as CREDITS
from studio_app.identity.events import InvitationSent, SignInLinkAsked
from studio_app.kit.doctor import Invariant
from studio_app.kit.invariants import INVARIANTS as KIT
from studio_app.kit.jobs import DeliveryDied, Job
from studio_app.kit.outbox import Subscriptions
from studio_app.kit.words import _
from studio_app.messaging.access import due
from studio_app.messaging.commands import bulk, clock, unmarked
from studio_app.messaging.commands.offers import mind_offers
from studio_app.messaging.events import BulkDue, MessageReady
from studio_app.messaging.invariants import INVARIANTS as MESSAGING
from studio_app.messaging.sending import send_message
from studio_app.messaging.subscribers import (
    account,
    attendance,
    clocks,
    closing,
    credits_,
    lessons,
    money,
    office,
    proposals,
    reenrolling,
    series,
    teachers,
)
from studio_app.messaging.subscribers import bookings as booked
from studio_app.messaging.subscribers import offers as offered
from studio_app.overview.commands import digest, upkeep
from studio_app.people.events import StudentArrived, StudentTagged
from studio_app.scheduling import events as scheduling
from studio_app.scheduling import invariants as scheduling_invariants
from studio_app.scheduling.commands.series import extend_every_series

SUBSCRIPTIONS: Subscriptions = {
    SignInLinkAsked: [account.post_sign_in_link],
    InvitationSent: [account.post_invitation],
    StudentArrived: [automations.consider],
    StudentTagged: [automations.consider],
    scheduling.LessonScheduled: [
        calendars.arrange_meeting,
        lessons.tell_of_new_lesson,
        freeing.withdraw_with_a_lesson,
    ],
    scheduling.LessonMoved: [
        calendars.arrange_meeting,
        billing.charge_for_lesson,
        lessons.tell_of_new_time,
        freeing.free_where_it_was,
        automations.consider,
    ],
    scheduling.TimesProposed: [proposals.ask_for_a_time],
    scheduling.TimesDeclined: [proposals.tell_teacher_of_a_no],
    scheduling.LessonCancelled: [
        calendars.arrange_meeting,
        billing.charge_for_lesson,
        bookings.cancel_with_its_lesson,
        lessons.tell_of_cancelling,
        freeing.free_what_was_cancelled,
        automations.consider,
    ],
    scheduling.LessonDeclined: [billing.charge_for_lesson, bookings.decline_with_its_lesson],
    scheduling.LessonRestored: [
        calendars.arrange_meeting,
        billing.charge_for_lesson,
        bookings.confirm_with_its_lesson,
        lessons.tell_of_putting_back,
        freeing.withdraw_what_was_put_back,
    ],
    scheduling.SeatsChanged: [
        billing.charge_for_lesson,
        lessons.tell_of_new_seat,
        teachers.tell_teacher_of_new_seat,
        freeing.free_place,
    ],
    scheduling.FocusWritten: [lessons.tell_what_to_practise],
    scheduling.SeriesScheduled: [
        series.tell_of_weekly_lesson,
        teachers.tell_teacher_of_weekly_lesson,
        automations.consider,
    ],
    scheduling.SeriesChanged: [
        billing.charge_for_series,
        bookings.confirm_with_its_series,
        series.tell_of_new_rhythm,
        teachers.tell_teacher_of_new_rhythm,
    ],
    scheduling.SeriesRezoned: [billing.charge_for_series],
    scheduling.SeriesEnded: [
        billing.charge_for_series,
        bookings.cancel_with_its_series,
        series.tell_of_its_end,
        teachers.tell_teacher_of_its_end,
        freeing.free_every_week,
        automations.consider,
    ],
    scheduling.StudentEnrolled: [
        billing.charge_for_enrolment,
        series.tell_of_joining,
        teachers.tell_teacher_of_joining,
        automations.consider,
    ],
    scheduling.EnrolmentEnded: [
        billing.charge_for_enrolment,
        series.tell_of_leaving,
        teachers.tell_teacher_of_leaving,
        freeing.free_places_of,
        automations.consider,
    ],
    scheduling.PlaceReleased: [billing.charge_for_enrolment, freeing.free_what_was_released],
    scheduling.StudioClosed: [
        billing.give_back_what_is_closed,
        closing.tell_of_closing,
        automations.consider,
    ],
    scheduling.LocalTimesKept: [clocks.tell_of_another_clock],
    asked.BookingMade: [
        bookings.settle_booking,
        bookings.keep_what_was_agreed,
        freeing.withdraw_what_was_booked,
    ],
    asked.BookingReceived: [booked.tell_that_it_waits],
    asked.BookingDeclined: [booked.tell_of_a_no, freeing.free_what_was_declined],
    asked.BookingExpiring: [booked.tell_the_office],
    asked.BookingExpired: [booked.tell_that_it_expired, freeing.free_what_expired],
    asked.BookingWithdrawn: [freeing.free_what_was_taken_back],
    asked.WaitingEnded: [freeing.withdraw_what_was_offered],
    asked.SlotOffered: [offered.tell_of_an_offer],
    asked.OfferEnded: [freeing.ask_the_next, offered.tell_that_it_is_gone],
    asked.OfferAccepted: [offered.tell_who_took_it],
    asked.NobodyTookIt: [offered.tell_that_nobody_took_it],
    asked.SwapProposed: [offered.tell_of_a_swap],
    asked.SwapDeclined: [offered.tell_that_no_swap],
    asked.RolloverAsked: [reenrolling.ask_families],
    asked.RolloverDecided: [reenrolling.tell_what_was_decided],
    asked.RolloverDeclined: [reenrolling.tell_teacher_of_a_no],
    asked.RolloverConfirmed: [reenrolling.tell_that_they_go_on],
    AttendanceMarked: [billing.charge_for_marks, attendance.tell_of_no_show, automations.consider],
    CreditRunsOut: [credits_.tell_that_it_runs_out],
    CreditRanOut: [credits_.tell_that_it_ran_out],
    CreditLow: [credits_.tell_that_few_are_left],
    InvoiceSent: [money.post_invoice, automations.consider],
    PaymentReceived: [money.post_receipt, automations.consider],
    MeetingDue: [asking.ask_for_meeting],
    MeetingLeft: [asking.remove_left_meeting],
    AccountTried: [asking.try_account],
    AutomationDue: [automations.carry_out_automation],
    WebhookDue: [automations.post_webhook],
    DeliveryDied: [office.tell_of_dead_letter],
    BulkDue: [bulk.write_the_next],
    MessageReady: [send_message],
}

JOBS: Sequence[Job] = (
    Job(
        "extend every series",
        "20 2 * * *",
        extend_every_series,
        words=_("Plan the lessons to come"),
    ),
    Job(
        "send due messages",
        "* * * * *",
        clock.send_due_messages,
        studios=due.studios_with_due_messages,
        words=_("Send what is due"),
    ),
    Job(
        "make meetings",
        "*/10 * * * *",
        make_due_meetings,
        studios=studios_with_meetings_to_make,
        words=_("Make the meetings of online lessons"),
    ),
    Job(
        "plan reminders",
        "*/15 * * * *",
        clock.plan_reminders,
        studios=due.studios_with_lessons_to_come,
        words=_("Plan reminders"),
    ),
    Job(
        "remind of unmarked lessons",
        "*/15 * * * *",
        unmarked.remind_of_unmarked,
        studios=due.studios_with_lessons_just_over,
        words=_("Ask teachers about lessons that are not marked"),
    ),
    Job(
        "write digests",
        "*/15 * * * *",
        digest.write_digests,
        studios=digest.studios_at_morning,
        words=_("Write the morning’s digest"),
    ),
    Job(
        "run automations that are due",
        "*/15 * * * *",
        run_due_automations,
        studios=studios_with_scheduled_automations,
        words=_("Run the automations that are due"),
    ),
    Job(
        "expire bookings",
        "*/10 * * * *",
        expire_bookings,
        studios=studios_with_old_bookings,
        words=_("Give back what nobody decided about"),
    ),
    Job(
        "mind offers",
        "* * * * *",
        mind_offers,
        studios=studios_that_ask,
        words=_("See who has answered an offer, and ask the next"),
    ),
    Job(
        "remind of the next term",
        "*/15 * * * *",
        remind_of_rollovers,
        studios=studios_with_rollovers,
        words=_("Remind families who have not said whether they go on"),
    ),
    Job(
        "complete lessons",
        "*/10 * * * *",
        complete_lessons,
        studios=studios_that_complete,
        words=_("Take lessons as held that are over"),
    ),
    Job("expire credits", "10 3 * * *", expire_credits, words=_("Warn of credits that run out")),
    Job("put charges right", "50 2 * * *", put_charges_right, words=_("Put charges right")),
    Job(
        "forget old runs",
        "40 3 * * *",
        upkeep.forget_old_runs,
        words=_("Forget old records of what ran"),
    ),
    Job(
        "forget old automation runs",
        "45 3 * * *",
        forget_old_automation_runs,
        words=_("Forget what automations did long ago"),
    ),
    Job(
        "tell of dead letters",
        "*/5 * * * *",
        upkeep.tell_of_dead_letters,
        studios=upkeep.studios_to_alert,
        words=_("Say what could not be done"),
    ),
)

INVARIANTS: Sequence[Invariant] = (
    *KIT,
    *scheduling_invariants.INVARIANTS,
    *CREDITS,
    *BILLING,
    *BOOKINGS,
    *MESSAGING,
)
