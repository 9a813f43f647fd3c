"""Status: always an icon and a word, never colour alone."""

import reflex as rx

from studio_app.kit.words import Text
from studio_app.kit.words import _ as unsaid
from studio_app.web.ui.buttons import Words
from studio_app.web.ui.icons import icon
from studio_app.web.words import say

STATUSES: dict[str, tuple[Text, str]] = {
    "scheduled": (unsaid("Scheduled"), "clock"),
    "confirmed": (unsaid("Confirmed"), "check"),
    "completed": (unsaid("Completed"), "check-check"),
    "present": (unsaid("Present"), "check"),
    "late": (unsaid("Late"), "timer"),
    "no_show": (unsaid("No-show"), "user-x"),
    "excused": (unsaid("Excused"), "ban"),
    "absent": (unsaid("Absent"), "user-x"),
    "cancelled": (unsaid("Cancelled"), "ban"),
    "requested": (unsaid("Requested"), "hourglass"),
    "provisional": (unsaid("Provisional"), "hourglass"),
    "declined": (unsaid("Declined"), "ban"),
    "expired": (unsaid("Expired"), "timer"),
    "makeup": (unsaid("Make-up"), "refresh-cw"),
    "unmarked": (unsaid("Not marked"), "circle-dashed"),
    "draft": (unsaid("Draft"), "pencil"),
    "sent": (unsaid("Sent"), "send"),
    "due": (unsaid("Due"), "clock"),
    "part_paid": (unsaid("Part paid"), "circle-slash"),
    "overdue": (unsaid("Overdue"), "circle-alert"),
    "paid": (unsaid("Paid"), "check-check"),
    "void": (unsaid("Void"), "ban"),
    "lead": (unsaid("Lead"), "sparkles"),
    "trial": (unsaid("Trial"), "flask-conical"),
    "waiting": (unsaid("Waiting"), "hourglass"),
    "active": (unsaid("Active"), "check"),
    "paused": (unsaid("Paused"), "pause"),
    "left": (unsaid("Left"), "log-out"),
    "ready": (unsaid("Ready"), "check"),
    "needs_information": (unsaid("Needs information"), "circle-help"),
    "duplicate": (unsaid("Duplicate"), "copy"),
    "error": (unsaid("Error"), "circle-alert"),
    "sending": (unsaid("Being sent"), "loader"),
    "delivered": (unsaid("Delivered"), "check-check"),
    "skipped": (unsaid("Not needed"), "circle-slash"),
    "failed": (unsaid("Failed"), "circle-alert"),
    "doubtful": (unsaid("Nobody knows"), "circle-help"),
}


def badge(status: str, words: Words = "") -> rx.Component:
    """A status known when the page is built; `words` says more: "Overdue · 6 days"."""
    label, icon_name = STATUSES[status]
    said = words if isinstance(words, rx.Var) or words else say(label)
    return rx.el.span(icon(icon_name, 12), said, class_name=f"badge s-{status}")


def status_badge(status: rx.Var[str], *among: str) -> rx.Component:
    """A status known when the page is shown; `among` names those that can occur."""
    cases = [(name, badge(name)) for name in among]
    matched = rx.match(status, *cases, rx.el.span(status, class_name="badge"))
    return rx.fragment(matched)


def pill(words: Words, *, tone: str = "mute") -> rx.Component:
    """A word or a number on a small coloured ground."""
    return rx.el.span(words, class_name=f"badge tone-{tone} num")


def dot(colour: Words = "k1") -> rx.Component:
    """A dot in one of the eight colours, k1 to k8: always beside the name it stands for."""
    return rx.el.span(class_name=rx.Var.create(f"dot {colour}"), aria_hidden="true")
