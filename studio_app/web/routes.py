"""Every path of the site, so that no page spells another page's address."""

from datetime import date
from urllib.parse import quote

HOME = "/"
SIGN_IN = "/sign-in"
SIGN_UP = "/sign-up"
LINK = "/link"
INVITATION = "/invitation"
NO_STUDIO = "/no-studio"
ACCOUNT = "/account"
MY_MESSAGES = "/account/messages"
MY_CALENDAR = "/account/calendar"
UNSUBSCRIBE = "/unsubscribe"
SPEAK = "/language/"

OFFICE = "/office"
INBOX = "/office/inbox"
BOOKINGS = "/office/bookings"
WAITLIST = "/office/waitlist"
UNMARKED = "/office/unmarked"
CALENDAR = "/office/calendar"
PRINTED_WEEK = "/office/calendar/week"
COVER = "/office/cover"
STUDENTS = "/office/students"
STUDENT = "/office/students/[student_id]"
FAMILIES = "/office/families"
FAMILY = "/office/families/[family_id]"
TEACHERS = "/office/teachers"
TEACHER_HOURS = "/office/teachers/[teacher_id]/hours"
CLASSES = "/office/classes"
CLASS = "/office/classes/[series_id]"
ROLLOVERS = "/office/rollover"
ROLLOVER = "/office/rollover/[rollover_id]"
BILLING = "/office/billing"
INVOICE = "/office/invoices/[invoice_id]"
BILLING_RUN = "/office/billing/run"
PAYMENTS = "/office/billing/payments"
PRICES = "/office/billing/prices"
BILLING_ENROLMENTS = "/office/billing/enrolments"
PACKAGES = "/office/billing/packages"
FAMILY_CREDITS = "/office/families/[family_id]/credits"
STATEMENT = "/office/families/[family_id]/statement"
IMPORT = "/office/import"
IMPORT_FILE = "/office/import/[batch_id]"
AUTOMATIONS = "/office/automations"
AUTOMATION = "/office/automations/[automation_id]"
TASKS = "/office/tasks"
SETTINGS = "/office/settings"
SETTINGS_PEOPLE = "/office/settings/people"
SETTINGS_POLICY = "/office/settings/policy"
SETTINGS_CHANGES = "/office/settings/changes"
SETTINGS_JOBS = "/office/settings/jobs"
SETTINGS_PLACES = "/office/settings/places"
SETTINGS_LESSONS = "/office/settings/lessons"
SETTINGS_BOOKING = "/office/settings/booking"
SETTINGS_POLICIES = "/office/settings/policies"
SETTINGS_POLICY_RULES = "/office/settings/policies/[policy_id]"
SETTINGS_YEAR = "/office/settings/year"
SETTINGS_CALENDARS = "/office/settings/calendars"
SETTINGS_VIDEO = "/office/settings/video"
SETTINGS_MESSAGES = "/office/settings/messages"
SETTINGS_TEMPLATE = "/office/settings/messages/[message_kind]"
WELCOME = "/office/welcome"
MESSAGES = "/office/messages"
REPLIES = "/office/messages/replies"
WRITE_TO_MANY = "/office/messages/new"
BULK = "/office/messages/bulk/[bulk_id]"

TODAY = "/teacher"
WEEK = "/teacher/week"
HOURS = "/teacher/hours"
TEACHER_MESSAGES = "/teacher/messages"

PORTAL = "/portal"
PORTAL_SCHEDULE = "/portal/schedule"
PORTAL_BOOK = "/portal/book"
PORTAL_POLICY = "/portal/policy"
PORTAL_BOOKING = "/portal/bookings/[booking_id]"
PORTAL_CREDITS = "/portal/credits"
PORTAL_WAITING = "/portal/waiting"
PORTAL_OFFER = "/portal/offers/[offer_id]"
PORTAL_SWAP_WITH = "/portal/lessons/[lesson_id]/swap"
PORTAL_ROLLOVER = "/portal/rollover/[rollover_id]"
PORTAL_SWAP = "/portal/swaps/[swap_id]"
PORTAL_INVOICES = "/portal/invoices"
PORTAL_INVOICE = "/portal/invoices/[invoice_id]"
PORTAL_MESSAGES = "/portal/messages"

KIT = "/kit"
KIT_PHONE = "/kit/phone"
KIT_CALENDAR = "/kit/calendar"
KIT_PUBLIC = "/kit/public"


def sign_in_and_back(path: str) -> str:
    """The sign-in page, remembering where the person wanted to be."""
    return f"{SIGN_IN}?next={quote(path, safe='')}" if path not in {"", HOME} else SIGN_IN


def safe_way_back(path: str) -> str:
    """Only a path of ours: never another site, whatever the address bar said."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if ours and path.isprintable() and "\\" not in path else HOME


def lesson(on: date, lesson_id: object) -> str:
    """A lesson, opened on its day in the calendar."""
    return f"{CALENDAR}?view=day&date={on}&lesson={lesson_id}"


def filled(route: str, **parts: object) -> str:
    """`filled(INVOICE, invoice_id=id)`: the route with its brackets filled in."""
    for name, value in parts.items():
        route = route.replace(f"[{name}]", str(value))
    return route
