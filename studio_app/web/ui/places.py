"""Where the navigations lead, and what waits there."""

from dataclasses import dataclass
from typing import Any

from studio_app.web import routes
from studio_app.web.words import _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a navigation."""

    path: str
    label: str
    icon: str
    count: Any = ""
    says: str = ""
    """What the count counts, for the screen reader."""


def office_places(frame: Any) -> tuple[Place, ...]:
    return (
        Place(routes.OFFICE, _("Dashboard"), "layout-dashboard"),
        Place(routes.CALENDAR, _("Calendar"), "calendar-days"),
        Place(routes.UNMARKED, _("Attendance"), "list-checks", frame.unmarked, _("not marked")),
        Place(routes.BOOKINGS, _("Bookings"), "calendar-check", frame.bookings, _("to decide")),
        Place(routes.WAITLIST, _("Waitlist"), "hourglass"),
        Place(routes.STUDENTS, _("Students"), "users"),
        Place(routes.CLASSES, _("Classes"), "users-round"),
        Place(routes.FAMILIES, _("Families"), "house"),
        Place(routes.TEACHERS, _("Teachers"), "graduation-cap"),
        Place(routes.BILLING, _("Billing"), "receipt", frame.overdue, _("overdue")),
        Place(routes.MESSAGES, _("Messages"), "mail", frame.messages, _("need somebody")),
        Place(routes.IMPORT, _("Import"), "upload"),
    )


def thumb_places(frame: Any) -> tuple[Place, ...]:
    """What stands in the tabs of a phone: the rest is in the menu."""
    wanted = (routes.OFFICE, routes.CALENDAR, routes.STUDENTS, routes.BILLING)
    return tuple(place for place in office_places(frame) if place.path in wanted)


def office_extra_places() -> tuple[Place, ...]:
    return (
        Place(routes.TASKS, _("Tasks"), "clipboard-check"),
        Place(routes.AUTOMATIONS, _("Automations"), "workflow"),
        Place(routes.WELCOME, _("Setup guide"), "rocket"),
        Place(routes.SETTINGS, _("Settings"), "settings"),
    )


def teacher_places(frame: Any) -> tuple[Place, ...]:
    return (
        Place(routes.TODAY, _("Today"), "list-checks"),
        Place(routes.WEEK, _("Week"), "calendar-days"),
        Place(routes.HOURS, _("Hours"), "clock"),
        Place(routes.TEACHER_MESSAGES, _("Messages"), "inbox", frame.unread, _("not read")),
    )


def portal_places(frame: Any) -> tuple[Place, ...]:
    return (
        Place(routes.PORTAL, _("Home"), "house"),
        Place(routes.PORTAL_SCHEDULE, _("Schedule"), "calendar-days"),
        Place(routes.PORTAL_INVOICES, _("Invoices"), "wallet"),
        Place(routes.PORTAL_MESSAGES, _("Messages"), "inbox", frame.unread, _("not read")),
    )
