"""Whatever comes from a browser is a string until one of these has read it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.money import Money, exponent
from studio_app.kit.words import Text, _

E = TypeVar("E", bound=Enum)
LONGEST = 500


class Invalid(Refused):
    """What was typed cannot be used; `faults` says why, field by field."""

    message = _("Please look at the marked fields.")

    def __init__(self, faults: Mapping[str, Text]) -> None:
        super().__init__()
        self.faults = faults

    def said(self) -> dict[str, str]:
        return {name: str(text) for name, text in self.faults.items()}


def as_id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise NotFound from None


def as_choice(raw: str, options: type[E]) -> E:
    try:
        return options(raw)
    except ValueError:
        raise NotFound from None


def as_instant(raw: str) -> datetime:
    """An instant with its offset, as our own pages send it."""
    try:
        instant = datetime.fromisoformat(raw)
    except ValueError:
        raise NotFound from None
    if instant.tzinfo is None:
        raise NotFound
    return instant


def as_date(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise NotFound from None


def as_wall_time(raw: str) -> datetime:
    """What the calendar sends: date and time on the studio's wall, without a zone."""
    try:
        wall = datetime.fromisoformat(raw)
    except ValueError:
        raise NotFound from None
    if wall.tzinfo is not None:
        raise NotFound
    return wall


class Form:
    """Reads a submitted form, remembering every fault, so that all are shown at once.

    form = Form(sent); name = form.text("name"); born = form.optional_day("born_on"); form.check()
    """

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self._sent = sent
        self.faults: dict[str, Text] = {}

    def check(self) -> None:
        """Call after reading: raises Invalid when anything could not be used."""
        if self.faults:
            raise Invalid(self.faults)

    def text(self, name: str, *, longest: int = LONGEST) -> str:
        typed = self.optional_text(name, longest=longest)
        if not typed:
            self.faults.setdefault(name, _("Please fill this in."))
        return typed

    def optional_text(self, name: str, *, longest: int = LONGEST) -> str:
        typed = str(self._sent.get(name) or "").replace("\0", "").strip()
        if len(typed) > longest:
            self.faults[name] = _("At most {longest} characters, please.", longest=longest)
        return typed

    def flag(self, name: str) -> bool:
        return str(self._sent.get(name) or "").lower() in {"true", "on", "1", "yes"}

    def day(self, name: str) -> date:
        return self.optional_day(name) or self._missing(name, date.min)

    def optional_day(self, name: str) -> date | None:
        return self._read(name, date.fromisoformat, _("A date such as 2026-09-03, please."))

    def clock(self, name: str) -> time:
        at = self.optional_clock(name)
        return at if at is not None else self._missing(name, time.min)

    def optional_clock(self, name: str) -> time | None:
        return self._read(name, time.fromisoformat, _("A time such as 16:30, please."))

    def number(self, name: str, *, least: int = 0, most: int = 1_000_000) -> int:
        fault = _("A whole number from {least} to {most}, please.", least=least, most=most)
        number = self._read(name, int, fault)
        if number is None:
            return self._missing(name, least)
        if not least <= number <= most:
            self.faults[name] = fault
        return number

    def money(self, name: str, currency: str) -> Money:
        """An amount in major units as people type it: 32, 32.5, 1,200.00 or 32,50."""
        fault = _("An amount such as 32.50, please.")
        amount = self._read(name, _decimal, fault)
        if amount is None:
            return self._missing(name, Money.zero(currency))
        minor = amount.scaleb(exponent(currency))
        if minor != minor.to_integral_value() or abs(minor) > 10**11:
            self.faults[name] = fault
            return Money.zero(currency)
        return Money(int(minor), currency)

    def choice(self, name: str, options: type[E]) -> E:
        found = self._read(name, options, _("Please choose one of these."))
        return found if found is not None else self._missing(name, next(iter(options)))

    def id(self, name: str) -> UUID:
        found = self.optional_id(name)
        return found if found is not None else self._missing(name, UUID(int=0))

    def optional_id(self, name: str) -> UUID | None:
        return self._read(name, UUID, _("Please choose one of these."))

    def _read(self, name: str, reader: Any, fault: Text) -> Any:
        typed = self.optional_text(name)
        if not typed:
            return None
        try:
            return reader(typed)
        except (ValueError, InvalidOperation):
            self.faults[name] = fault
            return None

    def _missing(self, name: str, instead: Any) -> Any:
        self.faults.setdefault(name, _("Please fill this in."))
        return instead


def _decimal(typed: str) -> Decimal:
    """The last dot or comma is the decimal sign when one or two digits follow it."""
    plain = typed.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").strip("£$€")
    head, comma, tail = plain.rpartition(",")
    if comma and len(tail) in {1, 2} and "." not in tail:
        plain = f"{head.replace('.', '').replace(',', '')}.{tail}"
    amount = Decimal(plain.replace(",", ""))
    if not amount.is_finite():
        raise ValueError(typed)
    return amount
