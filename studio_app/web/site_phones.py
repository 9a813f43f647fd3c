"""The pages people hold in their hands: teachers', families', and everybody's own."""

from studio_app.web import routes
from studio_app.web.own import calendar, choices, inbox
from studio_app.web.page import Page
from studio_app.web.portal import (
    book,
    booked,
    home,
    invoice,
    invoices,
    my_credits,
    offer,
    policy,
    rollover,
    schedule,
    swap,
    swapping,
    waiting,
)
from studio_app.web.portal.absence import AbsenceState
from studio_app.web.portal.offers_card import OffersState
from studio_app.web.portal.proposals import ProposalsState
from studio_app.web.portal.rollover_card import TermsAskedState
from studio_app.web.proposing import ProposingState
from studio_app.web.public import unsubscribe
from studio_app.web.teacher import hours, today, week
from studio_app.web.teacher.day_off import DayOffState
from studio_app.web.teacher.hours import MyHoursState
from studio_app.web.teacher.today_state import TodayState
from studio_app.web.teacher.week_state import MyWeekState
from studio_app.web.words import _


def teacher_pages() -> tuple[Page, ...]:
    """The phone of who teaches."""
    closed = [DayOffState.arrive, ProposingState.arrive, MyWeekState.arrive]
    week_loads = [*closed, MyWeekState.load, MyWeekState.come]
    return (
        Page(routes.TODAY, _("Today"), today.page, TodayState.load),
        Page(
            routes.WEEK,
            _("Week"),
            week.page,
            week_loads,
        ),
        Page(routes.HOURS, _("Hours"), hours.page, [MyHoursState.arrive, MyHoursState.load]),
        Page(routes.TEACHER_MESSAGES, _("Messages"), inbox.teacher_page, inbox.InboxState.load),
    )


def portal_pages() -> tuple[Page, ...]:
    """The phone of a family, and of who learns."""
    asked = ProposalsState.load
    schedule_loads = [asked, schedule.ScheduleState.load, schedule.ScheduleState.come]
    schedule_loads.append(AbsenceState.arrive)
    paying = invoices.PayingState.load
    credits_load = my_credits.CreditsState.load
    home_loads = [paying, asked, TermsAskedState.load, OffersState.load, home.HomeState.load]
    home_loads += [credits_load, AbsenceState.arrive]
    turn = rollover.MyRolloverState
    waiting_loads = [waiting.WaitingState.arrive, waiting.WaitingState.load]
    invoices_loads = [paying, invoices.InvoicesState.load]
    swapping_load = swapping.SwapWithState.load
    invoice_loads = [paying, invoice.FamilyInvoiceState.load]
    return (
        Page(routes.PORTAL, _("Home"), home.page, home_loads),
        Page(routes.PORTAL_SCHEDULE, _("Schedule"), schedule.page, schedule_loads),
        Page(routes.PORTAL_BOOK, _("Book a lesson"), book.page, book.BookState.load),
        Page(
            routes.PORTAL_POLICY,
            _("When a lesson is cancelled"),
            policy.page,
            policy.MyPoliciesState.load,
        ),
        Page(routes.PORTAL_BOOKING, _("Your booking"), booked.page, booked.BookedState.load),
        Page(routes.PORTAL_CREDITS, _("Your credits"), my_credits.page, credits_load),
        Page(routes.PORTAL_WAITING, _("Waiting for"), waiting.page, waiting_loads),
        Page(routes.PORTAL_OFFER, _("A free time"), offer.page, offer.OfferedState.load),
        Page(routes.PORTAL_SWAP_WITH, _("Change places"), swapping.page, swapping_load),
        Page(routes.PORTAL_ROLLOVER, _("The next term"), rollover.page, [turn.arrive, turn.load]),
        Page(routes.PORTAL_SWAP, _("Change places"), swap.page, swap.SwapState.load),
        Page(routes.PORTAL_INVOICES, _("Invoices"), invoices.page, invoices_loads),
        Page(routes.PORTAL_INVOICE, _("Invoice"), invoice.page, invoice_loads),
        Page(routes.PORTAL_MESSAGES, _("Messages"), inbox.portal_page, inbox.InboxState.load),
    )


def own_pages() -> tuple[Page, ...]:
    """What reaches oneself, and ending it from a letter."""
    return (
        Page(
            routes.UNSUBSCRIBE,
            _("No more e-mails like this"),
            unsubscribe.page,
            unsubscribe.UnsubscribeState.load,
            public=True,
        ),
        Page(
            routes.MY_MESSAGES,
            _("Messages to you"),
            choices.page,
            choices.MyMessagesState.load,
        ),
        Page(
            routes.MY_CALENDAR,
            _("Your calendar"),
            calendar.page,
            calendar.MyCalendarState.load,
        ),
    )
