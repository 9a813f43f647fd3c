"""Decisions about people. Values in, values out."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from studio_app.kit.words import Labelled


class StudentStatus(Labelled):
    LEAD = "lead"
    TRIAL = "trial"
    WAITING = "waiting"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Known:
    """What tells one student from another."""

    name: str
    email: str = ""
    phone: str = ""
    birthday: date | None = None


def folded(name: str) -> str:
    """A name without case, accents, punctuation and doubled spaces: for comparing only."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def digits(phone: str) -> str:
    """The last nine digits of a number: the same with or without its country code."""
    return "".join(c for c in phone if c.isdigit())[-9:]


def looks_like(new: Known, others: Iterable[Known]) -> list[Known]:
    """Those who are probably the same person: the same name, and nothing that differs.

    Birthdays that differ tell two people apart; siblings share address and phone, so these
    alone make nobody a duplicate.
    """
    return [other for other in others if _same(new, other)]


def _same(one: Known, other: Known) -> bool:
    if folded(one.name) != folded(other.name):
        return False
    if one.birthday and other.birthday:
        return one.birthday == other.birthday
    contacts = [(one.email.casefold(), other.email.casefold())]
    contacts.append((digits(one.phone), digits(other.phone)))
    known = [(a, b) for a, b in contacts if a and b]
    return not known or any(a == b for a, b in known)
