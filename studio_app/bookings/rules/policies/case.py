"""What is decided about: one act, one seat, and what is known of both. Values only."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from studio_app.bookings.rules.policies.kinds import Act, Plan
from studio_app.kit.clock import local_date
from studio_app.kit.ids import LessonTypeId
from studio_app.kit.money import Money
from studio_app.scheduling.rules.states import CancelledBy


@dataclass(frozen=True, slots=True)
class Days:
    """Dates, both included."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Past:
    """Something of this kind that happened before and still counts (what was undone does not)."""

    act: Act
    by: CancelledBy
    at: datetime
    starts_at: datetime
    reason: str = "other"
    credited: bool = False
    late: bool = False
    noted: bool = False
    is_make_up: bool = False
    same_student: bool = True
    same_enrolment: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody does something about a lesson at an instant. Instants are aware; `zone` is the
    studio's wall, on which days, months and terms are counted."""

    act: Act
    by: CancelledBy
    at: datetime
    starts_at: datetime
    zone: ZoneInfo
    currency: str
    price: Money | None = None
    """Of this lesson; None: nobody has said"""
    studio: str = ""
    """What it is called: the sentence names it"""
    reason: str = "other"
    noted: bool = False
    plan: Plan = Plan.ARREARS
    lesson_type_id: LessonTypeId | None = None
    is_group: bool = False
    is_make_up: bool = False
    is_trial: bool = False
    is_online: bool = False
    is_adult: bool = False
    is_paid: bool = False
    is_held: bool = False
    """An amount is held on a card for it"""
    late_by: timedelta | None = None
    """Of a late arrival"""
    member_since: date | None = None
    terms: tuple[Days, ...] = ()
    closed: tuple[Days, ...] = ()
    history: tuple[Past, ...] = field(default=())

    @property
    def notice(self) -> timedelta:
        """Elapsed time between the two instants; below zero once the lesson has begun."""
        return self.starts_at - self.at

    @property
    def lesson_on(self) -> date:
        return local_date(self.starts_at, self.zone)

    @property
    def asked_on(self) -> date:
        return local_date(self.at, self.zone)
