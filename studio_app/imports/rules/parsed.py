"""What one row of a file says, read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from pydantic import TypeAdapter

from studio_app.imports.rules.dates import DateOrder
from studio_app.imports.rules.problems import Problem
from studio_app.people.rules import StudentStatus


@dataclass(frozen=True, slots=True)
class Context:
    """What must be known to read a cell: the file's habits and the studio's."""

    order: DateOrder
    country: str
    currency: str
    today: date | None = None
    """In the studio; None: what has passed is not looked at."""


@dataclass(frozen=True, slots=True)
class ParsedContact:
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Weekly:
    """When the next lesson is, or the day and time of every lesson. Monday is 1."""

    at: time
    weekday: int
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    first_name: str = ""
    last_name: str = ""
    student_id: str = ""
    family_id: str = ""
    family_name: str = ""
    is_adult: bool = False
    status: StudentStatus = StudentStatus.ACTIVE
    says_status: bool = False
    email: str = ""
    phone: str = ""
    birthday: date | None = None
    instrument: str = ""
    notes: str = ""
    family_notes: str = ""
    address: str = ""
    started_on: date | None = None
    left_on: date | None = None
    contacts: tuple[ParsedContact, ...] = ()
    teachers: tuple[str, ...] = ()
    minutes: tuple[int, ...] = ()
    prices_minor: tuple[int, ...] = ()
    make_ups: int = 0
    """Lessons owed to the student; negative: owed to the studio."""
    weekly: Weekly | None = None
    balance_minor: int | None = None
    """What the family owes; negative: what it paid ahead."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as it was understood, and what was odd about it."""

    parsed: Parsed = field(default_factory=Parsed)
    problems: tuple[Problem, ...] = ()


AS_JSON: TypeAdapter[Parsed] = TypeAdapter(Parsed)
PROBLEMS_AS_JSON: TypeAdapter[tuple[Problem, ...]] = TypeAdapter(tuple[Problem, ...])
Cells = Mapping[str, str]
