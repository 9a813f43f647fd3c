"""Who may use what: the pages and jobs; routes and handlers in the files beside.

Whoever adds one of them adds its row here, and the tests do the rest.
"""

from studio_app.web import routes
from tests.access import matrix_handlers, matrix_planning, matrix_settings
from tests.access.matrix_own import OWN_HANDLERS
from tests.access.matrix_plans import PLAN_HANDLERS
from tests.access.matrix_routes import ROUTES
from tests.access.roles import ANYBODY, BOOKERS, CLOCK, MEMBERS, OFFICE, PAYERS, STAFF, Who

__all__ = ["HANDLERS", "JOBS", "PAGES", "ROUTES"]

HANDLERS: dict[str, Who] = {
    **matrix_handlers.HANDLERS,
    **matrix_settings.HANDLERS,
    **matrix_planning.HANDLERS,
    **OWN_HANDLERS,
    **PLAN_HANDLERS,
}

PAGES: dict[str, Who] = {
    routes.HOME: ANYBODY,
    routes.SIGN_IN: ANYBODY,
    routes.SIGN_UP: ANYBODY,
    routes.LINK: ANYBODY,
    routes.INVITATION: ANYBODY,
    routes.NO_STUDIO: ANYBODY,
    routes.UNSUBSCRIBE: ANYBODY,
    routes.STUDENTS: STAFF,
    routes.STUDENT: STAFF,
    routes.FAMILIES: STAFF,
    routes.FAMILY: STAFF,
    routes.TEACHERS: STAFF,
    routes.CLASSES: STAFF,
    routes.CLASS: STAFF,
    routes.TEACHER_HOURS: STAFF,
    routes.HOURS: STAFF,
    routes.IMPORT: OFFICE,
    routes.IMPORT_FILE: OFFICE,
    routes.BILLING: OFFICE,
    routes.PAYMENTS: OFFICE,
    routes.PRICES: OFFICE,
    routes.BILLING_RUN: OFFICE,
    routes.STATEMENT: PAYERS,
    routes.INVOICE: OFFICE,
    routes.BILLING_ENROLMENTS: OFFICE,
    routes.SETTINGS: MEMBERS,
    routes.SETTINGS_PEOPLE: OFFICE,
    routes.SETTINGS_POLICY: OFFICE,
    routes.SETTINGS_PLACES: STAFF,
    routes.SETTINGS_LESSONS: STAFF,
    routes.SETTINGS_BOOKING: OFFICE,
    routes.SETTINGS_YEAR: STAFF,
    routes.SETTINGS_CALENDARS: OFFICE,
    routes.SETTINGS_MESSAGES: OFFICE,
    routes.SETTINGS_TEMPLATE: OFFICE,
    routes.SETTINGS_CHANGES: OFFICE,
    routes.SETTINGS_JOBS: OFFICE,
    routes.MESSAGES: OFFICE,
    routes.REPLIES: OFFICE,
    routes.WRITE_TO_MANY: OFFICE,
    routes.BULK: OFFICE,
    routes.WELCOME: OFFICE,
    routes.AUTOMATIONS: OFFICE,
    routes.AUTOMATION: OFFICE,
    routes.TASKS: OFFICE,
    routes.ACCOUNT: MEMBERS,
    routes.MY_MESSAGES: MEMBERS,
    routes.MY_CALENDAR: MEMBERS,
    routes.INBOX: MEMBERS,
    routes.TEACHER_MESSAGES: MEMBERS,
    routes.PORTAL_MESSAGES: MEMBERS,
    routes.CALENDAR: STAFF,
    routes.PRINTED_WEEK: STAFF,
    routes.COVER: OFFICE,
    routes.TODAY: STAFF,
    routes.OFFICE: OFFICE,
    routes.WEEK: STAFF,
    routes.PORTAL: MEMBERS,
    routes.PORTAL_SCHEDULE: MEMBERS,
    routes.PORTAL_BOOK: MEMBERS,
    routes.PORTAL_BOOKING: BOOKERS,
    routes.PORTAL_WAITING: BOOKERS,
    routes.PORTAL_OFFER: BOOKERS,
    routes.PORTAL_SWAP: BOOKERS,
    routes.WAITLIST: OFFICE,
    routes.UNMARKED: OFFICE,
    routes.BOOKINGS: OFFICE,
    routes.PORTAL_INVOICES: PAYERS,
    routes.PORTAL_INVOICE: PAYERS,
    routes.KIT: ANYBODY,
    routes.KIT_PHONE: ANYBODY,
    routes.KIT_PUBLIC: ANYBODY,
    routes.KIT_CALENDAR: ANYBODY,
    "/404": ANYBODY,
}

JOBS: dict[str, Who] = {
    "extend every series": CLOCK,
    "expire bookings": CLOCK,
    "send due messages": CLOCK,
    "make meetings": CLOCK,
    "plan reminders": CLOCK,
    "mind offers": CLOCK,
    "remind of unmarked lessons": CLOCK,
    "put charges right": CLOCK,
    "write digests": CLOCK,
    "run automations that are due": CLOCK,
    "forget old runs": CLOCK,
    "forget old automation runs": CLOCK,
    "tell of dead letters": CLOCK,
}
