"""The teacher's day that goes on without signal; see phone_day.jsx and phone_store.jsx."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var

from studio_app.web import routes
from studio_app.web.ui.buttons import Words
from studio_app.web.ui.scripts import script
from studio_app.web.words import _, many

script("choice.jsx")
script("phone_store.jsx")
_SCRIPT = script("phone_day.jsx")


class Blank(int):
    """A number that the browser fills in; only the words around it are chosen here."""

    def __format__(self, spec: str) -> str:
        return "{n}"


class PhoneDay(rx.Component):
    library = _SCRIPT
    tag = "PhoneDay"
    ready: Var[bool]
    rev: Var[str]
    words: Var[dict[str, Any]]
    outcomes: Var[dict[str, str]]
    options: Var[list[dict[str, Any]]]
    sign_in: Var[str]
    on_sent: EventHandler[passthrough_event_spec(int, str, str)]
    on_direct: EventHandler[passthrough_event_spec(str, str)]


class PhoneMarks(rx.Component):
    library = _SCRIPT
    tag = "PhoneMarks"
    seat: Var[str]
    value: Var[str]
    label: Var[str]
    options: Var[list[dict[str, Any]]]
    waits: Var[str]
    undo_label: Var[str]
    on_direct: EventHandler[passthrough_event_spec(str, str)]


def phone_day(
    *content: Any,
    ready: Any,
    rev: Any,
    outcomes: dict[str, str],
    options: Any,
    on_sent: Any,
    on_direct: Any,
) -> rx.Component:
    """`content`, and in its place the list kept on the phone while there is no signal.

    `rev` changes with what the day shows, so that the kept list follows; `on_sent(n, seat_id,
    outcome)` comes after marks have reached the server, with the first of them.
    """
    return PhoneDay.create(
        *content,
        ready=ready,
        rev=rev,
        words=_words(),
        outcomes=outcomes,
        options=options,
        sign_in=routes.sign_in_and_back(routes.TODAY),
        on_sent=on_sent,
        on_direct=on_direct,
    )


def phone_marks(
    label: Words, value: Words, seat_id: Words, options: Any, *, look: str, on_direct: Any
) -> rx.Component:
    """One student's answers: written down on the phone, then sent."""
    return PhoneMarks.create(
        label=label,
        value=value,
        seat=seat_id,
        options=options,
        class_name=look,
        waits=_("Waits on this phone."),
        undo_label=_("Undo"),
        on_direct=on_direct,
    )


def _words() -> dict[str, Any]:
    return {
        "noSignal": _forms(
            lambda n: many(
                "No signal – {n} mark waits on this phone",
                "No signal – {n} marks wait on this phone",
                n=n,
            )
        ),
        "noSignalYet": _("No signal – this list is kept on the phone, and so are marks you make"),
        "signedOut": _forms(
            lambda n: many(
                "{n} mark waits on this phone until you sign in again.",
                "{n} marks wait on this phone until you sign in again.",
                n=n,
            )
        ),
        "waits": _forms(
            lambda n: many(
                "{n} mark waits on this phone; it is sent again soon.",
                "{n} marks wait on this phone; they are sent again soon.",
                n=n,
            )
        ),
        "sent": _forms(lambda n: many("{n} mark sent", "{n} marks sent", n=n)),
        "signIn": _("Sign in"),
        "choose": _("Said differently meanwhile"),
        "keepMine": _("Keep mine: {value}", value="{value}"),
        "keepTheirs": _("Keep theirs: {value}", value="{value}"),
        "seen": _("Understood"),
        "free": _("No lessons"),
        "cancelled": _("Cancelled"),
        "markWaits": _("Waits on this phone."),
        "undo": _("Undo"),
        "attendance": _("Attendance of {name}", name="{name}"),
    }


def _forms(say: Callable[[int], str]) -> dict[str, str]:
    """Singular and plural, with a gap for the number."""
    return {"one": say(Blank(1)), "other": say(Blank(2))}
