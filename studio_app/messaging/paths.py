"""Where the links of messages lead. The site has these paths; a test holds the two together."""

from datetime import date
from uuid import UUID

PORTAL = "/portal"
PORTAL_SCHEDULE = "/portal/schedule"
PORTAL_INVOICES = "/portal/invoices"
PORTAL_BOOK = "/portal/book"
PORTAL_CREDITS = "/portal/credits"
PORTAL_WAITING = "/portal/waiting"
TEACHER = "/teacher"
TEACHER_WEEK = "/teacher/week"
OFFICE = "/office"
OFFICE_JOBS = "/office/settings/jobs"
OFFICE_BOOKINGS = "/office/bookings"
OFFICE_WAITLIST = "/office/waitlist"
OFFICE_REPLIES = "/office/messages/replies"
LINK = "/link"
INVITATION = "/invitation"
OWN = "/account/messages"
UNSUBSCRIBE = "/unsubscribe"


def lesson(lesson_id: UUID) -> str:
    return f"{PORTAL_SCHEDULE}?lesson={lesson_id}"


def teachers_lesson(lesson_id: UUID, on: date) -> str:
    return f"{TEACHER_WEEK}?date={on}&lesson={lesson_id}"


def teachers_week(on: date) -> str:
    return f"{TEACHER_WEEK}?date={on}"


def booking(booking_id: UUID) -> str:
    return f"/portal/bookings/{booking_id}"


def offer(offer_id: UUID) -> str:
    return f"/portal/offers/{offer_id}"


def rollover(rollover_id: UUID) -> str:
    return f"/portal/rollover/{rollover_id}"


def swap(swap_id: UUID) -> str:
    return f"/portal/swaps/{swap_id}"


def invoice(invoice_id: UUID) -> str:
    return f"{PORTAL_INVOICES}/{invoice_id}"
